"""Which side changed a document, and what push, pull and status make of it: the table of docs/studio.md, in memory."""

import re
from dataclasses import replace

import pytest

pytest.importorskip("label_studio_sdk")

from comparing import A, a_set, labels, synced, task, work
from goldwire.corpus.jsonl import Table
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import SHIPPED, Profile
from goldwire.model.records import Pair
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.pull import merge, pull
from goldwire.studio.push import plan_push
from goldwire.studio.selection import by_person
from goldwire.studio.status import status_of
from goldwire.studio.tasks import Task, Work
from repository import ROOT
from small import TEXT

# What git has, what Label Studio has, the base, what was pushed last: what push does, what pull does, the state.
CASES = {
    "nothing changed": ("before", "before", "before", "before", "leave", "leave", "untouched"),
    "git changed": ("git's", "before", "before", "before", "update", "ahead", "differs from git"),
    "Label Studio changed": ("before", "studio's", "before", "before", "pull", "take", "submitted"),
    "both changed": ("git's", "studio's", "before", "before", "refuse", "refuse", "both changed"),
    "both changed alike": ("git's", "git's", "before", "before", "leave", "leave", "pulled"),
    "a clone where nothing changed": ("before", "before", None, "before", "leave", "leave", "untouched"),
    "a clone where git changed": ("git's", "before", None, "before", "update", "ahead", "differs from git"),
    "a clone where Label Studio changed": ("before", "studio's", None, "before", "pull", "take", "submitted"),
    "a clone where both changed": ("git's", "studio's", None, "before", "refuse", "refuse", "both changed"),
    "a clone, and nothing known of a push": ("git's", "studio's", None, None, "refuse", "refuse", "both changed"),
    "git has no labels yet": (None, "studio's", None, None, "leave", "take", "submitted"),
}


def outcome(on, name, resolve=None):
    """What pull does with a task, in one word."""
    pulled = pull(on, [(name, name.work[-1])], resolve or {})
    done = {"take": pulled.took, "ahead": pulled.ahead == [A], "refuse": bool(pulled.conflicts or pulled.faults)}
    assert sum(done.values()) <= 1
    return next((word for word, is_so in done.items() if is_so), "leave")


@pytest.mark.parametrize("case", CASES)
def test_push_pull_and_status_of_a_document(tmp_path, case):
    git, studio, base, pushed, on_push, on_pull, state = CASES[case]
    on = synced(tmp_path, git, base)
    there = task(on, [work(studio)], pushed)
    assert [step.what for step in plan_push(on, [there]).steps] == [on_push]
    assert outcome(on, there) == on_pull
    (row,) = status_of([there], {1: "anna@example.org"}, {None: on}).rows
    assert row.state == state


def test_a_judged_document_without_pairs_is_pulled_where_pairs_are_all_that_is_labelled(tmp_path):
    on = synced(tmp_path, None, None)
    duplicates = Profile.model_validate_json((SHIPPED / "duplicates.json").read_bytes())
    on = replace(on, tree=replace(on.tree, profile=duplicates))
    on.state.agree(A, Labels())
    there = task(on, [Work(1, 1, "2026-01-01T00:00:00Z", [], 60.0)], None)
    assert [step.what for step in plan_push(on, [there]).steps] == ["leave"]
    (row,) = status_of([there], {1: "anna@example.org"}, {None: on}).rows
    assert row.state == "pulled"


WORDS = {"takes it": "take", "leaves it": "leave", "leaves it; git is ahead": "ahead", "updates the task": "update"}
WORDS |= {
    "reports that there is work to pull": "pull",
    "refuses": "refuse",
    "refuses, and shows every record that differs": "refuse",
}


def test_the_table_in_the_docs_has_the_same_outcomes():
    table = re.findall(
        r"^\| (unchanged|changed) \| (unchanged|changed) \| (.+?) \| (.+?) \|$",
        (ROOT / "docs/studio.md").read_text(),
        re.M,
    )
    told = {(git, studio): (WORDS[on_push], WORDS[on_pull]) for git, studio, on_push, on_pull in table}
    cases = ("nothing changed", "git changed", "Label Studio changed", "both changed")
    side = {"before": "unchanged"}
    assert told == {
        (side.get(CASES[case][0], "changed"), side.get(CASES[case][1], "changed")): CASES[case][4:6] for case in cases
    }


@pytest.mark.parametrize(("side", "then"), [("git", "ahead"), ("studio", "take")])
def test_a_conflict_is_resolved_for_the_side_that_is_named(tmp_path, side, then):
    on = synced(tmp_path, "git's", "before")
    there = task(on, [work("studio's")], "before")
    assert outcome(on, there, {A: side}) == then
    plan = plan_push(on, [there], [A])
    assert [(step.what, update.forced) for step, update in zip(plan.steps, plan.updated, strict=True)] == [
        ("update", True)
    ]


OLD_TEXT = {"text": TEXT.replace("Peskov", "Peskow"), "sha256": "0" * 64}
MALFORMED = replace(work("before"), results=[{"id": "x", "type": "ellipse"}])


