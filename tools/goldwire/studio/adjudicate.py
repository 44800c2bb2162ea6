"""Adjudication: where two sets differ, a task with both versions to start from, whose result is gold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from label_studio_sdk import LabelStudio

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.differences import ABSENT, Difference, differences
from goldwire.model.errors import GoldwireError
from goldwire.studio.connection import connect, telling
from goldwire.studio.convert.to_results import to_results
from goldwire.studio.labelling_config import adjudication_of
from goldwire.studio.project import settle_project
from goldwire.studio.session import Place, alone, instructions, read_place
from goldwire.studio.sync_state import fingerprint
from goldwire.studio.task_data import document_labels, labels_in, tasks
from goldwire.studio.tasks import read_tasks


def adjudicate(place: Place, names: tuple[str, str]) -> tuple[str, dict[str, list[Difference]], int]:
    """Make the project in which two sets are settled; return its address, the differences and the tasks made.

    There is a task for every document that the sets differ on, with each set's labels as a
    prediction, and what differs in words. A document that has a task keeps it. Differences of blocks
    have no document and are returned under the empty name. What is submitted is pulled into the set
    of the place: `pull_set(board_place(place, names))`.
    """
    with alone(place.root):
        tree, into = read_place(place)
        first, second = (tree.get_set(name) for name in names)
        found = by_document(differences(first, second))
        if not found.keys() - {""}:
            raise GoldwireError(f"{names[0]} and {names[1]} differ on no article that both labelled")
        connection = connect(place.root, place.url, place.token_file)
        with telling(connection.url):
            project = settle_project(connection.client, adjudication_of(*names), instructions(place.root))
            there = {task.document for task in read_tasks(connection.client, project)}
            wanted = _tasks(tree, into, (first, second), {d: f for d, f in found.items() if d and d not in there})
            _import(connection.client, project, wanted)
        return f"{connection.url}/projects/{project}/data", found, len(wanted)


def board_place(place: Place, names: tuple[str, str]) -> Place:
    """The place whose project is the adjudication of two sets."""
    return replace(place, board=adjudication_of(*names))


def by_document(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """Differences by the document whose task settles them, a pair by its later one; those of pages under ''."""
    sorted_out: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        unit = difference.unit
        if difference.layer == "segments":
            unit = ""
        elif difference.layer == "duplicates":
            unit = (difference.a or difference.b or "").split()[1]
        sorted_out[unit].append(difference)
    return dict(sorted(sorted_out.items()))


def told(found: Iterable[Difference], names: tuple[str, str]) -> str:
    """Differences as an adjudicator reads them: both sides under each other."""
    width = max(len(name) for name in names)
    parts = []
    for number, difference in enumerate(found, 1):
        sides = zip(names, (difference.a, difference.b), strict=True)
        lines = [f"    {name:<{width}}  {words or ABSENT}" for name, words in sides]
        parts.append("\n".join([f"{number}. {difference.layer}", *lines]))
    return "\n\n".join(parts)


def _tasks(
    tree: Tree, into: LabelSet, sides: tuple[LabelSet, LabelSet], found: Mapping[str, list[Difference]]
) -> list[dict[str, Any]]:
    names = (sides[0].name, sides[1].name)
    pairs = [pair for side in sides for pair in side.duplicates or ()]
    both = replace(sides[0], duplicates=Table.numbered("", pairs))
    made = []
    for task in tasks(tree, both):
        document = task["data"]["document"]
        if document not in found:
            continue
        earlier = [candidate["document"] for candidate in task["data"]["candidates"]]
        standing = labels_in(into, document)
        made.append(
            {
                "data": {**task["data"], "differences": told(found[document], names)},
                "meta": {"labels": fingerprint(standing)} if standing else {},
                "predictions": [
                    {"model_version": side.name, "result": to_results(document_labels(side, document), earlier)}
                    for side in sides
                ],
            }
        )
    return made


def _import(client: LabelStudio, project: int, wanted: Any) -> None:
    if wanted:
        client.projects.import_tasks(project, request=wanted)
