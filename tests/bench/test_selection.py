"""Units that are scored: repeats once, and never a layer that gold does not label completely."""

from dataclasses import replace

import pytest

import goldwire
from goldwire.scoring.settings import Settings
from repository import edit_first_record

QUICK = Settings(resamples=20)


def test_repeats_may_be_left_out_where_they_are_not_scored(gold, perfect):
    firsts = {cluster[0]: perfect[cluster[0]] for cluster in gold.clusters}
    assert goldwire.score(firsts, gold, QUICK).f1 == 1.0
    with pytest.raises(goldwire.GoldwireError, match="no labels for"):
        goldwire.score(firsts, gold, replace(QUICK, docs="all"))


def test_repeats_count_once_unless_all_are_asked_for(gold, perfect):
    firsts = {cluster[0] for cluster in gold.clusters}
    system = {name: mentions if name in firsts else [] for name, mentions in perfect.items()}
    unique = goldwire.score(system, gold, QUICK)
    everything = goldwire.score(system, gold, replace(QUICK, docs="all"))
    assert (unique.f1, len(unique.by_unit), unique.signature.units) == (1.0, 25, 25)
    assert everything.f1 < 1.0
    assert (len(everything.by_unit), everything.signature.units) == (32, 32)


@pytest.fixture(scope="module")
def signature(gold):
    return goldwire.score(lambda text: [], gold, QUICK).signature


def declare(layer, unit, how_far):
    def change(record):
        record[layer][unit] = how_far

    return change


def test_a_document_that_gold_does_not_label_is_not_scored(repository, perfect):
    edit_first_record(repository, "annotations/gold/set.json", declare("entities", "003-01", "none"))
    (repository / "annotations/gold/entities/003-01.jsonl").unlink()
    gold = goldwire.load(repository)
    assert gold.documents["003-01"].mentions is None
    result = goldwire.score({**perfect, "003-01": []}, gold, QUICK)
    assert "003-01" not in result.by_unit
    assert (result.f1, result.signature.units) == (1.0, 24)


LAYER_OF = {
    "entities": ("entities", "003-01"),
    "quotes": ("quotes", "003-01"),
    "decoys": ("decoys", "003-01"),
    "segments": ("segments", "003"),
}


@pytest.mark.parametrize("layer", LAYER_OF)
def test_a_layer_that_gold_marks_partial_is_refused(repository, layer):
    layer, unit = LAYER_OF[layer]
    edit_first_record(repository, "annotations/gold/set.json", declare(layer, unit, "partial"))
    gold = goldwire.load(repository)
    task = "quotes" if layer == "decoys" else layer
    with pytest.raises(goldwire.GoldwireError, match=f"{layer} of {unit} are not complete"):
        goldwire.score(lambda text: [], gold, task=task)
    other = "segments" if layer == "entities" else "entities"
    assert goldwire.score(lambda text: [], gold, task=other).f1 == 0.0


def test_pairs_that_gold_marks_partial_are_refused(repository):
    edit_first_record(repository, "annotations/gold/set.json", lambda record: record.update(duplicates="partial"))
    with pytest.raises(goldwire.GoldwireError, match="duplicates are not complete"):
        goldwire.score([], goldwire.load(repository), task="duplicates")


def test_a_repeat_replaces_a_first_document_that_is_not_labelled(repository, perfect):
    cluster = next(cluster for cluster in goldwire.load(repository).clusters if len(cluster) > 1)
    edit_first_record(repository, "annotations/gold/set.json", declare("entities", cluster[0], "none"))
    result = goldwire.score(perfect, goldwire.load(repository), QUICK)
    assert result.signature.units == 25
    assert cluster[0] not in result.by_unit
    assert cluster[1] in result.by_unit
