"""Derived pages: several articles with the teasers, captions and navigation that sites put around them."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.derive.plan import PAGE, Plan, generator
from goldwire.model.records import Block
from goldwire.model.vocabulary import Role

PUBLISHER = "The Example Courier"
NO_BREAK = "\u00a0"


class PageLine(NamedTuple):
    """A line of a page: its text, its role, and the number of its article on the page; 0 for the page itself."""

    text: str
    role: Role
    article: int


class PageBlock(NamedTuple):
    """A block: half-open in code points of its page, with its role and the number of its article; 0 for the page."""

    start: int
    end: int
    role: Role
    article: int


class DerivedPage(NamedTuple):
    """A page with its blocks, in order; blocks and the white space between them cover the text."""

    id: str
    text: str
    page_blocks: list[PageBlock]

    @property
    def blocks(self) -> list[Block]:
        """The blocks as records."""
        return [
            Block(
                id=f"{self.id}-b{i:03}",
                start=start,
                end=end,
                role=role,
                document=f"{self.id}-{article:02}" if article else None,
            )
            for i, (start, end, role, article) in enumerate(self.page_blocks, 1)
        ]


def page_id(number: int) -> str:
    """Id of a page from its number in the corpus, which counts from 0."""
    return f"d{number:07}"


def document_id(number: int) -> str:
    """Id of a document from its number in the corpus, which counts from 0."""
    page, place = divmod(number, PAGE)
    return f"{page_id(page)}-{place + 1:02}"


def make_page(plan: Plan, number: int, articles: Sequence[Article]) -> DerivedPage:
    """A page with some articles: a section feed, or an aggregator's page with related articles below the first."""
    draw = generator(plan, "page", number)
    titles = [article.paragraphs[0].text for article in articles]
    lines = _feed(articles, titles, draw) if draw.random() < 0.5 else _aggregator(articles, draw)
    gap = draw.choice(("\n", "\n\n"))  # aggregators lose blank lines
    breaks = draw.random() < 0.5
    return _joined(page_id(number), lines, gap, Random(draw.random()) if breaks else None)


def _feed(articles: Sequence[Article], titles: Sequence[str], draw: Random) -> Iterator[PageLine]:
    yield PageLine("Author: .", "boilerplate", 0)
    for number, article in enumerate(articles, 1):
        teased = draw.randrange(2, 6)
        for i, paragraph in enumerate(article.paragraphs):
            if i == teased:
                yield PageLine("Read more", "teaser", number)
                yield PageLine(f"FILE PHOTO. © {PUBLISHER}", "caption", number)
                yield PageLine(draw.choice(titles), "teaser", number)
            yield PageLine(paragraph.text, paragraph.role, number)


def _aggregator(articles: Sequence[Article], draw: Random) -> Iterator[PageLine]:
    yield PageLine("logo", "boilerplate", 0)
    for number, article in enumerate(articles, 1):
        title = article.paragraphs[0]
        if number == 2:
            yield PageLine("Related Articles", "boilerplate", 0)
        for _ in range(draw.randrange(3)):  # aggregators print a headline up to three times
            yield PageLine(title.text, "boilerplate", number)
        yield PageLine(title.text, title.role, number)
        yield PageLine(f"{draw.randint(2, 23)} hours ago", "timestamp", number)
        yield PageLine(f"• {PUBLISHER}", "source", number)
        for paragraph in article.paragraphs[1:]:
            yield PageLine(paragraph.text, paragraph.role, number)
        if draw.random() < 0.3:
            yield PageLine("Hashtags", "boilerplate", 0)
    yield PageLine("Get it on app-store play-store", "boilerplate", 0)


def _joined(page: str, lines: Iterator[PageLine], gap: str, breaks: Random | None) -> DerivedPage:
    blocks: list[PageBlock] = []
    parts: list[str] = []
    at = 0
    for text, role, article in lines:
        parts.append(_with_no_break_space(text, breaks) if breaks else text)
        blocks.append(PageBlock(at, at + len(text), role, article))
        at += len(text) + len(gap)
    return DerivedPage(page, gap.join(parts) + "\n", blocks)


def _with_no_break_space(text: str, draw: Random) -> str:
    """The line with one of its spaces replaced by a no-break space."""
    at = text.find(" ", draw.randrange(len(text)))
    return text if at < 0 else f"{text[:at]}{NO_BREAK}{text[at + 1 :]}"
