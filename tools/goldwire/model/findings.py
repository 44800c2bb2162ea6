"""Findings: the faults that checks report, each with its location and its code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from goldwire.model.codes import CODES

MOST_SEPARATE = 3
"""A fault with one cause is reported separately at up to this many locations, and in one finding at more."""


Severity = Literal["error", "warning"]


class Location(NamedTuple):
    """A line of a file; line 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault at a line of a file; line 0 means the file as a whole.

    `also` lists other locations to look at: the record that this one contradicts, or the same fault elsewhere.
    """

    path: str
    line: int
    code: str
    message: str
    also: tuple[Location, ...] = field(default=(), compare=False)
    severity: Severity = field(default="error", compare=False)
    values: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What the message was formatted with."""

    @property
    def location(self) -> Location:
        """The location of the fault."""
        return Location(self.path, self.line)

    def __str__(self) -> str:
        kind = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.location}: {kind}{self.code}: {self.message}"


def finding(code: str, path: str, line: int = 0, *, also: Iterable[tuple[str, int]] = (), **found: object) -> Finding:
    """A finding with the code's message, formatted with the values in `found`; raises KeyError for an unknown code."""
    message = CODES[code].message.format(**found)
    places = tuple(Location(other.replace("\n", "⏎"), number) for other, number in also)
    return Finding(path.replace("\n", "⏎"), line, code, message.replace("\n", "⏎"), places, values=found)


def grouped_by_cause(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by location, without repeats; many with one cause become one finding that lists the others."""
    same: dict[tuple[str, str], list[Finding]] = {}
    for fault in sorted(set(findings)):
        same.setdefault((fault.code, fault.message), []).append(fault)
    grouped: list[Finding] = []
    for (code, _), faults in same.items():
        if CODES[code].one_cause and len(faults) > MOST_SEPARATE:
            grouped.append(replace(faults[0], also=(*faults[0].also, *(fault.location for fault in faults[1:]))))
        else:
            grouped += faults
    return sorted(grouped)


def with_severity(findings: Iterable[Finding], levels: Mapping[str, str]) -> list[Finding]:
    """Findings without those of codes whose level is `off`; those of codes whose level is `warning` are warnings."""
    kept = [fault for fault in findings if levels.get(fault.code) != "off"]
    return [replace(fault, severity="warning") if fault.code in levels else fault for fault in kept]


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are not warnings."""
    return [fault for fault in findings if fault.severity == "error"]


def shorten(text: str, length: int = 40) -> str:
    """Text for a message: on one line, in curly marks, with the middle cut out if it is long."""
    text = text.replace("\n", "⏎")
    if len(text) > length:
        text = f"{text[: length // 2]}…{text[-length // 2 :]}"
    return f"“{text}”"


def contrast(a: str, b: str, length: int = 40) -> tuple[str, str]:
    """Two different texts for a message, each cut around the first difference if one is long.

    The characters that differ are named by their code points unless both are ASCII, because they may look alike.
    """
    at = differ_at(a, b)
    start = max(0, at - length // 2) if max(len(a), len(b)) > length else 0
    first, second = code_points(a, b)
    return _around(a, start, length) + first, _around(b, start, length) + second


def differ_at(a: str, b: str) -> int:
    """The place of the first character that differs in two texts."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def code_points(a: str, b: str) -> tuple[str, str]:
    """The characters that differ first in two texts, as ` (U+0435 at 1)`; empty if both are ASCII."""
    at = differ_at(a, b)
    if (a[at : at + 1] + b[at : at + 1]).isascii():
        return "", ""
    first, second = (f" (U+{ord(text[at]):04X} at {at})" if at < len(text) else "" for text in (a, b))
    return first, second


def foreign(word: str) -> str:
    """The first character of a key, an id or a value that is not ASCII, as ` (U+0435 at 1)`; empty if all are."""
    at = next((i for i, letter in enumerate(word) if not letter.isascii()), None)
    return "" if at is None else f" (U+{ord(word[at]):04X} at {at})"


def _around(text: str, start: int, length: int) -> str:
    shown = text[start : start + length].replace("\n", "⏎")
    return f"“{'…' if start else ''}{shown}{'…' if len(text) > start + length else ''}”"


__all__ = [
    "CODES",
    "Finding",
    "Location",
    "code_points",
    "contrast",
    "differ_at",
    "errors",
    "finding",
    "foreign",
    "grouped_by_cause",
    "shorten",
    "with_severity",
]
