"""Paragraphs: a line of an article with its labels, which move with it through edits and into other articles."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from goldwire.derive.edits import Edit, EditMap
from goldwire.model.vocabulary import DecoyReason, EntityType, QuoteStatus, QuoteType, Role, SpeakerKind
from goldwire.text.quotation_marks import MARKED_TYPES, MARKS, marked_type

Offsets = tuple[int, int]
"""A half-open span, in code points of the paragraph's text."""


class MentionLabel(NamedTuple):
    """A mention: half-open offsets, in code points of the text around it."""

    start: int
    end: int
    type: EntityType
    entity: str
    stands_for: str | None


class QuoteLabel(NamedTuple):
    """A quote; `parent` is the number, from 0, of the quote around it in the same paragraph or article."""

    type: QuoteType
    content: tuple[Offsets, ...]
    cue: Offsets | None
    speaker: Offsets | None
    head: Offsets | None
    kind: SpeakerKind | None
    entities: tuple[str, ...]
    status: QuoteStatus
    parent: int | None

    def shifted(self, by: int, first: int) -> "QuoteLabel":
        """The quote in a text where its paragraph begins at `by` and the paragraph's first quote is number `first`."""
        return QuoteLabel(
            self.type,
            tuple((start + by, end + by) for start, end in self.content),
            self.cue and (self.cue[0] + by, self.cue[1] + by),
            self.speaker and (self.speaker[0] + by, self.speaker[1] + by),
            self.head and (self.head[0] + by, self.head[1] + by),
            self.kind,
            self.entities,
            self.status,
            None if self.parent is None else first + self.parent,
        )


class DecoyLabel(NamedTuple):
    """A decoy: half-open offsets, in code points of the text around it."""

    start: int
    end: int
    reason: DecoyReason


@dataclass(frozen=True)
class Paragraph:
    """One line of an article. No label of the gold crosses a line end, so no label is lost when lines move.

    `source` names the line of the gold that it comes from, as `003-01:4`; edits do not change it.
    """

    source: str
    role: Role
    text: str
    mentions: tuple[MentionLabel, ...]
    quotes: tuple[QuoteLabel, ...]
    decoys: tuple[DecoyLabel, ...]

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of the entities that are mentioned here, or that a mention stands for."""
        return frozenset(i for mention in self.mentions for i in (mention.entity, mention.stands_for) if i)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Ids of the entities that are quoted here."""
        return frozenset(i for quote in self.quotes for i in quote.entities)

    def edited(self, edits: Iterable[Edit]) -> "Paragraph":
        """The paragraph after some edits, with its labels; quotes get the type that their marks now give them.

        A mention or decoy of which no character is left is dropped, and so is a quote without content.
        """
        moves = EditMap(self.text, edits)
        if not moves.edits:
            return self
        mentions = [m._replace(start=p[0], end=p[1]) for m in self.mentions if (p := moves.span(m.start, m.end))]
        decoys = [d._replace(start=p[0], end=p[1]) for d in self.decoys if (p := moves.span(d.start, d.end))]
        quotes = in_order(_moved(self.quotes, moves))
        if any(MARKS.intersection(e.new) or not MARKS.isdisjoint(_touched(self.text, e)) for e in moves.edits):
            quotes = retyped(quotes, moves.text)
        return replace(self, text=moves.text, mentions=tuple(mentions), quotes=tuple(quotes), decoys=tuple(decoys))


def _touched(text: str, edit: Edit) -> str:
    """The characters that an edit replaces, with their neighbours if the old or the new ones are blank."""
    beside = not edit.new.strip() or not text[edit.start : edit.end].strip()
    return text[max(0, edit.start - beside) : edit.end + beside]


def in_order(quotes: list[QuoteLabel]) -> list[QuoteLabel]:
    """The quotes in the order of a file: by start, the longer one first."""
    order = sorted(range(len(quotes)), key=lambda i: (quotes[i].content[0][0], -quotes[i].content[-1][1]))
    if order == list(range(len(quotes))):
        return quotes
    numbers = {old: new for new, old in enumerate(order)}
    return [q._replace(parent=None if q.parent is None else numbers[q.parent]) for q in (quotes[i] for i in order)]


def _moved(quotes: tuple[QuoteLabel, ...], moves: EditMap) -> list[QuoteLabel]:
    def place(span: Offsets | None) -> Offsets | None:
        return moves.span(*span) if span else None

    kept: dict[int, int] = {}
    moved: list[QuoteLabel] = []
    for number, quote in enumerate(quotes):
        content = tuple(p for span in quote.content if (p := moves.span(*span)))
        if not content:
            continue
        kept[number] = len(moved)
        speaker, head = place(quote.speaker), place(quote.head)
        if speaker is None or head is None:
            speaker = head = None
        parent = kept.get(quote.parent) if quote.parent is not None else None
        moved.append(
            quote._replace(
                content=content,
                cue=place(quote.cue),
                speaker=speaker,
                head=head,
                kind=quote.kind if speaker else None,
                parent=parent,
            )
        )
    return moved


def retyped(quotes: list[QuoteLabel], text: str) -> list[QuoteLabel]:
    """The quotes with the types that the quotation marks of their text give them; types of other lists stay."""
    return [
        quote._replace(type=marked_type(text, quote.content)) if quote.type in MARKED_TYPES else quote
        for quote in quotes
    ]


def resolved(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Paragraphs as an article of their own: speakers that it never mentions lose their entity ids.

    A quote whose only speaker is not mentioned gets the status `unnamed`, as the guideline defines it; a quote of
    several speakers keeps those that are mentioned.
    """
    paragraphs = tuple(paragraphs)
    named = frozenset().union(*(paragraph.named for paragraph in paragraphs))
    return tuple(p if p.speakers <= named else _with_speakers(p, named) for p in paragraphs)


def _with_speakers(paragraph: Paragraph, named: frozenset[str]) -> Paragraph:
    quotes = []
    for quote in paragraph.quotes:
        known = tuple(entity for entity in quote.entities if entity in named)
        lost = quote.status == "resolved" and not known
        quotes.append(quote._replace(entities=known, status="unnamed" if lost else quote.status))
    return replace(paragraph, quotes=tuple(quotes))
