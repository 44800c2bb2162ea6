"""The task of every document: what an annotator is shown, and the labels that a set has of it."""

from typing import Any

from goldwire.corpus.annotation_sets import LabelSet, read_proposals
from goldwire.corpus.tree import Tree
from goldwire.model.records import Entity
from goldwire.studio.candidates import candidates
from goldwire.studio.convert.to_results import Labels, to_results
from goldwire.studio.labelling_config import NEW_ENTITY
from goldwire.studio.sync_state import fingerprint

NOT_REGISTERED = "· new: the registry lacks it ·"


def tasks(tree: Tree, labels: LabelSet) -> list[dict[str, Any]]:
    """The task of every document, in order: its data, and its annotation where the set labels it."""
    entities = [{"value": NOT_REGISTERED, "alias": NEW_ENTITY}]
    entities += [{"value": f"{entity.name} · {entity.id}", "alias": entity.id} for entity in _entities(tree)]
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
            "compared": _compared(len(earlier.get(name, []))),
        }
        task: dict[str, Any] = {"data": data}
        if (found := labels_in(labels, name)) is not None:
            results = to_results(found, [candidate["document"] for candidate in data["candidates"]])
            task["annotations"] = [{"result": results, "ground_truth": True}]
            task["meta"] = {"labels": fingerprint(found)}
        made.append(task)
    return made


def _entities(tree: Tree) -> list[Entity]:
    """Those of the registry, and behind them those that somebody proposed and nobody has accepted yet."""
    known = {entity.id for entity in tree.registry}
    proposed, _ = read_proposals(tree.root)
    return [*tree.registry, *(entity for entity in proposed if entity.id not in known)]


def _compared(candidates: int) -> str:
    if not candidates:
        return "Duplicates: no earlier article shares text with this one"
    what = "1 earlier article shares" if candidates == 1 else f"{candidates} earlier articles share"
    return f"Duplicates: {what} text with this one; judge each"


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
