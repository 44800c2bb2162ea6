"""What the guard refuses and what it accepts, on the real corpus, without a server."""

import copy
import json
from functools import reduce

import pytest

pytest.importorskip("label_studio_sdk")

from goldwire.corpus.tree import read_tree
from goldwire.studio.save_checks import faults as refusals
from goldwire.studio.save_checks import remarks
from goldwire.studio.task_data import new_tasks
from repository import ROOT


def faults(*arguments):
    return [str(refusal) for refusal in refusals(*arguments)]


@pytest.fixture(scope="module")
def gold_tasks():
    tree, _ = read_tree(ROOT)
    return {task["data"]["document"]: task for task in new_tasks(tree, tree.gold)}


def test_the_gold_itself_is_never_refused(gold_tasks):
    for task in gold_tasks.values():
        assert faults(ROOT, "gold", task["data"], task["annotations"][0]["result"]) == []


def without(results, name):
    return [r for r in results if r.get("id") != name and name not in (r.get("from_id"), r.get("to_id"))]


def edited(results, name, control, **value):
    changed = copy.deepcopy(results)
    for result in changed:
        if result.get("id") == name and result.get("from_name") == control:
            result["value"].update(value)
    return changed


REFUSED = {
    "a mention taken away": (lambda r: without(r, "003-01-e005"), "unmarked-surface", "place this year in [Istanbul]"),
    "a mention without an entity": (
        lambda r: [x for x in r if (x.get("id"), x["type"]) != ("003-01-e006", "taxonomy")],
        "incomplete-record",
        "[Peskov] addressed the stalled…: choose its entity (Enter)",
    ),
    "an entity nobody registered": (
        lambda r: edited(r, "003-01-e006", "entity_PERSON", taxonomy=[["person-nobody"]]),
        "unknown-entity",
        "person-nobody",
    ),
    "a type that is not the entity's": (
        lambda r: edited(r, "003-01-e006", "entity", labels=["ORG"]),
        "entity-type-mismatch",
        "[Peskov]",
    ),
    "a span past the text": (
        lambda r: edited(r, "003-01-e006", "entity", end=10**6),
        "not a span of a text",
        "[Peskov] addressed",
    ),
    "a quote cut down to what lies outside its inner quote": (
        lambda r: without(r, "003-01-q001-c2"),
        "unaccounted-mark",
        "plomatic means",
    ),
    "marks that nothing accounts for": (
        lambda r: reduce(without, [f"003-01-q003-{part}" for part in ("c1", "k", "s", "sh")], r),
        "unaccounted-mark",
        "this quotation mark is in no quote and no decoy",
    ),
    "a cue whose content is gone": (
        lambda r: without(r, "003-01-q003-c1"),
        "this cue belongs to no quote",
        "[added]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_save_that_breaks_the_gold_is_refused_with_the_fault(gold_tasks, case):
    edit, code, words = REFUSED[case]
    task = gold_tasks["003-01"]
    told = faults(ROOT, "gold", task["data"], edit(task["annotations"][0]["result"]))
    assert any(code in line and words in line for line in told), told


def test_what_a_person_set_is_saved_although_something_else_follows(gold_tasks):
    task = gold_tasks["003-01"]
    results = edited(task["annotations"][0]["result"], "003-01-q001-c1", "quote_type", choices=["indirect"])
    assert faults(ROOT, "gold", task["data"], results) == []
    (remark,) = remarks(ROOT, "gold", task["data"], results)
    assert "in “Its marks”, choose mixed instead of indirect" in remark.sentence or "choose direct" in remark.sentence
    assert remark.code == "quote-type-mismatch"


def test_all_faults_are_refused_at_once_in_the_order_of_the_text_and_the_words_of_the_page(gold_tasks):
    results = gold_tasks["003-01"]["annotations"][0]["result"]
    lavrov = next(one for one in results if one.get("value", {}).get("text") == "Vladimir Putin")
    results = edited(results, lavrov["id"], "entity", end=lavrov["value"]["end"] - 1, text="Vladimir Puti")
    results = [one for one in results if (one.get("id"), one.get("from_name")) != ("003-01-e006", "entity_PERSON")]
    results = without(results, "003-01-e005")
    results = edited(results, "003-01-q004-c1", "quote_type", choices=["shouted"])
    told = refusals(ROOT, "gold", gold_tasks["003-01"]["data"], results)
    assert [refusal.sentence.partition("]")[2].partition(": ")[2] for refusal in told] == [
        "“Istanbul” names an entity elsewhere, but is not marked here: mark it",
        "choose its entity (Enter)",
        "the mention starts or ends inside a word: move its end",
        "“Vladimir Putin” names an entity elsewhere, but is not marked here: mark it",
        "in “Its marks”, choose direct, indirect or mixed instead of 'shouted'",
    ]
    assert [refusal.at for refusal in told] == sorted(refusal.at for refusal in told)
    assert not [refusal for refusal in told if "003-01-" in refusal.sentence or "[1" in refusal.sentence]


@pytest.mark.parametrize("choice", ["exact", "near"])
def test_a_relation_that_the_texts_contradict_is_refused(gold_tasks, choice):
    task = gold_tasks["002-03"]
    results = edited(task["annotations"][0]["result"], "relation-0", "relation_0", choices=[choice])
    (told,) = faults(ROOT, "gold", task["data"], results)
    assert told.startswith(f"the comparison with 002-02: you chose {choice}, but the texts are related")


def test_what_an_annotator_submits_must_be_complete(gold_tasks):
    task = gold_tasks["003-01"]
    results = task["annotations"][0]["result"]
    assert faults(ROOT, "someone-new", task["data"], results) == []
    less = [
        result for result in results if not any("q003" in str(result.get(key)) for key in ("id", "from_id", "to_id"))
    ]
    told = faults(ROOT, "someone-new", task["data"], less)
    assert len([line for line in told if "unaccounted-mark" in line]) == len(told) > 1
    assert faults(ROOT, "someone-new", task["data"], without(results, "003-01-e005")) == []  # nor told of gold's names


def test_a_name_that_the_registry_lacks_is_accepted_once_it_is_proposed(gold_tasks):
    task = gold_tasks["003-01"]
    results = edited(task["annotations"][0]["result"], "003-01-e006", "entity_PERSON", taxonomy=[["new"]])
    assert "write its name in the next field" in faults(ROOT, "gold", task["data"], results)[0]
    region = next(result for result in results if result.get("id") == "003-01-e006")
    named = {
        **region,
        "from_name": "new_entity",
        "type": "textarea",
        "value": {**region["value"], "text": ["D. Peskov"]},
    }
    assert faults(ROOT, "gold", task["data"], [*results, named]) == []


def test_the_text_of_a_page_cannot_become_markup():
    from django.conf import settings

    from goldwire.studio.server.save_guard import _refusal

    if not settings.configured:
        settings.configure()
    body = json.loads(_refusal(["“<img src=x onerror=alert(1)>”: broken"] * 26).content)
    assert "<" not in json.dumps(body)
    assert body["validation_errors"]["result"][-1] == "and 1 more"
