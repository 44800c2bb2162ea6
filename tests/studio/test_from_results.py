"""Results of Label Studio read as records: valid labels come back unchanged, and anything else is reported."""

import contextlib
import json
import re
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damage import places
from labelled import DOCUMENT, documents
from small import small_corpus

pytest.importorskip("label_studio_sdk")
from goldwire.corpus.tree import read_tree
from goldwire.model.profile import news
from goldwire.studio.convert.from_results import Malformed, from_results
from goldwire.studio.convert.to_results import Labels, to_results
from goldwire.studio.pull import pull
from goldwire.studio.save_checks import faults
from goldwire.studio.sync_state import SyncState
from goldwire.studio.task_data import new_tasks
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import SyncedSet


def results_of(drawn):
    return to_results(drawn.labels, [candidate["document"] for candidate in drawn.candidates])


def read(drawn, results, known=None):
    known = Labels(pairs=drawn.labels.pairs and []) if known is None else known
    return from_results(DOCUMENT, drawn.text, results, drawn.candidates, known, profile=news())


@settings(max_examples=300)
@given(documents(), st.randoms(use_true_random=False))
def test_labels_are_read_back_unchanged_from_results_in_any_order(drawn, random):
    results = json.loads(json.dumps(results_of(drawn)))
    random.shuffle(results)
    assert read(drawn, results, known=drawn.labels) == drawn.labels


def read_or_told(drawn, results):
    try:
        return read(drawn, results)
    except Malformed as error:
        return str(error)


OWN = [
    "labels",
    "choices",
    "taxonomy",
    "textarea",
    "relation",
    "entity",
    "quote",
    "text",
    "cue",
    "content",
    "left",
    "new",
]
OWN += [
    "relation_0",
    "passage_0",
    "same_0",
    "candidate_0",
    "own_0",
    "new_entity",
    "entity_id",
    "kind",
    "1",
    "distinct",
]
LONG = [
    "x" * 500,
    "\n",
    "relation_\n",
    "relation_" + "9" * 500,
    "\ud800",
    10**400,
    reduce(lambda inner, _: [inner], range(500), []),
]
words = st.sampled_from(OWN)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | words, inner, max_size=3),
    max_leaves=6,
)


def put(results, place, value):
    for key in place[:-1]:
        results = results[key]
    results[place[-1]] = value


def concerns(result):
    """The records that a result says something of, by what the ids of their regions or its control begin with."""
    if not isinstance(result, dict):
        return set()
    names = {str(result.get(key)).split("-c")[0] for key in ("id", "from_id", "to_id")}
    return {re.sub(r"-[ksh]+$", "", name) for name in names} | {str(result.get("from_name")).split("_")[-1]}


@settings(max_examples=500)
@given(st.data(), documents().filter(results_of), st.sampled_from(LONG) | words | anything)
def test_any_changed_value_is_reported_or_changes_no_other_record(data, drawn, value):
    results = results_of(drawn)
    place = data.draw(st.sampled_from([*places(results)]))
    touched = concerns(results[place[0]])
    put(results, place, value)
    touched |= concerns(results[place[0]])
    found = read_or_told(drawn, results)
    if isinstance(found, str):
        assert len(found.splitlines()) == 1
        assert len(found) < 300
        return
    for layer in ("mentions", "decoys", "quotes"):
        for record in getattr(drawn.labels, layer):
            assert record.id in touched or record in getattr(found, layer)
    numbers = {candidate["document"]: str(i) for i, candidate in enumerate(drawn.candidates)}
    for pair in drawn.labels.pairs or ():
        assert numbers[pair.a] in touched or pair in found.pairs


@pytest.mark.parametrize("judged", ["distinct", "nothing"])
@settings(max_examples=30)
@given(documents().filter(lambda drawn: any(pair.passages for pair in drawn.labels.pairs or ())))
def test_passages_of_a_candidate_that_is_not_a_duplicate_are_reported(judged, drawn):
    (pair, *_) = (pair for pair in drawn.labels.pairs if pair.passages)
    number = [candidate["document"] for candidate in drawn.candidates].index(pair.a)
    results = [
        one for one in results_of(drawn) if one.get("from_name") != f"relation_{number}" or judged == "distinct"
    ]
    for one in results:
        if one.get("from_name") == f"relation_{number}":
            one["value"]["choices"] = ["distinct"]
    with pytest.raises(Malformed, match=f"passages are marked, but you chose {judged}"):
        read(drawn, results)


@settings(max_examples=100)
@given(anything)
def test_any_value_instead_of_results_is_reported(value):
    with contextlib.suppress(Malformed):
        assert from_results(DOCUMENT, "text", value, [], Labels()) == Labels()


GOOD, BAD = "p-01", "p-02"


@pytest.fixture(scope="module")
def tasks(synced):
    """What a push sends, as JSON."""
    return json.dumps({task["data"]["document"]: task for task in new_tasks(synced.tree, synced.labels)})


@pytest.fixture(scope="module")
def synced(tmp_path_factory):
    folder = small_corpus(tmp_path_factory.mktemp("reading") / "copy", "reading", [GOOD, BAD])
    tree, _ = read_tree(folder)
    (labels,) = [found for found in tree.sets if found.name == "reading"]
    return SyncedSet(tree, labels, SyncState(folder / "base.json"), "own")


@settings(max_examples=150)
@given(st.data(), st.sampled_from(LONG) | words | anything)
def test_a_malformed_document_does_not_prevent_the_pull_of_another(synced, tasks, data, value):
    made = json.loads(tasks)
    results = {name: task["annotations"][0]["result"] for name, task in made.items()}
    changed = next(one for one in results[GOOD] if one["type"] == "taxonomy" and one["id"].endswith("e005"))
    changed["value"]["taxonomy"] = [["gpe-germany"]]
    put(results[BAD], data.draw(st.sampled_from([*places(results[BAD])])), value)
    chosen = [
        (Task(n, task["data"], task["meta"]), Work(n, 1, "2026-01-01T00:00:00Z", results[name], 0))
        for n, (name, task) in enumerate(made.items())
    ]
    pulled = pull(synced, chosen, {})
    assert [record.entity for record in pulled.labels.entities[GOOD]][-1] == "gpe-germany"
    told = faults(synced.tree.root, "reading", made[BAD]["data"], results[BAD])
    if pulled.faults:
        (fault,) = pulled.faults
        assert told
        kept = json.loads((synced.tree.root / fault.kept).read_text())
        assert json.dumps(kept["result"]) == json.dumps(results[BAD])
        assert list(pulled.labels.entities[BAD]) == list(synced.labels.entities[BAD])
