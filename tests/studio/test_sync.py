"""Labels between git and the real Label Studio: nothing is lost, nothing is overwritten, what differs is told."""

import copy
import json
import re
from dataclasses import replace
from itertools import count

import pytest

from goldwire.cli.main import main
from goldwire.corpus.annotation_sets import write_set
from goldwire.corpus.jsonl import Table
from repository import git
from small import TEXT, small_corpus, small_set, span

pytest.importorskip("label_studio_sdk")
import httpx

from goldwire.studio.project import find_project
from goldwire.studio.tasks import read_tasks

NUMBERS = count(1)
A, B, C = "s-01", "s-02", "s-03"


class Desk:
    """A small corpus and its project on the real server, worked from the command line and from the other side."""

    def __init__(self, folder, name, studio, client, capsys):
        self.folder, self.name, self.client, self.capsys = folder, name, client, capsys
        self.at = ["--set", name, "--url", studio.base]

    def __call__(self, verb, *arguments):
        """Run a verb of goldwire studio; return its status, and the lines it printed and said."""
        self.capsys.readouterr()
        status = main(["studio", verb, *self.at, *arguments, str(self.folder)])
        printed = self.capsys.readouterr()
        return status, printed.out.splitlines(), printed.err

    def tasks(self):
        return read_tasks(self.client, find_project(self.client, self.at[1]).id)

    def task(self, document):
        (task,) = [task for task in self.tasks() if task.document == document]
        return task

    def save(self, document, edit):
        """Save what somebody made of the annotation of a document in the editor."""
        work = self.task(document).submitted[-1]
        self.client.annotations.update(work.id, result=edit(copy.deepcopy(work.results)))

    def file(self, document, layer="entities"):
        return self.folder / "annotations" / self.name / layer / f"{document}.jsonl"

    def records(self, document, layer="entities"):
        return [json.loads(line) for line in self.file(document, layer).read_text().splitlines()]

    def rewrite(self, document, old, new, layer="entities"):
        text = self.file(document, layer).read_text()
        assert old in text
        self.file(document, layer).write_text(text.replace(old, new))

    def changes(self):
        return git(self.folder, "status", "--porcelain", "annotations").stdout.split()[1::2]


@pytest.fixture
def make_desk(tmp_path, studio, client, capsys, monkeypatch):
    def make(documents=(A, B, C), **how):
        name = f"sync-{next(NUMBERS)}"
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        return Desk(small_corpus(tmp_path / name, name, documents, **how), name, studio, client, capsys)

    return make


@pytest.fixture
def desk(make_desk):
    made = make_desk()
    made("push")
    return made


def region(name, words, label, entity, nth=0):
    value = span(words, nth)
    return [
        {"id": name, "from_name": "entity", "to_name": "text", "type": "labels", "value": {**value, "labels": [label]}},
        {"id": name, "from_name": "entity_id", "to_name": "text", "type": "taxonomy",
         "value": {**value, "taxonomy": [[entity]]}},
    ]  # fmt: skip


def decoy(name, words):
    value = span(words)
    return [
        {"id": name, "from_name": "quote", "to_name": "text", "type": "labels", "value": {**value, "labels": ["decoy"]}},
        {"id": name, "from_name": "reason", "to_name": "text", "type": "choices", "value": {**value, "choices": ["scare"]}},
    ]  # fmt: skip


def without(name):
    return lambda results: [one for one in results if one.get("id") != name]


def to_germany(document):
    def edit(results):
        for one in results:
            if one.get("id") == f"{document}-e005" and one["type"] == "taxonomy":
                one["value"]["taxonomy"] = [["gpe-germany"]]
        return results

    return edit


def test_push_makes_every_task_once_and_then_leaves_them_alone(make_desk):
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


def test_a_push_with_nothing_to_do_only_asks(desk, monkeypatch):
    requests, send = [], httpx.Client.send

    def noting(self, request, **options):
        requests.append(request.method)
        return send(self, request, **options)

    monkeypatch.setattr(httpx.Client, "send", noting)
    assert desk("push")[:2] == (0, [])
    assert set(requests) == {"GET"}


def test_what_git_changed_is_pushed(desk):
    desk.rewrite(B, "gpe-russia", "gpe-germany")
    assert desk("push", "--dry-run")[1] == [f"update {B}: 5 mentions, 1 quotes, 1 decoys"]
    assert desk("push")[:2] == (0, [f"update {B}: 5 mentions, 1 quotes, 1 decoys"])
    assert '["gpe-germany"]' in json.dumps(desk.task(B).submitted[-1].results)
    assert desk("push")[:2] == desk("pull")[:2] == (0, [])


def test_what_an_annotator_changed_is_pulled_and_never_pushed_over(desk):
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


def test_both_sides_changed_is_told_record_by_record_and_settled_by_name(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    here = desk.file(A).read_bytes()
    status, changed, said = desk("pull")
    assert (status, changed) == (1, [])
    place = f"[{span('Russia')['start']}:{span('Russia')['end']}] “Russia” GPE"
    told = f"{A}: {A}-e005\n  before  {place} gpe-russia\n  git     {place} gpe-ussr\n  studio  {place} gpe-germany\n"
    assert told in said
    assert f"--resolve git:{A} or --resolve studio:{A}" in said
    status, steps, _ = desk("push")
    assert (status, steps[0][: len(f"refuse {A}")]) == (1, f"refuse {A}")
    assert desk.file(A).read_bytes() == here
    assert desk("pull", "--resolve", f"studio:{A}")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])
    assert desk.records(A)[4]["entity"] == "gpe-germany"
    assert desk("push")[:2] == (0, [])


