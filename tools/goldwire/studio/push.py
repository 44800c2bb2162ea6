"""Push: what it takes for a project to hold a set, found out first and done then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import Tree
from goldwire.studio.convert.from_results import Malformed, from_results
from goldwire.studio.convert.to_results import Labels, to_results
from goldwire.studio.quarantine import keep_aside
from goldwire.studio.sync_state import Base, fingerprint, verdict
from goldwire.studio.task_data import labels_in, tasks
from goldwire.studio.tasks import Task, Work

What = Literal["create", "update", "remove", "leave", "pull", "refuse", "stray"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a push does with a document, and why."""

    document: str
    what: What
    why: str

    def __str__(self) -> str:
        return f"{self.what} {self.document}: {self.why}"


@dataclass(frozen=True, slots=True)
class Update:
    """A task to bring up to date: its data, and its labels where git has others."""

    task: Task
    data: dict[str, Any]
    labels: Labels | None
    work: Work | None
    forced: bool
    """Whether work that was not pulled is overwritten, as somebody asked for by name."""


@dataclass(slots=True)
class Plan:
    """What a push is about to do."""

    steps: list[Step] = field(default_factory=list)
    created: list[dict[str, Any]] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    agreed: dict[str, Labels] = field(default_factory=dict)
    """What both sides have, by document."""

    @property
    def refused(self) -> list[Step]:
        """The documents that are left alone though git has something else."""
        return [step for step in self.steps if step.what == "refuse"]

    def refuse(self, document: str, why: str) -> None:
        """Say that a document is left alone, whatever was planned for it."""
        self.steps = [step for step in self.steps if step.document != document]
        self.steps.append(Step(document, "refuse", why))


@dataclass(frozen=True, slots=True)
class Pusher:
    """The set that is pushed, what both sides had last, and the documents to be settled for git by force."""

    tree: Tree
    labels: LabelSet
    base: Base
    forced: frozenset[str] = frozenset()


def plan_push(pusher: Pusher, present: Iterable[Task]) -> Plan:
    """What is to be done with the tasks of a project so that they hold the set; changes nothing."""
    plan = Plan()
    standing: dict[str, list[Task]] = {}
    for task in present:
        standing.setdefault(task.document, []).append(task)
    for wanted in tasks(pusher.tree, pusher.labels):
        name = wanted["data"]["document"]
        kept = _without_doubles(standing.pop(name, []), plan)
        if len(kept) > 1:
            ids = " and ".join(str(task.id) for task in kept)
            plan.steps.append(
                Step(name, "refuse", f"the tasks {ids} are all of it, with work in each; delete all but one")
            )
        elif kept:
            _compare(pusher, kept[0], wanted["data"], plan)
        else:
            plan.created.append(wanted)
            plan.steps.append(Step(name, "create", _size(labels_in(pusher.labels, name))))
    for name, strays in standing.items():
        plan.steps += [Step(name, "stray", f"task {task.id} is of no document of the corpus") for task in strays]
    return plan


def _without_doubles(standing: list[Task], plan: Plan) -> list[Task]:
    """The tasks of a document without those that a killed push left doubled and nobody has touched."""
    if len(standing) < 2:
        return standing
    kept = [task for task in standing if not _is_untouched(task)] or standing[:1]
    for task in standing:
        if task not in kept:
            plan.removed.append(task.id)
            plan.steps.append(Step(task.document, "remove", f"task {task.id} doubles another, and nobody touched it"))
    return kept


def _is_untouched(task: Task) -> bool:
    """Whether a task is as it was made: without work, or with the labels that were pushed last."""
    if not task.work:
        return True
    return len(task.work) == 1 and task.work == task.submitted and is_as_pushed(task, task.work[0])


def is_as_pushed(task: Task, work: Work) -> bool:
    """Whether some work is the labels that were pushed last, and no more."""
    labels, pushed = _read(task, work, Labels()), task.meta.get("labels")
    if labels is None:
        return False
    nothing_to_judge = not task.candidates and fingerprint(replace(labels, pairs=[])) == pushed
    return nothing_to_judge or fingerprint(labels) == pushed


def _read(task: Task, work: Work, known: Labels) -> Labels | None:
    """The labels of some work; None where they are malformed."""
    try:
        return from_results(task.document, str(task.data.get("text")), work.results, task.candidates, known)
    except Malformed:
        return None


