"""Predictions: another set, such as a system's output, shown to annotators to start from."""

import re
import sys
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from label_studio_sdk import LabelStudio

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.files import sha256
from goldwire.model.records import Origin
from goldwire.studio.convert.complete import shown_results
from goldwire.studio.convert.to_results import Labels, Result, beyond_editor
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task


class Prediction(Protocol):
    """A prediction as the SDK returns it."""

    id: int
    task: int
    model_version: str
    result: list[Result]


def left_bare(documents: Collection[str]) -> list[str]:
    """The tenth of some documents that is labelled without suggestions: chosen by chance, always the same."""
    drawn = sorted(documents, key=lambda name: sha256(name.encode()))
    return sorted(drawn[: round(len(drawn) / 10)])


def push_predictions(
    client: LabelStudio, project: int, labels: LabelSet, tasks: Iterable[Task], bare: Collection[str] = ()
) -> list[str]:
    """Replace the predictions named after a set by its labels, but for some documents; return those that changed.

    Regions get ids of their own, so that what an annotator accepts becomes a new record. Predictions
    that are up to date are left alone; a document that the set does not label has none.
    """
    existing = _existing(client, project, labels.name)
    changed, wanted = [], list[tuple[int, list[Result]]]()
    for task in tasks:
        found = None if task.document in bare else labels_in(labels, task.document)
        if found is not None and (why := beyond_editor(found)):
            print(f"{task.document} is left out: {why}", file=sys.stderr)
            found = None
        results = None if found is None else numbered_results(labels.name, found, task.data)
        old = existing.pop(task.id, [])
        if [prediction.result for prediction in old] == ([] if results is None else [results]):
            continue
        changed.append(task.document)
        for prediction in old:
            client.predictions.delete(prediction.id)
        if results is not None:
            wanted.append((task.id, results))
    for (
        task_id,
        results,
    ) in wanted:  # one by one: the server's import drops those with a result in a Repeater, silently
        client.predictions.create(task=task_id, result=results, model_version=labels.name)
    if wanted:
        client.projects.update(project, model_version=labels.name)  # the editor starts an annotation from these
    return changed


def _existing(client: LabelStudio, project: int, name: str) -> dict[int, list[Prediction]]:
    found: dict[int, list[Prediction]] = {}
    predictions: Iterable[Prediction] = client.predictions.list(project=project)
    for prediction in predictions:
        if prediction.model_version == name:
            found.setdefault(prediction.task, []).append(prediction)
    return found


def numbered_results(name: str, labels: Labels, data: Mapping[str, Any]) -> list[Result]:
    """The results of labels that may lack ids: every record gets an id that no annotator's record can have.

    `data` is that of the task.
    """
    own = "p-" + re.sub(r"[^A-Za-z0-9_-]", "-", name)
    ids = {quote.id: f"{own}-q{n}" for n, quote in enumerate(labels.quotes, 1)}
    more = {"origin": Origin(set=own.removeprefix("p-"), changed=False)}
    numbered = Labels(
        mentions=[r.model_copy(update={"id": f"{own}-e{n}", **more}) for n, r in enumerate(labels.mentions, 1)],
        decoys=[r.model_copy(update={"id": f"{own}-d{n}", **more}) for n, r in enumerate(labels.decoys, 1)],
        quotes=[
            r.model_copy(update={"id": f"{own}-q{n}", "parent": ids.get(r.parent) if r.parent else None, **more})
            for n, r in enumerate(labels.quotes, 1)
        ],
        pairs=labels.pairs,
    )
    return shown_results(numbered, data)
