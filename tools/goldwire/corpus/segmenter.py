"""Proposes the blocks of a scraped news page, for a person to settle.

Two layouts are told apart. A *feed* is one article after another, each opened by a line that does
not end like a sentence. An *aggregator's page* is one article, the site's furniture, and related
articles, each under a cluster of short lines (headline copies, publisher, time).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.model.records import Block
from goldwire.model.vocabulary import Role
from goldwire.text import spans

TIME = re.compile(r"^(time)?\s*(an?|\d+)\s+(second|minute|hour|day|week|month|year)s?\s+ago$", re.I)
DATE = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}$|\d{4}-\d{2}-\d{2}$")
RELATED = re.compile(r"^(related|similar|recommended|more) (articles|stories|news)$", re.I)
READ_MORE = re.compile(r"^(read|see) (more|also)\b\s*:?", re.I)
SENTENCE_END = re.compile(r"[.!?…:][”’\"')\]]*$")
BYLINE = re.compile(r"^(author:|by )\s*\w", re.I)
BULLET = re.compile(r"^[-–•*·]\s*")
FURNITURE = re.compile(
    r"^(logo|hashtags|comments?|no comments yet\W*|.*\bour ai features|explore what .*|.*background"
    r"|author:\W*$|(get started|download|sign up|subscribe|ready to dive)\b.*|.*\bapp-?store\b.*)$",
    re.I,
)
SUBHEADING_LENGTH = 45
"""Code points up to which a line of a feed that does not end like a sentence is a subheading."""
BODY_LENGTH = 150
"""Code points from which a line of an aggregator's page is body whatever it ends with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line of a page: its trimmed span in code points, and its text."""

    start: int
    end: int
    text: str


def propose(page_id: str, page: str) -> list[Block]:
    """Blocks for a page in either layout, covering every character that is not white space."""
    lines = list(page_lines(page))
    aggregator = any(RELATED.match(line.text) or TIME.match(line.text) for line in lines)
    labelled = _aggregator(lines) if aggregator else _feed(lines)
    return [
        Block(
            id=f"{page_id}-b{i:03}",
            start=line.start,
            end=line.end,
            role=role,
            document=f"{page_id}-{article:02}" if article else None,
        )
        for i, (line, role, article) in enumerate(labelled, 1)
    ]


def page_lines(page: str) -> Iterator[Line]:
    """The lines of a page that are not blank, trimmed; a date glued behind a name is a line of its own."""
    for start, end in spans.lines(page):
        start, end = spans.trim(page, start, end)
        text = page[start:end]
        glued = DATE.search(text)
        if glued and glued.start() > 0 and len(text) < BODY_LENGTH:
            middle = start + glued.start()
            for piece in (spans.trim(page, start, middle), (middle, end)):
                yield Line(*piece, page[slice(*piece)])
        elif text:
            yield Line(start, end, text)


def _feed(lines: list[Line]) -> Iterator[tuple[Line, Role, int]]:
    article, teaser = 0, 0
    for line in lines:
        ends = bool(SENTENCE_END.search(line.text))
        if READ_MORE.match(line.text):
            teaser = 0 if READ_MORE.sub("", line.text).strip() else 2
            yield line, "teaser", article
        elif teaser:  # a bare "Read more" is followed by its picture's caption and its headline
            teaser -= 1
            yield line, "teaser" if not teaser else "caption" if article else "boilerplate", article
        elif FURNITURE.match(line.text):
            yield line, "boilerplate", 0
        elif BYLINE.match(line.text) and len(line.text) <= SUBHEADING_LENGTH:
            yield line, "byline", max(1, article)
        elif ends:
            article = article or 1
            yield line, "body", article
        elif len(line.text) <= SUBHEADING_LENGTH and article:
            yield line, "subheading", article
        else:
            article += 1
            yield line, "standfirst", article


def _aggregator(lines: list[Line]) -> Iterator[tuple[Line, Role, int]]:
    article, i = 0, 0
    while i < len(lines):
        head = i
        while i < len(lines) and not _is_body(lines[i]):
            i += 1
        if i == len(lines):  # nothing follows but furniture
            yield from ((line, "boilerplate", 0) for line in lines[head:])
            return
        article += 1
        yield from _head(lines[head:i], article)
        while i < len(lines) and (_is_body(lines[i]) or _is_short_paragraph(lines, i)):
            yield lines[i], "body", article
            i += 1


def _is_body(line: Line) -> bool:
    if FURNITURE.match(line.text):
        return False
    return len(line.text) >= BODY_LENGTH or bool(SENTENCE_END.search(line.text) and len(line.text) > 60)


def _is_short_paragraph(lines: list[Line], i: int) -> bool:
    """Whether a short line reads like a sentence and more of the body follows it."""
    line, after = lines[i], lines[i + 1 : i + 2]
    sentence = SENTENCE_END.search(line.text) and not FURNITURE.match(line.text) and not RELATED.match(line.text)
    return bool(sentence) and any(_is_body(follower) for follower in after)


def _head(lines: list[Line], article: int) -> Iterator[tuple[Line, Role, int]]:
    """Label the short lines above a body; the headline is the last line that is nothing else."""
    roles: list[Role] = [_short_role(line, lines) for line in lines]
    last = max((i for i, role in enumerate(roles) if role == "headline"), default=None)
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        is_headline = last is not None and line.text == lines[last].text
        if role == "headline" and not is_headline:
            yield line, "boilerplate", 0
        elif role == "headline" and i != last:
            yield line, "boilerplate", article
        else:
            yield line, role, 0 if role == "boilerplate" else article


def _short_role(line: Line, lines: list[Line]) -> Role:
    if TIME.match(line.text) or DATE.match(line.text):
        return "timestamp"
    if FURNITURE.match(line.text) or RELATED.match(line.text):
        return "boilerplate"
    i = lines.index(line)
    beside = lines[max(0, i - 1) : i + 2]
    if BULLET.match(line.text) or any(TIME.match(near.text) or DATE.match(near.text) for near in beside):
        return "source"
    return "headline"
