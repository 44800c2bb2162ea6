"""The task list: a middleware that shows who has begun or submitted each document, and how far annotators agree."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD
from goldwire.studio.labelling_config import set_of
from goldwire.studio.server.save_guard import ROOT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COLUMNS, TASKS = re.compile("^/api/dm/columns/?$"), re.compile("^/api/tasks/?$")
COLUMN = {"type": "String", "target": "tasks", "parent": "data"}


class TaskList:
    """The middleware: adds two columns to the list's answers, and nothing to what a client reads."""

    def __init__(self, get_response: Callable[["HttpRequest"], "HttpResponse"]) -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        """Pass on a request, and add the columns if it is the list's."""
        response = self.get_response(request)
        is_list = TASKS.match(request.path) and "view" in request.GET
        if request.method != "GET" or response.status_code != 200 or not (is_list or COLUMNS.match(request.path)):
            return response
        name = _set_of(request.GET.get("project"))
        if name is None:
            return response
        names = ["state", "agreement"] if name == GOLD else ["state"]  # an annotator sees nothing of other passes
        found = json.loads(response.content)
        if not is_list:
            _add_columns(found["columns"], names)
        else:
            _add_states(found["tasks"])
            for task in found["tasks"] if name == GOLD else ():
                with suppress(ValueError, LookupError, TypeError, OSError):  # goldwire check names what is damaged
                    task["data"]["agreement"] = agreement(Path(os.environ[ROOT]), str(task["data"].get("document")))
        response.content = json.dumps(found).encode()
        response["Content-Length"] = str(len(response.content))
        return response


def _set_of(project: str | None) -> str | None:
    from tasks.models import Task  # a module of the server

    found = Task.objects.filter(project_id=project).first() if str(project).isdigit() else None
    return None if found is None else set_of(found.project.title)


def _add_columns(columns: list[dict[str, Any]], names: list[str]) -> None:
    data = next(one for one in columns if one["id"] == "data")
    data["children"] = [*data.get("children", ()), *names]
    shown = {"visibility_defaults": {"explore": True, "labeling": False}}
    columns[:0] = [{"id": name, "title": name, **COLUMN, **shown} for name in names]


def _add_states(tasks: list[dict[str, Any]]) -> None:
    from tasks.models import Annotation, AnnotationDraft

    ids = [task["id"] for task in tasks]
    fields = "task_id", "completed_by__email", "updated_by__email", "was_cancelled", "ground_truth", "lead_time"
    work = list(Annotation.objects.filter(task_id__in=ids).order_by("updated_at").values(*fields))
    drafts = list(AnnotationDraft.objects.filter(task_id__in=ids).values_list("task_id", "user__email"))
    for task in tasks:
        begun = [address for of, address in drafts if of == task["id"]]
        task["data"]["state"] = state([one for one in work if one["task_id"] == task["id"]], begun)


def state(done: Iterable[dict[str, Any]], begun: Iterable[str]) -> str:
    """Who submitted, skipped or began a document, from the annotations and from the owners of drafts."""
    states: dict[str, str] = {}
    pushed = ""
    for one in done:
        name = (one["updated_by__email"] or one["completed_by__email"] or "somebody").partition("@")[0]
        if one["was_cancelled"]:
            states[name] = "skipped"
        elif one["lead_time"] or not one["ground_truth"]:
            states[name] = "submitted"
        else:
            pushed = "from git"  # nobody has worked on it in the editor
    states |= {address.partition("@")[0]: "draft" for address in begun}
    return "; ".join(f"{what}: {name}" for name, what in states.items()) or pushed or "open"


def agreement(root: Path, document: str) -> str:
    """The exact F1 of names and quotes between annotators' sets in git on a document, the mean of all pairs."""
    passes = [path.parent for path in sorted((root / ANNOTATIONS).glob("*/set.json")) if _is_annotator_s(path)]
    shown = []
    for layer, what in (("entities", "names"), ("quotes", "quotes")):
        files = [folder / layer / f"{document}.jsonl" for folder in passes]
        found = [Counter(map(_place, path.read_text().splitlines())) for path in files if path.is_file()]
        pairs = [2 * (a & b).total() / (a.total() + b.total()) for a, b in combinations(found, 2) if a or b]
        shown += [f"{what} {mean(pairs):.2f}"] if pairs else []
    return ", ".join(shown)


def _is_annotator_s(path: Path) -> bool:
    return bool(json.loads(path.read_text()).get("kind") == "annotator")


def _place(line: str) -> tuple[object, ...]:
    label = json.loads(line)
    spans = label.get("content") or [label]
    return label["type"] if "content" not in label else "", *((span["start"], span["end"]) for span in spans)
