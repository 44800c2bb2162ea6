"""Conformance vectors: each has the form its schema says, and the scorers come to what was worked by hand."""

import json
from fractions import Fraction

import jsonschema
import pytest

import goldwire
from goldwire.bench.conformance import lines, score_vector
from goldwire.scoring.counts import Counts
from repository import ROOT

FOLDER = ROOT / "tests/scores"
VECTORS = goldwire.vectors()
NAMES = [f"{vector['task']}/{vector['name']}" for vector in VECTORS]
SCHEMA = json.loads((FOLDER / "vector.schema.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=NAMES)
def test_the_scorer_comes_to_what_was_worked_by_hand(vector):
    counts = score_vector(vector)
    found = lines(counts)
    for name, wanted in vector["expect"].items():
        line = found[name]
        for slot, value in wanted.items():
            got = (
                line.counts.number(slot) if slot in ("precision", "recall", "f1", "ari") else line.counts.parts()[slot]
            )
            expected = None if value is None else pytest.approx(float(Fraction(value)), abs=1e-12)
            assert got == expected, f"{name}: {slot} is {got}, worked by hand {value}"
    if "confusion" in vector:
        told = {(cell["gold"], cell["predicted"]): cell["count"] for cell in vector["confusion"]}
        assert counts.confusion == told
    if "largest_false_cluster" in vector:
        assert counts.largest_false == vector["largest_false_cluster"]


NO_LAW = ("attribution", "speaker of matched", "decoys")
"""Inside the gold phrase is not symmetric; decoys and known speakers are only in gold."""


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if "ignored" not in v], ids=lambda v: f"{v['task']}/{v['name']}"
)
def test_the_sides_swapped_swap_precision_and_recall(vector):
    """The law, on every case: what is worked by hand for one direction holds for the other; of all quotes."""
    if vector["task"] == "quotes":
        vector = {**vector, "settings": {**vector["settings"], "nested": "all"}}
    there = lines(score_vector(vector))
    back = lines(score_vector({**vector, "gold": vector["system"], "system": vector["gold"]}))
    for name in vector["expect"]:
        if name.startswith(NO_LAW) or (vector["name"] == "prediction-without-a-type" and "type" in name):
            continue
        one, other = there[name].counts, back[name].counts
        if isinstance(one, Counts):
            assert (one.correct, one.predicted, one.found, one.gold) == pytest.approx(
                (other.found, other.gold, other.correct, other.predicted)
            ), name


def test_there_is_one_schema_and_every_vector_has_its_form():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    for vector in VECTORS:
        validator.validate(vector)


def test_a_vector_is_named_after_its_file_and_every_task_has_some():
    places = {f"{place.parent.name}/{place.stem}" for place in FOLDER.glob("*/*.json")}
    assert places == set(NAMES)
    assert len(NAMES) == len(set(NAMES)) >= 60
    assert {name.split("/")[0] for name in NAMES} == {"entities", "quotes", "duplicates", "segments"}


def test_every_case_says_why():
    reasons = [vector["why"] for vector in VECTORS]
    assert len(set(reasons)) == len(reasons)
