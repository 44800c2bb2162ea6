"""The baselines for segments: two simple ways to split a page into articles, and goldwire's own segmenter."""

import re
from collections.abc import Iterator

from goldwire.corpus.segmenter import propose
from goldwire.model.records import Block
from goldwire.text import spans

SENTENCE_END = re.compile(r"[.!?…:][”’\"')\]]*$")
BlockTuple = tuple[int, int, str, str | None]
"""Start, end, role, and the number of the article; None for the page itself."""


def blank_lines(page: str) -> list[BlockTuple]:
    """Return every run of lines without a blank line in it as an article that consists of body."""
    return list(_blank_lines(page))


def _blank_lines(page: str) -> Iterator[BlockTuple]:
    article, after_blank = 0, True
    for start, end in spans.lines(page):
        start, end = spans.trim(page, start, end)
        if start < end:
            article += after_blank
            yield start, end, "body", f"{article:02}"
        after_blank = start == end


def sentence_ends(page: str) -> list[BlockTuple]:
    """Return lines that do not end like a sentence as headlines; a headline after a body begins an article."""
    return list(_sentence_ends(page))


def _sentence_ends(page: str) -> Iterator[BlockTuple]:
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
    """Return the proposal of goldwire's segmenter, which was developed on these pages."""
    return propose("page", page)
