"""The task of every document: what an annotator is shown, and the labels that a set has of it."""

from typing import Any

from goldwire.sets import LabelSet
from goldwire.studio.base import fingerprint
from goldwire.studio.candidates import candidates
from goldwire.studio.results import Labels, to_results
from goldwire.tree import Tree


def tasks(tree: Tree, labels: LabelSet) -> list[dict[str, Any]]:
    """The task of every document, in order: its data, and its annotation where the set labels it."""
    entities = [{"value": f"{entity.name} · {entity.id}", "alias": entity.id} for entity in tree.registry]
    earlier = candidates(tree, labels)
    made = []
    for document in tree.corpus.documents:
        name = document.id
        data: dict[str, Any] = {
            "document": name,
            "title": f"{name} · {document.title}",
            "text": tree.corpus.texts[name],
            "sha256": document.sha256,
            "entities": entities,
            "candidates": earlier.get(name, []),
        }
        task: dict[str, Any] = {"data": data}
        if (found := labels_in(labels, name)) is not None:
            results = to_results(found, [candidate["document"] for candidate in data["candidates"]])
            task["annotations"] = [{"result": results, "ground_truth": True}]
            task["meta"] = {"labels": fingerprint(found)}
        made.append(task)
    return made


def document_labels(labels: LabelSet, document: str) -> Labels:
    """The labels of one document in a set, its pairs with earlier documents among them."""
    return Labels(
        mentions=list(labels.entities.get(document, ())),
        quotes=list(labels.quotes.get(document, ())),
        decoys=list(labels.decoys.get(document, ())),
        pairs=None if labels.duplicates is None else [pair for pair in labels.duplicates if pair.b == document],
    )


def labels_in(labels: LabelSet, document: str) -> Labels | None:
    """The labels of a document in a set; None where none of its layers was attempted."""
    attempted = any(document in layer for layer in (labels.entities, labels.quotes, labels.decoys))
    return document_labels(labels, document) if attempted else None
