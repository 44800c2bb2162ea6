"""Spans of a page as spans of a document's text: the way back along the map that the build made."""

from bisect import bisect_right

from goldwire.model.records import Document, Run
from goldwire.text import spans


class Placing:
    """Finds where the characters of a page are in the text of its document."""

    def __init__(self, document: Document, text: str) -> None:
        self.runs, self.text = document.map, text
        self.starts = [run.page_start for run in document.map]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the text with the characters of a half-open span of the page; None if the text has none of it.

        Characters that the text composes into one are in it whole; white space at the ends is not.
        """
        first = next((run for run in self.runs[self._at(start) :] if run.page_end > start), None)
        last = next((run for run in reversed(self.runs[: self._at(end - 1) + 1]) if run.page_start < end), None)
        if first is None or last is None or first.start > last.start:
            return None
        low = first.start + max(0, start - first.page_start) if _is_plain(first) else first.start
        high = last.end - max(0, last.page_end - end) if _is_plain(last) else last.end
        low, high = spans.trim(self.text, low, high)
        return (low, high) if low < high else None

    def splits(self, start: int, end: int) -> bool:
        """Whether an edge of a span of the page is between characters that the text composes into one."""
        inside = [self.runs[self._at(edge)] for edge in (start, end)]
        return any(
            run.page_start < edge < run.page_end and not _is_plain(run) and self.text[run.start] != "\n"
            for run, edge in zip(inside, (start, end), strict=True)
        )

    def _at(self, place: int) -> int:
        """The index of the last run that begins at a place of the page or before it; 0 if none does."""
        return max(0, bisect_right(self.starts, place) - 1)


def _is_plain(run: Run) -> bool:
    return run.end - run.start == run.page_end - run.page_start
