"""Label tables: both sides are mapped, and the signature names the table."""

import pytest

import goldwire
from goldwire.bench.label_tables import GOLD_TYPES, TABLES
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Settings, parse

QUICK = {"resamples": 10}


def test_every_table_maps_to_what_it_asks_for():
    for table in TABLES.values():
        assert set(table.system.values()) == set(table.gold.values())
        assert set(table.gold) <= set(GOLD_TYPES)


def test_a_table_maps_both_sides_and_is_in_the_signature(gold):
    fold = TABLES["conll-4"].gold
    folded = {name: [(m.start, m.end, fold[m.type]) for m in d.mentions] for name, d in gold.documents.items()}
    score = goldwire.score(folded, gold, Settings(labels="conll-4", **QUICK))
    assert (score.f1, set(score.counts.types)) == (1.0, {"PER", "ORG", "LOC", "MISC"})
    assert parse(str(score.signature)).settings.labels == "conll-4"
    plain = goldwire.score(folded, gold, Settings(**QUICK))
    assert plain.f1 < 1
    assert set(plain.ignored) == {"PER", "MISC"}


def test_types_without_an_entry_are_neither_expected_nor_counted_as_errors(gold):
    score = goldwire.score(lambda text: [(0, 1, "TITLE")], gold, Settings(labels="ace-7", **QUICK))
    assert score.ignored == {"TITLE": 25}
    assert "NORP" not in score.counts.types


def test_an_unknown_table_is_refused_with_those_there_are(gold):
    with pytest.raises(GoldwireError, match="no label table 'conll'; expected none, conll-4, ace-7"):
        goldwire.score(lambda text: [], gold, Settings(labels="conll"))
