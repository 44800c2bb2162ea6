"""Push: plan what brings a project in line with a set, then do it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from goldwire.studio.candidates import Candidate
from goldwire.studio.convert.complete import shown_results
from goldwire.studio.convert.to_results import Labels, beyond_editor, carry_notes
from goldwire.studio.quarantine import quarantine
from goldwire.studio.sync_state import fingerprint
from goldwire.studio.task_data import NewTask, TaskData, labels_in, new_tasks
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import SyncedSet, Verdict, doubled, is_current, without_doubles

Action = Literal["create", "update", "remove", "leave", "pull", "refuse", "stray"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a push does with a document, and why."""

    document: str
    what: Action
    why: str

    def __str__(self) -> str:
        return f"{self.what} {self.document}: {self.why}"


@dataclass(frozen=True, slots=True)
class Update:
    """A task to update: its data, and its labels if git has others."""

    task: Task
    data: TaskData
    labels: Labels | None
    work: Work | None
    forced: bool
    """Whether work that was not pulled is overwritten, as `--resolve` asked."""


@dataclass(slots=True)
class PushPlan:
    """What a push is about to do."""

    steps: list[Step] = field(default_factory=list)
    created: list[NewTask] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    agreed: dict[str, Labels] = field(default_factory=dict)
    """The labels that both sides have, by document."""

    @property
    def refused(self) -> list[Step]:
        """The documents that are not pushed although git has something else."""
        return [step for step in self.steps if step.what == "refuse"]

    def refuse(self, document: str, why: str) -> None:
        """Replace what was planned for a document by a refusal."""
        self.steps = [step for step in self.steps if step.document != document]
        self.steps.append(Step(document, "refuse", why))


def plan_push(
    synced: SyncedSet,
    present: Iterable[Task],
    forced: Collection[str] = (),
    layers: Sequence[str] = (),
    documents: Collection[str] | None = None,
) -> PushPlan:
    """What changes the tasks of a project so that they have the labels of a set; changes nothing itself.

    `forced` are the documents whose conflicts are resolved for git; `layers` are as in `new_tasks`. Other documents
    than `documents`, if given, are passed over.
    """
    plan = PushPlan()
    existing: dict[str, list[Task]] = {}
    for task in present:
        existing.setdefault(task.document, []).append(task)
    for wanted in new_tasks(synced.tree, synced.labels, layers):
        name = wanted["data"]["document"]
        if documents is not None and name not in documents:
            existing.pop(name, None)
            continue
        if why := beyond_editor(labels_in(synced.labels, name) or Labels()):
            existing.pop(name, None)
            plan.steps.append(Step(name, "refuse", f"{why}; edit its files"))
            continue
        kept = _without_doubles(existing.pop(name, []), plan)
        if len(kept) > 1:
            plan.steps.append(Step(name, "refuse", doubled(kept)))
        elif kept:
            _plan_task(synced, kept[0], wanted["data"], name in forced, plan)
        else:
            plan.created.append(wanted)
            plan.steps.append(Step(name, "create", _size(labels_in(synced.labels, name))))
    for name, strays in existing.items():
        plan.steps += [Step(name, "stray", f"task {task.id} shows no document of the corpus") for task in strays]
    return plan


def _without_doubles(existing: list[Task], plan: PushPlan) -> list[Task]:
    """The tasks of a document without untouched doubles, which a killed push leaves behind."""
    kept = without_doubles(existing)
    for task in existing:
        if task not in kept:
            plan.removed.append(task.id)
            plan.steps.append(Step(task.document, "remove", f"task {task.id} doubles another, and nobody touched it"))
    return kept


def _plan_task(synced: SyncedSet, task: Task, wanted: TaskData, forced: bool, plan: PushPlan) -> None:
    name, labels = task.document, labels_in(synced.labels, task.document)
    data: TaskData = {**wanted, "candidates": _in_frozen_order(task.candidates, wanted["candidates"])}
    work = task.submitted[-1] if task.submitted else None
    action, why = _action(synced, task, work, labels)
    if action == "refuse" and not forced:
        plan.steps.append(Step(name, "refuse", f"{why}; --resolve git:{name} replaces it with git's version"))
        return
    replaced = labels if action == "update" or (forced and action != "leave") else None
    if action == "leave" and labels is not None:
        plan.agreed[name] = labels
    if replaced is not None or data != task.data:
        plan.updated.append(Update(task, data, replaced, work, forced))
        plan.steps.append(Step(name, "update", _size(replaced) if replaced else "its data alone"))
    else:
        plan.steps.append(Step(name, action, why))


