"""What of a quote's fragments counts: code points, without white space and the marks at their ends."""

from collections.abc import Iterable
from typing import Literal

from goldwire.text import spans

Trim = Literal["none", "marks"]
Content = frozenset[int]
MARKS = frozenset("“”„‟‘’‚‛\"'«»‹›`´")
PUNCTUATION = frozenset(",.;:!?…–—-")


def content(fragments: Iterable[spans.SpanLike], text: str, trim: Trim) -> Content:
    """The code points of some fragments that are not white space, their ends trimmed as asked."""
    points: set[int] = set()
    for fragment in fragments:
        start, end = fragment.start, fragment.end
        if trim == "marks":
            start, end = _without_marks(text, start, end)
        points.update(i for i in range(start, end) if not text[i : i + 1].isspace())
    return frozenset(points)


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    while first < last and (text[first] in MARKS or text[first] in PUNCTUATION or text[first].isspace()):
        first += 1
    while first < last and (text[last - 1] in MARKS or text[last - 1] in PUNCTUATION or text[last - 1].isspace()):
        last -= 1
    return (first, last) if first < last else (start, end)
