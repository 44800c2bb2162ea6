"""Every route of saving to a real Label Studio, and what becomes of it: `python tests/benchmarks/save_routes.py [PART OF A NAME]`.

Each route starts from a pushed corpus. Then the answer of the server, what `pull` says and does, and what is in git are
compared. A route is *refused* by the server, *accepted* if git has the same valid labels afterwards, *set aside* if pull
or status names the document and git is as before, *without effect* if the server's labels are as before, and else
*silent*, which is a fault.
"""

import copy
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from two_writers import BASE, Server, words

from goldwire.studio.project import find_project
from goldwire.studio.tasks import read_tasks
from repository import in_process

A = "p1-01"
BROKEN = [{"id": "x", "from_name": "entity", "to_name": "text", "type": "labels", "value": {"start": 5, "end": 2}}]


class Desk(Server):
    """A running server, its corpus, and requests as another program sends them."""

    def start(self):
        for folder in ("annotations", "corpus"):
            shutil.rmtree(self.place / "c" / folder)
            shutil.copytree(BASE / folder, self.place / "c" / folder)
        for folder in ("base", "quarantine"):
            shutil.rmtree(self.place / "c/.goldwire/studio" / folder, ignore_errors=True)
        for project in self.client.projects.list():
            self.client.projects.delete(id=project.id)
        done = self("push")
        assert done.returncode == 0, done.stderr
        self.project = find_project(self.client, "gold").id
        self.task = next(task for task in read_tasks(self.client, self.project) if task.document == A)
        self.work = self.task.submitted[-1]
        self.sound = json.loads(json.dumps(self.work.results).replace('"scare"', '"term"'))
        self.before = self.labels()

    def __call__(self, verb, *more):
        return in_process(self.place, "studio", verb, "--url", self.url, *more, "c")

    def send(self, method, path, **body):
        http = self.client._client_wrapper
        return http.httpx_client.httpx_client.request(
            method, f"{http.get_base_url()}{path}", headers=http.get_headers(), **body
        )

    def labels(self):
        """What the server has of the document: annotations and drafts."""
        if (project := find_project(self.client, "gold")) is None:
            return None
        tasks = [task for task in read_tasks(self.client, project.id) if task.document == A]
        return [(work.draft, work.skipped, words(work.results)) for task in tasks for work in task.work]

    def files(self):
        return {
            path.relative_to(self.place): path.read_bytes()
            for path in (self.place / "c/annotations/gold").rglob(f"{A}.jsonl")
        }


def encoded(how, results, **more):
    text = json.dumps(results)
    return {
        "JSON": {"json": {"result": results, **more}},
        "a string in JSON": {"json": {"result": text, **more}},
        "a form": {"data": {"result": text, **more}},
        "multipart": {"files": {"result": (None, text), **{key: (None, str(value)) for key, value in more.items()}}},
    }[how]


def saves():
    """PATCH, PUT and POST of an annotation, in each encoding, with faulty labels, none, and sound ones."""
    for method in ("PATCH", "PUT", "POST"):
        for how in ("JSON", "a string in JSON", "a form", "multipart"):
            for what in ("faulty", "empty", "sound"):

                def route(desk, method=method, how=how, what=what):
                    results = {"faulty": BROKEN, "empty": [], "sound": desk.sound}[what]
                    path = (
                        f"/api/tasks/{desk.task.id}/annotations/"
                        if method == "POST"
                        else f"/api/annotations/{desk.work.id}/"
                    )
                    return desk.send(method, path, **encoded(how, results))

                yield f"{method}, {how}, {what}", route


def action(desk, name, **more):
    items = {
        "selectedItems": {"all": False, "included": [desk.task.id]},
        "filters": {"conjunction": "and", "items": []},
    }
    return desk.send("POST", f"/api/dm/actions?project={desk.project}&id={name}", json={**items, **more})


def predicted(desk, results):
    made = desk.send("POST", "/api/predictions/", json={"task": desk.task.id, "result": results, "model_version": "m"})
    assert made.is_success, made.text
    return action(desk, "predictions_to_annotations")


def imported(desk, results):
    desk.client.tasks.delete(str(desk.task.id))
    made = {"data": dict(desk.task.data), "meta": dict(desk.task.meta), "annotations": [{"result": results}]}
    return desk.send("POST", f"/api/projects/{desk.project}/import", json=[made])


def undone_skip(desk):
    path = f"/api/annotations/{desk.work.id}/"
    assert desk.send("PATCH", path, json={"result": [], "was_cancelled": True}).is_success
    return desk.send("PATCH", path, json={"was_cancelled": False})


def of_annotation(method, **body):
    return lambda desk: desk.send(method, f"/api/annotations/{desk.work.id}/", **copy.deepcopy(body))


def of_task(method, path="", **body):
    return lambda desk: desk.send(method, f"/api/tasks/{desk.task.id}/{path}", **copy.deepcopy(body))


def of_project(method, path="", **body):
    return lambda desk: desk.send(method, f"/api/projects/{desk.project}/{path}", **copy.deepcopy(body))


