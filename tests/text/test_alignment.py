"""Labels are projected to a text that repeats another, across insertions and deletions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldwire.corpus.annotation_sets import read_set
from goldwire.corpus.documents import text_path
from goldwire.model.records import Decoy, Mention, Quote, Span, Speaker
from goldwire.text.alignment import Projection
from repository import ROOT

SOURCE = "President Vladimir Putin said: “We want peace,” though the “hot” war goes on in Kiev."


def span(words, text=SOURCE):
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def mention(words):
    return Mention(id="003-01-e007", **dict(span(words)), type="PERSON", entity="person-x", stands_for="gpe-x")


QUOTE = Quote(
    id="003-01-q002",
    type="direct",
    content=[span("“We want"), span("peace,”")],
    cue=span("said"),
    speaker=Speaker(**dict(span("President Vladimir Putin")), head=span("Vladimir Putin"), kind="name"),
    speaker_entities=["person-x"],
    status="resolved",
    parent="003-01-q001",
)
DECOY = Decoy(id="003-01-d001", **dict(span("“hot”")), reason="scare")


def project(document, records, source, target):
    projection = Projection(document, source, target)
    return [projection.record(record) for record in records]


def test_to_the_same_text_only_the_ids_change():
    assert project("000-01", [QUOTE, DECOY, mention("Kiev")], SOURCE, SOURCE) == [
        QUOTE.model_copy(update={"id": "000-01-q002", "parent": "000-01-q001"}),
        DECOY.model_copy(update={"id": "000-01-d001"}),
        mention("Kiev").model_copy(update={"id": "000-01-e007"}),
    ]


def test_a_record_without_an_id_stays_without_one():
    (carried,) = project("000-01", [DECOY.model_copy(update={"id": None})], SOURCE, SOURCE)
    assert carried.id is None


def test_every_span_of_a_quote_is_carried_behind_an_insertion():
    target = "Headline\n" + SOURCE
    (carried,) = project("000-01", [QUOTE], SOURCE, target)
    assert carried.content == [span("“We want", target), span("peace,”", target)]
    assert carried.cue == span("said", target)
    assert carried.speaker.head == span("Vladimir Putin", target)
    assert carried.speaker.start == carried.speaker.head.start - len("President ")


def test_a_space_inserted_into_a_span_is_inside_it():
    (carried,) = project("000-01", [mention("Vladimir Putin")], SOURCE, SOURCE.replace("Putin", "Pu tin"))
    assert carried.text == "Vladimir Pu tin"


def test_words_missing_inside_a_span_are_left_out():
    (carried,) = project("000-01", [mention("President Vladimir Putin")], SOURCE, SOURCE.replace("Vladimir ", ""))
    assert carried.text == "President Putin"


@pytest.mark.parametrize("lost", ["Vladimir ", "Vlad", " Putin"])
def test_a_span_with_an_end_that_is_missing_is_refused_with_its_place(lost):
    place = SOURCE.index("Vladimir") if lost.startswith("V") else SOURCE.index(" said") - 1
    with pytest.raises(ValueError, match=f"the character at {place} is not in the other text"):
        project("000-01", [mention("Vladimir Putin")], SOURCE, SOURCE.replace(lost, ""))


def test_a_record_elsewhere_is_carried_over_a_missing_stretch():
    target = SOURCE.replace("Vladimir ", "")
    assert project("000-01", [DECOY], SOURCE, target) == [
        Decoy(id="000-01-d001", **dict(span("“hot”", target)), reason="scare")
    ]


def test_to_an_empty_text_nothing_can_be_carried():
    with pytest.raises(ValueError, match="not in the other text"):
        project("000-01", [DECOY], SOURCE, "")


@pytest.fixture(scope="module")
def article():
    labels, _ = read_set(ROOT, "annotations/gold")
    text = (ROOT / text_path("001-01")).read_text()
    return text, [*labels.entities["001-01"], *labels.quotes["001-01"], *labels.decoys["001-01"]]


def texts(value):
    """The texts of all spans of a record, without white space."""
    if isinstance(value, dict):
        own = ["".join(value["text"].split())] if "text" in value else []
        return own + [text for item in value.values() for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_an_article_with_one_inserted_space_keeps_all_labels(article, data):
    text, records = article
    at = data.draw(st.integers(0, len(text)))
    target = text[:at] + " " + text[at:]
    carried = project("000-01", records, text, target)
    assert [texts(new.model_dump()) for new in carried] == [texts(old.model_dump()) for old in records]
    ends = [(new.start, new.end) for new in carried if isinstance(new, Mention)]
    assert ends == [(m.start + (m.start >= at), m.end + (m.end > at)) for m in records if isinstance(m, Mention)]
