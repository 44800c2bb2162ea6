"""An example of each fault and its correction, from the fixtures that the checks are tested on."""

import re
from dataclasses import dataclass
from pathlib import Path

from goldwire.corpus.locate import data_root

FIXTURES = "tests/faults"
PLACE = re.compile(r"([^:]+)(?::(\d+))?: ")


@dataclass(frozen=True, slots=True)
class Example:
    """The finding of `goldwire check`, the faulty line and the corrected line."""

    finding: str
    bad: str | None
    good: str | None


def find_example(code: str) -> Example | None:
    """The example of a code; None if the fixtures are not installed."""
    folder = data_root() / FIXTURES
    expected = folder / code / "expected.txt"
    if not expected.is_file():
        return None
    first = expected.read_text(encoding="utf-8").splitlines()[0]
    place = PLACE.match(first)
    if place is None or place[2] is None:
        return Example(first, None, None)
    path, line = place[1], int(place[2])
    return Example(first, _line(folder, f"{code}/bad", path, line), _line(folder, f"{code}/good", path, line))


def _line(folder: Path, overlay: str, path: str, number: int) -> str | None:
    place = next((p for p in (folder / overlay / path, folder / "base" / path) if p.is_file()), None)
    if place is None:
        return None
    lines = place.read_bytes().split(b"\n")
    return lines[number - 1].decode(errors="backslashreplace") if number <= len(lines) else None
