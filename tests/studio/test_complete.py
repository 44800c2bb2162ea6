"""What follows from the labels of the editor is filled in: relations, types, heads, kinds, entities, parents."""

import copy

import pytest

pytest.importorskip("label_studio_sdk")
from goldwire.corpus.tree import read_tree
from goldwire.studio.convert.complete import completed, read_labels, shown_results
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.task_data import labels_in, new_tasks
from repository import ROOT

TREE, _ = read_tree(ROOT, {"gold"})
TASKS = {task["data"]["document"]: task for task in new_tasks(TREE, TREE.gold)}
TEXT = "Foreign Minister Sergey Lavrov said “no.” He added that Moscow would wait.\nPeace, argued Xi, is “near”."
DATA = {"document": "000-01", "text": TEXT}


def region(name, words, label, group="quote"):
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "from_name": group, "to_name": "text", "type": "labels", "value": value}


def mention(name, words, label, entity):
    one = region(name, words, label, "entity")
    value = {**one["value"], "taxonomy": [[entity]]}
    del value["labels"]
    return [one, {**one, "from_name": "entity_id", "type": "taxonomy", "value": value}]


def relation(source, target, *names):
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [*names]}


def chosen(name, control, *values):
    kind = "taxonomy" if control == "speaker_entities" else "choices"
    value = {"start": 0, "end": 1, "text": "F", kind: [[one] for one in values] if kind == "taxonomy" else [*values]}
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def choices(results):
    return {
        (one["id"], one["from_name"]): [*one["value"].values()][-1]
        for one in results
        if one["type"] != "labels" and "value" in one
    }


def links(results):
    return {(one["from_id"], *one["labels"], one["to_id"]) for one in results if one["type"] == "relation"}


LAVROV = mention("m", "Sergey Lavrov", "PERSON", "person-sergey-lavrov")
SAID = [region("c", "“no.”", "content"), region("k", "said", "cue")]


@pytest.mark.parametrize("document", sorted(TASKS))
def test_the_gold_comes_back_from_the_fewer_regions_that_the_editor_shows(document):
    data, (annotation,) = TASKS[document]["data"], TASKS[document]["annotations"]
    gold = labels_in(TREE.gold, document)
    assert read_labels(data, annotation["result"], gold) == gold
    assert completed(data, annotation["result"]) == annotation["result"]
    assert not {"head", "kind"} & {one["from_name"] for one in annotation["result"] if "from_name" in one}
    assert all(one["value"].get("labels") != ["head"] for one in annotation["result"] if "value" in one)


def test_cues_and_speakers_of_the_gold_find_their_contents():
    right = total = 0
    for document, task in TASKS.items():
        gold, results = labels_in(TREE.gold, document), task["annotations"][0]["result"]
        bare = [one for one in results if one.get("labels") not in (["cue"], ["speaker"])]
        bare = [one for one in bare if one.get("from_name") not in ("quote_type", "status")]
        found = {quote.id: quote for quote in read_labels(task["data"], completed(task["data"], bare), gold).quotes}
        right += sum((found[one.id].cue, found[one.id].speaker) == (one.cue, one.speaker) for one in gold.quotes)
        total += len(gold.quotes)
    assert (right, total) == (319, 330)


def test_a_quote_is_two_regions_and_a_relation_to_the_name():
    done = completed(DATA, [*LAVROV, *SAID, relation("c", "m")])
    assert links(done) == {("c", "m"), ("c", "cue", "k")}
    assert choices(done)["c", "quote_type"] == ["direct"]
    assert choices(done)["c", "status"] == ["resolved"]
    assert choices(done)["c", "speaker_entities"] == [["person-sergey-lavrov"]]
    quote = read_labels(DATA, done, Labels()).quotes[0]
    assert (quote.speaker.text, quote.speaker.head.text, quote.speaker.kind) == (
        "Foreign Minister Sergey Lavrov", "Sergey Lavrov", "name",
    )  # fmt: skip


def test_a_click_on_a_content_that_reaches_its_mention_means_the_content():
    moscow = mention("g", "Moscow", "GPE", "gpe-russia")
    later = [region("d", "Moscow would wait", "content"), region("l", "added", "cue"), region("h", "He", "speaker")]
    done = completed(DATA, [*moscow, *later, relation("g", "h")])
    assert links(done) == {("g", "h"), ("d", "cue", "l")}
    quote = read_labels(
        DATA,
        [*done, chosen("d", "speaker_entities", "person-x"), chosen("d", "status", "resolved")],
        Labels(),
    ).quotes[0]
    assert (quote.speaker.text, quote.speaker.kind) == ("He", "pronoun")


def test_a_relation_drawn_from_its_other_end_is_the_same():
    speaker = region("s", "Foreign Minister Sergey Lavrov", "speaker")
    for drawn in (relation("s", "c"), relation("k", "c")):
        read = read_labels(DATA, [*LAVROV, *SAID, speaker, drawn], Labels())
        assert (read.quotes[0].speaker.head.text, read.quotes[0].cue.text) == ("Sergey Lavrov", "said")


def test_the_parts_of_one_paragraph_are_not_linked_to_a_quote_of_another():
    done = completed(DATA, [*SAID, region("s", "Xi", "speaker")])
    assert links(done) == {("c", "cue", "k")}


def test_what_a_person_set_stays():
    own = [chosen("c", "quote_type", "mixed"), chosen("c", "status", "unnamed")]
    done = completed(DATA, [*LAVROV, *SAID, relation("c", "m"), *own])
    assert choices(done)["c", "quote_type"] == ["mixed"]
    assert choices(done)["c", "status"] == ["unnamed"]
    assert ("c", "speaker_entities") not in choices(done)


def test_what_followed_from_labels_that_have_changed_since_is_derived_again():
    before = completed(DATA, [*LAVROV, *SAID, relation("c", "m")])
    after = copy.deepcopy(before)
    for one in after:
        if one.get("id") == "c" and one["type"] == "labels":
            one["value"] = {**region("c", "said “no.”", "content")["value"]}
        if one.get("id") == "m" and one["type"] == "taxonomy":
            one["value"]["taxonomy"] = [["person-other"]]
    after = [one for one in after if one.get("to_id") != "k" and one.get("id") != "k"]
    done = completed(DATA, after, before=before)
    assert choices(done)["c", "quote_type"] == ["mixed"]
    assert choices(done)["c", "speaker_entities"] == [["person-other"]]
    set_by_hand = completed(DATA, after, before=[*before[:-3], chosen("c", "quote_type", "indirect")])
    assert choices(set_by_hand)["c", "quote_type"] == ["direct"]


@pytest.mark.parametrize("results", [None, "x", [1], [{"type": "labels"}], [relation("a", "b")], {"id": 1}])
def test_results_that_cannot_be_read_stay_as_they_are(results):
    assert completed(DATA, results) == results


def test_fragments_in_a_circle_end():
    both = [region("c", "“no.”", "content"), region("d", "Peace", "content")]
    assert completed(DATA, [*both, relation("c", "d"), relation("d", "c")])[:2] == both


def test_only_exceptions_are_shown():
    (quote,) = [one for one in TREE.gold.quotes["003-01"] if one.id == "003-01-q001"]
    odd = quote.model_copy(update={"speaker": quote.speaker.model_copy(update={"kind": "nominal"})})
    shown = shown_results(Labels([*TREE.gold.entities["003-01"]], [odd]), TASKS["003-01"]["data"])
    assert [one["value"]["choices"] for one in shown if one.get("from_name") == "kind"] == [["nominal"]]
