"""Candidates for duplicates: complete by the rule's own definition, and those that are rewritten throughout."""

from dataclasses import replace

import pytest

from goldwire.corpus.lock import PRIVATE
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


def test_candidates_are_found_anew_only_if_a_text_changed(tree, tmp_path, monkeypatch):
    (tmp_path / PRIVATE).mkdir()
    here = replace(tree, root=tmp_path)
    first = candidates(here, tree.gold)
    assert first == candidates(tree, tree.gold)
    with monkeypatch.context() as patch:
        patch.setattr("goldwire.studio.candidates.sharing_pairs", None)  # calling it would fail
        assert candidates(here, tree.gold) == first
    other = replace(tree.corpus, texts={**tree.corpus.texts, "004-04": tree.corpus.texts["000-01"]})
    assert "000-01" in [each["document"] for each in candidates(replace(here, corpus=other), tree.gold)["004-04"]]
    for damaged in ("", "[]", '{"made": 1}'):
        (tmp_path / PRIVATE / "candidates.json").write_text(damaged)
        assert candidates(here, tree.gold) == first
