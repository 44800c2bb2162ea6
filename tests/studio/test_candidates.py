"""Candidates for duplicates: complete by the rule's own definition, and those that are rewritten throughout."""

import pytest

from goldwire.corpus.tree import read_tree
from goldwire.studio.candidates import candidates
from goldwire.text.shared_runs import sharing_pairs
from goldwire.text.shingles import alike_pairs
from repository import ROOT


@pytest.fixture(scope="module")
def tree():
    return read_tree(ROOT)[0]


def test_every_judged_pair_is_a_candidate_and_shares_eight_words(tree):
    found = {(each["document"], name) for name, earlier in candidates(tree, tree.gold).items() for each in earlier}
    judged = {(pair.a, pair.b) for pair in tree.gold.duplicates}
    assert judged <= found
    assert judged <= set(sharing_pairs(tree.corpus.texts))


def test_alike_texts_are_the_repeats_and_nothing_that_only_has_the_same_subject(tree):
    repeats = {(pair.a, pair.b) for pair in tree.gold.duplicates if pair.relation in ("exact", "near")}
    assert alike_pairs(tree.corpus.texts) == repeats


def test_a_text_is_alike_to_one_that_is_rewritten_in_every_eighth_word(tree):
    text = tree.corpus.texts["000-01"]
    words = text.split()
    words[::7] = [f"x{i}" for i, _ in enumerate(words[::7])]
    rewritten = {"000-01": text, "900-01": " ".join(words)}
    assert not sharing_pairs(rewritten)
    assert alike_pairs(rewritten) == {("000-01", "900-01")}


def test_candidates_have_the_same_order_every_time(tree):
    once, again = (candidates(tree, tree.gold) for _ in range(2))
    assert once == again
    assert all(
        [each["document"] for each in earlier] == sorted(each["document"] for each in earlier)
        for earlier in once.values()
    )
