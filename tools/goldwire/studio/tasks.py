"""What stands on a server: the tasks of a project, and who did what in them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

PAGE_SIZE = 500
"""Tasks asked for at once."""
ONCE: Any = {"max_retries": 0}
UNREADABLE = "the server fails to show them"
"""What stands for results that break the server, as half of a surrogate pair does."""


@dataclass(frozen=True, slots=True)
class Work:
    """An annotation of a task, or a draft of one, as the server holds it."""

    id: int
    user: int | None
    """Who touched it last, else who made it."""
    at: str
    """When it was touched last, ISO 8601."""
    results: Any
    seconds: float
    draft: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its data and all work on it, the oldest first."""

    id: int
    data: Mapping[str, Any]
    meta: Mapping[str, Any]
    work: list[Work] = field(default_factory=list)

    @property
    def document(self) -> str:
        """The document that the task is of."""
        return str(self.data.get("document"))

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """The documents to judge, in the order that is frozen in the task."""
        return list(self.data.get("candidates") or [])

    @property
    def submitted(self) -> list[Work]:
        """The annotations that are neither drafts nor skipped."""
        return [work for work in self.work if not work.draft and not work.skipped]

    @property
    def drafts(self) -> list[Work]:
        """What somebody has begun and not submitted."""
        return [work for work in self.work if work.draft]


def read_tasks(client: LabelStudio, project: int) -> list[Task]:
    """The tasks of a project with everybody's annotations and drafts, by document, then by id."""
    tasks = _listed(client, project)
    drafts = _drafts(
        client,
        project,
        [task.id for task in tasks if getattr(task, "draft_exists", None) or getattr(task, "drafts", None)],
    )
    found = []
    for task in tasks:
        work = [_work(_plain(annotation)) for annotation in task.annotations or []]
        work += [_work(draft, draft=True) for draft in drafts.get(task.id, []) if not _is_overtaken(draft, work)]
        found.append(
            Task(
                task.id,
                task.data or {},
                task.meta or {},
                sorted(work, key=lambda one: (datetime.fromisoformat(one.at), one.draft, one.id)),
            )
        )
    return sorted(found, key=lambda task: (task.document, task.id))


def _listed(client: LabelStudio, project: int) -> list[Any]:
    """The tasks as the server lists them; one by one where it cannot, for one result breaks its whole list."""
    try:
        listed: Any = client.tasks.list(project=project, fields="all", page_size=PAGE_SIZE, request_options=ONCE)
        return list(listed.items if len(listed.items) == listed.response.total else listed)
    except ApiError as error:
        if error.status_code != 500:
            raise
    bare: Iterable[Any] = client.tasks.list(
        project=project, fields="task_only", include="id,data", page_size=PAGE_SIZE
    )
    return [_shown(client, task) for task in bare]


def _shown(client: LabelStudio, bare: Any) -> Any:
    """A task with its annotations; with a word in place of them where the server fails to show them."""
    try:
        return client.tasks.get(str(bare.id), request_options=ONCE)
    except ApiError as error:
        if error.status_code != 500:
            raise
        unknown = {"id": 0, "updated_at": "1970-01-01T00:00:00Z", "result": UNREADABLE}
        return bare.model_copy(update={"annotations": [unknown], "meta": {}, "draft_exists": False})


def _drafts(client: LabelStudio, project: int, tasks: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Everybody's drafts of some tasks: a task itself shows one's own alone, an export those of all."""
    if not tasks:
        return {}
    options: Any = {"additional_query_parameters": {"ids[]": tasks}}
    parts: Iterator[bytes] = client.projects.exports.download_sync(
        project, export_type="JSON", download_all_tasks=True, request_options=options
    )
    found = {task["id"]: task["drafts"] for task in json.loads(b"".join(parts))}
    ids = {address: user for user, address in people(client).items()}
    for draft in (draft for drafts in found.values() for draft in drafts):
        draft["user"] = ids.get(draft["user"], draft["user"])  # here a user goes by the address
    return found


def _is_overtaken(draft: Mapping[str, Any], submitted: Iterable[Work]) -> bool:
    """Whether who began a draft submitted the same later: the editor leaves one where a first save was refused."""
    begun, of = _work(draft, draft=True), draft.get("annotation")
    later = (work for work in submitted if datetime.fromisoformat(work.at) > datetime.fromisoformat(begun.at))
    return any(work.user == begun.user and of in (None, work.id) for work in later)


def _plain(thing: Any) -> dict[str, Any]:
    return thing if isinstance(thing, dict) else dict(thing.model_dump())


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
    users: Iterable[Any] = client.users.list()
    return {user.id: str(user.email) for user in users}
