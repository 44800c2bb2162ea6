"""Several annotators in one project: drafts, sets of their own, predictions to start from, and the state of the work."""

import copy
import json
import re
from dataclasses import replace

import pytest

pytest.importorskip("label_studio_sdk")

from desk import A, B, C, decoy, region, sign_up, to_germany
from goldwire.corpus.annotation_sets import write_set
from goldwire.corpus.jsonl import Table
from goldwire.studio.project import find_project
from goldwire.studio.server.task_list import agreement
from repository import ROOT
from small import small_set


def test_drafts_are_listed_and_pulled_with_an_option(desk, studio):
    task = desk.task(A)
    draft = to_germany(A)(copy.deepcopy(task.submitted[-1].results))
    client = desk.client._client_wrapper.httpx_client
    path = f"api/tasks/{task.id}/annotations/{task.submitted[-1].id}/drafts"
    assert client.request(path, method="POST", json={"result": draft, "lead_time": 3.5}).status_code == 201
    status, changed, said = desk("pull")
    assert (status, changed) == (0, [])
    assert f"drafts of {A} are not submitted" in said
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    assert desk("push")[1] == [
        f"refuse {A}: somebody has begun a draft; --resolve git:{A} replaces it with git's version"
    ]
    desk.rewrite(A, '"entity":"gpe-ussr"', '"entity":"gpe-russia"')
    assert desk("pull", "--drafts")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])


def test_a_draft_is_ignored_once_its_owner_has_submitted(make_desk, studio):
    desk = make_desk([A, B])
    desk("push")
    client = desk.client._client_wrapper.httpx_client
    task = desk.task(A)
    draft = {"result": task.submitted[-1].results, "lead_time": 3.5}
    assert client.request(f"api/tasks/{task.id}/drafts", method="POST", json=draft).status_code == 201
    assert [work.draft for work in desk.task(A).work] == [False, True]
    desk.save(A, to_germany(A))
    assert [work.draft for work in desk.task(A).work] == [False]
    status, changed, said = desk("pull")
    assert (status, changed) == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])
    assert "draft" not in said


def test_a_draft_of_one_annotation_is_not_overtaken_by_another(make_desk, studio):
    desk = make_desk([A, B])
    desk("push")
    client = desk.client._client_wrapper.httpx_client
    task = desk.task(A)
    first = task.submitted[-1]
    draft = {"result": first.results, "lead_time": 3.5}
    address = f"api/tasks/{task.id}/annotations/{first.id}/drafts"
    assert client.request(address, method="POST", json=draft).status_code == 201
    desk.client.annotations.create(id=task.id, result=list(first.results))
    assert [work.draft for work in desk.task(A).work].count(True) == 1


def test_a_set_is_made_only_with_an_option(make_desk):
    desk = make_desk()
    desk.at[1] = other = f"{desk.name}-new"
    status, _, said = desk("push")
    assert (status, said) == (
        2,
        f"goldwire: no set annotations/{other}; expected one of gold, {desk.name}, or --new to make it\n",
    )
    assert desk("pull", "--new")[2].startswith("goldwire: http")
    assert desk("push", "--new")[0] == 0
    task = next(task for task in desk.tasks() if task.document == A)
    whole = region("x", "Moscow", "GPE", "gpe-moscow") + decoy("y", "“will talk”") + decoy("z", "“a freeze”")
    desk.client.annotations.create(task.id, result=whole)
    folder = f"annotations/{other}"
    assert desk("pull", "--new")[:2] == (0, [
        f"{folder}/{path}" for path in
        ("decoys/s-01.jsonl", "entities/s-01.jsonl", "quotes/s-01.jsonl", "set.json")
    ])  # fmt: skip
    assert json.loads((desk.folder / folder / "set.json").read_text())["entities"] == {A: "complete"}


def test_a_system_s_output_is_shown_as_predictions_once_and_never_as_labels(desk):
    system = small_set("system-x", [A, B])
    rows = [(line, record.model_copy(update={"id": None})) for line, record in system.entities[A].rows]
    system.entities[A] = Table(system.entities[A].path, rows)
    write_set(desk.folder, replace(system, info=system.info.model_copy(update={"kind": "system"})))
    assert desk("push", "--as-predictions", "system-x")[:2] == (0, [f"predict {A}", f"predict {B}"])
    assert desk("push", "--as-predictions", "system-x")[:2] == (0, [])
    predictions = desk.client.predictions.list(project=find_project(desk.client, desk.name).id)
    assert {(p.task, p.model_version) for p in predictions} == {(desk.task(d).id, "system-x") for d in (A, B)}
    ids = [one["id"] for one in predictions[0].result if one["type"] == "labels"]
    assert len(set(ids)) == len(ids) == 5 + 1 + 1 + 1 + 1  # mentions, content, cue, speaker, decoy
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])
    desk.client.annotations.delete(desk.task(A).submitted[-1].id)
    desk.client.annotations.create(desk.task(A).id, result=predictions[0].result)  # an annotator accepts all of it
    desk("pull")
    assert [record["id"] for record in desk.records(A)] == [f"{A}-e00{n}" for n in range(1, 6)]
    desk.at[1] = "system-x"
    assert "system's output; show it to annotators with --as-predictions" in desk("push")[2]


