"""Edits of a text, and the way of any span through them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from goldwire.text import spans


class Edit(NamedTuple):
    """The characters from start to end, in code points of the old text, replaced by new ones."""

    start: int
    end: int
    new: str


class EditMap:
    """A text after an ordered list of edits, and where the spans of the old text stand in it.

    Raises ValueError where edits overlap or run past the text. An insertion is an edit with its
    end at its start; two insertions at one place are refused.
    """

    def __init__(self, old: str, edits: Iterable[Edit]) -> None:
        self.edits = sorted(edits)
        parts: list[str] = []
        self.shifts = [0]
        reach = 0
        for number, (start, end, new) in enumerate(self.edits):
            twice = number and start == end == self.edits[number - 1].start == self.edits[number - 1].end
            if not reach <= start <= end <= len(old) or twice:
                raise ValueError(f"no edit [{start}:{end}] of {len(old)} code points after one that ends at {reach}")
            parts += (old[reach:start], new)
            self.shifts.append(self.shifts[-1] + len(new) - (end - start))
            reach = end
        self.starts = [edit.start for edit in self.edits]
        self.text = "".join([*parts, old[reach:]])

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a half-open span stands in the new text, or None where nothing of it is left.

        What is replaced wholly inside the span is inside it again, and so is an insertion, except at
        its ends. Of an edit that reaches over an end, the span gives up what they share. No white
        space stays at its ends.
        """
        if not self.edits:
            return start, end
        first, last = self._start(start), self._end(end)
        if first >= last:
            return None
        first, last = spans.trim(self.text, first, last)
        return (first, last) if first < last else None

    def _start(self, at: int) -> int:
        i = bisect_right(self.starts, at) - 1
        if i < 0 or self.edits[i].end <= at:
            return at + self.shifts[i + 1]
        edit = self.edits[i]
        begin = edit.start + self.shifts[i]
        return begin if edit.start == at else begin + len(edit.new)

    def _end(self, at: int) -> int:
        i = bisect_left(self.starts, at) - 1
        if i < 0 or self.edits[i].end <= at:
            return at + self.shifts[i + 1]
        return self.edits[i].start + self.shifts[i]
