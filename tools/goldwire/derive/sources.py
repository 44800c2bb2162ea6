"""The articles of the gold in paragraphs: what derived articles are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.derive.paragraphs import DecoyLabel, MentionLabel, Offsets, Paragraph, QuoteLabel
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import news
from goldwire.model.records import Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, DocumentLayer, Role
from goldwire.text import spans
from goldwire.text.quotation_marks import marked_spans

LONGEST = 420
"""Code points from which a line is split at sentence ends: aggregators print a whole story in one line."""
SENTENCE = re.compile(r"(?<=[.!?][”’\"'])\s+|(?<=[a-z)\]’”][.!?])\s+(?=[“‘\"'A-Z])")


@dataclass(frozen=True)
class SourceArticle:
    """An article of the gold, in paragraphs; no derived group has two leads of one `cluster`, which share text."""

    id: str
    cluster: str
    paragraphs: tuple[Paragraph, ...]


def read_sources(gold: Gold) -> tuple[SourceArticle, ...]:
    """The different articles of a corpus whose documents have every layer; raises GoldwireError if there is none."""
    whole = set(gold.documents) - set(incomplete_documents(gold))
    if not whole:
        layers = ", ".join(layers_of(gold)) or "complete labels"
        raise GoldwireError(f"{gold.root} has no document with {layers}; expected at least one to derive from")
    first = {name: cluster[0] for cluster in gold.clusters for name in cluster}
    clusters = {cluster[0]: cluster[0] for cluster in gold.clusters}
    for pair in gold.pairs:
        a, b = clusters[first[pair.a]], clusters[first[pair.b]]
        clusters = {name: min(a, b) if cluster in (a, b) else cluster for name, cluster in clusters.items()}
    leads = {cluster[0]: next((name for name in cluster if name in whole), None) for cluster in gold.clusters}
    return tuple(
        _source_article(gold, gold.documents[lead], cluster)
        for name, cluster in clusters.items()
        if (lead := leads[name])
    )


def incomplete_documents(gold: Gold) -> list[str]:
    """The documents that lack a layer which others have; none is derived from."""
    keys = ["mentions" if layer == "entities" else layer for layer in layers_of(gold)]
    return [name for name, one in gold.documents.items() if not keys or None in [getattr(one, key) for key in keys]]


def layers_of(gold: Gold) -> list[DocumentLayer]:
    """The layers of documents that a gold has."""
    keys = {layer: "mentions" if layer == "entities" else layer for layer in DOCUMENT_LAYERS}
    found = gold.documents.values()
    return [layer for layer, key in keys.items() if any(getattr(document, key) is not None for document in found)]


def _source_article(gold: Gold, document: GoldDocument, cluster: str) -> SourceArticle:
    kept, shipped = gold.profile.text_roles, news().text_roles
    blocks = gold.blocks.get(document.page, ())
    found = [b.role for b in blocks if b.document == document.id and b.role in kept]
    roles = [role if role in shipped else "body" for role in found]
    whole = list(spans.lines(document.text))
    if not blocks:  # of an imported article only the text is known
        roles = ["headline", *["body"] * len(whole)][: len(whole)]
    paragraphs: list[Paragraph] = []
    for role, line in zip(roles, whole, strict=True):
        for part in _parts(document, *line):
            paragraphs.append(_paragraph(document, role, part, f"{document.id}:{len(paragraphs)}"))
    return SourceArticle(document.id, cluster, tuple(paragraphs))


def _parts(document: GoldDocument, start: int, end: int) -> Iterator[Offsets]:
    """A line, split at sentence ends if it is long."""
    begin = start
    for cut, after in cuts(document, start, end) if end - start > LONGEST else ():
        if cut - begin >= LONGEST // 2 and end - after >= LONGEST // 4:
            yield begin, cut
            begin = after
    yield begin, end


def cuts(document: GoldDocument, start: int, end: int) -> Iterator[Offsets]:
    """The gaps between sentences of a line that no label and no pair of marks covers."""
    kept = [(start + a, start + b) for a, b in marked_spans(document.text[start:end])]
    kept += [(m.start, m.end) for m in document.mentions or ()]
    kept += [_extent(quote) for quote in document.quotes or ()]
    for gap in SENTENCE.finditer(document.text, start, end):
        if not any(a < gap.end() and gap.start() < b for a, b in kept):
            yield gap.span()


def _extent(quote: Quote) -> Offsets:
    parts = [*quote.content, *(part for part in (quote.cue, quote.speaker) if part)]
    return min(part.start for part in parts), max(part.end for part in parts)


def _paragraph(document: GoldDocument, role: Role, part: Offsets, source: str) -> Paragraph:
    start, end = part

    def place(span: spans.SpanLike | None) -> Offsets | None:
        return (span.start - start, span.end - start) if span else None

    mentions = [m for m in document.mentions or () if start <= m.start < end]
    quotes = [q for q in document.quotes or () if start <= q.content[0].start < end]
    numbers = {quote.id: number for number, quote in enumerate(quotes)}
    return Paragraph(
        source=source,
        role=role,
        text=document.text[start:end],
        mentions=tuple(
            MentionLabel(m.start - start, m.end - start, m.type, m.entity or "", m.stands_for) for m in mentions
        ),
        quotes=tuple(
            QuoteLabel(
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
            DecoyLabel(d.start - start, d.end - start, d.reason)
            for d in document.decoys or ()
            if start <= d.start < end
        ),
    )


def sentence_ends(paragraph: Paragraph) -> list[int]:
    """Offsets at which a paragraph may be cut: after a sentence, where no label and no pair of marks is cut."""
    kept = [*marked_spans(paragraph.text), *((m.start, m.end) for m in paragraph.mentions)]
    for quote in paragraph.quotes:
        parts = [*quote.content, *(part for part in (quote.cue, quote.speaker) if part)]
        kept.append((min(a for a, _ in parts), max(b for _, b in parts)))
    gaps = [gap.span() for gap in SENTENCE.finditer(paragraph.text)]
    return [a for a, b in gaps if not any(x < b and a < y for x, y in kept)]


def is_self_contained(paragraph: Paragraph) -> bool:
    """Whether a paragraph fits any article: body text that mentions its speakers and begins with no pronoun."""
    opening = paragraph.text.split(" ", 1)[0].strip("“‘\"'").casefold()
    return paragraph.role == "body" and paragraph.speakers <= paragraph.named and opening not in DEPENDENT


DEPENDENT = frozenset(
    """
    he she it they his her its their this that these those such however but yet instead moreover also then
    there namely according the
    """.split()
)
