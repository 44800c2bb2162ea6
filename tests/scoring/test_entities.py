"""The laws of scoring for mentions, and what seqeval and nervaluate say where they can be trusted."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nervaluate import Evaluator
from scipy.optimize import linear_sum_assignment
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2

from goldwire.scoring.counts import Counts, macro_f1
from goldwire.scoring.entities import MODES, Entity, EntityCounts, score_entities
from goldwire.scoring.matching import best_pairs
from goldwire.scoring.matching import overlaps as overlapping_pairs
from goldwire.text import spans

TYPES = ("GPE", "ORG", "PERSON")
LENGTH = 12


@st.composite
def mention(draw):
    start = draw(st.integers(0, LENGTH - 1))
    return Entity(start, draw(st.integers(start + 1, LENGTH)), draw(st.sampled_from(TYPES)))


overlapping = st.lists(mention(), max_size=6)
"""Mentions that may nest, cross and repeat one another, in any order."""


@st.composite
def flat(draw):
    """Mentions that share no place, in order; neighbours may touch."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH))))
    types = draw(st.lists(st.sampled_from((*TYPES, None)), min_size=len(cuts), max_size=len(cuts)))
    return [Entity(*place, kind) for *place, kind in zip(cuts, cuts[1:], types, strict=False) if kind]


mentions = overlapping | flat()


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
    [Entity(0, 5, "ORG"), Entity(1, 5, "GPE")],
    [Entity(3, 4, "GPE"), Entity(4, 5, "ORG")],
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
@example([], [Entity(0, 1, "ORG")], *TIE)
@example([Entity(0, 1, "ORG")], [], *TIE)
def test_counts_of_two_documents_add_up_to_those_of_one_after_the_other(gold_1, predicted_1, gold_2, predicted_2):
    moved = [[m._replace(start=m.start + LENGTH, end=m.end + LENGTH) for m in side] for side in (gold_2, predicted_2)]
    joined = score_entities(gold_1 + moved[0], predicted_1 + moved[1])
    assert score_entities(gold_1, predicted_1) + score_entities(gold_2, predicted_2) == joined


@pytest.mark.parametrize("mode", MODES)
def test_nothing_to_judge_is_none(mode):
    counts = score_entities([], []).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (None, None, None)
    assert macro_f1({"000-01": counts}) is None


@pytest.mark.parametrize("mode", MODES)
def test_no_predictions_leave_precision_undefined_and_f1_at_zero(mode):
    counts = score_entities([Entity(0, 4, "GPE")], []).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (None, 0.0, 0.0)


@pytest.mark.parametrize("mode", MODES)
def test_predictions_where_gold_has_none_leave_recall_undefined_and_f1_at_zero(mode):
    counts = score_entities([], [Entity(0, 4, "GPE")]).modes[mode]
    assert (counts.precision, counts.recall, counts.f1) == (0.0, None, 0.0)


def test_macro_f1_leaves_out_documents_with_nothing_to_judge():
    assert macro_f1({"a": Counts(), "b": Counts(1, 1, 1, 1), "c": Counts(0, 0, 0, 3)}) == 0.5


@pytest.mark.parametrize("mode", MODES)
def test_adjacent_spans_do_not_overlap(mode):
    assert score_entities([Entity(0, 4, "GPE")], [Entity(4, 8, "GPE")]).modes[mode].hits == 0


@pytest.mark.parametrize(
    ("predicted", "hits"),
    [
        (Entity(0, 4, "GPE"), (1, 1, 1, 1)),
        (Entity(0, 4, "ORG"), (0, 1, 0, 1)),
        (Entity(3, 9, "GPE"), (0, 0, 1, 0.5)),
        (Entity(3, 9, "ORG"), (0, 0, 0, 0.5)),
    ],
    ids=["same", "other type", "other span", "other span and type"],
)
def test_each_mode_asks_for_what_its_name_says(predicted, hits):
    counts = score_entities([Entity(0, 4, "GPE")], [predicted])
    assert tuple(counts.modes[mode].hits for mode in MODES) == hits


def test_one_prediction_over_everything_finds_one_mention_only():
    gold = [Entity(start, start + 2, "GPE") for start in range(0, 10, 2)]
    counts = score_entities(gold, [Entity(0, 10, "GPE")])
    assert [counts.modes[mode].recall for mode in MODES] == [0, 0, 0.2, 0.1]


def test_a_mention_predicted_twice_is_right_once():
    counts = score_entities([Entity(0, 4, "GPE")], [Entity(0, 4, "GPE")] * 2)
    assert [(counts.modes[mode].precision, counts.modes[mode].recall) for mode in MODES] == [(0.5, 1.0)] * 4


