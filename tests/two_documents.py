"""A gold set of two short documents in memory, and variants of it, to compare with."""

from dataclasses import replace

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.curate.agreement import agree
from goldwire.model.records import (
    AnnotationSet,
    Block,
    Decoy,
    Mention,
    Pair,
    Passage,
    Quote,
    Span,
    Speaker,
)

FIRST, SECOND = "000-01", "000-02"


TEXTS = {
    FIRST: "Moscow insists. Putin said that Kiev must “yield now” and Paris may “wait”.",
    SECOND: "Berlin listens. Putin claims Kiev “stalls”.",
}


def span(document, words):
    start = TEXTS[document].index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(document, words, kind, entity, stands_for=None):
    return Mention(**dict(span(document, words)), type=kind, entity=entity, stands_for=stands_for)


def quote(document, kind, content, cue, i=1):
    speaker = Speaker(**dict(span(document, "Putin")), head=span(document, "Putin"), kind="name")
    return Quote(
        id=f"{document}-q{i:03}",
        type=kind,
        content=[span(document, content)],
        cue=span(document, cue),
        speaker=speaker,
        speaker_entities=["person-putin"],
        status="resolved",
    )


ENTITIES = {
    FIRST: [
        mention(FIRST, "Moscow", "GPE", "gpe-moscow", "gpe-russia"),
        mention(FIRST, "Putin", "PERSON", "person-putin"),
        mention(FIRST, "Kiev", "GPE", "gpe-kiev"),
        mention(FIRST, "Paris", "GPE", "gpe-paris"),
    ],
    SECOND: [
        mention(SECOND, "Berlin", "GPE", "gpe-berlin"),
        mention(SECOND, "Putin", "PERSON", "person-putin"),
        mention(SECOND, "Kiev", "GPE", "gpe-kiev"),
    ],
}


QUOTES = {
    FIRST: [quote(FIRST, "mixed", "Kiev must “yield now”", "said")],
    SECOND: [quote(SECOND, "mixed", "Kiev “stalls”", "claims")],
}


DECOYS = {FIRST: [Decoy(**dict(span(FIRST, "“wait”")), reason="scare")], SECOND: []}


SEGMENTS = {
    "000": [
        Block(start=0, end=15, role="headline", document=FIRST),
        Block(start=16, end=80, role="body", document=FIRST),
        Block(start=90, end=105, role="body", document=SECOND),
        Block(start=106, end=120, role="boilerplate", document=None),
    ]
}


PASSAGE = Passage(a=span(FIRST, " Putin said that Kiev"), b=span(SECOND, " Putin claims Kiev"))


PAIRS = [Pair(a=FIRST, b=SECOND, relation="related", direction=None, passages=[PASSAGE])]


def tables(layer):
    return {unit: Table.numbered(unit, records) for unit, records in layer.items()}


def complete(units):
    return dict.fromkeys(units, "complete")


GOLD = LabelSet(
    "annotations/gold",
    AnnotationSet(
        name="gold",
        kind="gold",
        description="",
        annotators=[],
        adjudicators=[],
        guidelines=None,
        segments=complete(SEGMENTS),
        entities=complete(TEXTS),
        quotes=complete(TEXTS),
        decoys=complete(TEXTS),
        duplicates="complete",
    ),
    *(tables(layer) for layer in (SEGMENTS, ENTITIES, QUOTES, DECOYS)),
    Table.numbered("duplicates", PAIRS),
)


def holding(layer, unit, records):
    """Gold with other records in one layer of one page or document."""
    return replace(GOLD, **{layer: getattr(GOLD, layer) | tables({unit: records})})


def declaring(**layers):
    """Gold that declares some layers otherwise."""
    return replace(GOLD, info=GOLD.info.model_copy(update=layers))


def pairing(*pairs):
    return replace(GOLD, duplicates=Table.numbered("duplicates", pairs))


def changed(layer, unit, i, **values):
    records = [record for _, record in getattr(GOLD, layer)[unit].rows]
    return holding(layer, unit, [*records[:i], records[i].model_copy(update=values), *records[i + 1 :]])


def rows(a, b):
    return agree(a, b, TEXTS).rows


def measured(a, b):
    return {(row.layer, row.measure): row.value for row in rows(a, b)}


def different(a, b):
    """The numbers that are not those of full agreement, without the layer."""
    full = measured(GOLD, GOLD)
    return {
        measure: value for (layer, measure), value in measured(a, b).items() if value != full.get((layer, measure))
    }
