"""A small corpus and its project on the real server, and what annotators save in it."""

import contextlib
import copy
import io
import json
from subprocess import CompletedProcess

import httpx

from goldwire.cli.main import main
from goldwire.studio.project import find_project
from goldwire.studio.tasks import read_tasks
from repository import git
from small import span

A, B, C = "s-01", "s-02", "s-03"


def goldwire_here(folder, *arguments):
    """Run the command line in a folder, but in this process; the result is that of `repository.goldwire`."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([*arguments])
    return CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


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


def region(name, words, label, entity, nth=0):
    value = span(words, nth)
    return [
        {"id": name, "from_name": "entity", "to_name": "text", "type": "labels", "value": {**value, "labels": [label]}},
        {"id": name, "from_name": f"entity_{label}", "to_name": "text", "type": "taxonomy",
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


def sign_up(studio, client, address):
    """A second annotator, who signs up by the invite link as a person would; return their session."""
    token = (
        client._client_wrapper.httpx_client.request("api/invite", method="GET").json()["invite_url"].split("token=")[1]
    )
    session = httpx.Client(base_url=studio.base, follow_redirects=True, timeout=60, headers={"Origin": studio.base})
    session.get("/user/signup/", params={"token": token})
    form = {"email": address, "password": "long-enough-1", "allow_newsletters": "false",
            "csrfmiddlewaretoken": session.cookies["csrftoken"]}  # fmt: skip
    assert session.post("/user/signup/", params={"token": token}, data=form).status_code == 200
    return session
