"""Any labels that gold could hold of one document, for hypothesis to draw."""

from dataclasses import dataclass
from typing import get_args

from hypothesis import strategies as st

from goldwire.corpus.canonical import sort_key
from goldwire.model.profile import names, news
from goldwire.model.records import Decoy, Mention, Pair, Passage, Quote, Span, Speaker
from goldwire.model.vocabulary import QuoteStatus, SpeakerKind
from goldwire.studio.convert.to_results import Labels

DOCUMENT = "009-09"
EARLIER = ("009-01", "009-02", "009-03")
LETTERS = st.sampled_from("abc é\n“”\"'’\u0301🎉\u3000𠀀<&")
ENTITIES = st.sampled_from(["person-new", "person-jane-roe", "gpe-russia", "work-of-art-new-order"])
NUMBERS = st.integers(1, 1200)


@dataclass
class Labelled:
    """A document with what it is compared with, and its labels."""

    text: str
    candidates: list[dict[str, str]]
    labels: Labels


texts = st.text(LETTERS, min_size=1, max_size=30).filter(str.strip)


@st.composite
def spans_of(draw, text):
    """A span of a text without white space at its ends."""
    inked = st.sampled_from([i for i, letter in enumerate(text) if not letter.isspace()])
    start, last = sorted((draw(inked), draw(inked)))
    return Span(start=start, end=last + 1, text=text[start : last + 1])


def one_of(kind, *, or_none=False):
    return st.sampled_from([*get_args(kind), *([None] if or_none else [])])


@st.composite
def numbered(draw, letter, most=4):
    """Ids of one kind, each another one."""
    return [f"{DOCUMENT}-{letter}{n:03}" for n in draw(st.lists(NUMBERS, unique=True, max_size=most))]


@st.composite
def quotes_of(draw, text):
    span, found = spans_of(text), []
    speakers = st.builds(
        lambda own, head, kind: Speaker(**own.model_dump(), head=head, kind=kind),
        span, st.none() | span, one_of(SpeakerKind, or_none=True),
    )  # fmt: skip
    for name in draw(numbered("q")):
        content = sorted(draw(st.lists(span, min_size=1, max_size=3)), key=lambda each: each.start)
        found.append(
            Quote(
                id=name,
                type=draw(st.sampled_from(names(news().quote_types))),
                content=content,
                cue=draw(st.none() | span),
                speaker=draw(st.none() | st.sampled_from([q.speaker for q in found] or [None]) | speakers),
                speaker_entities=draw(st.lists(ENTITIES, unique=True, max_size=2)),
                status=draw(one_of(QuoteStatus, or_none=True)),
                parent=draw(st.none() | st.sampled_from([q.id for q in found] or [None])),
            )
        )
    return sorted(found, key=sort_key)


@st.composite
def pairs_of(draw, text, candidates):
    own, found = spans_of(text), []
    for candidate in candidates:
        relation = draw(st.sampled_from(["exact", "near", "related", "a_in_b", "b_in_a", None]))
        if relation is None:
            continue
        shared = draw(st.lists(st.builds(Passage, a=spans_of(candidate["text"]), b=own), max_size=3))
        found.append(
            Pair(
                id=f"{candidate['document']}_{DOCUMENT}",
                a=candidate["document"],
                b=DOCUMENT,
                relation="contained" if "_" in relation else relation,
                direction=relation if "_" in relation else None,
                passages=sorted(shared, key=lambda p: (p.a.start, p.a.end, p.b.start, p.b.end)),
            )
        )
    return found


@st.composite
def documents(draw):
    text = draw(texts)
    candidates = [{"document": name, "text": draw(texts)} for name in EARLIER[: draw(st.integers(0, 3))]]
    span = spans_of(text)
    mentions = [
        Mention(
            id=name,
            **draw(span).model_dump(),
            type=draw(st.sampled_from(news().types)),
            entity=draw(st.none() | ENTITIES),
            stands_for=draw(st.none() | ENTITIES),
        )
        for name in draw(numbered("e"))
    ]
    decoys = [
        Decoy(id=name, **draw(span).model_dump(), reason=draw(st.sampled_from(names(news().decoy_reasons))))
        for name in draw(numbered("d", 2))
    ]
    labels = Labels(
        mentions=sorted(mentions, key=sort_key),
        quotes=draw(quotes_of(text)),
        decoys=sorted(decoys, key=sort_key),
        pairs=draw(st.none() | pairs_of(text, candidates)),
    )
    return Labelled(text, candidates, labels)
