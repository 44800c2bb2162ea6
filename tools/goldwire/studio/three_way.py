"""The three-way comparison of git, Label Studio and their base: which side changed a document, and what follows.

`Verdict` is the table of docs/studio.md; push, pull and status each read their column of it.
`pull` applies the side that the user chose for a conflict.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.numbers import Numbers
from goldwire.corpus.tree import Tree
from goldwire.model.profile import Profile
from goldwire.model.vocabulary import DOCUMENT_LAYERS
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.from_results import Malformed
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.sync_state import SyncState, fingerprint
from goldwire.studio.task_data import document_labels, labels_in
from goldwire.studio.tasks import Task, Work

State = Literal[
    "untouched", "in progress", "skipped", "submitted", "pulled", "differs from git", "both changed", "malformed"
]
"""The state of one annotator's work on a document, as `studio status` prints it."""


class Verdict(Enum):
    """Which side changed a document since both agreed; `STALE` and `MALFORMED` say why nothing can be compared."""

    SAME = ("leave", "leave", "pulled", "the same on both sides")
    GIT = ("update", "leave", "differs from git", "git changed")
    STUDIO = ("pull", "take", "submitted", "Label Studio has work that was not pulled")
    BOTH = ("refuse", "refuse", "both changed", "Label Studio has work that was not pulled, and git changed too")
    STALE = ("refuse", "refuse", "differs from git", "its text changed under the labels in Label Studio")
    MALFORMED = ("refuse", "refuse", "malformed", "its labels in Label Studio are malformed (pull says how)")

    def __init__(
        self,
        push: Literal["leave", "update", "pull", "refuse"],
        pull: Literal["leave", "take", "refuse"],
        state: State,
        why: str,
    ) -> None:
        self.push, self.pull, self.why = push, pull, why
        self.state: State = state


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict, with Label Studio's labels as they would be pulled; without labels, the fault that prevents it."""

    verdict: Verdict
    studio: Labels | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SyncedSet:
    """An annotation set, the state of its synchronisation with a project, and the name of the project's server."""

    tree: Tree
    labels: LabelSet
    state: SyncState
    server: str

    def compare(self, task: Task, work: Work) -> Comparison:
        """Compare git's labels of a document with some work on its task."""
        if not is_current(self.tree, task):
            return Comparison(Verdict.STALE, fault=f"its text differs from the corpus's; run push for {task.document}")
        numbers = Numbers(self.tree.root, self.labels.path, self.state.numbers)

        def read(known: Labels) -> Labels:
            return read_work(task, work, known, numbers.highest, self.tree.profile)

        git, base = labels_in(self.labels, task.document), self.state.documents.get(task.document)
        if git is None and base is not None and not any(map(self.tree.profile.has, DOCUMENT_LAYERS)):
            git = document_labels(self.labels, task.document)  # no file of its own says that it was judged
        pushed = task.meta.get("labels")
        return compare(git, read, base, pushed if isinstance(pushed, str) else None)


def compare(
    git: Labels | None, read: Callable[[Labels], Labels], base: Labels | None, pushed: str | None
) -> Comparison:
    """Compare git's labels with Label Studio's, which `read` returns with the ids of some known labels kept.

    Without a base, as in a fresh clone, `pushed` replaces it: the fingerprint of the labels pushed last.
    """
    try:
        studio = read(git or Labels())
        return Comparison(_verdict(git, studio, read, base, pushed), studio)
    except Malformed as error:
        return Comparison(Verdict.MALFORMED, fault=str(error))


def _verdict(
    git: Labels | None, studio: Labels, read: Callable[[Labels], Labels], base: Labels | None, pushed: str | None
) -> Verdict:
    if studio == git:
        return Verdict.SAME
    if base is not None:
        if read(base) == base:
            return Verdict.GIT
        return Verdict.STUDIO if git == base else Verdict.BOTH
    if git is None or fingerprint(git) == pushed:
        return Verdict.STUDIO
    return Verdict.GIT if fingerprint(studio) == pushed else Verdict.BOTH


def is_current(tree: Tree, task: Task) -> bool:
    """Whether a task shows the text of the corpus.

    A push that was killed while it replaced the text leaves the old hash, so the task is not current.
    """
    hashes = {document.id: document.sha256 for document in tree.corpus.documents}
    text = tree.corpus.texts.get(task.document)
    return (text, hashes.get(task.document)) == (task.data.get("text"), task.data.get("sha256")) and text is not None


def is_as_pushed(task: Task, work: Work) -> bool:
    """Whether some work is exactly the labels that were pushed last."""
    pushed = task.meta.get("labels")
    try:
        labels = read_work(task, work, Labels())
    except Malformed:
        return False
    nothing_to_judge = not task.candidates and fingerprint(replace(labels, pairs=[])) == pushed
    return nothing_to_judge or fingerprint(labels) == pushed


def is_untouched(task: Task) -> bool:
    """Whether a task is as it was made: without work, or with the labels that were pushed last."""
    if not task.work:
        return True
    return len(task.work) == 1 and task.work == task.submitted and is_as_pushed(task, task.work[0])


def without_doubles(tasks: Sequence[Task]) -> list[Task]:
    """The tasks of one document that count: those with work in them, or else the first."""
    return [task for task in tasks if not is_untouched(task)] or [*tasks[:1]] if len(tasks) > 1 else [*tasks]


def doubled(tasks: Sequence[Task]) -> str:
    """Why several tasks of one document cannot be synchronised, with their ids."""
    ids = " and ".join(str(task.id) for task in tasks)
    return f"the tasks {ids} show the same document, and each has work in it; delete all but one"


def read_work(
    task: Task,
    work: Work,
    known: Labels,
    highest: Callable[[str], int] = lambda prefix: 0,
    profile: Profile | None = None,
) -> Labels:
    """Some work as labels, with the ids of known ones kept; raises Malformed. The rest is as in `from_results`."""
    return read_labels(task.data, work.results, known, highest, profile)
