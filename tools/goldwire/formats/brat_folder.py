"""brat's collections: a folder, with folders in it, of a .txt and an .ann file for every article."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from goldwire.corpus.files import read_regular
from goldwire.formats.articles import Article, from_standoff
from goldwire.formats.standoff import Standoff, read_standoff
from goldwire.model.errors import GoldwireError

MARK = "\ufeff"
"""A byte order mark, which some readers count and others do not."""


def read_brat(place: Path) -> Iterator[Article | GoldwireError]:
    """Yield the articles of a folder in order of their paths, or the fault of one that cannot be read."""
    files = sorted(place.rglob("*.txt")) if place.is_dir() else [place.with_suffix(".txt")]
    alone = [path for path in sorted(place.rglob("*.ann")) if not path.with_suffix(".txt").is_file()]
    for path in alone:
        yield GoldwireError(f"{path}: there is no {path.with_suffix('.txt').name} beside it; expected its text")
    for path in files:
        ann = path.with_suffix(".ann")
        if not ann.is_file():
            continue  # a README or a list of sources
        try:
            text = read_utf8(path)
            lines = read_utf8(ann).removeprefix(MARK).replace("\r\n", "\n").split("\n")
            standoff = _fitting(lines, text, str(ann))
        except GoldwireError as error:
            yield error
            continue
        name = path.relative_to(place).with_suffix("").as_posix() if place.is_dir() else path.stem
        yield from_standoff(name, str(ann), text, standoff)


def read_utf8(path: Path) -> str:
    """Return the text of a file as it is; raise GoldwireError if it is not UTF-8."""
    try:
        return read_regular(path).decode()
    except UnicodeDecodeError as error:
        raise GoldwireError(f"{path}: byte {error.start} is not valid UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise GoldwireError(f"{path}: {error.strerror}; expected a file") from None


def _fitting(lines: list[str], text: str, where: str) -> Standoff:
    """Read standoff whose offsets count all characters, or none of the carriage returns and byte order marks.

    Raises the error of the first reading if none of them fits.
    """
    fault: GoldwireError | None = None
    for skipped in ("", "\r", MARK, f"\r{MARK}"):
        if any(mark not in text for mark in skipped):
            continue
        at = [i for i, mark in enumerate(text) if not _is_skipped(text, i, mark, skipped)] if skipped else []
        try:
            found = read_standoff(lines, "".join(text[i] for i in at) if skipped else text, where)
        except GoldwireError as error:
            fault = fault or error
            continue
        return _moved(found, at) if skipped else found
    assert fault is not None
    raise fault


def _is_skipped(text: str, i: int, mark: str, skipped: str) -> bool:
    return mark in skipped and (mark == MARK or text[i + 1 : i + 2] == "\n")


def _moved(found: Standoff, at: list[int]) -> Standoff:
    """The standoff with its offsets at the places of the characters that it counts."""
    for key, bound in found.bounds.items():
        fragments = tuple((at[start], at[end - 1] + 1) for start, end in bound.fragments)
        found.bounds[key] = replace(bound, fragments=fragments)
    return found
