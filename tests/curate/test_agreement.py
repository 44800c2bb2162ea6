"""Which layers two sets are compared on, and what their numbers count."""

import re
from dataclasses import replace

import pytest

from goldwire.corpus.annotation_sets import LabelSet, read_set
from goldwire.corpus.documents import read_corpus
from goldwire.curate.agreement import agree
from goldwire.curate.differences import differences
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Passage
from goldwire.model.vocabulary import UNIT_LAYERS
from repository import ROOT
from two_documents import (
    ENTITIES,
    FIRST,
    GOLD,
    PAIRS,
    PASSAGE,
    SECOND,
    TEXTS,
    changed,
    declaring,
    different,
    measured,
    pairing,
    rows,
    span,
    tables,
)


def test_gold_agrees_with_itself_in_everything():
    agreement = agree(GOLD, GOLD, TEXTS)
    assert {row.value for row in agreement.rows} == {1.0, None}  # None: there is one status only, so no kappa
    assert all(row.interval is None or row.interval[0] < row.interval[1] == 1.0 for row in agreement.rows)
    assert {(row.interval, row.units) for row in agreement.rows if row.layer == "segments"} == {(None, 1)}
    assert agreement.differences == []
    assert {row.layer for row in agreement.rows} == {*UNIT_LAYERS, "duplicates"}


def test_renaming_every_entity_leaves_the_partition_whole():
    renamed = {
        unit: [record.model_copy(update={"entity": f"{record.entity}-2"}) for record in records]
        for unit, records in ENTITIES.items()
    }
    numbers = measured(GOLD, replace(GOLD, entities=tables(renamed)))
    assert numbers["entities", "entity id, share alike"] == 0.0
    assert numbers["entities", "entity ids as a partition, pairwise F1"] == 1.0


def test_a_partial_document_is_left_out_of_numbers_and_differences():
    other = changed("entities", SECOND, 0, type="ORG")
    other = replace(other, info=GOLD.info.model_copy(update={"entities": {FIRST: "complete", SECOND: "partial"}}))
    (row,) = [row for row in rows(GOLD, other) if row.measure == "span and type, F1"]
    assert (row.value, row.items) == (1.0, "4 of 4 and 4")
    assert list(differences(GOLD, other)) == []


@pytest.mark.parametrize("layer", UNIT_LAYERS)
@pytest.mark.parametrize("declared", ["partial", "none"])
def test_a_layer_that_one_side_does_not_declare_complete_is_not_compared(layer, declared):
    other = declaring(**{layer: dict.fromkeys(getattr(GOLD, layer), declared)})
    assert layer not in {row.layer for row in rows(GOLD, other) if row.value is not None}
    assert layer in {row.layer for row in rows(GOLD, GOLD)}


@pytest.mark.parametrize("declared", ["partial", "none"])
def test_duplicates_that_one_side_does_not_declare_complete_are_not_compared(declared):
    other = replace(pairing(), info=GOLD.info.model_copy(update={"duplicates": declared}))
    assert {row.layer for row in rows(GOLD, other)} == set(UNIT_LAYERS)
    assert list(differences(GOLD, other)) == []


def test_decoys_are_compared_without_quotes():
    other = declaring(quotes={})
    assert measured(GOLD, other)["decoys", "span, F1"] == 1.0


def test_sets_that_share_no_complete_layer_are_refused_by_name():
    other = LabelSet("annotations/pass-x", GOLD.info)
    with pytest.raises(
        GoldwireError, match="annotations/gold and annotations/pass-x share no complete layer; expected"
    ):
        agree(GOLD, other, TEXTS)


def test_a_pair_of_another_relation_is_the_same_pair_and_one_difference():
    other = pairing(PAIRS[0].model_copy(update={"relation": "contained", "direction": "a_in_b"}))
    assert different(GOLD, other) == {
        "pair, relation and direction, F1": 0.0,
        "relation of every two documents, Cohen's κ": 0.0,
    }
    (difference,) = differences(GOLD, other)
    assert "related" in difference.a
    assert "contained a_in_b" in difference.b


def passage(a, b):
    return Passage(a=span(FIRST, a), b=span(SECOND, b))


def with_passages(*passages):
    return pairing(PAIRS[0].model_copy(update={"passages": list(passages)}))


def test_a_passage_cut_short_agrees_at_half_and_not_exactly():
    other = with_passages(passage("Putin said that Kiev", "Putin claims Kiev"))
    assert different(GOLD, other) == {"passage, F1": 0.0}


def test_a_passage_that_leads_elsewhere_in_the_other_document_does_not_agree():
    other = with_passages(PASSAGE.model_copy(update={"b": span(SECOND, "Berlin listens")}))
    assert different(GOLD, other) == {"passage, F1": 0.0, "passage at IoU 0.5, F1": 0.0}


def test_one_passage_agrees_with_no_more_than_one():
    twice = with_passages(PASSAGE, PASSAGE.model_copy(update={"b": span(SECOND, "Berlin listens")}))
    for a, b in ((twice, GOLD), (GOLD, twice)):
        assert measured(a, b)["duplicates", "passage at IoU 0.5, F1"] == pytest.approx(2 / 3)


@pytest.fixture(scope="module")
def passes():
    texts = read_corpus(ROOT)[0].texts
    a, b = (read_set(ROOT, f"annotations/pass-{name}")[0] for name in "ab")
    return agree(a, b, texts), agree(b, a, texts)


def test_the_two_passes_agree_above_nine_tenths_in_everything(passes):
    assert [row for row in passes[0].rows if row.value is None or not 0.9 < row.value <= 1.0] == []
    assert {row.layer for row in passes[0].rows} == {*UNIT_LAYERS, "duplicates"}
    assert passes[0].differences


def test_every_number_of_the_passes_lies_in_its_interval(passes):
    outside = [row for row in passes[0].rows if row.interval and not row.interval[0] <= row.value <= row.interval[1]]
    assert outside == []


def test_the_numbers_are_the_same_whichever_pass_comes_first(passes):
    first, second = ({(row.layer, row.measure): row.value for row in side.rows} for side in passes)
    assert first == pytest.approx(second)
    assert [(d.a, d.b) for d in passes[0].differences] == [(d.b, d.a) for d in passes[1].differences]


def test_no_row_counts_more_alike_than_there_are(passes):
    counted = [row for row in passes[0].rows if re.match(r"\S+ of \S+ and \S+", row.items)]
    assert len(counted) > 20
    for row in counted:
        alike, first, second = map(float, re.findall(r"[\d.]+", row.items))
        assert alike <= min(first, second), f"{row.measure}: {row.items}"
