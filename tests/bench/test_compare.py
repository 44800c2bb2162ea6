"""Two systems: the same counts as their scores, p-values that mean what they say, and the command that shows them."""

import json
import random
from itertools import product

import pytest

import goldwire
from goldwire.bench.compare import compare
from goldwire.scoring.bootstrap import draws, percentile_interval, resampled
from goldwire.scoring.counts import Counts, PairTable, matched
from goldwire.scoring.settings import TASKS, Settings
from repository import ROOT
from repository import goldwire as command
from resampling import plain_interval


def labels(gold, task, keep=lambda i: True):
    """Gold's own labels, every one that `keep` takes by its place."""
    layers = {
        "entities": {name: document.mentions for name, document in gold.documents.items()},
        "quotes": {name: document.quotes for name, document in gold.documents.items()},
        "segments": gold.blocks,
    }
    if task == "duplicates":
        return [pair for i, pair in enumerate(gold.pairs) if keep(i)]
    return {unit: [label for i, label in enumerate(held) if keep(i)] for unit, held in layers[task].items()}


@pytest.mark.parametrize("task", TASKS)
def test_a_system_against_itself_differs_in_nothing(gold, task):
    some = labels(gold, task, lambda i: i % 3)
    result = compare(some, some, gold, Settings(task, resamples=50))
    defined = [row for row in result.rows if row.delta is not None]
    assert defined
    for row in defined:
        assert (row.delta, row.interval, row.p_bootstrap, row.p_randomisation) == (0.0, (0.0, 0.0), 1.0, 1.0)


@pytest.mark.parametrize("task", TASKS)
def test_the_headline_is_the_difference_of_the_scores(gold, task):
    a, b = labels(gold, task, lambda i: i % 3), labels(gold, task)
    result = compare(a, b, gold, Settings(task, resamples=50))
    scores = [goldwire.score(side, gold, Settings(task, resamples=50)) for side in (a, b)]
    assert result.headline.delta == scores[1].f1 - scores[0].f1
    assert (result.a.f1, result.b.f1) == (scores[0].f1, scores[1].f1)
    assert str(result.a.signature) == str(scores[0].signature)


@pytest.mark.parametrize("resamples", [1, 39, 100, 1000])
@pytest.mark.parametrize("task", TASKS)
def test_the_other_way_round_changes_the_sign_alone(gold, task, resamples):
    a, b = labels(gold, task, lambda i: i % 2), labels(gold, task, lambda i: i % 3)
    settings = Settings(task, resamples=resamples)
    there, back = (compare(*sides, gold, settings) for sides in ((a, b), (b, a)))
    turned = {(row.a.group, row.a.name): row for row in back.rows}
    for row in there.rows:
        other = turned[row.a.group, row.a.name]
        assert other.delta == (None if row.delta is None else -row.delta)
        assert other.interval == (row.interval and (-row.interval[1], -row.interval[0]))
        assert (other.p_bootstrap, other.p_randomisation) == (row.p_bootstrap, row.p_randomisation)


def test_a_clear_difference_is_significant_and_a_random_one_is_not(gold):
    whole = labels(gold, "entities")
    half = labels(gold, "entities", lambda i: i % 2)
    draw = random.Random(1)
    lucky = [{name: [m for m in held if draw.random() < 0.8] for name, held in whole.items()} for _ in range(2)]
    clear, chance = compare(half, whole, gold), compare(*lucky, gold)
    assert clear.headline.p_bootstrap == clear.headline.p_randomisation == 1 / 1001  # the least there is
    assert clear.headline.interval[0] > 0
    assert chance.headline.p_bootstrap > 0.05
    assert chance.headline.p_randomisation > 0.05
    assert chance.headline.interval[0] < 0 < chance.headline.interval[1]


