"""Half-open spans of Unicode code points, the one unit of position in goldwire."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

WHITE_SPACE = re.compile(r"\s")


class SpanLike(Protocol):
    """Anything with a half-open `start` and `end`, counted in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class TextSpan(SpanLike, Protocol):
    """A span that repeats the text it marks."""

    @property
    def text(self) -> str: ...


def overlap(a: SpanLike, b: SpanLike) -> int:
    """The number of code points that two spans share; adjacent spans share none."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def iou(a: SpanLike, b: SpanLike) -> float:
    """Intersection over union of two spans, in code points; 0.0 if both are empty."""
    shared = overlap(a, b)
    union = (a.end - a.start) + (b.end - b.start) - shared
    return shared / union if union else 0.0


def contains(outer: SpanLike, inner: SpanLike) -> bool:
    """Whether `inner` lies wholly inside `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The half-open spans of the lines of a text, without their line feeds."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; if there is nothing else, an empty span at its old end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def normalise(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as goldwire stores it, and for each of its code points the half-open span of `raw` it comes from.

    The stored form is Unicode NFC with each white-space character replaced by a space. A code point that
    is composed of several characters maps to all of them.
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
    """The shortest spans whose NFC does not depend on the text around them."""
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
    """The text with each white-space character replaced by a space."""
    return WHITE_SPACE.sub(" ", text)
