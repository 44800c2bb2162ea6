"""spaCy's DocBin: entities with their ids, and quotes as span groups."""

from collections.abc import Iterator
from typing import Any

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.extras import need
from goldwire.model.records import Quote
from goldwire.text import spans
from goldwire.text.tokens import edges, pieces

GROUPS = ("quotes", "cues", "speakers", "heads", "decoys")
BETWEEN = "|"
"""The separator of the ids of several speakers."""


def export_spacy(source: Source) -> dict[str, bytes]:
    """Export one file: a Doc for every document, tokenised by spaCy's blank English pipeline, cut where labels end.

    `ents` has the mentions (`kb_id_` is the entity). The span groups have quotes, one span per fragment
    (`label_` is the type, `kb_id_` the speakers' entities), cues, speakers (`label_` is the kind), heads
    and decoys (`label_` is the reason); the spans of one quote have its id in `id_`.
    """
    spacy = need("spacy", "spacy")
    pipeline = spacy.blank("en")
    bin_ = need("spacy.tokens", "spacy").DocBin(store_user_data=True)
    for document in source.documents():
        bin_.add(_doc(document, pipeline))
    return {"corpus.spacy": bin_.to_bytes()}


def _doc(document: Labelled, pipeline: Any) -> Any:
    text = document.text
    labels = [*(document.mentions or ()), *(document.decoys or ())]
    parts = [part for quote in document.quotes or () for part in _parts(quote)]
    tokens = ((token.idx, token.idx + len(token)) for token in pipeline.make_doc(text))
    cut = list(pieces(tokens, [*edges(labels), *edges(parts)]))
    spaces = [
        text[end : end + 1] == " " and (end, end + 1) not in set(cut[i + 1 : i + 2]) for i, (_, end) in enumerate(cut)
    ]
    doc = need("spacy.tokens", "spacy").Doc(pipeline.vocab, [text[start:end] for start, end in cut], spaces)
    doc.user_data["document"] = document.id
    if document.mentions is not None:
        doc.set_ents(
            [
                doc.char_span(m.start, m.end, m.type, kb_id=m.entity or "", span_id=m.id or "")
                for m in document.mentions
            ]
        )
    groups: dict[str, list[object]] = {name: [] for name in GROUPS}
    for decoy in document.decoys or ():
        groups["decoys"].append(doc.char_span(decoy.start, decoy.end, decoy.reason, span_id=decoy.id or ""))
    for number, quote in enumerate(document.quotes or (), 1):
        _group(doc, quote, quote.id or f"{document.id}-{number}", groups)
    for name, found in groups.items():
        doc.spans[name] = found
    return doc


def _parts(quote: Quote) -> Iterator[spans.SpanLike]:
    yield from quote.content
    head = quote.speaker.head if quote.speaker else None
    yield from (part for part in (quote.cue, quote.speaker, head) if part is not None)


def _group(doc: Any, quote: Quote, name: str, groups: dict[str, list[object]]) -> None:
    def span(part: spans.SpanLike, label: str, kb_id: str = "") -> object:
        return doc.char_span(part.start, part.end, label, kb_id=kb_id, span_id=name)

    groups["quotes"] += [span(part, quote.type, BETWEEN.join(quote.speaker_entities or ())) for part in quote.content]
    if quote.cue:
        groups["cues"].append(span(quote.cue, "cue"))
    if quote.speaker:
        groups["speakers"].append(span(quote.speaker, quote.speaker.kind or "speaker"))
        if quote.speaker.head:
            groups["heads"].append(span(quote.speaker.head, "head"))
