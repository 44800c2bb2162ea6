"""The baselines for segments: two plain ways to cut a page into articles, and goldwire's own segmenter."""

from collections.abc import Iterator

from goldwire.corpus.segmenter import SENTENCE_END, propose
from goldwire.model.records import Block
from goldwire.text import spans

Row = tuple[int, int, str, str | None]
"""Start, end, role, and the number of the article; None for the page itself."""


def blank_lines(page: str) -> list[Row]:
    """Every stretch of lines without a blank one between them is an article, all of it body."""
    return list(_blank_lines(page))


def _blank_lines(page: str) -> Iterator[Row]:
    article, after_blank = 0, True
    for start, end in spans.lines(page):
        start, end = spans.trim(page, start, end)
        if start < end:
            article += after_blank
            yield start, end, "body", f"{article:02}"
        after_blank = start == end


def sentence_ends(page: str) -> list[Row]:
    """A line that does not end like a sentence is a headline; one behind a body begins an article."""
    return list(_sentence_ends(page))


def _sentence_ends(page: str) -> Iterator[Row]:
    article, in_body = 0, True
    for start, end in spans.lines(page):
        start, end = spans.trim(page, start, end)
        if start == end:
            continue
        is_body = bool(SENTENCE_END.search(page[start:end]))
        article = max(1, article + (in_body and not is_body))
        in_body = is_body
        yield start, end, "body" if is_body else "headline", f"{article:02}"


def own(page: str) -> list[Block]:
    """What goldwire's segmenter proposes; it was written while reading these pages."""
    return propose("page", page)
