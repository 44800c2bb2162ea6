"""Slices: what gold knows of its labels, recall of those that are enough, and the kinds of errors."""

import json

import pytest

from goldwire.bench.judging import judge
from goldwire.bench.outcomes import Outcome, ShownLabel, outcomes
from goldwire.bench.selection import select
from goldwire.bench.slices import error_table, slices
from goldwire.cli.failure import details
from goldwire.scoring.settings import BY, TASKS, Settings
from repository import ROOT, in_process


def labels(gold, task):
    layers = {"entities": "mentions", "quotes": "quotes"}
    if task in layers:
        return {name: list(getattr(document, layers[task])) for name, document in gold.documents.items()}
    return gold.blocks if task == "segments" else gold.pairs


def sliced(system, gold, task, **chosen):
    settings = Settings(task, **chosen)
    judged = judge(system, gold, settings)
    found = outcomes(judged, gold, settings)
    parts = slices(found, gold, settings, judged.selection.clusters)
    return found, {(part.by, part.name): part for part in parts}


@pytest.mark.parametrize("task", TASKS)
def test_the_slices_of_each_kind_hold_every_gold_label_once(gold, task):
    found, parts = sliced(labels(gold, task), gold, task)
    number = sum(outcome.gold is not None for outcome in found)
    whole = {by: sum(part.gold for part in parts.values() if part.by == by) for by in BY[task]}
    assert {by for by, n in whole.items() if n != number} <= {"frequency", "stands for"}  # those need an entity
    assert all(part.found == part.gold == part.kinds["correct"] for part in parts.values())
    assert error_table(found) == {kind: number if kind == "correct" else 0 for kind in error_table(found)}


def test_quotes_of_pronouns_that_are_missed_lower_the_recall_of_their_slice_alone(gold):
    def is_by_pronoun(quote):
        return quote.speaker is not None and quote.speaker.kind == "pronoun"

    system = {name: [q for q in held if not is_by_pronoun(q)] for name, held in labels(gold, "quotes").items()}
    _, parts = sliced(system, gold, "quotes", nested="all")
    recalls = {name: part.recall for (by, name), part in parts.items() if by == "speaker"}
    assert (recalls["pronoun"], recalls["name"], recalls["nominal"]) == (0.0, 1.0, 1.0)
    assert parts["speaker", "pronoun"].kinds["missed"] == parts["speaker", "pronoun"].gold


def test_a_slice_of_fewer_than_twenty_labels_has_counts_and_no_number(gold):
    _, parts = sliced(labels(gold, "quotes"), gold, "quotes")
    several = parts["fragments", "several"]
    assert (several.gold < 20, several.found, several.recall, several.interval) == (True, several.gold, None, None)
    one = parts["fragments", "one"]
    assert one.recall == 1.0
    assert one.interval[0] < 1.0


def test_a_mention_keeps_its_slices_if_articles_are_trimmed(gold):
    there, _ = sliced(labels(gold, "entities"), gold, "entities")
    _, trimmed = sliced(labels(gold, "entities"), gold, "entities", trim="article")
    assert sum(part.gold for (by, _), part in trimmed.items() if by == "length") == len(there)


def test_an_entity_is_seen_as_often_as_the_scored_documents_mention_it(gold):
    seen = [m.entity for name in select(gold, Settings()).units for m in gold.documents[name].mentions]
    _, parts = sliced(labels(gold, "entities"), gold, "entities")
    assert parts["frequency", "1 time"].gold == sum(seen.count(entity) == 1 for entity in set(seen))


def test_score_shows_errors_and_the_slices_that_are_asked_for():
    arguments = ["score", "gold", "annotations/system-textacy", "--task", "quotes"]
    plain, by = in_process(ROOT, *arguments), in_process(ROOT, *arguments, "--by", "speaker", "--by", "fragments")
    assert "errors" in plain.stdout
    assert "by speaker" not in plain.stdout
    lines = by.stdout.splitlines()
    several = next(line for line in lines if line.startswith("  several"))
    assert several.split()[1:4] == ["–", "–", "9"]
    assert any(line.startswith("by speaker") and "boundary" in line for line in lines)
    told = json.loads(in_process(ROOT, *arguments, "--json").stdout)
    assert {part["by"] for part in told["slices"]} == set(BY["quotes"])
    kinds = told["errors"]
    assert kinds["correct"] + kinds["wrong type"] + kinds["boundary error"] + kinds["both wrong"] == 65


def test_a_failing_test_shows_the_errors_and_the_slices_with_the_lowest_recall(gold):
    from goldwire.bench.error_analysis import assess

    shown = "\n".join(details(assess({name: [] for name in gold.documents}, gold, Settings("quotes"))))
    assert "correct 0, wrong type 0, boundary error 0, both wrong 0, missed 244, spurious 0" in shown
    assert "lowest recall\n  speaker name  0.000  (0 of 140)" in shown


def test_pairs_of_enough_documents_have_an_interval_that_counts_both_documents(gold):
    clusters = [(f"a_b-{number:02}",) for number in range(1, 13)]
    names = [name for (name,) in clusters]
    label = ShownLabel("exact", [], None, {})
    found = [  # every pair with the first document is missed
        Outcome(f"{a}_{b}", "missed" if i == 0 else "correct", label, None if i == 0 else label)
        for i, a in enumerate(names[:4])
        for b in names[i + 1 :]
    ]
    (part,) = slices(found, gold, Settings("duplicates"), clusters)
    assert (part.gold, part.found, part.clusters) == (38, 27, 12)
    assert part.recall == pytest.approx(27 / 38)
    low, high = part.interval
    assert low < 27 / 38 < high
    assert high - low > 0.4  # 38 independent pairs would have one of 0.29
