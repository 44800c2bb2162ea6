"""Two systems: the same counts as their scores, p-values that mean what they say, and the command that shows them."""

import json
import random
from itertools import product
from operator import mul

import pytest

import goldwire
from goldwire.bench.compare import compare, sign_flip_test
from goldwire.scoring.counts import matched
from goldwire.scoring.intervals import left_out
from goldwire.scoring.settings import TASKS, Settings
from repository import ROOT
from repository import in_process as command


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
        assert (row.delta, row.interval, row.p) == (0.0, None, 1.0 if row.clusters >= 8 else None)


@pytest.mark.parametrize("task", TASKS)
def test_the_headline_is_the_difference_of_the_scores(gold, task):
    a, b = labels(gold, task, lambda i: i % 3), labels(gold, task)
    result = compare(a, b, gold, Settings(task, resamples=50))
    scores = [goldwire.score(side, gold, Settings(task, resamples=50)) for side in (a, b)]
    assert result.headline.delta == scores[1].f1 - scores[0].f1
    assert (result.a.f1, result.b.f1) == (scores[0].f1, scores[1].f1)
    assert str(result.a.signature).replace("sign-flips/50/13", "cluster-beta") == str(scores[0].signature)


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
        assert (other.p, other.detectable) == (row.p, row.detectable)


def test_a_clear_difference_is_significant_and_a_random_one_is_not(gold):
    whole = labels(gold, "entities")
    half = labels(gold, "entities", lambda i: i % 2)
    draw = random.Random(1)
    lucky = [{name: [m for m in held if draw.random() < 0.8] for name, held in whole.items()} for _ in range(2)]
    clear, chance = compare(half, whole, gold), compare(*lucky, gold)
    assert clear.headline.p == 1 / 1001  # the least there is
    assert clear.headline.interval[0] > 0
    assert 0 < clear.headline.detectable < clear.headline.delta
    assert chance.headline.p > 0.05
    assert chance.headline.interval[0] < 0 < chance.headline.interval[1]


def test_p_comes_to_the_share_of_all_signs():
    """Ten clusters have 1,024 ways to flip; the sampled p is near the exact one, and 0 is in the interval if p is."""
    without = [0.08, 0.11, 0.12, 0.05, 0.14, 0.09, 0.1, 0.13, 0.04, 0.02]
    for delta in (0.0, 0.03, 0.1, 0.2):
        addends = [delta / 10 + (sum(without) / 10 - one) * 0.9 for one in without]
        sums = [abs(sum(map(mul, signs, addends))) for signs in product((-1, 1), repeat=10)]
        exact = sum(one >= delta - 1e-12 for one in sums) / 1024
        (low, high), p, _ = sign_flip_test(delta, without, 4000, 13)
        assert p == pytest.approx(exact, abs=0.03)
        assert low <= delta <= high
        assert (low <= 0 <= high) == (p > 0.05)


def test_equal_systems_are_called_different_at_most_six_times_in_a_hundred():
    draw, different = random.Random(3), 0
    for _ in range(500):
        sides = [[matched(sum(draw.random() < 0.8 for _ in range(30)), 30, 30) for _ in range(12)] for _ in "ab"]
        found = [left_out({(i,): c for i, c in enumerate(side)}, "f1", [1] * 12) for side in sides]
        without = [b - a for a, b in zip(*(one.without.values() for one in found), strict=True)]
        different += sign_flip_test(found[1].value - found[0].value, without, 200, 13)[1] <= 0.05
    assert different <= 30


def test_a_perfect_system_and_an_empty_one_do_not_differ_by_exactly_one(gold):
    empty = {name: [] for name in gold.documents}
    there = compare(empty, labels(gold, "entities"), gold).headline
    assert (there.delta, there.p, there.detectable) == (1.0, 1 / 1001, None)
    assert 0.7 < there.interval[0] < 0.9


def test_fewer_than_eight_pages_are_not_tested(gold):
    result = compare(labels(gold, "segments", lambda i: i % 2), labels(gold, "segments"), gold, task="segments")
    assert result.headline.delta > 0
    assert (result.headline.interval, result.headline.p, result.headline.clusters) == (None, None, 5)


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
    options = ["--task", "quotes"]
    done = command(ROOT, "compare", *sets, *options)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, *_, last = done.stdout.splitlines()
    assert first.startswith("pass-a: matched@0.5 F1 0.")
    assert second.startswith("pass-b: matched@0.5 F1 0.")
    assert last.startswith("goldwire|task:quotes|")
    told = json.loads(command(ROOT, "compare", *sets, *options, "--json").stdout)
    assert told["headline"]["delta"] == pytest.approx(told["b"]["f1"] - told["a"]["f1"])
    assert 0 < told["headline"]["p"] <= 1
