"""Intervals: the same every time, around the number, and from counts alone."""

from functools import reduce
from operator import add

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import goldwire
from goldwire.scoring.bootstrap import counts_interval, percentile_interval
from goldwire.scoring.counts import Counts, matched
from resampling import plain_interval


def f1(counts):
    return counts.f1


def interval(clusters, number="f1", resamples=1000, seed=13):
    cells = {(i,): counts for i, counts in enumerate(clusters)}
    return counts_interval(cells, number, [1] * len(clusters), resamples, seed)


@st.composite
def documents(draw):
    predicted, gold = draw(st.integers(0, 20)), draw(st.integers(0, 20))
    return matched(draw(st.integers(0, min(predicted, gold))), predicted, gold)


MIXED = [matched(n % 4, 4, 5) for n in range(25)]


@given(st.lists(documents(), min_size=1, max_size=5), st.integers(0, 99))
def test_the_interval_is_that_of_counts_added_up_one_by_one(clusters, seed):
    assert interval(clusters, "f1", 50, seed) == plain_interval(clusters, f1, 50, seed)


@given(st.lists(st.none() | st.floats(-1, 1), max_size=100))
@example([i / 10 for i in range(10)])
@example([float(i) for i in range(1000)])
def test_the_interval_of_negated_values_is_the_mirror_image(values):
    bounds = percentile_interval(values)
    mirrored = percentile_interval([None if value is None else -value for value in values])
    assert mirrored == (bounds and (-bounds[1], -bounds[0]))


def test_the_bounds_of_a_thousand_values_leave_out_24_on_either_side():
    assert percentile_interval(list(range(1000))) == (24, 975)


def test_another_seed_gives_another_interval():
    assert len({interval(MIXED, resamples=50, seed=seed) for seed in range(5)}) > 1


@given(st.lists(documents(), min_size=25, max_size=40))
def test_the_interval_of_many_clusters_contains_the_number(clusters):
    value, bounds = reduce(add, clusters).f1, interval(clusters, resamples=200)
    if value is None:
        assert bounds is None
    else:
        low, high = bounds
        assert 0 <= low <= value <= high <= 1


def test_the_interval_is_the_middle_95_percent_of_the_resamples():
    low, high = interval([Counts(n, 1) for n in range(1, 1001)], "precision", 2000)
    spread = 1000 / 12**0.5 / 1000**0.5  # of a mean of 1000 draws from 1 … 1000, so 1.96 of it either side
    assert (500.5 - low, high - 500.5) == pytest.approx((1.96 * spread, 1.96 * spread), rel=0.1)


def test_more_clusters_make_it_narrower():
    low, high = interval(MIXED)
    narrow_low, narrow_high = interval(MIXED * 16)
    assert (narrow_high - narrow_low) == pytest.approx((high - low) / 4, rel=0.25)


def test_clusters_that_are_all_alike_leave_nothing_uncertain():
    assert interval([matched(1, 2, 2)] * 25) == (0.5, 0.5)


def test_there_is_no_interval_of_no_clusters():
    assert interval([]) is None


def test_there_is_no_interval_where_nothing_was_judged():
    assert interval([Counts()] * 25) is None


def test_resamples_with_nothing_to_judge_are_left_out():
    assert interval([Counts(), matched(1, 1, 1)]) == (1.0, 1.0)


def test_a_system_labels_every_document_once_whatever_the_resamples():
    texts = []

    def system(text):
        texts.append(text)
        yield 0, 5, "PERSON"  # gone once it has been read

    score = goldwire.score(system, settings=goldwire.Settings(resamples=500))
    assert len(texts) == len(set(texts)) == len(score.by_unit)
    assert score.counts.modes["strict"].predicted == len(texts)


def test_the_number_of_resamples_moves_the_interval_and_not_the_number():
    gold = goldwire.load()
    system = {name: [m for m in doc.mentions if m.type != "GPE"] for name, doc in gold.documents.items()}
    few, many = (goldwire.score(system, gold, goldwire.Settings(resamples=n)) for n in (10, 500))
    assert few.f1 == many.f1
    assert few.interval != many.interval
