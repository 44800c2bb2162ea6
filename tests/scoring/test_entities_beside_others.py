"""Scores of mentions beside seqeval and nervaluate: equal on input for which those are sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2

from goldwire.scoring.entities import MODES, EntityCounts, score_entities
from goldwire.scoring.labels import PlainMention
from goldwire.text import spans
from random_mentions import LENGTH, TYPES, flat


def bio(mentions):
    tags = ["O"] * LENGTH
    for start, end, kind, _ in mentions:
        tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return tags


@given(st.lists(st.tuples(flat(), flat()), min_size=1, max_size=3).filter(lambda docs: any(a or b for a, b in docs)))
def test_strict_is_seqeval_strict_on_flat_mentions(documents):
    gold, predicted = ([bio(document[side]) for document in documents] for side in (0, 1))
    counts = sum((score_entities(*document) for document in documents), EntityCounts())
    settings = {"scheme": IOB2, "zero_division": 0}
    in_all = precision_recall_fscore_support(gold, predicted, average="micro", **settings)
    assert row(counts.modes["strict"]) == pytest.approx(in_all)
    by_type = zip(*precision_recall_fscore_support(gold, predicted, average=None, **settings), strict=True)
    for kind, theirs in zip(sorted(counts.types), by_type, strict=True):
        assert row(counts.types[kind]["strict"]) == pytest.approx(theirs)


def row(counts):
    """Counts as seqeval reports them, which knows no None."""
    return counts.precision or 0, counts.recall or 0, counts.f1 or 0, counts.gold


NERVALUATE = {"strict": "strict", "exact": "exact", "type": "ent_type", "partial": "partial"}


def nervaluate(gold, predicted):
    """What nervaluate says by each mode; its ends are inclusive."""
    sides = [[[{"label": m.type, "start": m.start, "end": m.end - 1} for m in side]] for side in (gold, predicted)]
    overall = Evaluator(*sides, tags=list(TYPES), loader="dict").evaluate()["overall"]
    return {mode: overall[theirs] for mode, theirs in NERVALUATE.items()}


# nervaluate goes through the predictions once, in the order given, and each takes what it finds first.
# strict, exact: sound on flat input, where nothing else overlaps either side of an equal pair, so that no
#   prediction before can take what a later one equals.
# partial: sound on flat input that is sorted, where the first that overlaps is also the one that leaves most to the
#   others; out of order it is not.
# type: unsound wherever a span overlaps two, sorted and flat or not: a prediction of another type uses up the mention
#   that the next one has right, and one of the same type takes the nearest, though the next has no other.
# all: unsound where spans of one side overlap; with half-open ends, for then neighbours overlap; and where less than
#   1 % of a gold mention is shared, which counts as nothing (mentions of more than 100 places).
def agree(gold, predicted, modes):
    ours, theirs = score_entities(gold, predicted).modes, nervaluate(gold, predicted)
    counts = {m: (theirs[m].correct + 0.5 * theirs[m].partial, theirs[m].actual, theirs[m].possible) for m in modes}
    return counts == {mode: (ours[mode].correct, ours[mode].predicted, ours[mode].gold) for mode in modes}


@given(flat(), flat(), st.randoms())
def test_strict_and_exact_are_those_of_nervaluate_on_flat_mentions(gold, predicted, random):
    shuffled = [random.sample(side, len(side)) for side in (gold, predicted)]
    assert agree(*shuffled, ["strict", "exact"])


@given(flat(), flat())
def test_partial_is_that_of_nervaluate_on_flat_and_sorted_mentions(gold, predicted):
    assert agree(gold, predicted, ["partial"])


@given(flat(), flat())
def test_every_mode_is_that_of_nervaluate_where_no_mention_overlaps_two(gold, predicted):
    gold = overlapping_at_most_one(gold, predicted)
    assert agree(gold, overlapping_at_most_one(predicted, gold), MODES)


def overlapping_at_most_one(these, those):
    return [a for a in these if sum(spans.overlap(a, b) > 0 for b in those) <= 1]


@pytest.mark.parametrize(
    ("mode", "predicted", "theirs", "ours"),
    [
        ("strict", [PlainMention(0, 3, "GPE"), PlainMention(0, 5, "GPE")], (0.0, 0.5), (0.5, 0.5)),
        ("partial", [PlainMention(2, 8, "GPE"), PlainMention(0, 2, "GPE")], (0.25, 0.5), (0.5, 0.5)),
    ],
)
def test_nervaluate_depends_on_the_order_of_predictions_and_goldwire_does_not(mode, predicted, theirs, ours):
    gold, orders = [PlainMention(0, 5, "GPE"), PlainMention(6, 9, "GPE")], (predicted, predicted[::-1])
    assert tuple(nervaluate(gold, order)[mode].f1 for order in orders) == theirs
    assert tuple(score_entities(gold, order).modes[mode].f1 for order in orders) == ours


@pytest.mark.parametrize(
    ("gold", "predicted", "theirs", "ours"),
    [
        ([PlainMention(0, 6, "GPE")], [PlainMention(0, 3, "ORG"), PlainMention(3, 6, "GPE")], 0, 1),
        (
            [PlainMention(0, 3, "GPE"), PlainMention(4, 10, "GPE")],
            [PlainMention(2, 8, "GPE"), PlainMention(8, 9, "GPE")],
            1,
            2,
        ),
    ],
    ids=["used up by another type", "used up by the nearest"],
)
def test_nervaluate_misses_types_that_goldwire_finds_also_in_order(gold, predicted, theirs, ours):
    assert nervaluate(gold, predicted)["type"].correct == theirs
    assert score_entities(gold, predicted).modes["type"].correct == ours
