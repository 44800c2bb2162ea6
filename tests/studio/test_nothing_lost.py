"""Labels that a pull must not lose or bend: pairs alone, emptied documents, a region's own text, doubled tasks."""

import copy
import json
from dataclasses import replace

import pytest

pytest.importorskip("label_studio_sdk")

from comparing import A, labels, synced, task, work
from goldwire.corpus.jsonl import Table
from goldwire.model.records import Pair, Passage, Span
from goldwire.studio.convert.to_results import to_results
from goldwire.studio.pull import pull
from goldwire.studio.push import plan_push
from goldwire.studio.task_data import labels_in
from small import TEXT

SPAN = Span(start=0, end=len(TEXT), text=TEXT)


def with_pairs(on, count=1):
    """The set with no labels of its document but a pair that ends in it."""
    passages = [Passage(a=SPAN, b=SPAN)] * count
    pair = Pair(id=f"s-01_{A}", a="s-01", b=A, relation="near", direction=None, passages=passages)
    on.tree.corpus.texts["s-01"] = TEXT
    (_, document), *_ = on.tree.corpus.documents.rows
    on.tree.corpus.documents.rows.append((2, document.model_copy(update={"id": "s-01"})))
    return replace(on, labels=replace(on.labels, duplicates=Table("", [(1, pair)])))


def test_a_document_whose_only_labels_are_pairs_is_labelled(tmp_path):
    on = with_pairs(synced(tmp_path, None, None))
    assert labels_in(on.labels, A).pairs


def emptied(**layers):
    return replace(work("before"), results=to_results(replace(labels("before"), **layers), []))


@pytest.mark.parametrize(
    ("layers", "lost"),
    [
        ({"mentions": [], "quotes": [], "decoys": []}, "5 of 5 mentions"),
        ({"mentions": labels("before").mentions[:2]}, "3 of 5 mentions"),
        ({"mentions": labels("before").mentions[:3], "quotes": [], "decoys": []}, "4 of 7 labels"),
    ],
)
def test_an_annotation_that_removes_most_labels_is_a_conflict_to_confirm(tmp_path, layers, lost):
    on = synced(tmp_path, "before", "before")
    there = task(on, [emptied(**layers)], "before")
    pulled = pull(on, [(there, there.work[0])], {})
    assert not pulled.took
    assert pulled.conflicts
    assert pulled.notes == [f"{A}: the annotation in Label Studio removes {lost}"]
    assert list(pulled.labels.entities[A]) == labels("before").mentions
    kept = pull(on, [(there, there.work[0])], {A: "git"})
    assert (kept.took, kept.ahead) == (False, [A])


def test_removing_a_few_labels_is_an_ordinary_change(tmp_path):
    on = synced(tmp_path, "before", "before")
    there = task(on, [emptied(mentions=labels("before").mentions[:4], decoys=[])], "before")
    assert not pull(on, [(there, there.work[0])], {}).conflicts


@pytest.mark.parametrize("own", ["turdays,", 5, ["Peskov"], "peskov", "P\u0435skov"])
def test_a_region_whose_own_text_is_not_that_of_its_offsets_is_quarantined(tmp_path, own):
    on = synced(tmp_path, "before", "before")
    results = copy.deepcopy(work("studio's").results)
    results[0]["value"]["text"] = own
    there = task(on, [replace(work("studio's"), results=results)], "before")
    pulled = pull(on, [(there, there.work[0])], {})
    assert not pulled.took
    (fault,) = pulled.faults
    if isinstance(own, str):
        point = " (U+0065 at 1), but its own text is “P\u0435skov” (U+0435 at 1)" if "\u0435" in own else ", but"
        assert f"its offsets mark “Peskov”{point}" in fault.reason
    else:
        assert fault.reason.endswith(", expected 'Peskov'")
    assert json.loads((tmp_path / fault.kept).read_text())["result"] == results


def test_the_white_space_of_a_region_s_own_text_is_the_editor_s(tmp_path):
    on = synced(tmp_path, "before", "before")
    results = copy.deepcopy(work("studio's").results)
    over = "talks\nPeskov  said "
    for one in results:
        if one.get("from_name") == "quote" and one["value"]["labels"] == ["decoy"]:
            one["value"] |= {"start": 10, "end": 27, "text": over.replace("\n", "\\n")}
    there = task(on, [replace(work("studio's"), results=results)], "before")
    assert "own text" not in str(pull(on, [(there, there.work[0])], {}).faults)


def test_two_tasks_of_a_document_with_work_in_each_are_refused_and_both_are_named(tmp_path):
    on = synced(tmp_path, "before", "before")
    first = task(on, [work("studio's")], "before")
    second = replace(task(on, [work("git's", user=2)], "before"), id=8)
    pulled = pull(on, [(first, first.work[0]), (second, second.work[0])], {})
    assert not pulled.took
    (fault,) = pulled.faults
    assert "the tasks 7 and 8 show the same document" in fault.reason
    double = replace(task(on, [work("before")], "before"), id=8)
    assert not pull(on, [(double, double.work[0]), (first, first.work[0])], {}).conflicts


def test_a_document_with_more_passages_than_the_editor_shows_is_set_aside(tmp_path):
    on = with_pairs(synced(tmp_path, None, None), count=13)
    plan = plan_push(on, [])
    assert [(step.what, step.document) for step in plan.steps] == [("refuse", A), ("create", "s-01")]
    assert "13 passages" in plan.steps[0].why
    assert [made["data"]["document"] for made in plan.created] == ["s-01"]
