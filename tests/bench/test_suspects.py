"""Suspects: labels that unlike systems contradict in the same way come first, and copies of a system count once."""

import json

from goldwire.bench.suspects import suspects
from goldwire.scoring.settings import Settings
from repository import ROOT, in_process


def labels(gold, change=lambda mention: mention, skip=()):
    return {
        name: [change((m.start, m.end, m.type)) for m in document.mentions if m.id not in skip]
        for name, document in gold.documents.items()
    }


def test_a_label_that_two_systems_give_another_type_is_the_first_suspect(gold):
    document = gold.documents["003-01"]
    wrong = next(m for m in document.mentions if m.type == "PERSON")
    here = (wrong.start, wrong.end, "PERSON")

    def mistyped(mention):
        return (*mention[:2], "ORG") if mention == here else mention

    one = labels(gold, mistyped, skip={m.id for m in gold.documents["000-02"].mentions[:9]})
    other = labels(gold, mistyped, skip={m.id for m in gold.documents["001-01"].mentions[:9]})
    found = suspects({"one": one, "other": other, "gold": labels(gold)}, gold, Settings())
    assert (found[0].unit, found[0].start, found[0].part, found[0].instead) == ("003-01", wrong.start, "type", "ORG")
    assert found[0].systems == ("one", "other")
    assert found[0].text == wrong.text
    assert len(found) == sum(m.type == "PERSON" and (m.start, m.end) == here[:2] for m in document.mentions)


def test_a_label_that_gold_lacks_and_two_systems_give_is_a_suspect(gold):
    more = {name: [*held, (0, 3, "LAW")] if name == "003-01" else held for name, held in labels(gold).items()}
    (found,) = suspects({"one": more, "other": more}, gold, Settings())
    assert (found.unit, found.gold, found.part, found.instead) == ("003-01", None, "label", "LAW")


def test_two_copies_of_a_system_are_one_voice(gold):
    system = labels(gold, lambda mention: (*mention[:2], "ORG") if mention[2] == "GPE" else mention)
    assert suspects({"one": system, "copy": system}, gold, Settings()) == []
    other = labels(gold, skip={m.id for m in gold.documents["000-02"].mentions})
    assert suspects({"one": system, "copy": system, "other": other}, gold, Settings()) == []


def test_the_command_lists_suspects_of_the_shipped_gold_with_links_into_the_report():
    done = in_process(ROOT, "suspects", "gold", "--task", "quotes", "--first", "2", "--json")
    told = json.loads(done.stdout)
    assert len(told["suspects"]) == 2 < told["number"]
    assert told["suspects"][0]["strength"] >= told["suspects"][1]["strength"]
    assert told["suspects"][0]["link"] == f"report.html#/document/{told['suspects'][0]['unit']}"
    text = in_process(ROOT, "suspects", "gold", "--task", "segments", "--first", "1").stdout
    assert "report.html#/page/" in text
    pairs = in_process(ROOT, "suspects", "gold", "--task", "duplicates", "--first", "1").stdout
    assert "report.html#/pair/000-09_001-10" in pairs  # the address of a pair in the report


def test_one_system_makes_no_suspects():
    done = in_process(ROOT, "suspects", "gold", "annotations/system-spacy", "--task", "entities")
    assert (done.returncode, done.stdout) == (2, "")
    assert "suspects need 2 systems that label entities; found 1" in done.stderr
