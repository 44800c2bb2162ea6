"""The content of a quote: the code points that are compared, the same for every way to cut it into fragments."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from goldwire.scoring.labels import PlainSpan
from goldwire.text.quotation_marks import ALIKE
from goldwire.text.spans import SpanLike

QuoteTrim = Literal["marks", "none"]
Content = frozenset[int]
"""The code points of a quote that are compared."""
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters without width, as a class of a regular expression; like white space they are never compared."""
VISIBLE = re.compile(rf"[^\s{INVISIBLE}]+")
EDGE = rf"[\s{INVISIBLE}{''.join(ALIKE)},.;:!?…–—،؛؟۔।॥、。，．：；！？-]"
UNMARKED = re.compile(rf"(?!{EDGE}).(?s:.*(?!{EDGE}).)?")
"""From the first to the last character that is neither blank nor a quotation mark or punctuation."""


def content(fragments: Iterable[SpanLike], text: str, trim: QuoteTrim) -> Content:
    """Return the code points of some fragments that are not blank, with their ends trimmed.

    Fragments that overlap, touch, or have only blanks between them are one.
    """
    points: set[int] = set()
    for start, end in _joined(fragments, text):
        if trim == "marks" and (found := UNMARKED.search(text, start, end)):
            start, end = found.span()
        points.update(i for run in VISIBLE.finditer(text, start, end) for i in range(*run.span()))
    return frozenset(points)


def _joined(fragments: Iterable[SpanLike], text: str) -> Iterator[tuple[int, int]]:
    places = sorted((fragment.start, fragment.end) for fragment in fragments)
    first, last = places[0] if places else (0, 0)
    for start, end in places[1:]:
        if start > last and VISIBLE.search(text, last, start):
            yield first, last
            first = start
        last = max(last, end)
    yield first, last


def without_blanks(span: SpanLike | None, text: str) -> PlainSpan | None:
    """Return a span without blanks at its ends; None if it has nothing else."""
    runs = [] if span is None else [run.span() for run in VISIBLE.finditer(text, span.start, span.end)]
    return PlainSpan(runs[0][0], runs[-1][1]) if runs else None


def hull(points: Content) -> tuple[int, int]:
    """Return the shortest span that contains a content."""
    return (min(points), max(points) + 1) if points else (0, 0)
