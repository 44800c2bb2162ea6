"""The laws of scoring for mentions."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldwire.scoring.entities import MODES, score_entities
from goldwire.scoring.labels import PlainMention
from random_mentions import LENGTH, mentions


def numbers(counts):
    """Precision and recall by mode, in all and by type."""
    tables = {None: counts.modes, **counts.types}
    return {(kind, mode): (c[mode].precision, c[mode].recall) for kind, c in tables.items() for mode in MODES}


@given(mentions, mentions, st.randoms())
def test_order_changes_no_count(gold, predicted, random):
    shuffled = [random.sample(side, len(side)) for side in (gold, predicted)]
    assert score_entities(*shuffled) == score_entities(gold, predicted)


@given(mentions)
def test_gold_against_itself_is_perfect(gold):
    counts = score_entities(gold, gold)
    assert set(numbers(counts).values()) <= ({(1.0, 1.0)} if gold else {(None, None)})
    assert counts.confusion == Counter((mention.type, mention.type) for mention in gold)


@given(mentions, mentions)
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    counts, swapped = score_entities(gold, predicted), score_entities(predicted, gold)
    for mode in MODES:
        assert (counts.modes[mode].precision, counts.modes[mode].recall) == (
            swapped.modes[mode].recall,
            swapped.modes[mode].precision,
        )


TIE = (
    [PlainMention(0, 5, "ORG"), PlainMention(1, 5, "GPE")],
    [PlainMention(3, 4, "GPE"), PlainMention(4, 5, "ORG")],
)
"""Each may be paired with either, and both ways are equally close."""


@given(mentions, mentions)
@example(*TIE)
def test_swapping_the_sides_swaps_precision_and_recall_of_every_type(gold, predicted):
    swapped = score_entities(predicted, gold)
    assert numbers(score_entities(gold, predicted)) == {key: (r, p) for key, (p, r) in numbers(swapped).items()}


@given(mentions, mentions)
@example(*TIE)
def test_swapping_the_sides_transposes_the_confusion_of_types(gold, predicted):
    transposed = Counter({(b, a): n for (a, b), n in score_entities(predicted, gold).confusion.items()})
    assert score_entities(gold, predicted).confusion == transposed


@given(mentions, mentions, st.integers(1, 1000))
def test_shifting_all_offsets_changes_nothing(gold, predicted, by):
    moved = [[m._replace(start=m.start + by, end=m.end + by) for m in side] for side in (gold, predicted)]
    assert score_entities(*moved) == score_entities(gold, predicted)


@given(mentions, mentions, mentions, mentions)
@example([], [PlainMention(0, 1, "ORG")], *TIE)
@example([PlainMention(0, 1, "ORG")], [], *TIE)
def test_counts_of_two_documents_add_up_to_those_of_one_after_the_other(gold_1, predicted_1, gold_2, predicted_2):
    moved = [[m._replace(start=m.start + LENGTH, end=m.end + LENGTH) for m in side] for side in (gold_2, predicted_2)]
    joined = score_entities(gold_1 + moved[0], predicted_1 + moved[1])
    assert score_entities(gold_1, predicted_1) + score_entities(gold_2, predicted_2) == joined


@pytest.mark.parametrize("mode", MODES)
def test_nothing_to_judge_is_none(mode):
    counts = score_entities([], []).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (None, None, None)


@pytest.mark.parametrize("mode", MODES)
def test_no_predictions_leave_precision_undefined_and_f1_at_zero(mode):
    counts = score_entities([PlainMention(0, 4, "GPE")], []).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (None, 0.0, 0.0)


@pytest.mark.parametrize("mode", MODES)
def test_predictions_where_gold_has_none_leave_recall_undefined_and_f1_at_zero(mode):
    counts = score_entities([], [PlainMention(0, 4, "GPE")]).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (0.0, None, 0.0)


@pytest.mark.parametrize("mode", MODES)
def test_adjacent_spans_do_not_overlap(mode):
    assert score_entities([PlainMention(0, 4, "GPE")], [PlainMention(4, 8, "GPE")]).modes[mode].correct == 0


@pytest.mark.parametrize(
    ("predicted", "correct"),
    [
        (PlainMention(0, 4, "GPE"), (1, 1, 1, 1)),
        (PlainMention(0, 4, "ORG"), (0, 1, 0, 1)),
        (PlainMention(3, 9, "GPE"), (0, 0, 1, 0.5)),
        (PlainMention(3, 9, "ORG"), (0, 0, 0, 0.5)),
    ],
    ids=["same", "other type", "other span", "other span and type"],
)
def test_each_mode_asks_for_what_its_name_says(predicted, correct):
    counts = score_entities([PlainMention(0, 4, "GPE")], [predicted])
    assert tuple(counts.modes[mode].correct for mode in MODES) == correct


def test_one_prediction_over_everything_finds_one_mention_only():
    gold = [PlainMention(start, start + 2, "GPE") for start in range(0, 10, 2)]
    counts = score_entities(gold, [PlainMention(0, 10, "GPE")])
    assert [counts.modes[mode].recall for mode in MODES] == [0, 0, 0.2, 0.1]


def test_a_mention_predicted_twice_is_right_once():
    counts = score_entities([PlainMention(0, 4, "GPE")], [PlainMention(0, 4, "GPE")] * 2)
    assert [(counts.modes[mode].precision, counts.modes[mode].recall) for mode in MODES] == [(0.5, 1.0)] * 4


def test_a_span_of_two_types_is_matched_by_type_first():
    gold = [PlainMention(0, 4, "GPE"), PlainMention(0, 4, "ORG"), PlainMention(6, 9, "GPE")]
    counts = score_entities(gold, [PlainMention(0, 4, "ORG"), PlainMention(6, 9, "ORG")])
    assert [counts.modes[mode].correct for mode in MODES] == [1, 2, 1, 2]
    assert counts.types["ORG"]["exact"].correct == 1
    assert counts.confusion == Counter({("ORG", "ORG"): 1, ("GPE", "ORG"): 1, ("GPE", None): 1})


def test_confusion_names_both_types_and_whatever_had_no_partner():
    gold = [PlainMention(0, 4, "GPE"), PlainMention(6, 9, "GPE")]
    predicted = [PlainMention(0, 5, "ORG"), PlainMention(20, 22, "LAW")]
    assert score_entities(gold, predicted).confusion == Counter(
        {("GPE", "ORG"): 1, ("GPE", None): 1, (None, "LAW"): 1}
    )


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("West", "the West", True),
        ("The West", "West", True),
        ("Ukraine", "Ukraine's", True),
        ("Ukraine", "Ukraine’s", True),
        ("United States", "the United States’", True),
        ("West", "in the West", False),
        ("Theatre", "atre", False),
    ],
)
def test_trim_article_ignores_a_leading_article_and_a_trailing_possessive(gold, predicted, same):
    text = max(gold, predicted, key=len)
    sides = [[PlainMention(text.index(side), text.index(side) + len(side), "GPE")] for side in (gold, predicted)]
    assert score_entities(*sides, text, trim="article").modes["strict"].correct == same
    assert score_entities(*sides, text).modes["strict"].correct == 0
