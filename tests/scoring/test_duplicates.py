"""The laws of scoring for duplicates, and what scikit-learn says of the same clusters."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import pair_confusion_matrix

from goldwire.scoring.counts import Counts, PairTable
from goldwire.scoring.duplicates import (
    RELATIONS,
    DuplicateCounts,
    score_duplicates,
    score_each_pair,
)
from goldwire.scoring.labels import PlainPair, PlainPassage, PlainSpan
from goldwire.text.clusters import closure

DOCUMENTS = [f"000-0{i}" for i in range(1, 7)]
COUPLES = list(combinations(DOCUMENTS, 2))
LENGTH = 20


@st.composite
def places(draw):
    start = draw(st.integers(0, LENGTH - 1))
    return PlainSpan(start, draw(st.integers(start + 1, LENGTH)))


passages = st.lists(st.builds(PlainPassage, places(), places()), max_size=2).map(tuple)


@st.composite
def pairs(draw):
    """Some of the pairs of six documents, each at most once, in any order."""
    chosen = draw(st.lists(st.sampled_from(COUPLES), unique=True, max_size=7))
    found = []
    for a, b in chosen:
        relation = draw(st.sampled_from(RELATIONS))
        direction = draw(st.sampled_from(["a_in_b", "b_in_a"])) if relation == "contained" else None
        found.append(PlainPair(a, b, relation, direction, draw(passages)))
    return found


def rates(line):
    counts = line.counts
    return (counts.ari,) if isinstance(counts, PairTable) else (counts.precision, counts.recall)


def numbers(counts):
    return {(line.group, line.name): rates(line) for line in counts.lines()}


@given(pairs(), pairs(), st.randoms())
def test_order_changes_no_count(gold, predicted, random):
    shuffled = [random.sample(side, len(side)) for side in (gold, predicted, DOCUMENTS)]
    assert score_duplicates(*shuffled) == score_duplicates(gold, predicted, DOCUMENTS)


@given(pairs())
def test_gold_against_itself_is_perfect(gold):
    counts = score_duplicates(gold, gold, DOCUMENTS)
    assert {rate for found in numbers(counts).values() for rate in found} <= {1.0, None}
    assert (counts.duplicates.f1 is None) == (not any(pair.relation in ("exact", "near") for pair in gold))
    assert (counts.clusters.ari, counts.largest_false) == (1.0, 0)


@given(pairs(), pairs())
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    there, back = score_duplicates(gold, predicted, DOCUMENTS), score_duplicates(predicted, gold, DOCUMENTS)
    assert {key: found[::-1] for key, found in numbers(back).items()} == numbers(there)


@given(pairs(), pairs(), st.integers(1, 1000))
def test_shifting_all_offsets_changes_nothing(gold, predicted, by):
    def moved(pair):
        shifted = [PlainPassage(*(PlainSpan(s.start + by, s.end + by) for s in passage)) for passage in pair.passages]
        return pair._replace(passages=tuple(shifted))

    sides = [list(map(moved, side)) for side in (gold, predicted)]
    assert score_duplicates(*sides, DOCUMENTS) == score_duplicates(gold, predicted, DOCUMENTS)


@given(pairs(), pairs())
def test_the_counts_of_every_two_documents_add_up_to_those_of_the_corpus(gold, predicted):
    couples = score_each_pair(gold, predicted, DOCUMENTS)
    assert {(pair.a, pair.b) for pair in (*gold, *predicted)} <= couples.keys() <= set(COUPLES)
    total = DuplicateCounts(clusters=PairTable(pairs=len(COUPLES)))
    for counts in couples.values():
        total += counts
    assert total == score_duplicates(gold, predicted, DOCUMENTS)


@given(pairs(), pairs())
@example([PlainPair("000-01", "000-02")], [])
def test_clusters_are_those_of_scikit_learn(gold, predicted):
    labels = [[closure(DOCUMENTS, side)[name] for name in DOCUMENTS] for side in (gold, predicted)]
    table = score_duplicates(gold, predicted, DOCUMENTS).clusters
    (apart, joined), (torn, both) = pair_confusion_matrix(*labels) / 2  # it counts each pair twice
    assert (table.both, table.predicted, table.gold) == (both, both + joined, both + torn)
    assert table.pairs == apart + joined + torn + both
    assert table.ari == pytest.approx(adjusted_rand_score(*labels))


@given(pairs(), pairs())
def test_the_largest_false_cluster_joins_what_gold_keeps_apart(gold, predicted):
    articles, clusters = (closure(DOCUMENTS, side) for side in (gold, predicted))
    held = [[name for name in DOCUMENTS if clusters[name] == cluster] for cluster in set(clusters.values())]
    false = [len(names) for names in held if len({articles[name] for name in names}) > 1]
    assert score_duplicates(gold, predicted, DOCUMENTS).largest_false == max(false, default=0)


def test_nothing_to_judge_is_none_and_no_predictions_score_0():
    nothing = score_duplicates([], [], DOCUMENTS)
    assert (nothing.duplicates.precision, nothing.duplicates.recall, nothing.duplicates.f1) == (None, None, None)
    missed = score_duplicates([PlainPair("000-01", "000-02")], [], DOCUMENTS).duplicates
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    assert DuplicateCounts().clusters.ari is None
    assert DuplicateCounts().duplicates == Counts()
