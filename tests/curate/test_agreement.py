"""What two sets agree on, in numbers, and every place where they do not, in words."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from goldwire.corpus.annotation_sets import LabelSet, read_set
from goldwire.corpus.documents import read_corpus
from goldwire.corpus.jsonl import Table
from goldwire.curate.agreement import agree
from goldwire.curate.differences import Difference, differences
from goldwire.model.errors import GoldwireError
from goldwire.model.records import (
    UNIT_LAYERS,
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
from goldwire.scoring.bootstrap import interval
from goldwire.scoring.kappa import kappa, share_alike, tally_interval
from repository import ROOT

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
    """Gold that says otherwise how far some layers go."""
    return replace(GOLD, info=GOLD.info.model_copy(update=layers))


def pairing(*pairs):
    return replace(GOLD, duplicates=Table.numbered("duplicates", pairs))


def rows(a, b):
    return agree(a, b, TEXTS, resamples=20).rows


def measured(a, b):
    return {(row.layer, row.measure): row.value for row in rows(a, b)}


def different(a, b):
    """The numbers that are not those of full agreement, without the layer."""
    full = measured(GOLD, GOLD)
    return {
        measure: value for (layer, measure), value in measured(a, b).items() if value != full.get((layer, measure))
    }


def test_gold_agrees_with_itself_in_everything():
    agreement = agree(GOLD, GOLD, TEXTS, resamples=20)
    assert {row.value for row in agreement.rows} == {1.0, None}  # None: there is one status only, so no kappa
    assert {row.interval for row in agreement.rows} == {(1.0, 1.0), None}
    assert agreement.differences == []
    assert {row.layer for row in agreement.rows} == {*UNIT_LAYERS, "duplicates"}


def changed(layer, unit, i, **values):
    records = [record for _, record in getattr(GOLD, layer)[unit].rows]
    return holding(layer, unit, [*records[:i], records[i].model_copy(update=values), *records[i + 1 :]])


LONGER = span(FIRST, "Moscow insists")
MOVED = [span(FIRST, "must “yield now”")]


def kappa_of_words(by_chance):
    """Of 19 words 12 are no mention, five are GPE and two PERSON; one is labelled otherwise."""
    return (18 * 19 - by_chance) / (19 * 19 - by_chance)


CHANGES = {
    "type of a mention": (
        ("entities", FIRST, 0, {"type": "ORG"}),
        {
            "span and type, F1": 6 / 7,
            "span and type GPE, F1": 8 / 9,  # four of five, all four right
            "span and type ORG, F1": 0.0,
            "type of every word, Cohen's κ": kappa_of_words(12 * 12 + 5 * 4 + 2 * 2),
        },
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:6] “Moscow” ORG gpe-moscow > gpe-russia"),
    ),
    "span of a mention": (
        ("entities", FIRST, 0, dict(LONGER)),
        {
            "span, F1": 6 / 7,
            "span and type, F1": 6 / 7,
            "span and type GPE, F1": 4 / 5,
            "type of every word, Cohen's κ": kappa_of_words(12 * 11 + 5 * 6 + 2 * 2),
        },
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:14] “Moscow insists” GPE gpe-moscow > gpe-russia"),
    ),
    "entity of a mention": (
        ("entities", SECOND, 1, {"entity": "person-medvedev"}),
        {
            "entity id, share alike": 6 / 7,
            "entity ids as a partition, pairwise F1": 2 / 3,  # of two pairs one is left
        },
        ("[16:21] “Putin” PERSON person-putin", "[16:21] “Putin” PERSON person-medvedev"),
    ),
    "what a mention stands for": (
        ("entities", FIRST, 0, {"stands_for": None}),
        {"stands for, share alike": 6 / 7},
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:6] “Moscow” GPE gpe-moscow"),
    ),
    "type of a quote": (
        ("quotes", SECOND, 0, {"type": "direct"}),
        {
            "content and type, F1": 0.5,
            "content and type direct, F1": 0.0,
            "content and type mixed, F1": 2 / 3,  # one of two is left, and nothing else took its type
            "type, Cohen's κ": 0.0,
        },
        ("mixed · [29:42]", "direct · [29:42]"),
    ),
    "content of a quote": (
        ("quotes", FIRST, 0, {"content": MOVED}),
        {
            "content, all fragments, F1": 0.5,
            "content and type, F1": 0.5,
            "content and type mixed, F1": 0.5,
            "content and cue, F1": 0.5,
            "content and speaker, F1": 0.5,
            "content and speaker's entities, F1": 0.5,
        },
        ("mixed · [32:53]", "mixed · [37:53]"),
    ),
    "cue of a quote": (
        ("quotes", FIRST, 0, {"cue": None}),
        {"content and cue, F1": 0.5},
        ("cue [22:26] “said”", "mixed · [32:53] ⟨Kiev must “yield now”⟩ · speaker"),
    ),
    "speaker of a quote": (
        ("quotes", FIRST, 0, {"speaker": None}),
        {"content and speaker, F1": 0.5},
        ("speaker [16:21] “Putin”, head [16:21] “Putin”, name", "“said” · resolved person-putin"),
    ),
    "speaker's entity": (
        ("quotes", FIRST, 0, {"speaker_entities": ["gpe-russia"]}),
        {"content and speaker's entities, F1": 0.5},
        ("resolved person-putin", "resolved gpe-russia"),
    ),
    "status of a quote": (
        ("quotes", FIRST, 0, {"status": "group"}),
        {"content and speaker's entities, F1": 0.5, "status, Cohen's κ": 0.0},
        ("resolved person-putin", "group person-putin"),
    ),
    "decoy": (
        ("decoys", FIRST, 0, dict(span(FIRST, "wait"))),
        {"span, F1": 0.0},
        ("[68:74] “wait” scare", "[69:73] wait scare"),
    ),
    "role of a block": (
        ("segments", "000", 0, {"role": "standfirst"}),
        {
            "block and role, F1": 0.75,
            "block, role and document, F1": 0.75,
            "role, Cohen's κ": (0.75 - 5 / 16) / (1 - 5 / 16),
        },
        ("[0:15] headline 000-01", "[0:15] standfirst 000-01"),
    ),
    "document of a block": (
        ("segments", "000", 2, {"document": FIRST}),
        {"block, role and document, F1": 0.75},
        ("[90:105] body 000-02", "[90:105] body 000-01"),
    ),
}


@pytest.mark.parametrize(("change", "numbers", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_moves_its_own_numbers_and_no_others(change, numbers, words):
    layer, unit, i, values = change
    other = changed(layer, unit, i, **values)
    assert different(GOLD, other) == pytest.approx(numbers)


@pytest.mark.parametrize(("change", "numbers", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_one_difference_that_shows_both_sides(change, numbers, words):
    layer, unit, i, values = change
    other = changed(layer, unit, i, **values)
    (difference,), (swapped,) = differences(GOLD, other), differences(other, GOLD)
    assert (difference.layer, difference.unit) == (swapped.layer, swapped.unit) == (layer, unit)
    assert words[0] in difference.a
    assert words[1] in difference.b
    assert (swapped.a, swapped.b) == (difference.b, difference.a)


def test_what_one_side_lacks_is_shown_with_nothing_beside_it():
    other = holding("entities", FIRST, ENTITIES[FIRST][1:])
    assert list(differences(GOLD, other)) == [
        Difference("entities", FIRST, 0, "[0:6] “Moscow” GPE gpe-moscow > gpe-russia", None)
    ]
    assert different(GOLD, other)["span, F1"] == pytest.approx(12 / 13)


def test_differences_come_in_the_order_of_the_text():
    other = holding(
        "entities", FIRST, [mention(FIRST, words, "LAW", "law-x") for words in ("wait", "Putin", "Moscow")]
    )
    starts = [difference.start for difference in differences(GOLD, other)]
    assert len(starts) == 5
    assert starts == sorted(starts)


def test_a_retyped_record_stands_beside_its_own_counterpart():
    """Not beside the one around it that was left out."""
    outer = quote(FIRST, "mixed", "Kiev must “yield now” and Paris", "said")
    inner, retyped = (quote(FIRST, kind, "now", "said", 2) for kind in ("direct", "mixed"))
    a, b = holding("quotes", FIRST, [outer, inner]), holding("quotes", FIRST, [retyped])
    found = [(d.a and d.a.split(" ⟨")[0], d.b and d.b.split(" ⟨")[0]) for d in differences(a, b)]
    assert found == [("mixed · [32:63]", None), ("direct · [49:52]", "mixed · [49:52]")]


def test_another_parent_is_a_difference():
    around = quote(FIRST, "mixed", "Kiev must “yield now” and Paris may", "said")
    within = quote(FIRST, "mixed", "Kiev must “yield now”", "said", 2)
    inner = quote(FIRST, "indirect", "Kiev", "said", 3)
    a, b = (
        holding("quotes", FIRST, [around, within, inner.model_copy(update={"parent": parent.id})])
        for parent in (around, within)
    )
    assert len(list(differences(a, b))) == 1


def test_another_head_of_the_same_letters_is_a_difference():
    place = {"start": 7, "end": 14, "text": "insists", "kind": "name"}
    a, b = (
        changed("quotes", FIRST, 0, speaker=Speaker(**place, head=Span(start=start, end=start + 1, text="i")))
        for start in (7, 10)
    )
    assert measured(a, b)["quotes", "content and speaker, F1"] == 0.5
    assert len(list(differences(a, b))) == 1


def test_other_ids_of_records_are_no_difference():
    def nested(outer, inner):
        around, within = (
            quote(FIRST, "mixed", "Kiev must “yield now”", "said", outer),
            quote(FIRST, "indirect", "Kiev", "said", inner),
        )
        return holding("quotes", FIRST, [around, within.model_copy(update={"parent": around.id})])

    assert list(differences(nested(1, 2), nested(9, 1))) == []


def test_renaming_every_entity_leaves_the_partition_whole():
    renamed = {
        unit: [record.model_copy(update={"entity": f"{record.entity}-2"}) for record in records]
        for unit, records in ENTITIES.items()
    }
    numbers = measured(GOLD, replace(GOLD, entities=tables(renamed)))
    assert numbers["entities", "entity id, share alike"] == 0.0
    assert numbers["entities", "entity ids as a partition, pairwise F1"] == 1.0


def test_kappa_of_a_table_worked_by_hand():
    """Cohen 1960: alike in 35 of 50; by chance 25·30 + 25·20 of 2500, which is half; so (0.7 - 0.5) / (1 - 0.5)."""
    tally = Counter({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert kappa(tally) == pytest.approx(0.4)


@pytest.mark.parametrize("tally", [Counter(), Counter({("yes", "yes"): 9})], ids=["nothing", "one label"])
def test_kappa_is_none_where_chance_explains_all(tally):
    assert kappa(tally) is None


labels = st.sampled_from("abc")
tallies = st.dictionaries(st.tuples(labels, labels), st.integers(1, 20), max_size=9).map(Counter)


@given(tallies)
def test_kappa_is_that_of_scikit_learn(tally):
    if len({label for cell in tally for label in cell}) < 2:
        assert kappa(tally) is None
        return
    first, second = zip(*tally, strict=True)
    assert kappa(tally) == pytest.approx(cohen_kappa_score(first, second, sample_weight=list(tally.values())))


@settings(max_examples=30)
@given(st.lists(tallies, max_size=5), st.sampled_from([kappa, share_alike]))
def test_an_interval_of_tallies_is_that_of_adding_them_up(documents, number):
    assert tally_interval(documents, number, 40, 7) == interval(documents, number, 40, 7)


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
    with pytest.raises(GoldwireError, match="annotations/gold and annotations/pass-x share no layer"):
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


def test_two_pairs_of_other_documents_are_two_differences():
    other = pairing(Pair(a="000-03", b="000-04", relation="exact", direction=None, passages=[]))
    assert [(d.a is None, d.b is None) for d in differences(GOLD, other)] == [(False, True), (True, False)]


def test_a_pair_is_a_difference_of_its_documents():
    (difference,) = differences(GOLD, pairing())
    assert difference.b is None
    assert f"{FIRST} {SECOND} related" in difference.a


@pytest.fixture(scope="module")
def passes():
    texts = read_corpus(ROOT)[0].texts
    a, b = (read_set(ROOT, f"annotations/pass-{name}")[0] for name in "ab")
    return agree(a, b, texts, resamples=50), agree(b, a, texts, resamples=2)


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