@pytest.mark.parametrize(
    ("version", "found", "data", "why", "on_pull", "state"),
    [
        ("before", work("before"), OLD_TEXT, "its text changed under the labels in Label Studio", "refuse", "differs from git"),
        ("before", MALFORMED, {}, "its labels in Label Studio are malformed (pull says how)", "refuse", "malformed"),
        ("git's", work("before", draft=True), {}, "git has labels of it", "ahead", "in progress"),
        ("git's", work("before", skipped=True), {}, "git has labels of it", "ahead", "skipped"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_or_is_not_submitted(tmp_path, version, found, data, why, on_pull, state):
    on = synced(tmp_path, version, "before")
    there = task(on, [found], "before", **data)
    (step,) = plan_push(on, [there]).steps
    assert step.why.startswith(why) if step.what == "refuse" else step.what == "update"
    assert outcome(on, there) == on_pull
    (row,) = status_of([there], {1: "anna@example.org"}, {None: on}).rows
    assert row.state == state


def test_push_refuses_a_document_that_somebody_has_a_draft_of(tmp_path):
    on = synced(tmp_path, "git's", "before")
    there = task(on, [work("before"), work("studio's", user=2, draft=True)], "before")
    (step,) = plan_push(on, [there]).steps
    assert str(step) == f"refuse {A}: somebody has begun a draft; --resolve git:{A} replaces it with git's version"


def test_a_document_without_a_task_gets_one_and_a_task_without_a_document_is_reported(tmp_path):
    on = synced(tmp_path, "before", None)
    stray = Task(9, {"document": "gone"}, {})
    assert [(step.what, step.document) for step in plan_push(on, [stray]).steps] == [("create", A), ("stray", "gone")]


def test_of_two_tasks_of_a_document_the_one_that_nobody_touched_is_removed(tmp_path):
    on = synced(tmp_path, "before", "before")
    touched, double = (task(on, [work(version)], "before") for version in ("studio's", "before"))
    plan = plan_push(on, [touched, replace(double, id=8)])
    assert (plan.removed, [step.what for step in plan.steps]) == ([8], ["remove", "pull"])
    both = plan_push(on, [touched, replace(touched, id=8)])
    assert (both.removed, [step.what for step in both.steps]) == ([], ["refuse"])


@pytest.mark.parametrize(
    ("kind", "declared", "drafts", "then"),
    [
        ("annotator", {}, [], "complete"),
        ("annotator", {A: "partial"}, [], "complete"),
        ("annotator", {}, [A], "partial"),
        ("gold", {}, [], "partial"),
        ("gold", {A: "complete"}, [], "complete"),
        ("gold", {A: "complete"}, [A], "complete"),
    ],
)
def test_merged_labels_replace_the_document_s_and_are_declared(kind, declared, drafts, then):
    layers = dict.fromkeys(("entities", "quotes", "decoys"), declared)
    found = merge(a_set("before", kind=kind, **layers), {A: labels("studio's")}, drafts)
    assert list(found.entities[A]) == labels("studio's").mentions
    assert {layer[A] for layer in (found.info.entities, found.info.quotes, found.info.decoys)} == {then}
    assert (found.duplicates, found.info.duplicates) == (None, "none")


def test_merged_pairs_replace_those_whose_later_document_was_compared_again():
    def pair(a, b, relation="exact"):
        return Pair(id=f"{a}_{b}", a=a, b=b, relation=relation, direction=None, passages=[])

    old = replace(a_set("before"), duplicates=Table("", [(1, pair("s-01", A)), (2, pair("s-02", "u-01"))]))
    found = merge(old, {A: replace(labels("before"), pairs=[pair("s-02", A, "near")])})
    assert [(each.id, each.relation) for each in found.duplicates] == [("s-02_u-01", "exact"), (f"s-02_{A}", "near")]
    assert found.info.duplicates == {A: "complete"}
    assert list(merge(old, {A: labels("before")}).duplicates) == list(
        old.duplicates
    )  # it was not compared: pairs stay


PEOPLE = {1: "Anna.B@example.org", 2: "ben@example.org", 3: "anna-b@elsewhere.org"}


@pytest.mark.parametrize(
    ("found", "names", "sets"),
    [
        ([work("studio's")], {}, {"anna-b": [1]}),
        ([work("studio's"), work("git's", 2)], {}, {"anna-b": [1], "ben": [2]}),
        ([work("studio's"), work("git's", 2)], {"ben@example.org": "pass-d"}, {"anna-b": [1], "pass-d": [2]}),
        ([work("before"), work("git's", 2)], {}, {"ben": [2]}),
        ([work("studio's", draft=True)], {}, {}),
        ([replace(work("studio's"), user=9)], {}, {"user-9": [1]}),
        ([work("studio's"), work("git's", 3)], {}, "Anna.B@example.org and anna-b@elsewhere.org would share the set anna-b"),
    ],
)  # fmt: skip
def test_each_annotator_s_work_goes_into_a_set_of_its_own(tmp_path, found, names, sets):
    there = task(synced(tmp_path, "before", "before"), found, "before")
    if isinstance(sets, str):
        with pytest.raises(GoldwireError, match=re.escape(sets)):
            by_person([there], PEOPLE, names)
        return
    chosen = by_person([there], PEOPLE, names)
    assert {name: [each.id for _, each in works] for name, works in chosen.items()} == sets


def test_documents_outside_a_subset_are_neither_created_nor_touched(tmp_path):
    on = synced(tmp_path, "git's", "before")
    there = task(on, [work("studio's")], "before")
    assert plan_push(on, [there], documents=[]).steps == plan_push(on, [], documents=[]).steps == []
    assert [step.what for step in plan_push(on, [], documents=[A]).steps] == ["create"]
