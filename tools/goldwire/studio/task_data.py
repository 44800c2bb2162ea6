"""The task of every document: what an annotator sees, and the labels that a set has of it."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict, cast

from goldwire.corpus.annotation_sets import LabelSet, read_proposals
from goldwire.corpus.tree import Tree
from goldwire.model.records import Entity
from goldwire.studio.candidates import Candidate, candidates
from goldwire.studio.convert.complete import shown_results
from goldwire.studio.convert.to_results import Labels, Result, beyond_editor
from goldwire.studio.labelling_config import ENTITIES, NEW_ENTITY, entities_of
from goldwire.studio.sync_state import fingerprint
from goldwire.text.derived_fields import derivable

NOT_REGISTERED = "· new: the registry lacks it ·"


class Choice(TypedDict):
    """An entity as the editor lists it: what it shows, and what it stores."""

    value: str
    alias: str


class TaskData(TypedDict):
    """What a task shows of its document."""

    document: str
    title: str
    text: str
    sha256: str
    language: str
    derived: list[str]
    """The fields of quotes that the corpus has and that are derived."""
    entities: list[Choice]
    candidates: list[Candidate]
    compared: str
    layers: NotRequired[list[str]]
    """The layers that its annotator labels, if not all."""
    differences: NotRequired[str]
    """Of an adjudication: what two sets differ on."""


class NewAnnotation(TypedDict):
    """The labels that a task begins with."""

    result: list[Result]
    ground_truth: bool


class NewPrediction(TypedDict):
    """Labels of another set, shown under its name."""

    model_version: str
    result: list[Result]


class NewTask(TypedDict):
    """A task to import."""

    data: TaskData
    annotations: NotRequired[list[NewAnnotation]]
    predictions: NotRequired[list[NewPrediction]]
    meta: NotRequired[dict[str, str]]


def new_tasks(tree: Tree, labels: LabelSet, layers: Sequence[str] = ()) -> list[NewTask]:
    """The task of every document, in order: its data, and its annotation if the set labels it.

    `layers` are those to label, if not all; the profile of the tree has no others.
    """
    entities = _listed(tree)
    earlier = candidates(tree, labels) if tree.profile.has("duplicates") else {}
    followed = sorted(derivable(tree.profile))
    languages = {page.id: page.language for page in tree.corpus.pages}
    made = []
    for document in tree.corpus.documents:
        name = document.id
        fields = {
            **entities,
            "document": name,
            "title": f"{name} · {document.title}",
            "text": tree.corpus.texts[name],
            "sha256": document.sha256,
            "language": languages.get(document.page, "en"),
            "derived": followed,
            "candidates": earlier.get(name, []),
            "compared": _compared(len(earlier.get(name, []))),
            **({"layers": list(layers)} if layers else {}),
        }
        data = cast(TaskData, fields)
        task: NewTask = {"data": data}
        found = labels_in(labels, name)
        if found is not None and not beyond_editor(found):
            results = shown_results(found, data)
            task["annotations"] = [{"result": results, "ground_truth": True}]
            task["meta"] = {"labels": fingerprint(found)}
        made.append(task)
    return made


def _listed(tree: Tree) -> dict[str, list[Choice]]:
    """The registry as the fields search it, as a whole and by type; titles have the aliases too."""
    new: Choice = {"value": NOT_REGISTERED, "alias": NEW_ENTITY}
    listed = {field: [new] for field in (ENTITIES, *map(entities_of, tree.profile.types))}
    for entity in _entities(tree):
        aliases = ", ".join(alias for alias in entity.aliases if alias != entity.name)
        words = f"{entity.name} · {entity.id}" + (f" · {aliases}" if aliases else "")
        for field in (ENTITIES, entities_of(entity.type)):
            listed.setdefault(field, [new]).append({"value": words, "alias": entity.id})
    return listed


def _entities(tree: Tree) -> list[Entity]:
    """The entities of the registry, then those that were proposed and not accepted yet."""
    known = {entity.id for entity in tree.registry}
    proposed, _ = read_proposals(tree.root)
    return [*tree.registry, *(entity for entity in proposed if entity.id not in known)]


def _compared(candidates: int) -> str:
    if not candidates:
        return "Duplicates: no earlier article shares text with this one"
    what = "1 earlier article shares" if candidates == 1 else f"{candidates} earlier articles share"
    return f"Duplicates: {what} text with this one; judge each"


def document_labels(labels: LabelSet, document: str) -> Labels:
    """The labels of one document in a set, including its pairs with earlier documents."""
    return Labels(
        mentions=list(labels.entities.get(document, ())),
        quotes=list(labels.quotes.get(document, ())),
        decoys=list(labels.decoys.get(document, ())),
        pairs=None if labels.duplicates is None else [pair for pair in labels.duplicates if pair.b == document],
    )


def labels_in(labels: LabelSet, document: str) -> Labels | None:
    """The labels of a document in a set; None if none of its layers was attempted and no pair ends in it."""
    attempted = any(document in layer for layer in (labels.entities, labels.quotes, labels.decoys))
    found = document_labels(labels, document)
    return found if attempted or found.pairs else None