def _action(synced: SyncedSet, task: Task, work: Work | None, labels: Labels | None) -> tuple[Action, str]:
    """What becomes of the labels of a task, and why: nobody's work may be lost."""
    if task.work and not is_current(synced.tree, task):
        return Verdict.STALE.push, Verdict.STALE.why
    if labels is None:
        return "leave", "git has no labels of it"
    if work is None:
        return "update", "git has labels of it"
    verdict = synced.compare(task, work).verdict
    if verdict is Verdict.GIT and task.drafts:
        return "refuse", "somebody has begun a draft"
    return verdict.push, verdict.why


def _in_frozen_order(existing: Sequence[Candidate], wanted: Sequence[Candidate]) -> list[Candidate]:
    """Candidates in the task's own order, because judgements are stored by position; new ones come last."""
    fresh = {candidate["document"]: candidate for candidate in wanted}
    known = {candidate["document"] for candidate in existing}
    kept = [fresh.get(candidate["document"], candidate) for candidate in existing]
    return [*kept, *(candidate for candidate in wanted if candidate["document"] not in known)]


def _size(labels: Labels | None) -> str:
    if labels is None:
        return "no labels yet"
    return f"{len(labels.mentions)} mentions, {len(labels.quotes)} quotes, {len(labels.decoys)} decoys"


def push(client: LabelStudio, project: int, synced: SyncedSet, plan: PushPlan) -> None:
    """Do what a plan says; if it is interrupted, the next push continues from there.

    `plan.agreed` gets what was done; what the server refuses, or somebody saved meanwhile, becomes a refusal.
    """
    for task in plan.removed:
        client.tasks.delete(str(task))
    if plan.created:
        client.projects.import_tasks(project, request=plan.created)
    for wanted in plan.created:
        name = wanted["data"]["document"]
        if (labels := labels_in(synced.labels, name)) is not None:
            plan.agreed[name] = labels
    for update in plan.updated:
        name = update.task.document
        try:
            refusal = _update(client, update, synced.tree.root, synced.server)
        except ApiError as error:
            if error.status_code not in (400, 403):
                raise
            refusal = f"the server refuses it: {_server_message(error)}"
        if refusal:
            plan.refuse(name, refusal)
        elif update.labels is not None:
            plan.agreed[name] = update.labels


def _server_message(error: ApiError) -> str:
    body = error.body if isinstance(error.body, Mapping) else {}
    faults = (body.get("validation_errors") or {}).get("result") or [body.get("detail") or error.body]
    return str(faults[0])[:300]


def _update(client: LabelStudio, update: Update, root: Path, server: str) -> str | None:
    """Update one task, or return why not. The hash of its text comes last: until then, pull takes nothing of it."""
    task, work, labels = update.task, update.work, update.labels
    if labels is not None and work is not None:
        if client.annotations.get(work.id).result != work.results:
            return "somebody saved it in the meantime; pull first"
        if update.forced:
            quarantine(root, server, task, work, "push replaced it with git's version, as --resolve asked")
    data = update.data
    meta = dict(task.meta)
    if data["text"] != task.data.get("text"):
        client.tasks.update(str(task.id), data={**data, "sha256": task.data.get("sha256")})
    if labels is not None:
        results = shown_results(labels, data)
        if work is not None and not carry_notes(work.results, results):
            quarantine(root, server, task, work, "push replaced it; regions that git does not have had notes")
        meta["labels"] = fingerprint(labels)
        if work is None:
            client.annotations.create(task.id, result=results, ground_truth=True)
        else:
            client.annotations.update(work.id, result=results)
    client.tasks.update(str(task.id), data=data, meta=meta)
    return None
