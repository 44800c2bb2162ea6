"""Adjudication: where two sets differ, a task with both versions to start from, whose result goes into gold."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from label_studio_sdk import LabelStudio

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.differences import ABSENT, Difference, Label, described, differences
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import shorten
from goldwire.model.records import Pair, Passage, Quote, Span, Speaker
from goldwire.studio.connection import OWN, connect, server_errors
from goldwire.studio.convert.complete import shown_results
from goldwire.studio.convert.to_results import beyond_editor
from goldwire.studio.instructions import instructions
from goldwire.studio.labelling_config import adjudication_of
from goldwire.studio.predictions import Prediction
from goldwire.studio.project import settle_project
from goldwire.studio.refusals import around
from goldwire.studio.session import Workspace, exclusive, read_workspace
from goldwire.studio.sync_state import fingerprint
from goldwire.studio.task_data import NewTask, document_labels, labels_in, new_tasks
from goldwire.studio.tasks import Task, read_tasks

SHOWN: Mapping[str, Mapping[str, str]] = {
    "Mention": {"words": "text", "its label": "type", "its entity": "entity", "it stands for": "stands_for"},
    "Quote": {
        "content": "content",
        "cue": "cue",
        "speaker": "speaker",
        "who speaks?": "speaker_entities",
        "its speaker is": "status",
        "its marks": "type",
    },
    "Decoy": {"words": "text", "why the marks?": "reason"},
    "Pair": {"the two articles are": "relation", "direction": "direction", "passages": "passages"},
}
"""The fields of records in the words of the labelling page. What follows from others, as heads, is not among them."""


@dataclass(frozen=True, slots=True)
class Adjudication:
    """The project in which two sets are adjudicated."""

    url: str
    found: Mapping[str, list[Difference]]
    """The differences by document; those of blocks under the empty name."""
    tasks: Mapping[str, int]
    """The task of every document that differs."""
    made: int
    """How many of the tasks are new."""


def adjudicate(workspace: Workspace, names: tuple[str, str]) -> Adjudication:
    """Make the project in which two sets are adjudicated.

    Every document that the sets differ on gets a task, with each set's labels as a prediction and the
    differences in words; a document that has a task keeps it. The editor begins with a copy of the first set's.
    `pull_set(adjudication_workspace(workspace, names))` pulls the result.
    """
    with exclusive(workspace.root):
        tree, into = read_workspace(workspace, everything=True)
        sides = tree.get_set(names[0]), tree.get_set(names[1])
        found = by_document(differences(*sides))
        if not found.keys() - {""}:
            raise GoldwireError(f"{names[0]} and {names[1]} differ on no article that both labelled")
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            client = connection.client
            guide, guarded = instructions(workspace.root), connection.name == OWN
            project = settle_project(client, adjudication_of(*names), guide, tree.profile, guarded)
            existing = {task.document: task for task in read_tasks(client, project)}
            wanted = _tasks(tree, into, sides, {name: found[name] for name in found if name and name not in existing})
            if wanted:
                client.projects.import_tasks(project, request=wanted)
                existing = {task.document: task for task in read_tasks(client, project)}
            _show_versions(client, project, sides, [task for task in existing.values() if not task.work])
        tasks = {name: existing[name].id for name in found if name in existing}
        return Adjudication(f"{connection.shown}/projects/{project}/data", found, tasks, len(wanted))


def settled(workspace: Workspace, names: tuple[str, str]) -> dict[str, Counter[str]]:
    """How many differences of two sets gold settles as one of them, or otherwise, by document."""
    tree, into = read_workspace(workspace, everything=True)
    found: dict[str, Counter[str]] = {}
    for document, each in by_document(differences(tree.get_set(names[0]), tree.get_set(names[1]))).items():
        if not document:
            continue
        words = {words for _, words in described(_records(into, document))}
        for one in each:
            sides = [name for name, side in zip(names, (one.a, one.b), strict=True) if side in words]
            absent = [name for name, side in zip(names, (one.a, one.b), strict=True) if side is None]
            found.setdefault(document, Counter())[next(iter([*sides, *absent]), "otherwise")] += 1
    return found


def _records(labels: LabelSet, document: str) -> list[Label]:
    found = document_labels(labels, document)
    return [*found.mentions, *found.quotes, *found.decoys, *(found.pairs or ())]


def adjudication_workspace(workspace: Workspace, names: tuple[str, str]) -> Workspace:
    """The workspace whose project is the adjudication of two sets."""
    return replace(workspace, project=adjudication_of(*names))


def by_document(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """Differences by the document whose task settles them, a pair by its later one; those of pages under ''."""
    grouped: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        unit = difference.unit
        if difference.layer == "segments":
            unit = ""
        elif difference.layer == "duplicates":
            unit = (difference.a or difference.b or "").split()[1]
        grouped[unit].append(difference)
    return dict(sorted(grouped.items()))


def differences_text(found: Iterable[Difference], sides: tuple[LabelSet, LabelSet], document: str, text: str) -> str:
    """Differences as an adjudicator reads them: a line each, with the words in the text and the field that differs."""
    known = [{words: record for record, words in described(_records(side, document))} for side in sides]
    lines = []
    for number, one in enumerate(found, 1):
        first, second = (side.get(words or "") for side, words in zip(known, (one.a, one.b), strict=True))
        lines.append(f"{number}. {_difference(first, second, (sides[0].name, sides[1].name), text)}")
    return "\n".join(lines)


def _difference(a: Label | None, b: Label | None, names: tuple[str, str], text: str) -> str:
    record = a or b
    if record is None:
        return ABSENT
    place = f"with {record.a}" if isinstance(record, Pair) else around(text, *_extent(record))
    if a is None or b is None:
        return f"{place} · {type(record).__name__.lower()}: only in {names[0] if a else names[1]}"
    sides = [{name: _words(getattr(one, key)) for name, key in SHOWN[type(record).__name__].items()} for one in (a, b)]
    fields = [name for name in sides[0] if sides[0][name] != sides[1][name]] or ["relations or ends of its parts"]
    shown = [
        f"{name}: " + " | ".join(f"{n} {s.get(name, '')}".strip() for n, s in zip(names, sides, strict=True))
        for name in fields
    ]
    return f"{place} · {' · '.join(shown)}"


def _extent(record: Label) -> tuple[int, int]:
    first = record.content[0] if isinstance(record, Quote) else record
    return (0, 0) if isinstance(first, Pair) else (first.start, first.end)


def _words(value: object) -> str:
    """A value as the page shows it: the words of spans, and the names of choices."""
    if isinstance(value, Passage):
        return f"⟨{shorten(value.b.text, 60)[1:-1]}⟩"
    if isinstance(value, list):
        return " … ".join(map(_words, value)) or ABSENT
    return f"⟨{value.text}⟩" if isinstance(value, Span | Speaker) else str(value or ABSENT)


def _show_versions(client: LabelStudio, project: int, sides: tuple[LabelSet, LabelSet], tasks: Iterable[Task]) -> None:
    """Show both versions in every task that lacks them; the editor begins with a copy of the first."""
    shown: Iterable[Prediction] = client.predictions.list(project=project)
    there = {(one.task, one.model_version) for one in shown}
    for task, side in product(tasks, sides):
        if (task.id, side.name) not in there:  # one by one: the server's import drops results in a Repeater
            results = shown_results(document_labels(side, task.document), task.data)
            client.predictions.create(task=task.id, result=results, model_version=side.name)
    client.projects.update(project, model_version=sides[0].name)


def _tasks(
    tree: Tree, into: LabelSet, sides: tuple[LabelSet, LabelSet], found: Mapping[str, list[Difference]]
) -> list[NewTask]:
    pairs = [pair for side in sides for pair in side.duplicates or ()]
    both = replace(sides[0], duplicates=Table.numbered("", pairs))
    made: list[NewTask] = []
    for task in new_tasks(tree, both):
        document = task["data"]["document"]
        if document not in found:
            continue
        if why := next(filter(None, (beyond_editor(document_labels(side, document)) for side in sides)), ""):
            print(f"{document} is left out: {why}", file=sys.stderr)
            continue
        current = labels_in(into, document)
        text = differences_text(found[document], sides, document, task["data"]["text"])
        meta = {"labels": fingerprint(current)} if current else {}
        made.append({"data": {**task["data"], "differences": text}, "meta": meta})
    return made
