"""Labels between git and the real Label Studio: one side changed, and the other gets what changed."""

import json
import re

import httpx
import pytest

pytest.importorskip("label_studio_sdk")

from desk import A, B, C, region, to_germany, without
from goldwire.studio.project import find_project
from small import TEXT


def change_text(desk, document):
    """Put “Peskow” for the first “Peskov”, in the text, its hash and its labels, as a new build would."""
    import hashlib

    path, documents = desk.folder / f"corpus/text/{document}.txt", desk.folder / "corpus/documents.jsonl"
    text = path.read_text().replace("Peskov", "Peskow", 1)
    path.write_text(text)
    line = next(line for line in documents.read_text().splitlines() if f'"id":"{document}"' in line)
    old, new = (hashlib.sha256(t.encode()).hexdigest() for t in (TEXT, text))
    documents.write_text(documents.read_text().replace(line, line.replace(old, new)))
    desk.rewrite(
        document,
        f'{document}-e001","start":0,"end":6,"text":"Peskov"',
        f'{document}-e001","start":0,"end":6,"text":"Peskow"',
    )


def test_push_makes_every_task_once(make_desk):
    desk = make_desk()
    status, steps, _ = desk("push", "--dry-run")
    assert (status, steps[0]) == (0, f"create {A}: 5 mentions, 1 quotes, 1 decoys")
    assert find_project(desk.client, desk.name) is None
    assert desk("push")[1] == steps
    first = [(task.id, work.id, work.at) for task in desk.tasks() for work in task.work]
    assert desk("push")[:2] == (0, [])
    assert [(task.id, work.id, work.at) for task in desk.tasks() for work in task.work] == first
    assert desk("pull")[:2] == (0, [])
    assert desk.changes() == []


def test_a_push_with_nothing_to_do_sends_no_write(desk, monkeypatch):
    requests, send = [], httpx.Client.send

    def noting(self, request, **options):
        requests.append(request.method)
        return send(self, request, **options)

    monkeypatch.setattr(httpx.Client, "send", noting)
    assert desk("push")[:2] == (0, [])
    assert set(requests) == {"GET"}


def test_changes_in_git_are_pushed(desk):
    desk.rewrite(B, "gpe-russia", "gpe-germany")
    assert desk("push", "--dry-run")[1] == [f"update {B}: 5 mentions, 1 quotes, 1 decoys"]
    assert desk("push")[:2] == (0, [f"update {B}: 5 mentions, 1 quotes, 1 decoys"])
    assert '["gpe-germany"]' in json.dumps(desk.task(B).submitted[-1].results)
    assert desk("push")[:2] == desk("pull")[:2] == (0, [])


def test_an_annotator_s_changes_are_pulled_and_not_overwritten_by_push(desk):
    desk.save(B, to_germany(B))
    status, steps, _ = desk("push")
    assert (status, steps) == (0, [f"pull {B}: Label Studio has work that was not pulled"])
    assert desk("pull")[:2] == (0, [f"annotations/{desk.name}/entities/{B}.jsonl"])
    assert desk.records(B)[4]["entity"] == "gpe-germany"
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])


def test_a_new_region_keeps_its_number_from_pull_to_pull(desk):
    desk.save(A, lambda results: without(f"{A}-e003")(results) + region("aB3_x", "talks", "ORG", "org-kremlin"))
    desk("pull")
    assert [record["id"][-4:] for record in desk.records(A)] == ["e001", "e006", "e002", "e004", "e005"]
    before = desk.file(A).read_bytes()
    assert desk("pull")[:2] == (0, [])
    assert desk.file(A).read_bytes() == before


def test_a_number_is_not_given_twice(desk):
    desk.save(A, without(f"{A}-e005"))
    desk("pull")
    assert [record["id"][-4:] for record in desk.records(A)] == ["e001", "e002", "e003", "e004"]
    desk.save(A, lambda results: results + region("new1", "Russia", "GPE", "gpe-russia"))
    desk("pull")
    assert desk.records(A)[-1]["id"] == f"{A}-e006"
    desk.save(A, without("new1"))
    desk("pull")
    (desk.folder / ".goldwire/studio/base").rename(desk.folder / ".goldwire/studio/elsewhere")  # a fresh clone
    desk.save(A, lambda results: results + region("new2", "Russia", "GPE", "gpe-russia"))
    assert desk("pull", "--resolve", f"studio:{A}")[0] == 0
    assert desk.records(A)[-1]["id"] == f"{A}-e006"  # e005 is in git's history, e006 never was


def test_a_text_that_changed_under_labels_is_refused_both_ways(desk):
    change_text(desk, C)
    status, steps, _ = desk("push")
    assert (status, len(steps)) == (1, 1)
    assert steps[0].startswith(f"refuse {C}: its text changed under the labels in Label Studio; --resolve git:{C}")
    status, changed, said = desk("pull")
    assert (status, changed) == (1, [])
    assert f"({C}): its text differs from the corpus's; run push" in said
    assert desk("push", "--resolve", f"git:{C}")[0] == 0
    assert desk.task(C).data["text"].startswith("Peskow")
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])


def test_a_changed_text_without_labels_is_updated(make_desk):
    desk = make_desk(labelled=False)
    desk("push")
    path = desk.folder / f"annotations/{desk.name}/entities"
    path.mkdir()
    desk.file(C).write_text(f'{{"id":"{C}-e001","start":0,"end":6,"text":"Peskov"}}')  # for change_text alone
    change_text(desk, C)
    desk.file(C).unlink()
    assert desk("push")[:2] == (0, [f"update {C}: its data alone"])
    assert desk.task(C).data["text"].startswith("Peskow")


def test_a_doubled_task_is_removed_unless_it_has_work(desk):
    desk_tasks = desk.tasks()
    project = find_project(desk.client, desk.name).id
    for document in (A, B):
        task = next(task for task in desk_tasks if task.document == document)
        double = {"data": task.data, "meta": task.meta, "annotations": [{"result": task.work[0].results}]}
        desk.client.projects.import_tasks(project, request=[double])
    first, second = sorted(task.id for task in desk.tasks() if task.document == B)
    for task in desk.tasks():
        if task.document == B:
            desk.client.annotations.update(task.work[0].id, result=to_germany(B)(task.work[0].results))
    status, steps, _ = desk("push")
    assert status == 1
    assert any(re.fullmatch(rf"remove {A}: task \d+ doubles another, and nobody touched it", step) for step in steps)
    assert (
        f"refuse {B}: the tasks {first} and {second} show the same document, and each has work in it; delete all but one"
        in steps
    )
    assert desk.task(A).work


def test_a_deleted_annotation_or_task_is_named_and_pushed_again_and_git_keeps_its_labels(desk):
    desk.client.annotations.delete(desk.task(A).submitted[-1].id)
    desk.client.tasks.delete(str(desk.task(B).id))
    status, changed, said = desk("pull")
    assert (status, changed) == (0, [])
    assert f"the labels of {A}, {B} were deleted in Label Studio; git keeps them, push shows them again" in said
    assert desk("push")[:2] == (
        0,
        [f"update {A}: 5 mentions, 1 quotes, 1 decoys", f"create {B}: 5 mentions, 1 quotes, 1 decoys"],
    )
    assert desk("push")[:2] == (0, [])
    status, changed, said = desk("pull")
    assert (status, changed) == (0, [])
    assert "deleted" not in said
