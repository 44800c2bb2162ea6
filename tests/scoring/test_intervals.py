"""Intervals: around the number, as wide as promised, the same every time, and none where there is too little data."""

import random
from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

import goldwire
from goldwire.scoring.beta import beta_quantile, beta_share, t_quantile
from goldwire.scoring.counts import Counts, PairTable, matched
from goldwire.scoring.intervals import counts_interval, left_out


def interval(clusters, number="f1"):
    return counts_interval({(i,): counts for i, counts in enumerate(clusters)}, number, [1] * len(clusters))


@st.composite
def documents(draw):
    predicted, gold = draw(st.integers(0, 20)), draw(st.integers(0, 20))
    return matched(draw(st.integers(0, min(predicted, gold))), predicted, gold)


MIXED = [matched(n % 4, 4, 5) for n in range(25)]


@given(st.lists(documents(), max_size=40), st.sampled_from(["f1", "precision", "recall"]))
def test_an_interval_contains_the_number_and_has_a_width(clusters, number):
    value = reduce(add, clusters, Counts()).number(number)
    bounds, judged = interval(clusters, number)
    assert (bounds is None) == (value is None or judged < 8)
    if bounds:
        low, high = bounds
        assert 0 <= low <= value <= high <= 1
        assert high - low > 0.001


@given(st.lists(documents(), max_size=20))
def test_the_order_of_the_articles_changes_nothing(clusters):
    there, back = interval(clusters), interval(clusters[::-1])
    assert there[1] == back[1]
    assert there[0] == (back[0] and pytest.approx(back[0], abs=1e-9))


def test_fewer_than_eight_articles_have_no_interval_but_are_counted():
    assert interval([matched(1, 1, 1)] * 7 + [Counts()] * 20) == (None, 7)
    assert interval([matched(1, 1, 1)] * 8)[0] is not None
    assert interval([]) == (None, 0)
    assert interval([Counts()] * 25) == (None, 0)


def test_only_articles_with_something_to_judge_count():
    spurious = [matched(0, 3, 0)] * 9 + [matched(2, 2, 2)] * 3
    assert [interval(spurious, number)[1] for number in ("f1", "precision", "recall")] == [12, 12, 3]


def test_articles_that_are_all_correct_allow_what_clopper_and_pearson_allow_for_their_number():
    (low, high), _ = interval([matched(40, 40, 40)] * 25)
    assert (low, high) == (pytest.approx(0.025 ** (1 / 25)), 1.0)
    (low, high), _ = interval([matched(0, 4, 4)] * 25)
    assert (low, high) == (0.0, pytest.approx(1 - 0.025 ** (1 / 25)))


def test_independent_labels_have_nearly_the_interval_of_clopper_and_pearson():
    draw = random.Random(4)
    clusters = [matched(sum(draw.random() < 0.7 for _ in range(20)), 20, 20) for _ in range(200)]
    (low, high), _ = interval(clusters, "precision")
    hits = sum(c.correct for c in clusters)
    assert low == pytest.approx(beta_quantile(0.025, hits, 4001 - hits), abs=0.003)
    assert high == pytest.approx(beta_quantile(0.975, hits + 1, 4000 - hits), abs=0.003)


def test_one_error_in_one_article_of_25_is_not_taken_for_certainty():
    (low, _), _ = interval([matched(40, 40, 40)] * 24 + [matched(39, 40, 40)])
    assert 0.85 < low < 0.92  # and is no worse than no error at all but for the error


def test_more_clusters_make_it_narrower():
    (low, high), _ = interval(MIXED)
    (narrow_low, narrow_high), _ = interval(MIXED * 16)
    assert (narrow_high - narrow_low) == pytest.approx((high - low) / 4, rel=0.25)


@pytest.mark.parametrize(("articles", "errors"), [(8, 0.02), (12, 0.1), (25, 0.02), (25, 0.3)])
def test_95_percent_intervals_cover_93_percent_of_the_time(articles, errors):
    """Articles of unlike length and quality; a system that is nearly perfect is the hard case."""
    draw, covered = random.Random(6), 0
    quality = [(draw.randint(5, 60), min(1.0, draw.expovariate(1 / errors))) for _ in range(40)]
    true = sum(n * (1 - rate) for n, rate in quality) / sum(n for n, _ in quality)
    for _ in range(400):
        drawn = draw.choices(quality, k=articles)
        (low, high), _ = interval([matched(sum(draw.random() >= rate for _ in range(n)), n, n) for n, rate in drawn])
        covered += low <= true <= high
    assert covered / 400 >= 0.93


def test_all_pairs_of_documents_are_counted_from_the_sizes_of_the_clusters_that_are_left():
    cells = {(0,): PairTable(1, 1, 1), (0, 1): PairTable(0, 1, 0), (2,): PairTable(0, 0, 1)}
    found = left_out(cells, "ari", [2, 1, 2])
    assert found.value == PairTable(1, 2, 2, 10).ari
    assert found.without == {0: PairTable(0, 0, 1, 3).ari, 1: PairTable(1, 1, 2, 6).ari, 2: PairTable(1, 2, 1, 3).ari}


@given(st.floats(0.5, 1e4), st.floats(0.5, 1e4), st.sampled_from([0.025, 0.5, 0.975]))
def test_a_beta_quantile_has_the_share_below_it(a, b, share):
    assert beta_share(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-4)


def test_t_quantiles_are_those_of_the_tables():
    assert [round(t_quantile(0.975, k), 3) for k in (2, 7, 24)] == [4.303, 2.365, 2.064]
    assert round(t_quantile(0.8, 24), 3) == 0.857


def test_a_system_labels_every_document_once():
    texts = []

    def system(text):
        texts.append(text)
        yield 0, 5, "PERSON"  # gone once it has been read

    score = goldwire.score(system)
    assert len(texts) == len(set(texts)) == len(score.by_unit)
    assert score.counts.modes["strict"].predicted == len(texts)


def test_a_score_says_how_many_pages_are_too_few_for_an_interval(gold):
    score = goldwire.score(gold.blocks, gold, task="segments")
    assert score.interval is None
    assert str(score).startswith("matched@0.5 F1 1.000 (5 pages)  goldwire|")
    assert {row.interval for row in score.rows()} == {None}
