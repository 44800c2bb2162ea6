"""What became of every label adds up to the numbers of the score."""

import re
from collections import Counter

import pytest

from goldwire.bench.judging import answers
from goldwire.bench.outcomes import outcomes
from goldwire.bench.score import score
from goldwire.bench.submissions import read_system
from goldwire.corpus.gold import load
from goldwire.scoring.settings import Settings
from repository import ROOT


@pytest.fixture(scope="module")
def gold():
    return load(ROOT)


def capitals(text):
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


def judged(labels, gold, task):
    settings = Settings(task=task)
    labels = answers(labels, gold, settings)
    return score(labels, gold, settings).counts, outcomes(labels, gold, settings)


def kinds(found):
    return Counter(outcome.kind for outcome in found)


@pytest.mark.parametrize("system", ["spacy", "capitals"])
def test_outcomes_of_entities_add_up_to_the_score(gold, system):
    labels = capitals if system == "capitals" else read_system(ROOT / "annotations/system-spacy", gold, "entities")
    counts, found = judged(labels, gold, "entities")
    assert Counter((o.gold and o.gold["type"], o.given and o.given["type"]) for o in found) == counts.confusion
    held = kinds(found)
    assert held["hit"] == counts.modes["strict"].hits
    assert held["hit"] + held["type"] == counts.modes["exact"].hits
    assert sum(held.values()) - held["invention"] == counts.modes["strict"].gold


def test_outcomes_of_quotes_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-textacy-clauses", gold, "quotes"), gold, "quotes")
    held = kinds(found)
    assert sum(held[kind] for kind in ("hit", "type", "bounds", "both")) == counts.content["iou.5"].hits
    assert held["hit"] + held["type"] == counts.content["exact"].hits
    assert held["miss"] == counts.content["iou.5"].gold - counts.content["iou.5"].hits
    assert held["invention"] == counts.content["iou.5"].predicted - counts.content["iou.5"].hits
    told = [o for o in found if o.gold and o.given]
    assert (
        sum("cue" not in o.parts and o.gold["cue"] is not None is not o.given["cue"] for o in told)
        == counts.cue_exact.hits
    )


def test_outcomes_of_segments_and_pairs_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-sentence-ends", gold, "segments"), gold, "segments")
    assert kinds(found)["hit"] == counts.blocks.hits
    counts, found = judged(read_system(ROOT / "annotations/system-exact-hash", gold, "duplicates"), gold, "duplicates")
    assert kinds(found)["hit"] == sum(one.hits for one in counts.relations.values())
    assert kinds(found)["miss"] == 18


@pytest.mark.parametrize("task", ["entities", "quotes", "segments", "duplicates"])
def test_gold_against_itself_is_all_hits(gold, task):
    _, found = judged(read_system(ROOT / "annotations/gold", gold, task), gold, task)
    assert set(kinds(found)) == {"hit"}
    assert not any(outcome.parts for outcome in found)
