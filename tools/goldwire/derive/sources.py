"""The articles of the gold taken apart: what derived articles are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.derive.paragraphs import Mark, Name, Paragraph, Place, Said
from goldwire.model.errors import GoldwireError
from goldwire.model.records import TEXT_ROLES, Quote, Role
from goldwire.text import spans
from goldwire.text.quotation_marks import marked_spans

LONGEST = 420
"""Code points from which a paragraph is parted at its sentences: aggregators print a whole story in one line."""
SENTENCE = re.compile(r"(?<=[.!?][”’\"'])\s+|(?<=[a-z)\]’”][.!?])\s+(?=[“‘\"'A-Z])")


@dataclass(frozen=True)
class Base:
    """An article of the gold, in paragraphs; bases of one `kin` share text, so no derived group takes two."""

    id: str
    kin: str
    paragraphs: tuple[Paragraph, ...]


def read_bases(gold: Gold) -> tuple[Base, ...]:
    """The different articles of a corpus; raises GoldwireError where one lacks a layer."""
    first = {name: cluster[0] for cluster in gold.clusters for name in cluster}
    kin = {cluster[0]: cluster[0] for cluster in gold.clusters}
    for pair in gold.pairs:
        a, b = kin[first[pair.a]], kin[first[pair.b]]
        kin = {name: min(a, b) if group in (a, b) else group for name, group in kin.items()}
    return tuple(_base(gold, gold.documents[name], group) for name, group in kin.items())


def _base(gold: Gold, document: GoldDocument, kin: str) -> Base:
    if document.mentions is None or document.quotes is None or document.decoys is None:
        raise GoldwireError(f"{document.id} lacks a complete layer; to derive, gold needs entities, quotes and decoys")
    roles = [b.role for b in gold.blocks[document.page] if b.document == document.id and b.role in TEXT_ROLES]
    whole = list(spans.lines(document.text))
    paragraphs: list[Paragraph] = []
    for role, line in zip(roles, whole, strict=True):
        for part in _parts(document, *line):
            paragraphs.append(_paragraph(document, role, part, f"{document.id}:{len(paragraphs)}"))
    return Base(document.id, kin, tuple(paragraphs))


def _parts(document: GoldDocument, start: int, end: int) -> Iterator[Place]:
    """A line, parted at sentence ends where it is long."""
    begin = start
    for cut, after in cuts(document, start, end) if end - start > LONGEST else ():
        if cut - begin >= LONGEST // 2 and end - after >= LONGEST // 4:
            yield begin, cut
            begin = after
    yield begin, end


def cuts(document: GoldDocument, start: int, end: int) -> Iterator[Place]:
    """The gaps between sentences of a line that no label and no pair of marks reaches over."""
    held = [(start + a, start + b) for a, b in marked_spans(document.text[start:end])]
    held += [(m.start, m.end) for m in document.mentions or ()]
    held += [_extent(quote) for quote in document.quotes or ()]
    for gap in SENTENCE.finditer(document.text, start, end):
        if not any(a < gap.end() and gap.start() < b for a, b in held):
            yield gap.span()


def _extent(quote: Quote) -> Place:
    places = [*quote.content, *(part for part in (quote.cue, quote.speaker) if part)]
    return min(p.start for p in places), max(p.end for p in places)


def _paragraph(document: GoldDocument, role: Role, part: Place, source: str) -> Paragraph:
    start, end = part

    def place(span: spans.Span | None) -> Place | None:
        return (span.start - start, span.end - start) if span else None

    names = [m for m in document.mentions or () if start <= m.start < end]
    quotes = [q for q in document.quotes or () if start <= q.content[0].start < end]
    numbers = {quote.id: number for number, quote in enumerate(quotes)}
    return Paragraph(
        source=source,
        role=role,
        text=document.text[start:end],
        names=tuple(Name(m.start - start, m.end - start, m.type, m.entity or "", m.stands_for) for m in names),
        quotes=tuple(
            Said(
                type=q.type,
                content=tuple((f.start - start, f.end - start) for f in q.content),
                cue=place(q.cue),
                speaker=place(q.speaker),
                head=place(q.speaker.head) if q.speaker else None,
                kind=q.speaker.kind if q.speaker else None,
                entities=tuple(q.speaker_entities or ()),
                status=q.status or "none",
                parent=numbers.get(q.parent) if q.parent else None,
            )
            for q in quotes
        ),
        decoys=tuple(
            Mark(d.start - start, d.end - start, d.reason) for d in document.decoys or () if start <= d.start < end
        ),
    )


def sentence_ends(paragraph: Paragraph) -> list[int]:
    """Where a paragraph may be cut off: after a sentence, with no label and no pair of marks cut through."""
    held = [*marked_spans(paragraph.text), *((n.start, n.end) for n in paragraph.names)]
    for quote in paragraph.quotes:
        places = [*quote.content, *(p for p in (quote.cue, quote.speaker) if p)]
        held.append((min(a for a, _ in places), max(b for _, b in places)))
    gaps = [gap.span() for gap in SENTENCE.finditer(paragraph.text)]
    return [a for a, b in gaps if not any(x < b and a < y for x, y in held)]


def is_self_contained(paragraph: Paragraph) -> bool:
    """Whether a body paragraph can stand in any article: it names whoever it quotes, and begins with no pronoun."""
    opening = paragraph.text.split(" ", 1)[0].strip("“‘\"'").casefold()
    return paragraph.role == "body" and paragraph.speakers <= paragraph.named and opening not in DEPENDENT


DEPENDENT = frozenset(
    """
    he she it they his her its their this that these those such however but yet instead moreover also then
    there namely according the
    """.split()
)