def other_text(desk):
    return desk.send(
        "PATCH", f"/api/tasks/{desk.task.id}/", json={"data": {**desk.task.data, "text": "Another text."}}
    )


ROUTES = {
    **dict(saves()),
    "PATCH, text that is not JSON": of_annotation("PATCH", data={"result": "[{"}),
    "PATCH, null": of_annotation("PATCH", json={"result": None}),
    "PATCH, an object": of_annotation("PATCH", json={"result": {"id": "x"}}),
    "PATCH, no body": of_annotation("PATCH"),
    "PATCH, a list": of_annotation("PATCH", json=[1]),
    "PATCH, without the last slash": lambda desk: desk.send(
        "PATCH", f"/api/annotations/{desk.work.id}", json={"result": BROKEN}
    ),
    "PATCH, with a query": lambda desk: desk.send(
        "PATCH", f"/api/annotations/{desk.work.id}/?a=1", json={"result": BROKEN}
    ),
    "PATCH, two slashes": lambda desk: desk.send(
        "PATCH", f"/api//annotations/{desk.work.id}/", json={"result": BROKEN}
    ),
    "PATCH, another task in the body": lambda desk: desk.send(
        "PATCH", f"/api/annotations/{desk.work.id}/", json={"result": BROKEN, "task": 999}
    ),
    "skip, JSON": of_annotation("PATCH", json={"result": [], "was_cancelled": True}),
    "skip, a form": of_task("POST", "annotations/", data={"result": "[]", "was_cancelled": "1"}),
    "a skip taken back, empty": undone_skip,
    "delete the annotation": of_annotation("DELETE"),
    "delete the task": of_task("DELETE"),
    "delete all tasks": of_project("DELETE", "tasks/"),
    "delete the project": of_project("DELETE"),
    "delete annotations by action": lambda desk: action(desk, "delete_tasks_annotations"),
    "delete tasks by action": lambda desk: action(desk, "delete_tasks"),
    "import, faulty": lambda desk: imported(desk, BROKEN),
    "import, empty": lambda desk: imported(desk, []),
    "import, sound": lambda desk: imported(desk, desk.sound),
    "a task with annotations": lambda desk: desk.send(
        "POST", "/api/tasks/", json={"project": desk.project, "data": dict(desk.task.data)}
    ),
    "annotations from predictions, empty": lambda desk: predicted(desk, []),
    "annotations from predictions, faulty": lambda desk: predicted(desk, BROKEN),
    "a draft of the task": of_task("POST", "drafts/", json={"result": BROKEN, "lead_time": 1}),
    "a draft of the annotation": lambda desk: desk.send(
        "POST", f"/api/tasks/{desk.task.id}/annotations/{desk.work.id}/drafts/", json={"result": [], "lead_time": 1}
    ),
    "annotation to draft": lambda desk: desk.send(
        "POST", f"/api/annotations/{desk.work.id}/convert-to-draft", json={}
    ),
    "another text of the task": other_text,
    "another document of the task": of_task("PATCH", json={"data": {"document": "p1-02"}}),
    "other meta of the task": of_task("PATCH", json={"meta": {}}),
    "settings: another configuration": of_project(
        "PATCH", json={"label_config": "<View><Text name='text' value='$text'/></View>"}
    ),
    "settings: another title": of_project("PATCH", json={"title": "Something else"}),
}


def fate(desk, route):
    """What becomes of a route: a word, the answer's status, and the line of pull or status about it."""
    desk.start()
    files = desk.files()
    answer = route(desk)
    server = desk.labels()
    pulled, status = desk("pull"), desk("status")
    said = [line for line in f"{pulled.stdout}\n{pulled.stderr}".splitlines() if A in line]
    said += [line for line in pulled.stderr.splitlines() if pulled.returncode == 2]
    shown = [line for line in f"{status.stdout}\n{status.stderr}".splitlines() if A in line or status.returncode == 2]
    checked = in_process(desk.place, "check", "c")
    same = desk.files() == files
    line = (said or shown or [""])[0].strip()
    if checked.returncode:
        return "SILENT: git has faults", answer.status_code, checked.stdout.splitlines()[0]
    if answer.status_code >= 400 and server == desk.before:
        return ("refused" if same else "SILENT"), answer.status_code, ""
    if server == desk.before and same:
        return "without effect", answer.status_code, line
    if not same:
        emptied = sum(map(len, desk.files().values())) < 0.5 * sum(map(len, files.values()))
        return ("SILENT: emptied" if emptied else "accepted"), answer.status_code, line
    return ("set aside" if line else "SILENT"), answer.status_code, line


def main(part=""):
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(BASE, place / "c")
        desk = Desk(place)
        try:
            for name, route in ROUTES.items():
                if part in name:
                    word, status, line = fate(desk, route)
                    counts[word] = counts.get(word, 0) + 1
                    print(f"| {name} | {status} | {word} | {line[:150]} |", flush=True)
        finally:
            desk.close()
    print(f"{sum(counts.values())} routes: {', '.join(f'{number} {word}' for word, number in counts.items())}")
    return 1 if any(word.startswith("SILENT") for word in counts) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