def test_a_conflict_settled_for_git_keeps_the_other_side_aside(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    assert desk("push", "--resolve", f"git:{A}")[0] == 0
    assert desk("pull")[:2] == (0, [])
    assert desk.records(A)[4]["entity"] == "gpe-ussr"
    (kept,) = (desk.folder / ".goldwire/studio/quarantine").glob("*.json")
    assert '"gpe-germany"' in kept.read_text()


def test_a_conflict_settled_for_git_by_a_pull_is_pushed_by_the_next_push(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    assert desk("pull", "--resolve", f"git:{A}")[:2] == (0, [])
    assert desk("push")[:2] == (0, [f"update {A}: 5 mentions, 1 quotes, 1 decoys"])
    assert (
        desk("pull", "--resolve", "git:s-99")[2]
        == f"goldwire: --resolve s-99: no such document in {desk.folder}/corpus\n"
    )
    assert desk("pull", "--resolve", "mine:s-01")[2].startswith("goldwire: --resolve mine: no such side")


def test_a_clone_without_a_memory_takes_what_one_side_alone_changed(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(B, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    (desk.folder / ".goldwire/studio/base").rename(desk.folder / "elsewhere")
    assert desk("pull")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])
    assert desk("push")[:2] == (0, [f"update {B}: 5 mentions, 1 quotes, 1 decoys"])


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


def test_a_text_that_changed_under_labels_is_refused_both_ways(desk):
    change_text(desk, C)
    status, steps, _ = desk("push")
    assert (status, len(steps)) == (1, 1)
    assert steps[0].startswith(f"refuse {C}: its text changed under the labels in Label Studio; --resolve git:{C}")
    status, changed, said = desk("pull")
    assert (status, changed) == (1, [])
    assert f"({C}): its text is not the corpus's any more" in said
    assert desk("push", "--resolve", f"git:{C}")[0] == 0
    assert desk.task(C).data["text"].startswith("Peskow")
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])


def test_a_text_that_nobody_labelled_is_simply_brought_up_to_date(make_desk):
    desk = make_desk(labelled=False)
    desk("push")
    path = desk.folder / f"annotations/{desk.name}/entities"
    path.mkdir()
    desk.file(C).write_text(f'{{"id":"{C}-e001","start":0,"end":6,"text":"Peskov"}}')  # for change_text alone
    change_text(desk, C)
    desk.file(C).unlink()
    assert desk("push")[:2] == (0, [f"update {C}: its data alone"])
    assert desk.task(C).data["text"].startswith("Peskow")


def test_drafts_are_told_of_and_taken_when_asked_for(desk, studio):
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
        f"refuse {A}: somebody has begun a draft; --resolve git:{A} puts git's version in its place"
    ]
    desk.rewrite(A, '"entity":"gpe-ussr"', '"entity":"gpe-russia"')
    assert desk("pull", "--drafts")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])


def test_a_draft_that_its_owner_overtook_by_submitting_is_nobody_s_work(make_desk, studio):
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


def test_a_task_doubled_by_a_killed_push_is_taken_away_unless_somebody_worked_in_it(desk):
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
    assert f"refuse {B}: the tasks {first} and {second} are all of it, with work in each; delete all but one" in steps
    assert desk.task(A).work


def test_an_annotation_somebody_deleted_is_put_back_and_git_keeps_its_labels(desk):
    desk.client.annotations.delete(desk.task(A).submitted[-1].id)
    assert desk("pull")[:2] == (0, [])
    assert desk("push")[:2] == (0, [f"update {A}: 5 mentions, 1 quotes, 1 decoys"])
    assert desk("push")[:2] == desk("pull")[:2] == (0, [])


def test_a_set_is_begun_only_when_asked_for(make_desk):
    desk = make_desk()
    desk.at[1] = other = f"{desk.name}-new"
    status, _, said = desk("push")
    assert (status, said) == (
        2,
        f"goldwire: no set annotations/{other}; there are gold, {desk.name}, and --new begins another\n",
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
    assert len(set(ids)) == len(ids) == 5 + 1 + 1 + 1 + 1 + 1
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])
    desk.client.annotations.delete(desk.task(A).submitted[-1].id)
    desk.client.annotations.create(desk.task(A).id, result=predictions[0].result)  # an annotator accepts all of it
    desk("pull")
    assert [record["id"] for record in desk.records(A)] == [f"{A}-e00{n}" for n in range(1, 6)]
    desk.at[1] = "system-x"
    assert "system's output; show it to annotators with --as-predictions" in desk("push")[2]


def sign_up(studio, client, address):
    """A second annotator, who signs up by the invite link as a person would; return their session."""
    import httpx

    token = (
        client._client_wrapper.httpx_client.request("api/invite", method="GET").json()["invite_url"].split("token=")[1]
    )
    session = httpx.Client(base_url=studio.base, follow_redirects=True, timeout=60)
    session.get("/user/signup/", params={"token": token})
    form = {"email": address, "password": "long-enough-1", "allow_newsletters": "false",
            "csrfmiddlewaretoken": session.cookies["csrftoken"]}  # fmt: skip
    assert session.post("/user/signup/", params={"token": token}, data=form).status_code == 200
    return session


def test_everybody_s_work_is_pulled_into_a_set_of_their_own(desk, studio):
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
    assert f"{A} was annotated by several; the newest counts" in said


def test_status_tells_every_document_and_annotator(make_desk, studio):
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
    assert lines[-1].endswith("3.5 minutes in all")