def test_each_annotator_s_work_is_pulled_into_a_set_of_its_own(desk, studio):
    name = f"anna{desk.name[5:]}"
    anna = sign_up(studio, desk.client, f"{name}@example.org")
    results = to_germany(A)(copy.deepcopy(desk.task(A).submitted[-1].results))
    answer = anna.post(
        f"/api/tasks/{desk.task(A).id}/annotations/", json={"result": results},
        headers={"X-CSRFToken": anna.cookies["csrftoken"]},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    status, changed, _ = desk("pull", "--by-annotator")
    paths = [f"annotations/{name}/{layer}/{A}.jsonl" for layer in ("decoys", "entities", "quotes")]
    assert (status, changed) == (0, [*paths, f"annotations/{name}/set.json"])
    assert desk("pull", "--by-annotator", "--as", f"{name}@example.org={name}")[:2] == (0, [])
    assert desk("pull", "--by-annotator", "--as", f"{name}@example.org=gold")[0] == 2
    status, changed, said = desk("pull")
    assert f"several people annotated {A}; the newest counts" in said


def test_status_lists_every_document_and_annotator(make_desk, studio):
    desk = make_desk([A, B, C, "s-04"])
    desk("push")
    desk.save(A, to_germany(A))
    name = f"bert{desk.name[5:]}"
    bert = sign_up(studio, desk.client, f"{name}@example.org")
    own = studio.credentials["user"]
    for document in (A, B):
        results = copy.deepcopy(desk.task(document).submitted[0].results)
        body = {"result": to_germany(document)(results), "lead_time": 90.0}
        headers = {"X-CSRFToken": bert.cookies["csrftoken"]}
        assert bert.post(f"/api/tasks/{desk.task(document).id}/annotations/", json=body, headers=headers).is_success
    draft = {"result": desk.task(C).submitted[0].results, "lead_time": 30.0}
    work = desk.task(C).submitted[0].id
    bert.post(f"/api/tasks/{desk.task(C).id}/annotations/{work}/drafts", json=draft, headers=headers)
    _, lines, _ = desk("status", "--json")
    told = json.loads("\n".join(lines))
    states = {(row["document"], row["annotator"]): (row["state"], row["minutes"]) for row in told["rows"]}
    bert_s = f"{name}@example.org"
    assert states == {
        (A, own): ("submitted", 0.0),
        (A, bert_s): ("submitted", 1.5),
        (B, bert_s): ("submitted", 1.5),
        (C, bert_s): ("in progress", 0.5),
        ("s-04", None): ("untouched", 0.0),
    }
    agreed = {row["measure"]: row["value"] for row in told["agreement"]}
    assert agreed["span and type, F1"] == agreed["content, all fragments, F1"] == 1.0
    desk("pull")
    desk.rewrite("s-04", '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    lines = desk("status")[1]
    assert re.search(rf"^{A} +{own} +pulled +5 +1 +0.0$", "\n".join(lines), re.M)
    assert re.search(r"^s-04 +– +differs from git +5 +1 +0.0$", "\n".join(lines), re.M)
    assert lines[-1].endswith("3.5 minutes in total")


def test_the_task_list_tells_annotators_with_equal_initials_apart(make_desk, studio):
    desk = make_desk([A, B, C, "s-04"])
    desk("push")
    project = find_project(desk.client, desk.name).id
    for name, documents in ((f"anna{desk.name[5:]}", (A, B)), (f"andrew{desk.name[5:]}", (A, C))):
        session = sign_up(studio, desk.client, f"{name}@example.org")
        headers = {"X-CSRFToken": session.cookies["csrftoken"]}
        first, second = map(desk.task, documents)
        body = {"result": copy.deepcopy(first.submitted[0].results), "lead_time": 9.0}
        assert session.post(f"/api/tasks/{first.id}/annotations/", json=body, headers=headers).is_success
        drafts = f"/api/tasks/{second.id}/annotations/{second.submitted[0].id}/drafts"
        assert session.post(drafts, json=body, headers=headers).is_success
    view = session.get(f"/api/dm/views/?project={project}").json()[0]["id"]
    columns = session.get(f"/api/dm/columns?project={project}").json()["columns"]
    assert [one["title"] for one in columns if one["id"] == "state"] == ["state"]
    listed = session.get(f"/api/tasks?view={view}&project={project}").json()["tasks"]
    n = desk.name[5:]
    assert {task["data"]["document"]: task["data"]["state"] for task in listed} == {
        A: f"submitted: anna{n}; submitted: andrew{n}",
        B: f"draft: anna{n}",
        C: f"draft: andrew{n}",
        "s-04": "from git",
    }
    assert not any("state" in task.data for task in desk.tasks())  # it belongs to the list alone


def test_the_project_of_gold_shows_how_far_annotators_agree():
    assert agreement(ROOT, "000-05") == "names 1.00, quotes 0.88"
    assert agreement(ROOT, "000-03") == ""  # no pass has it
