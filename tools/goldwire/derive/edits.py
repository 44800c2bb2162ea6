"""Edits of a text, and where they move its spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from goldwire.text import spans


class Edit(NamedTuple):
    """Replaces the characters from `start` to `end`, half-open in code points of the old text, by `new`."""

    start: int
    end: int
    new: str


class EditMap:
    """A text after some edits, and the map from spans of the old text to spans of the new one.

    An edit whose end is its start is an insertion. Raises ValueError if edits overlap or run past the text, or if
    there are two insertions at one offset.
    """

    def __init__(self, old: str, edits: Iterable[Edit]) -> None:
        self.edits = sorted(edits)
        parts: list[str] = []
        self.shifts = [0]
        reach = 0
        for number, (start, end, new) in enumerate(self.edits):
            twice = number and start == end == self.edits[number - 1].start == self.edits[number - 1].end
            if not reach <= start <= end <= len(old) or twice:
                raise ValueError(
                    f"edit [{start}:{end}] of {len(old)} code points; expected one from {reach} on, past the last"
                )
            parts += (old[reach:start], new)
            self.shifts.append(self.shifts[-1] + len(new) - (end - start))
            reach = end
        self.starts = [edit.start for edit in self.edits]
        self.text = "".join([*parts, old[reach:]])

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The half-open span in the new text, or None if no character of it is left.

        An edit inside the span stays inside it; an insertion at one of its ends does not. Where an edit crosses an
        end, the span loses the characters that both cover. White space at its ends is trimmed.
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
