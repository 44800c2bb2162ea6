"""The corpus that speed is measured on is as sound as the one it is made of, and holds what it says."""

import sys

import pytest

from goldwire.checks import check
from goldwire.corpus.tree import read_tree
from goldwire.model.vocabulary import UNIT_LAYERS
from repository import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from enlarge import enlarge


@pytest.fixture(scope="module")
def doubled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("enlarged")
    enlarge(ROOT, folder, 2)
    return folder


def test_nothing_is_found_in_it(doubled):
    assert check(doubled) == []


def test_everything_is_there_as_often_as_it_was_copied(doubled):
    gold, copies = read_tree(ROOT)[0], read_tree(doubled)[0]
    assert len(copies.corpus.texts) == 2 * len(gold.corpus.texts)
    assert len(copies.registry) == 2 * len(gold.registry)
    assert len(copies.gold.duplicates) == 2 * len(gold.gold.duplicates)
    for layer in UNIT_LAYERS:
        copied, once = (sum(map(len, getattr(tree.gold, layer).values())) for tree in (copies, gold))
        assert copied == 2 * once
