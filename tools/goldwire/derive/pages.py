"""Derived pages: articles merged as sites print them, with teasers, captions and furniture around them."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.derive.plan import PAGE, Plan, source
from goldwire.model.records import Block, Role

PUBLISHER = "The Example Courier"
NO_BREAK = "\u00a0"


class Line(NamedTuple):
    """A line of a page: its text, its role, and the number of its article on the page; 0 for the page itself."""

    text: str
    role: Role
    article: int


class Placed(NamedTuple):
    """A block: half-open in code points of its page, with its role and the number of its article; 0 for the page."""

    start: int
    end: int
    role: Role
    article: int


class PageText(NamedTuple):
    """A page with its blocks."""

    id: str
    text: str
    placed: list[Placed]

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
            for i, (start, end, role, article) in enumerate(self.placed, 1)
        ]


def page_id(number: int) -> str:
    """Id of a page, by its number in the corpus."""
    return f"d{number:07}"


def document_id(number: int) -> str:
    """Id of a document, by its number in the corpus."""
    page, place = divmod(number, PAGE)
    return f"{page_id(page)}-{place + 1:02}"


def make_page(plan: Plan, number: int, articles: Sequence[Article]) -> PageText:
    """A page of a corpus, holding some articles: a feed, or an aggregator's page with related articles below."""
    draw = source(plan, "page", number)
    titles = [article.paragraphs[0].text for article in articles]
    lines = _feed(articles, titles, draw) if draw.random() < 0.5 else _aggregator(articles, draw)
    gap = draw.choice(("\n", "\n\n"))  # aggregators lose the blank lines
    breaks = draw.random() < 0.5
    return _laid(page_id(number), lines, gap, Random(draw.random()) if breaks else None)


def _feed(articles: Sequence[Article], titles: Sequence[str], draw: Random) -> Iterator[Line]:
    yield Line("Author: .", "boilerplate", 0)
    for number, article in enumerate(articles, 1):
        teased = draw.randrange(2, 6)
        for i, paragraph in enumerate(article.paragraphs):
            if i == teased:
                yield Line("Read more", "teaser", number)
                yield Line(f"FILE PHOTO. © {PUBLISHER}", "caption", number)
                yield Line(draw.choice(titles), "teaser", number)
            yield Line(paragraph.text, paragraph.role, number)


def _aggregator(articles: Sequence[Article], draw: Random) -> Iterator[Line]:
    yield Line("logo", "boilerplate", 0)
    for number, article in enumerate(articles, 1):
        title = article.paragraphs[0]
        if number == 2:
            yield Line("Related Articles", "boilerplate", 0)
        for _ in range(draw.randrange(3)):  # the headline up to three times
            yield Line(title.text, "boilerplate", number)
        yield Line(title.text, title.role, number)
        yield Line(f"{draw.randint(2, 23)} hours ago", "timestamp", number)
        yield Line(f"• {PUBLISHER}", "source", number)
        for paragraph in article.paragraphs[1:]:
            yield Line(paragraph.text, paragraph.role, number)
        if draw.random() < 0.3:
            yield Line("Hashtags", "boilerplate", 0)
    yield Line("Get it on app-store play-store", "boilerplate", 0)


def _laid(page: str, lines: Iterator[Line], gap: str, breaks: Random | None) -> PageText:
    blocks: list[Placed] = []
    parts: list[str] = []
    at = 0
    for text, role, article in lines:
        parts.append(_broken(text, breaks) if breaks else text)
        blocks.append(Placed(at, at + len(text), role, article))
        at += len(text) + len(gap)
    return PageText(page, gap.join(parts) + "\n", blocks)


def _broken(text: str, draw: Random) -> str:
    """The line with one of its spaces a no-break space."""
    at = text.find(" ", draw.randrange(len(text)))
    return text if at < 0 else f"{text[:at]}{NO_BREAK}{text[at + 1 :]}"
