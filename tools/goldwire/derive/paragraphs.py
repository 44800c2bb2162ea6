"""Paragraphs: a line of an article with its labels, which travel with it wherever it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from goldwire.derive.edits import Edit, EditMap
from goldwire.model.records import DecoyReason, EntityType, QuoteStatus, QuoteType, Role, SpeakerKind
from goldwire.text.quotation_marks import marked_type

MARKS = frozenset("“”‘’'\"«»„")
Place = tuple[int, int]
"""A half-open span, in code points of the paragraph's text."""


class Name(NamedTuple):
    """A mention."""

    start: int
    end: int
    type: EntityType
    entity: str
    stands_for: str | None


class Said(NamedTuple):
    """A quote; its parent is the number of the quote in the paragraph that holds it."""

    type: QuoteType
    content: tuple[Place, ...]
    cue: Place | None
    speaker: Place | None
    head: Place | None
    kind: SpeakerKind | None
    entities: tuple[str, ...]
    status: QuoteStatus
    parent: int | None


class Mark(NamedTuple):
    """A decoy."""

    start: int
    end: int
    reason: DecoyReason


@dataclass(frozen=True)
class Paragraph:
    """One line of an article. No label of the gold reaches over a line, so none is lost when lines move.

    `source` names the line of the gold it comes from, as `003-01:4`; it stays the same through edits.
    """

    source: str
    role: Role
    text: str
    names: tuple[Name, ...]
    quotes: tuple[Said, ...]
    decoys: tuple[Mark, ...]

    @cached_property
    def named(self) -> frozenset[str]:
        """Whoever is named here, or stood for."""
        return frozenset(i for name in self.names for i in (name.entity, name.stands_for) if i)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Whoever is quoted here."""
        return frozenset(i for quote in self.quotes for i in quote.entities)

    def edited(self, edits: Iterable[Edit]) -> "Paragraph":
        """The paragraph after edits, its labels with it, and the quotes' types as their marks now give them.

        A mention or a decoy of which nothing is left is dropped; so is a quote without content.
        """
        way = EditMap(self.text, edits)
        if not way.edits:
            return self
        names = [n._replace(start=p[0], end=p[1]) for n in self.names if (p := way.span(n.start, n.end))]
        decoys = [d._replace(start=p[0], end=p[1]) for d in self.decoys if (p := way.span(d.start, d.end))]
        quotes = in_order(_through(self.quotes, way))
        if any(MARKS.intersection(edit.new) or not MARKS.isdisjoint(_touched(self.text, edit)) for edit in way.edits):
            quotes = retyped(quotes, way.text)
        return replace(self, text=way.text, names=tuple(names), quotes=tuple(quotes), decoys=tuple(decoys))


def _touched(text: str, edit: Edit) -> str:
    """The old words of an edit, with the characters beside them where nothing or white space stands for them."""
    beside = not edit.new.strip() or not text[edit.start : edit.end].strip()
    return text[max(0, edit.start - beside) : edit.end + beside]


def in_order(quotes: list[Said]) -> list[Said]:
    """The quotes in the order of a file: by position, the longer first."""
    order = sorted(range(len(quotes)), key=lambda i: (quotes[i].content[0][0], -quotes[i].content[-1][1]))
    if order == list(range(len(quotes))):
        return quotes
    places = {old: new for new, old in enumerate(order)}
    return [q._replace(parent=None if q.parent is None else places[q.parent]) for q in (quotes[i] for i in order)]


def _through(quotes: tuple[Said, ...], way: EditMap) -> list[Said]:
    def place(span: Place | None) -> Place | None:
        return way.span(*span) if span else None

    kept: dict[int, int] = {}
    moved: list[Said] = []
    for number, quote in enumerate(quotes):
        content = tuple(p for span in quote.content if (p := way.span(*span)))
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


def retyped(quotes: list[Said], text: str) -> list[Said]:
    """The quotes with the types that the marks of a text give them."""
    return [
        quote._replace(type=kind) if (kind := marked_type(text, quote.content)) != quote.type else quote
        for quote in quotes
    ]


def resolved(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Paragraphs as an article of their own: whoever it never names is no longer known as a speaker.

    A quote of one such person is `unnamed`, as the guideline has it; of a group, those named stay.
    """
    paragraphs = tuple(paragraphs)
    named = frozenset().union(*(paragraph.named for paragraph in paragraphs))
    return tuple(p if p.speakers <= named else _forgetting(p, named) for p in paragraphs)


def _forgetting(paragraph: Paragraph, named: frozenset[str]) -> Paragraph:
    quotes = []
    for quote in paragraph.quotes:
        known = tuple(entity for entity in quote.entities if entity in named)
        lost = quote.status == "resolved" and not known
        quotes.append(quote._replace(entities=known, status="unnamed" if lost else quote.status))
    return replace(paragraph, quotes=tuple(quotes))
