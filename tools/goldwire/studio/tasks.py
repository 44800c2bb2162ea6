"""What a server has: the tasks of a project, and everybody's work on them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from goldwire.studio.candidates import Candidate

PAGE_SIZE = 500
"""Tasks requested at once."""
ONCE = {"max_retries": 0}
UNREADABLE = "the server fails to show them"
"""Replaces results that break the server, as half of a surrogate pair does."""


class ServerTask(Protocol):
    """A task as the SDK returns it."""

    id: int
    data: dict[str, Any] | None
    meta: dict[str, Any] | None
    annotations: list[object] | None


@dataclass(frozen=True, slots=True)
class Work:
    """An annotation of a task, or a draft of one, as the server stores it."""

    id: int
    user: int | None
    """Who changed it last, or else made it."""
    at: str
    """When it was changed last, ISO 8601."""
    results: object
    seconds: float
    draft: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its data and all work on it, the oldest first."""

    id: int
    data: Mapping[str, Any]
    meta: Mapping[str, object]
    work: list[Work] = field(default_factory=list)

    @property
    def document(self) -> str:
        """The document that the task shows."""
        return str(self.data.get("document"))

    @property
    def candidates(self) -> list[Candidate]:
        """The documents to judge, in the order that is frozen in the task."""
        return list(self.data.get("candidates") or [])

    @property
    def submitted(self) -> list[Work]:
        """The annotations that are neither drafts nor skipped."""
        return [work for work in self.work if not work.draft and not work.skipped]

    @property
    def drafts(self) -> list[Work]:
        """The work that is begun and not submitted."""
        return [work for work in self.work if work.draft]


def read_tasks(client: LabelStudio, project: int) -> list[Task]:
    """The tasks of a project with everybody's annotations and drafts, by document, then by id."""
    listed = _listed(client, project)
    with_drafts = [task.id for task in listed if getattr(task, "draft_exists", None) or getattr(task, "drafts", None)]
    drafts = _drafts(client, project, with_drafts)
    found = []
    for task in listed:
        work = [_work(_plain(annotation)) for annotation in task.annotations or []]
        work += [_work(draft, draft=True) for draft in drafts.get(task.id, []) if not _is_overtaken(draft, work)]
        work.sort(key=lambda one: (datetime.fromisoformat(one.at), one.draft, one.id))
        found.append(Task(task.id, task.data or {}, task.meta or {}, work))
    return sorted(found, key=lambda task: (task.document, task.id))


def _listed(client: LabelStudio, project: int) -> list[ServerTask]:
    """The tasks as the server lists them; one by one if it cannot, because one result breaks its whole list."""
    try:
        listed = client.tasks.list(project=project, fields="all", page_size=PAGE_SIZE, request_options=ONCE)
        return list(listed.items if len(listed.items) == listed.response.total else listed)
    except ApiError as error:
        if error.status_code != 500:
            raise
    bare = client.tasks.list(project=project, fields="task_only", include="id,data", page_size=PAGE_SIZE)
    return [_task(client, task) for task in bare]


def _task(client: LabelStudio, bare: Any) -> ServerTask:
    """A task with its annotations, or with `UNREADABLE` as their result if the server fails to show them."""
    try:
        task: ServerTask = client.tasks.get(str(bare.id), request_options=ONCE)
    except ApiError as error:
        if error.status_code != 500:
            raise
        unknown = {"id": 0, "updated_at": "1970-01-01T00:00:00Z", "result": UNREADABLE}
        task = bare.model_copy(update={"annotations": [unknown], "meta": {}, "draft_exists": False})
    return task


def _drafts(client: LabelStudio, project: int, tasks: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Everybody's drafts of some tasks: a task itself shows only one's own, an export those of all."""
    if not tasks:
        return {}
    options = {"additional_query_parameters": {"ids[]": tasks}}
    parts: Iterator[bytes] = client.projects.exports.download_sync(
        project, export_type="JSON", download_all_tasks=True, request_options=options
    )
    found = {task["id"]: task["drafts"] for task in json.loads(b"".join(parts))}
    ids = {address: user for user, address in people(client).items()}
    for draft in (draft for drafts in found.values() for draft in drafts):
        draft["user"] = ids.get(draft["user"], draft["user"])  # an export names a user by the address
    return found


def _is_overtaken(draft: Mapping[str, Any], submitted: Iterable[Work]) -> bool:
    """Whether a draft's owner submitted the same work later: the editor leaves a draft if a first save was refused."""
    begun, of = _work(draft, draft=True), draft.get("annotation")
    later = (work for work in submitted if datetime.fromisoformat(work.at) > datetime.fromisoformat(begun.at))
    return any(work.user == begun.user and of in (None, work.id) for work in later)


def _plain(annotation: Any) -> dict[str, Any]:
    return annotation if isinstance(annotation, dict) else dict(annotation.model_dump())


def _work(found: Mapping[str, Any], draft: bool = False) -> Work:
    user = found.get("user") if draft else found.get("updated_by") or found.get("completed_by")
    return Work(
        id=int(found["id"]),
        user=user["id"] if isinstance(user, dict) else user,
        at=str(found.get("updated_at")),
        results=found.get("result"),
        seconds=float(found.get("lead_time") or 0),
        draft=draft,
        skipped=bool(found.get("was_cancelled")),
    )


def people(client: LabelStudio) -> dict[int, str]:
    """The address of every user of the server by id."""
    return {user.id: str(user.email) for user in client.users.list()}


def layers_in(tasks: Iterable[Task]) -> list[str]:
    """The layers that the annotator of a project labels; none for all."""
    return list(next((task.data["layers"] for task in tasks if task.data.get("layers")), []))