def test_randomisation_comes_to_the_share_of_all_ways_to_swap(gold):
    """Six documents can be swapped in 64 ways; the sampled p is near the exact one."""
    names = [cluster[0] for cluster in gold.clusters][:6]
    a = {name: list(gold.documents[name].mentions)[: 5 + i] for i, name in enumerate(names)}
    b = {name: list(gold.documents[name].mentions)[: 9 - i] for i, name in enumerate(names)}
    rest = {cluster[0]: [] for cluster in gold.clusters[6:]}
    result = compare({**a, **rest}, {**b, **rest}, gold, Settings(resamples=2000))
    units = [(result.a.by_unit[name].modes["strict"], result.b.by_unit[name].modes["strict"]) for name in names]
    others = sum((result.a.by_unit[name].modes["strict"] for name in rest), Counts())

    def delta(flips):
        sides = [sum((pair[i ^ flip] for pair, flip in zip(units, flips, strict=True)), others) for i in (0, 1)]
        return sides[1].f1 - sides[0].f1

    exact = [abs(delta(flips)) >= abs(result.headline.delta) - 1e-12 for flips in product((0, 1), repeat=6)]
    assert result.headline.p_randomisation == pytest.approx(sum(exact) / 64, abs=0.03)


def test_resampling_counts_comes_to_what_adding_them_up_does():
    clusters = [matched(n % 4, 4, 5) for n in range(25)]
    cells = {(i,): counts for i, counts in enumerate(clusters)}
    drawn = draws(25, 200, 13)
    assert percentile_interval(list(resampled(cells, "f1", drawn))) == plain_interval(
        clusters, lambda counts: counts.f1, 200, 13
    )


def test_counts_of_two_clusters_weigh_as_often_as_both_are_drawn():
    drawn = [[2, 1, 0], [3, 0, 0]]
    cells = {(0,): matched(1, 1, 1), (0, 1): matched(0, 1, 0)}
    assert list(resampled(cells, "precision", drawn)) == [2 / 4, 3 / 3]


def test_all_pairs_of_a_resample_are_counted_from_the_sizes_of_its_clusters():
    """A document drawn twice and a cluster of two drawn once: 2 * 2 pairs between them, 1 inside, none of copies."""
    cells = {(1,): PairTable(1, 1, 1)}
    (ari,) = resampled(cells, "ari", [[2, 1, 0]], sizes=[1, 2, 1])
    assert ari == PairTable(1, 1, 1, 2 * 2 + 1).ari == 1.0
    (ari,) = resampled({(0, 1): PairTable(0, 1, 0), (1,): PairTable(1, 1, 1)}, "ari", [[2, 1, 0]], sizes=[1, 2, 1])
    assert ari == PairTable(1, 3, 1, 5).ari


def test_the_same_seed_gives_the_same_comparison(gold):
    a, b = labels(gold, "entities", lambda i: i % 2), labels(gold, "entities", lambda i: i % 3)
    one, same, other = (compare(a, b, gold, Settings(resamples=50, seed=seed)) for seed in (1, 1, 2))
    assert one == same
    assert one.headline.interval != other.headline.interval


def test_a_comparison_without_resamples_is_refused(gold):
    with pytest.raises(goldwire.GoldwireError, match="expected at least one"):
        compare([], [], gold, Settings("duplicates", resamples=0))


def test_the_command_shows_both_systems_and_every_difference():
    sets = ["annotations/gold", "annotations/pass-a", "annotations/pass-b"]
    options = ["--task", "quotes", "--resamples", "20"]
    done = command(ROOT, "compare", *sets, *options)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, *_, last = done.stdout.splitlines()
    assert first.startswith("pass-a: matched@0.5 F1 0.")
    assert second.startswith("pass-b: matched@0.5 F1 0.")
    assert last.startswith("goldwire|task:quotes|")
    told = json.loads(command(ROOT, "compare", *sets, *options, "--json").stdout)
    assert told["headline"]["delta"] == pytest.approx(told["b"]["f1"] - told["a"]["f1"])
    assert 0 < told["headline"]["p_bootstrap"] <= 1