def test_a_span_of_two_types_is_matched_by_type_first():
    gold = [Entity(0, 4, "GPE"), Entity(0, 4, "ORG"), Entity(6, 9, "GPE")]
    counts = score_entities(gold, [Entity(0, 4, "ORG"), Entity(6, 9, "ORG")])
    assert [counts.modes[mode].hits for mode in MODES] == [1, 2, 1, 2]
    assert counts.types["ORG"]["exact"].hits == 1
    assert counts.confusion == Counter({("ORG", "ORG"): 1, ("GPE", "ORG"): 1, ("GPE", None): 1})


def test_confusion_names_both_types_and_whatever_had_no_partner():
    gold = [Entity(0, 4, "GPE"), Entity(6, 9, "GPE")]
    predicted = [Entity(0, 5, "ORG"), Entity(20, 22, "LAW")]
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
    sides = [[Entity(text.index(side), text.index(side) + len(side), "GPE")] for side in (gold, predicted)]
    assert score_entities(*sides, text, trim="article").modes["strict"].hits == same
    assert score_entities(*sides, text).modes["strict"].hits == 0


@st.composite
def edges(draw):
    pairs = st.tuples(st.integers(0, 3), st.integers(0, 3))
    return draw(st.dictionaries(pairs, st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0]), max_size=9))


def matchings(pairs):
    """Every way to pair one to one."""
    for size in range(len(pairs) + 1):
        for some in combinations(pairs, size):
            if all(len(set(side)) == size for side in zip(*some, strict=True)):
                yield some


@given(edges())
def test_best_pairs_are_as_many_as_can_be_and_of_those_the_heaviest(weights):
    found = best_pairs(weights)
    assert tuple(sorted(found)) in [tuple(sorted(some)) for some in matchings(weights)]
    most, heaviest = max((len(some), sum(weights[pair] for pair in some)) for some in matchings(weights))
    assert len(found) == most
    assert sum(weights[pair] for pair in found) == pytest.approx(heaviest)


@given(st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 11)), st.floats(0, 1), min_size=1, max_size=50))
def test_best_pairs_are_those_of_scipy_also_where_many_compete(weights):
    costs = [[12 + weights[g, p] if (g, p) in weights else 0 for p in range(12)] for g in range(12)]
    best = [pair for pair in zip(*linear_sum_assignment(costs, maximize=True), strict=True) if pair in weights]
    found = best_pairs(weights)
    assert len(found) == len(best) == len({g for g, _ in found}) == len({p for _, p in found})
    assert sum(map(weights.get, found)) == pytest.approx(sum(map(weights.get, best)))


@given(overlapping, overlapping)
def test_spans_are_paired_where_they_overlap_and_nowhere_else(gold, predicted):
    overlaps = {
        (g, p): spans.iou(a, b)
        for g, a in enumerate(gold)
        for p, b in enumerate(predicted)
        if a.start < b.end and b.start < a.end
    }
    assert overlapping_pairs(gold, predicted) == pytest.approx(overlaps)


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
    return counts == {mode: (ours[mode].hits, ours[mode].predicted, ours[mode].gold) for mode in modes}


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
        ("strict", [Entity(0, 3, "GPE"), Entity(0, 5, "GPE")], (0.0, 0.5), (0.5, 0.5)),
        ("partial", [Entity(2, 8, "GPE"), Entity(0, 2, "GPE")], (0.25, 0.5), (0.5, 0.5)),
    ],
)
def test_nervaluate_depends_on_the_order_of_predictions_and_goldwire_does_not(mode, predicted, theirs, ours):
    gold, orders = [Entity(0, 5, "GPE"), Entity(6, 9, "GPE")], (predicted, predicted[::-1])
    assert tuple(nervaluate(gold, order)[mode].f1 for order in orders) == theirs
    assert tuple(score_entities(gold, order).modes[mode].f1 for order in orders) == ours


@pytest.mark.parametrize(
    ("gold", "predicted", "theirs", "ours"),
    [
        ([Entity(0, 6, "GPE")], [Entity(0, 3, "ORG"), Entity(3, 6, "GPE")], 0, 1),
        ([Entity(0, 3, "GPE"), Entity(4, 10, "GPE")], [Entity(2, 8, "GPE"), Entity(8, 9, "GPE")], 1, 2),
    ],
    ids=["used up by another type", "used up by the nearest"],
)
def test_nervaluate_misses_types_that_goldwire_finds_also_in_order(gold, predicted, theirs, ours):
    assert nervaluate(gold, predicted)["type"].correct == theirs
    assert score_entities(gold, predicted).modes["type"].hits == ours
