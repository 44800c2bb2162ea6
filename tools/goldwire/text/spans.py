"""Half-open spans of Unicode code points, the one unit of position in goldwire."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

WHITE_SPACE = re.compile(r"\s")


class Span(Protocol):
    """Anything with a half-open `start` and `end`, counted in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def overlap(a: Span, b: Span) -> int:
    """Number of code points two spans share; adjacent spans share none."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def iou(a: Span, b: Span) -> float:
    """Intersection over union of two spans, in code points; 0.0 where both are empty."""
    shared = overlap(a, b)
    union = (a.end - a.start) + (b.end - b.start) - shared
    return shared / union if union else 0.0


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies wholly inside `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the lines of a text, without their line feeds."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty, at its old end, where all is blank."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def normalise(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text as it is stored, and for each of its code points the half-open span of `raw` it came from.

    The stored form is Unicode NFC with every white-space character as one plain space. A code point
    that composition made of several characters comes from all of them.
    """
    if unicodedata.is_normalized("NFC", raw):
        return plain(raw), [(i, i + 1) for i in range(len(raw))]
    text: list[str] = []
    sources: list[tuple[int, int]] = []
    for start, end in _clusters(raw):
        composed = plain(unicodedata.normalize("NFC", raw[start:end]))
        text.append(composed)
        sources.extend([(start, end)] * len(composed))
    return "".join(text), sources


def _clusters(raw: str) -> list[tuple[int, int]]:
    """The shortest spans that NFC composes by themselves, whatever stands beside them."""
    found: list[tuple[int, int]] = []
    for i in range(len(raw)):
        found.append((i, i + 1))
        while len(found) > 1 and _compose(raw, found[-2], found[-1]):
            found[-2:] = [(found[-2][0], found[-1][1])]
    return found


def _compose(raw: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    first, second = raw[slice(*before)], raw[slice(*after)]
    apart = unicodedata.normalize("NFC", first) + unicodedata.normalize("NFC", second)
    return unicodedata.normalize("NFC", first + second) != apart


def plain(text: str) -> str:
    """The text with every white-space character as one plain space."""
    return WHITE_SPACE.sub(" ", text)
