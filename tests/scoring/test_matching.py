"""One-to-one matching: as many pairs as possible, the heaviest of them, and those of scipy."""

from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from goldwire.scoring.entities import score_entities
from goldwire.scoring.labels import PlainMention
from goldwire.scoring.matching import best_pairs
from goldwire.scoring.matching import overlaps as overlapping_pairs
from goldwire.text import spans
from random_mentions import TYPES, overlapping


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


@pytest.mark.parametrize(
    ("count", "span"),
    [
        (1000, lambda i: (7 * i, 7 * i + 600)),
        (1000, lambda i: (75 * (i // 10), 75 * (i // 10) + 150 - i % 10)),
        (500, lambda i: (15 * i, 15 * i + 300)),
        (250, lambda i: (15 * i, 15 * i + 1200)),
    ],
    ids=["a chain of sentences", "sentences given ten times", "as many as mentions", "fewer than mentions"],
)
def test_predictions_as_wide_as_sentences_are_matched_in_time(count, span):
    gold = [PlainMention(15 * i, 15 * i + 10, TYPES[i % 3]) for i in range(500)]
    predicted = [PlainMention(*span(i), TYPES[i % 2]) for i in range(count)]
    began = process_time()
    assert score_entities(gold, predicted).modes["partial"].correct == min(count, 500) / 2
    assert process_time() - began < 5  # copying groups edge by edge took minutes
