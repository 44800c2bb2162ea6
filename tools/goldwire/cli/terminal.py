"""What all commands share: exit statuses, lines on stderr, and how numbers and nouns are printed."""

import os
import sys
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any, TextIO

CLEAN, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""No findings; findings (or a score below the one asked for); wrong usage; a bug of goldwire; interrupted."""


def note(line: str) -> None:
    """Print a line to stderr, after the program's name."""
    print(f"goldwire: {line}", file=sys.stderr)


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """The type of an argument that is a whole number within bounds."""

    def read(given: str) -> int:
        try:
            number = int(given)
        except ValueError:
            number = least - 1
        if number < least or (most is not None and number > most):
            end = f"from {least} to {most:,}" if most is not None else f"{least} or more"
            raise ArgumentTypeError(f"{given[:40]!r} is not a whole number, {end}")
        return number

    return read


@contextmanager
def stdout_on_stderr() -> Iterator[None]:
    """Send to stderr what a system prints, whether through Python, a C library or a child process."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # the program runs without stdout
        kept = None
    else:
        os.dup2(2, 1)
    try:
        with redirect_stdout(_NeverClosed(sys.stderr)):
            yield
    finally:
        if kept is not None:
            _flush_c()
            os.dup2(kept, 1)
            os.close(kept)


class _NeverClosed:
    """A stream that a system may close without closing it for goldwire."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def close(self) -> None:
        """Leave the stream open."""


def _flush_c() -> None:
    """Flush what C libraries have in their buffers."""
    from ctypes import CDLL

    if os.name == "posix":
        CDLL(None).fflush(None)


LISTED = 20
"""Paths that are printed; of more, a line says how many in which folders."""


def print_paths(paths: Sequence[str], check: bool) -> int:
    """Print the files a command writes; with `check`, these are files that differ, so the status is FINDINGS."""
    for path in paths[:LISTED]:
        print(path)
    for folder, number in sorted(Counter(path.rpartition("/")[0] for path in paths[LISTED:]).items()):
        print(f"… and {plural(number, 'more file')} in {folder}/")
    return FINDINGS if check and paths else CLEAN


def as_json(value: object) -> str:
    """A value as indented JSON, a dataclass as an object."""
    import json  # here, so that goldwire --help does not wait for it
    from dataclasses import asdict, is_dataclass

    whole = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(whole, indent=2, ensure_ascii=False)


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 file`, `1,200 files`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def number(value: float | None) -> str:
    """A number to three places; a dash if it is undefined."""
    return "–" if value is None else f"{value:.3f}"


def interval(bounds: tuple[float, float] | None, form: str = ".3f") -> str:
    """An interval as `[low, high]`; empty if there is none."""
    return f"[{bounds[0]:{form}}, {bounds[1]:{form}}]" if bounds else ""
