"""Predictions: a set, as a system's output, shown to annotators to start from."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from label_studio_sdk import LabelStudio

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.studio.convert.to_results import Labels, Result, to_results
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task


def push_predictions(client: LabelStudio, project: int, labels: LabelSet, tasks: Iterable[Task]) -> list[str]:
    """Make the predictions of a project that bear the name of a set hold it; return the documents that changed.

    Regions get ids of their own, so that what an annotator accepts becomes a new record. What is
    the same already is left alone; a document that the set does not label has no prediction.
    """
    standing = _standing(client, project, labels.name)
    changed, wanted = [], []
    for task in tasks:
        found = labels_in(labels, task.document)
        results = (
            None
            if found is None
            else numbered_results(labels.name, found, [one["document"] for one in task.candidates])
        )
        old = standing.pop(task.id, [])
        if [prediction.result for prediction in old] == ([] if results is None else [results]):
            continue
        changed.append(task.document)
        for prediction in old:
            client.predictions.delete(prediction.id)
        if results is not None:
            wanted.append({"task": task.id, "result": results, "model_version": labels.name})
    if wanted:
        request: Any = wanted
        client.projects.import_predictions(project, request=request)
        client.projects.update(project, model_version=labels.name)  # what a new annotation starts from
    return changed


def _standing(client: LabelStudio, project: int, name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    predictions: Iterable[Any] = client.predictions.list(project=project)
    for prediction in predictions:
        if prediction.model_version == name:
            found.setdefault(prediction.task, []).append(prediction)
    return found


def numbered_results(name: str, labels: Labels, candidates: Sequence[str]) -> list[Result]:
    """The results of labels that may lack ids: every record gets one that no record of an annotator could have."""
    own = "p-" + re.sub(r"[^A-Za-z0-9_-]", "-", name)
    ids = {quote.id: f"{own}-q{n}" for n, quote in enumerate(labels.quotes, 1)}
    numbered = Labels(
        mentions=[record.model_copy(update={"id": f"{own}-e{n}"}) for n, record in enumerate(labels.mentions, 1)],
        decoys=[record.model_copy(update={"id": f"{own}-d{n}"}) for n, record in enumerate(labels.decoys, 1)],
        quotes=[
            quote.model_copy(update={"id": f"{own}-q{n}", "parent": ids.get(quote.parent) if quote.parent else None})
            for n, quote in enumerate(labels.quotes, 1)
        ],
        pairs=labels.pairs,
    )
    return to_results(numbered, candidates)
