"""How far the work is: every document and annotator, agreement so far, time spent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.curate.agreement import agree
from goldwire.model.errors import GoldwireError
from goldwire.studio.convert.from_results import Malformed
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.pull import Puller, begin_set, merge, stands
from goldwire.studio.push import is_as_pushed
from goldwire.studio.selection import set_name
from goldwire.studio.sync_state import Verdict, verdict
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task, Work

State = Literal[
    "untouched", "in progress", "skipped", "submitted", "pulled", "differs from git", "both changed", "malformed"
]
STATES: dict[Verdict, State] = {
    "same": "pulled",
    "studio": "submitted",
    "git": "differs from git",
    "both": "both changed",
}
MEASURES = ("span and type, F1", "content, all fragments, F1", "content and speaker's entities, F1")


@dataclass(frozen=True, slots=True)
class Row:
    """One annotator's work on one document; without an annotator where nobody has begun."""

    document: str
    annotator: str | None
    state: State
    mentions: int
    quotes: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two annotators agree on the documents that both have submitted."""

    a: str
    b: str
    documents: int
    layer: str
    measure: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a project."""

    rows: list[Row]
    agreement: list[Agreed]


def status_of(tasks: Iterable[Task], users: Mapping[int, str], pullers: Mapping[str | None, Puller]) -> Status:
    """The state of every document for every annotator, and their agreement so far.

    `pullers` are keyed by the name of an annotator's set; the one of None stands for whoever has none.
    """
    rows: list[Row] = []
    submitted: dict[str, dict[str, Labels]] = {}
    for task in tasks:
        begun = list(_by_user(task))
        for work, seconds in begun:
            address = users.get(work.user or 0, f"user {work.user}")
            puller = pullers.get(set_name(address, {})) or pullers[None]
            state, labels = _state(puller, task, work)
            size = (len(labels.mentions), len(labels.quotes)) if labels else (0, 0)
            rows.append(Row(task.document, address, state, *size, round(seconds / 60, 1)))
            if labels is not None and not work.draft:
                submitted.setdefault(address, {})[task.document] = labels
        if not begun:
            rows.append(_untouched(pullers[None], task))
    return Status(rows, list(_agreement(pullers[None], submitted)))


def _by_user(task: Task) -> Iterator[tuple[Work, float]]:
    """Everybody's newest work on a task, with the seconds spent on all of theirs; what was only pushed is nobody's."""
    for user in sorted({work.user for work in task.work if work.user is not None}):
        theirs = [work for work in task.work if work.user == user]
        if any(work.draft or work.skipped or not is_as_pushed(task, work) for work in theirs):
            yield theirs[-1], sum(work.seconds for work in theirs)


def _untouched(puller: Puller, task: Task) -> Row:
    git = labels_in(puller.labels, task.document)
    pushed = task.submitted[-1] if task.submitted else None
    state: State = "untouched"
    if pushed is not None and git is not None:
        found, labels = _state(puller, task, pushed)
        state = "untouched" if labels == git else found
    return Row(task.document, None, state, len(git.mentions) if git else 0, len(git.quotes) if git else 0, 0.0)


def _state(puller: Puller, task: Task, work: Work) -> tuple[State, Labels | None]:
    if not stands(puller.tree, task):
        return "differs from git", None
    git, read = labels_in(puller.labels, task.document), puller.reader(task, work)
    try:
        labels = read(git or Labels())
        what = verdict(git, labels, read, puller.base.documents.get(task.document), task.meta.get("labels"))
    except Malformed:
        return "malformed", None
    if work.draft:
        return "in progress", labels
    return ("skipped", None) if work.skipped else (STATES[what], labels)


def _agreement(puller: Puller, submitted: Mapping[str, Mapping[str, Labels]]) -> Iterator[Agreed]:
    for a, b in combinations(sorted(submitted), 2):
        both = sorted(submitted[a].keys() & submitted[b].keys())
        if not both:
            continue
        sets = [_set_of(puller, name, {document: submitted[name][document] for document in both}) for name in (a, b)]
        try:
            found = agree(sets[0], sets[1], puller.tree.corpus.texts, resamples=0)
        except GoldwireError:  # without the extra for it, the rest of the state is told all the same
            return
        for row in found.rows:
            if row.measure in MEASURES:
                yield Agreed(a, b, len(both), row.layer, row.measure, row.value)


def _set_of(puller: Puller, name: str, labels: Mapping[str, Labels]) -> LabelSet:
    """Somebody's work as a set of its own, for comparison alone."""
    return merge(begin_set(f"status-{set_name(name, {})}", puller.tree.gold), labels)
