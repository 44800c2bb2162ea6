"""The work to pull: the newest of every task, or every annotator's own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from goldwire.model.errors import GoldwireError
from goldwire.studio.sync_state import LAYERS, SyncState
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import is_as_pushed

Chosen = list[tuple[Task, Work]]


def newest(tasks: Iterable[Task], drafts: bool = False) -> Chosen:
    """The newest submitted work of every task; with `drafts`, a draft counts as well."""
    chosen = []
    for task in tasks:
        work = [one for one in task.work if one in task.submitted or (drafts and one.draft)]
        if work:
            chosen.append((task, work[-1]))
    return chosen


def left_out(tasks: Iterable[Task], chosen: Chosen) -> Iterator[str]:
    """A line for all drafts that are not pulled, and one for every task that several annotators submitted."""
    taken = {id(work) for _, work in chosen}
    drafts = sorted({task.document for task in tasks for draft in task.drafts if id(draft) not in taken})
    if drafts:
        yield f"drafts of {', '.join(drafts)} are not submitted, so not pulled; --drafts pulls them"
    for task, _ in chosen:
        if len({other.user for other in task.submitted}) > 1:
            yield f"several people annotated {task.document}; the newest counts, --by-annotator keeps them apart"


def deleted(tasks: Iterable[Task], state: SyncState) -> Iterator[str]:
    """A line for all documents of which Label Studio had labels, and has no work any more."""
    present = {task.document for task in tasks if task.work}
    had = {name for name, labels in state.documents.items() if any(getattr(labels, layer) for layer in LAYERS)}
    if gone := sorted(had - present):
        yield f"the labels of {', '.join(gone)} were deleted in Label Studio; git keeps them, push shows them again"


def by_person(
    tasks: Iterable[Task], users: Mapping[int, str], names: Mapping[str, str], drafts: bool = False
) -> dict[str, Chosen]:
    """For the set of every annotator, their newest work in every task.

    Labels that are as they were pushed are nobody's work. Raises GoldwireError if two annotators
    would share a set.
    """
    own: dict[int, Chosen] = defaultdict(list)
    for task in tasks:
        for user in sorted({work.user for work in task.work if work.user is not None}):
            theirs = [work for work in task.work if work.user == user and not is_as_pushed(task, work)]
            own[user] += newest([Task(task.id, task.data, task.meta, theirs)], drafts)
    sets = {user: set_name(users.get(user, f"user-{user}"), names) for user, chosen in sorted(own.items()) if chosen}
    for user, name in sets.items():
        if (other := next(u for u, n in sets.items() if n == name)) != user:
            both = f"{users.get(other)} and {users.get(user)}"
            raise GoldwireError(f"{both} would share the set {name}; name one of the sets with --as ADDRESS=NAME")
    return {name: own[user] for user, name in sorted(sets.items(), key=lambda item: item[1])}


def set_name(address: str, names: Mapping[str, str]) -> str:
    """The name of an annotator's set: as given, or the part of the address before the @, in plain letters."""
    return names.get(address) or re.sub(r"[^a-z0-9_]+", "-", address.split("@")[0].lower()).strip("-") or "somebody"
