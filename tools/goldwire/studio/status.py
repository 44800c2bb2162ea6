"""The state of the work in a project: every document and annotator, agreement so far, time spent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.curate.agreement import agree
from goldwire.curate.origins import Accepted, accepted
from goldwire.model.errors import GoldwireError
from goldwire.model.records import DocumentLabel
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.pull import begin_set, merge
from goldwire.studio.selection import set_name
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import State, SyncedSet, Verdict, is_as_pushed

MEASURES = ("span and type, F1", "content, all fragments, F1", "content and speaker's entities, F1")


@dataclass(frozen=True, slots=True)
class Progress:
    """One annotator's work on one document; without an annotator if nobody has begun."""

    document: str
    annotator: str | None
    state: State
    mentions: int
    quotes: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreement of two annotators on the documents that both have submitted."""

    a: str
    b: str
    documents: int
    layer: str
    measure: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a project."""

    rows: list[Progress]
    agreement: list[Agreed]
    accepted: list[Accepted]
    """What was submitted of the suggestions of each set."""


def status_of(tasks: Iterable[Task], users: Mapping[int, str], sets: Mapping[str | None, SyncedSet]) -> Status:
    """The state of every document for every annotator, and their agreement so far.

    `sets` are keyed by the name of an annotator's set; the one of None is for annotators without a set.
    """
    rows: list[Progress] = []
    submitted: dict[str, dict[str, Labels]] = {}
    for task in tasks:
        begun = list(_by_user(task))
        for work, seconds in begun:
            address = users.get(work.user or 0, f"user {work.user}")
            state, labels = _state(sets.get(set_name(address, {})) or sets[None], task, work)
            size = (len(labels.mentions), len(labels.quotes)) if labels else (0, 0)
            rows.append(Progress(task.document, address, state, *size, round(seconds / 60, 1)))
            if labels is not None and not work.draft:
                submitted.setdefault(address, {})[task.document] = labels
        if not begun:
            rows.append(_untouched(sets[None], task))
    found = [labels for of_user in submitted.values() for labels in of_user.values()]
    records: list[DocumentLabel] = []
    for labels in found:
        records += [*labels.mentions, *labels.quotes, *labels.decoys]
    return Status(rows, list(_agreement(sets[None], submitted)), accepted(records))


def _by_user(task: Task) -> Iterator[tuple[Work, float]]:
    """Every user's newest work on a task, with the seconds of all their work; what was only pushed has no user."""
    for user in sorted({work.user for work in task.work if work.user is not None}):
        theirs = [work for work in task.work if work.user == user]
        if any(work.draft or work.skipped or not is_as_pushed(task, work) for work in theirs):
            yield theirs[-1], sum(work.seconds for work in theirs)


def _untouched(synced: SyncedSet, task: Task) -> Progress:
    git = labels_in(synced.labels, task.document)
    pushed = task.submitted[-1] if task.submitted else None
    state: State = "untouched"
    if pushed is not None and git is not None:
        found, labels = _state(synced, task, pushed)
        state = "untouched" if labels == git else found
    return Progress(task.document, None, state, len(git.mentions) if git else 0, len(git.quotes) if git else 0, 0.0)


def _state(synced: SyncedSet, task: Task, work: Work) -> tuple[State, Labels | None]:
    found = synced.compare(task, work)
    if found.verdict in (Verdict.STALE, Verdict.MALFORMED):
        return found.verdict.state, None
    if work.draft:
        return "in progress", found.studio
    return ("skipped", None) if work.skipped else (found.verdict.state, found.studio)


def _agreement(synced: SyncedSet, submitted: Mapping[str, Mapping[str, Labels]]) -> Iterator[Agreed]:
    for a, b in combinations(sorted(submitted), 2):
        both = sorted(submitted[a].keys() & submitted[b].keys())
        if not both:
            continue
        sets = [_set_of(synced, name, {document: submitted[name][document] for document in both}) for name in (a, b)]
        try:
            found = agree(sets[0], sets[1], synced.tree.corpus.texts)
        except GoldwireError:  # the extra that agreement needs is missing; the rest of the state does not need it
            return
        for row in found.rows:
            if row.measure in MEASURES:
                yield Agreed(a, b, len(both), row.layer, row.measure, row.value)


def _set_of(synced: SyncedSet, name: str, labels: Mapping[str, Labels]) -> LabelSet:
    """An annotator's work as a set of its own, only for the comparison."""
    return merge(begin_set(f"status-{set_name(name, {})}", synced.tree.gold), labels)
