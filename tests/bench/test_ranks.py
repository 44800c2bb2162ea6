"""Ranks: systems that no test separates share one, and the command shows every pair."""

import json

import goldwire
from goldwire.bench.ranks import holm, rank
from repository import ROOT
from repository import in_process as command


def scores(gold, *shares):
    """Scores of systems that find some of the mentions: all but every nth, as many as are named."""
    every = {name: document.mentions for name, document in gold.documents.items()}
    kept = [{name: [m for i, m in enumerate(held) if i % n] for name, held in every.items()} for n in shares]
    return [goldwire.score(labels, gold) for labels in kept]


def test_holm_multiplies_the_smallest_by_their_number_and_never_lets_a_greater_one_be_less():
    assert holm([0.04, 0.01, None, 0.03]) == [0.06, 0.03, None, 0.06]
    assert holm([0.5, 0.9]) == [1.0, 1.0]


def test_systems_that_are_not_told_apart_share_a_rank(gold):
    whole, same, half = scores(gold, 20, 21, 2)
    ranking = rank([half, whole, same])
    assert ranking.ranks == [3, 1, 1]
    assert [pair.better for pair in ranking.pairs] == [1, 2, None]


def test_five_pages_give_no_ranks(gold):
    blocks = [
        goldwire.score(side, gold, task="segments") for side in (gold.blocks, {page: [] for page in gold.blocks})
    ]
    assert rank(blocks).ranks == [None, None]


def test_compare_of_several_shows_ranks_and_every_pair():
    sets = ["gold", *(f"annotations/system-{name}" for name in ("clauses", "textacy", "textacy-clauses"))]
    done = command(ROOT, "compare", *sets, "--task", "quotes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1].startswith("   1  system-textacy-clauses: matched@0.5 F1 0.744 [")
    told = json.loads(command(ROOT, "compare", *sets, "--task", "quotes", "--json").stdout)
    assert [one["rank"] for one in told["systems"]] == [2, 3, 1]
    assert len(told["pairs"]) == 3
    assert all(pair["p"] <= pair["p_holm"] and pair["detectable"] > 0 for pair in told["pairs"])
    assert "|ci:sign-flips/1000/13|" in told["signature"]


def test_a_system_is_told_apart_among_any_number_of_others(gold):
    nothing = dict.fromkeys(gold.documents, ())
    half, *rest = scores(gold, 2, *range(20, 29))
    ranking = rank([half, goldwire.score(nothing, gold, task="entities"), *rest])
    assert ranking.ranks[:2] == [10, 11]
    assert ranking.ranks.count(1) >= 1
    assert "ci:sign-flips/5500/13" in str(ranking.signature)
