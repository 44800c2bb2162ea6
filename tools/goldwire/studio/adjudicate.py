"""Adjudication: where two sets differ, a task with both versions to start from, whose result goes into gold."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.differences import ABSENT, Difference, differences
from goldwire.model.errors import GoldwireError
from goldwire.studio.connection import connect, server_errors
from goldwire.studio.convert.complete import shown_results
from goldwire.studio.convert.to_results import beyond_editor
from goldwire.studio.instructions import instructions
from goldwire.studio.labelling_config import adjudication_of
from goldwire.studio.project import settle_project
from goldwire.studio.session import Workspace, exclusive, read_workspace
from goldwire.studio.sync_state import fingerprint
from goldwire.studio.task_data import NewTask, document_labels, labels_in, new_tasks
from goldwire.studio.tasks import read_tasks


def adjudicate(workspace: Workspace, names: tuple[str, str]) -> tuple[str, dict[str, list[Difference]], int]:
    """Make the project in which two sets are adjudicated; return its address, the differences and the tasks made.

    Every document that the sets differ on gets a task, with each set's labels as a prediction and the
    differences in words; a document that has a task keeps it. Differences of blocks have no document and are
    returned under the empty name. `pull_set(adjudication_workspace(workspace, names))` pulls the result.
    """
    with exclusive(workspace.root):
        tree, into = read_workspace(workspace)
        first, second = (tree.get_set(name) for name in names)
        found = by_document(differences(first, second))
        if not found.keys() - {""}:
            raise GoldwireError(f"{names[0]} and {names[1]} differ on no article that both labelled")
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            name, guide = adjudication_of(*names), instructions(workspace.root)
            project = settle_project(connection.client, name, guide, tree.profile)
            existing = {task.document for task in read_tasks(connection.client, project)}
            missing = {document: each for document, each in found.items() if document and document not in existing}
            wanted = _tasks(tree, into, (first, second), missing)
            if wanted:
                connection.client.projects.import_tasks(project, request=wanted)
        return f"{connection.url}/projects/{project}/data", found, len(wanted)


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


def differences_text(found: Iterable[Difference], names: tuple[str, str]) -> str:
    """Differences as an adjudicator reads them: one side below the other."""
    width = max(len(name) for name in names)
    parts = []
    for number, difference in enumerate(found, 1):
        sides = zip(names, (difference.a, difference.b), strict=True)
        lines = [f"    {name:<{width}}  {words or ABSENT}" for name, words in sides]
        parts.append("\n".join([f"{number}. {difference.layer}", *lines]))
    return "\n\n".join(parts)


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
        text = differences_text(found[document], (sides[0].name, sides[1].name))
        made.append(
            {
                "data": {**task["data"], "differences": text},
                "meta": {"labels": fingerprint(current)} if current else {},
                "predictions": [
                    {
                        "model_version": side.name,
                        "result": shown_results(document_labels(side, document), task["data"]),
                    }
                    for side in sides
                ],
            }
        )
    return made