def _compare(pusher: Pusher, task: Task, wanted: dict[str, Any], plan: Plan) -> None:
    name = task.document
    labels, forced = labels_in(pusher.labels, name), name in pusher.forced
    data = {**wanted, "candidates": _frozen(task.candidates, wanted["candidates"])}
    work = task.submitted[-1] if task.submitted else None
    moved = any(data[key] != task.data.get(key) for key in ("text", "sha256"))
    what, why = _weigh(pusher, task, work, labels, moved)
    if what == "refuse" and not forced:
        plan.steps.append(Step(name, "refuse", f"{why}; --resolve git:{name} puts git's version in its place"))
        return
    replaced = labels if what == "update" or (forced and what != "same") else None
    if what == "same" and labels is not None:
        plan.agreed[name] = labels
    if replaced is not None or data != task.data:
        plan.updated.append(Update(task, data, replaced, work, forced))
        plan.steps.append(Step(name, "update", _size(replaced) if replaced else "its data alone"))
    else:
        plan.steps.append(Step(name, "pull" if what == "studio" else "leave", why))


def _weigh(
    pusher: Pusher, task: Task, work: Work | None, labels: Labels | None, moved: bool
) -> tuple[Literal["same", "studio", "update", "refuse"], str]:
    """What becomes of the labels of a task, and why: nothing that somebody did may be lost."""
    if moved and task.work:
        return "refuse", "its text changed under the labels in Label Studio"
    if labels is None:
        return "same", "git has no labels of it"
    if work is None:
        return "update", "git has labels of it"
    if (now := _read(task, work, labels)) is None:
        return "refuse", "its labels in Label Studio are malformed (pull says how)"

    def read(known: Labels) -> Labels:
        return _read(task, work, known) or Labels()

    what = verdict(labels, now, read, pusher.base.documents.get(task.document), task.meta.get("labels"))
    if what == "same":
        return "same", "the same on both sides"
    if what == "studio":
        return "studio", "Label Studio has work that was not pulled"
    if what == "both":
        return "refuse", "Label Studio has work that was not pulled, and git changed too"
    return ("refuse", "somebody has begun a draft") if task.drafts else ("update", "git changed")


def _frozen(standing: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Candidates in the order in which they stand, for judgements go by place; new ones come last."""
    fresh = {candidate["document"]: candidate for candidate in wanted}
    there = {candidate["document"] for candidate in standing}
    kept = [fresh.get(candidate["document"], candidate) for candidate in standing]
    return [*kept, *(candidate for candidate in wanted if candidate["document"] not in there)]


def _size(labels: Labels | None) -> str:
    if labels is None:
        return "no labels yet"
    return f"{len(labels.mentions)} mentions, {len(labels.quotes)} quotes, {len(labels.decoys)} decoys"


def push(client: LabelStudio, project: int, pusher: Pusher, plan: Plan, server: str) -> None:
    """Do what a plan says; whatever stops it, the next push goes on from there.

    What was done is in the plan's `agreed`; what the server or somebody's save stood against is refused.
    """
    for task in plan.removed:
        client.tasks.delete(str(task))
    if plan.created:
        request: Any = plan.created
        client.projects.import_tasks(project, request=request)
    for wanted in plan.created:
        name = wanted["data"]["document"]
        if (labels := labels_in(pusher.labels, name)) is not None:
            plan.agreed[name] = labels
    for update in plan.updated:
        name = update.task.document
        try:
            refusal = _update(client, update, pusher.tree.root, server)
        except ApiError as error:
            if error.status_code not in (400, 403):
                raise
            refusal = f"the server refuses it: {_said(error)}"
        if refusal:
            plan.refuse(name, refusal)
        elif update.labels is not None:
            plan.agreed[name] = update.labels


def _said(error: ApiError) -> str:
    body: Any = error.body if isinstance(error.body, Mapping) else {}
    faults = (body.get("validation_errors") or {}).get("result") or [body.get("detail") or error.body]
    return str(faults[0])[:300]


def _update(client: LabelStudio, update: Update, root: Path, server: str) -> str | None:
    """Bring one task up to date, or say why not. The hash of its text comes last: until then, pull takes nothing."""
    task, work, labels = update.task, update.work, update.labels
    if labels is not None and work is not None:
        current: Any = client.annotations.get(work.id)
        if current.result != work.results:
            return "somebody saved it in the meantime; pull first"
        if update.forced:
            keep_aside(root, server, task, work, "a push put git's version in its place, as --resolve asked")
    data, meta = dict(update.data), dict(task.meta)
    if data["text"] != task.data.get("text"):
        client.tasks.update(str(task.id), data={**data, "sha256": task.data.get("sha256")})
    if labels is not None:
        results: Any = to_results(labels, [candidate["document"] for candidate in data["candidates"]])
        meta["labels"] = fingerprint(labels)
        if work is None:
            client.annotations.create(task.id, result=results, ground_truth=True)
        else:
            client.annotations.update(work.id, result=results)
    client.tasks.update(str(task.id), data=data, meta=meta)
    return None
