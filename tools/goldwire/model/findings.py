"""Findings: the faults that checks report, each with its place and its code."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from goldwire.model.codes import CODES

FEW = 3
"""Places that a fault with one cause is reported at, each by itself; more are told in one finding."""


class Place(NamedTuple):
    """A line of a file; line 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault at a line of a file; line 0 means the file as a whole.

    `also` are other places to look at: the record that it contradicts, or where else the same fault stands.
    """

    path: str
    line: int
    code: str
    message: str
    also: tuple[Place, ...] = field(default=(), compare=False)

    @property
    def place(self) -> Place:
        """Where the fault is."""
        return Place(self.path, self.line)

    def __str__(self) -> str:
        return f"{self.place}: {self.code}: {self.message}"


def finding(code: str, path: str, line: int = 0, *, also: Iterable[tuple[str, int]] = (), **found: object) -> Finding:
    """A finding whose message is the code's template filled in; raises KeyError for an unknown code."""
    message = CODES[code].message.format(**found)
    places = tuple(Place(other.replace("\n", "⏎"), number) for other, number in also)
    return Finding(path.replace("\n", "⏎"), line, code, message.replace("\n", "⏎"), places)


def at_the_cause(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by place, each once; one cause that shows in many places is one finding that names them."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for fault in sorted(set(findings)):
        alike.setdefault((fault.code, fault.message), []).append(fault)
    told: list[Finding] = []
    for (code, _), faults in alike.items():
        if CODES[code].one_cause and len(faults) > FEW:
            told.append(replace(faults[0], also=(*faults[0].also, *(fault.place for fault in faults[1:]))))
        else:
            told += faults
    return sorted(told)


def shorten(text: str, length: int = 40) -> str:
    """Text as a message shows it: on one line, in curly marks, cut in the middle where it is long."""
    text = text.replace("\n", "⏎")
    if len(text) > length:
        text = f"{text[: length // 2]}…{text[-length // 2 :]}"
    return f"“{text}”"


__all__ = ["CODES", "Finding", "Place", "at_the_cause", "finding", "shorten"]
