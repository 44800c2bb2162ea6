"""Outcomes add up to the numbers of the score, and labels are read once for both."""

import re
from collections import Counter

import pytest

import goldwire
from goldwire.bench.error_analysis import assess
from goldwire.bench.judging import judge
from goldwire.bench.outcomes import outcomes
from goldwire.bench.submissions import read_system
from goldwire.report.system_data import run_data
from goldwire.scoring.settings import Settings
from repository import ROOT


def capitals(text):
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


def judged(labels, gold, task):
    settings = Settings(task=task)
    judged = judge(labels, gold, settings)
    return judged.total, outcomes(judged, gold, settings)


def kinds(found):
    return Counter(outcome.kind for outcome in found)


@pytest.mark.parametrize("system", ["spacy", "capitals"])
def test_outcomes_of_entities_add_up_to_the_score(gold, system):
    labels = capitals if system == "capitals" else read_system(ROOT / "annotations/system-spacy", gold, "entities")
    counts, found = judged(labels, gold, "entities")
    assert Counter((o.gold and o.gold.type, o.given and o.given.type) for o in found) == counts.confusion
    held = kinds(found)
    assert held["correct"] == counts.modes["strict"].correct
    assert held["correct"] + held["wrong type"] == counts.modes["exact"].correct
    assert sum(held.values()) - held["spurious"] == counts.modes["strict"].gold


def test_outcomes_of_quotes_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-textacy-clauses", gold, "quotes"), gold, "quotes")
    held = kinds(found)
    assert (
        sum(held[kind] for kind in ("correct", "wrong type", "boundary error", "both wrong"))
        == counts.content["iou.5"].correct
    )
    assert held["correct"] + held["wrong type"] == counts.content["exact"].correct
    assert held["missed"] == counts.content["iou.5"].gold - counts.content["iou.5"].correct
    assert held["spurious"] == counts.content["iou.5"].predicted - counts.content["iou.5"].correct
    paired = [o for o in found if o.gold and o.given]
    assert (
        sum("cue" not in o.parts and o.gold.parts["cue"] is not None is not o.given.parts["cue"] for o in paired)
        == counts.cue_exact.correct
    )


def test_outcomes_of_segments_and_pairs_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-sentence-ends", gold, "segments"), gold, "segments")
    assert kinds(found)["correct"] == counts.blocks.correct
    counts, found = judged(read_system(ROOT / "annotations/system-exact-hash", gold, "duplicates"), gold, "duplicates")
    assert kinds(found)["correct"] == sum(one.correct for one in counts.relations.values())
    assert kinds(found)["missed"] == 18


@pytest.mark.parametrize("task", ["entities", "quotes", "segments", "duplicates"])
def test_gold_against_itself_is_all_correct(gold, task):
    _, found = judged(read_system(ROOT / "annotations/gold", gold, task), gold, task)
    assert set(kinds(found)) == {"correct"}
    assert not any(outcome.parts for outcome in found)


class Counted:
    """A label that counts how often its type is read."""

    reads = 0
    start, end = 0, 3

    @property
    def type(self):
        Counted.reads += 1
        return "GPE"


@pytest.mark.parametrize("show", [assess, run_data], ids=["failing test", "report"])
def test_labels_are_read_once_for_the_score_and_its_examples(gold, show):
    labels = {name: [Counted()] for name in gold.documents}
    reads = []
    for run in (goldwire.score, show):
        Counted.reads = 0
        run(labels, gold, Settings(resamples=5))
        reads.append(Counted.reads)
    assert reads[1] == reads[0] > 0
