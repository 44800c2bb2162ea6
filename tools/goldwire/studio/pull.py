"""Pull: what was labelled, as an annotation set with the smallest difference to the one in git."""

from typing import Any

from label_studio_sdk import LabelStudio

from goldwire.errors import GoldwireError
from goldwire.jsonl import Table
from goldwire.records import AnnotationSet, Pair
from goldwire.sets import LabelSet, layer_path
from goldwire.studio.project import title_of
from goldwire.studio.push import document_labels, find_project
from goldwire.studio.reading import Malformed, from_results
from goldwire.studio.results import Labels
from goldwire.tree import Tree


def pull(client: LabelStudio, tree: Tree, labels: LabelSet) -> tuple[LabelSet, list[str]]:
    """The set with the newest submitted annotation of every task in it, and a line for each that is no label.

    A task whose annotation is malformed, or whose text is not the corpus's, leaves its document as
    it is in the set. Drafts are not pulled.
    """
    project = find_project(client, labels.name)
    if project is None:
        raise GoldwireError(f"this server has no project “{title_of(labels.name)}”; make it with: goldwire studio up")
    hashes = {document.id: document.sha256 for document in tree.corpus.documents}
    pulled: dict[str, Labels] = {}
    faults: list[str] = []
    task: Any
    for task in client.tasks.list(project=project.id, fields="all"):
        data: dict[str, Any] = task.data or {}
        name, results = str(data.get("document")), _newest(task.annotations or [])
        if results is None:
            continue
        if hashes.get(name) != data.get("sha256"):
            faults.append(f"task {task.id}: the text of {name} is not the corpus's any more; push it anew")
            continue
        try:
            known = document_labels(labels, name)
            pulled[name] = from_results(name, tree.corpus.texts[name], results, data.get("candidates") or [], known)
        except Malformed as error:
            faults.append(f"task {task.id} ({name}): {error}; {name} is left as it was")
    return _merged(labels, pulled), faults


def _newest(annotations: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    submitted = [annotation for annotation in annotations if not annotation.get("was_cancelled")]
    newest = max(submitted, key=lambda annotation: str(annotation.get("updated_at")), default=None)
    return None if newest is None else list(newest["result"])


def _merged(labels: LabelSet, pulled: dict[str, Labels]) -> LabelSet:
    entities, quotes, decoys = dict(labels.entities), dict(labels.quotes), dict(labels.decoys)
    for name, found in pulled.items():
        entities[name] = Table(layer_path(labels.path, "entities", name), list(enumerate(found.mentions, 1)))
        quotes[name] = Table(layer_path(labels.path, "quotes", name), list(enumerate(found.quotes, 1)))
        decoys[name] = Table(layer_path(labels.path, "decoys", name), list(enumerate(found.decoys, 1)))
    kept: list[Pair] = [pair for pair in labels.duplicates or () if pair.b not in pulled]
    kept += [pair for found in pulled.values() for pair in found.pairs]
    pairs = Table(layer_path(labels.path, "duplicates"), list(enumerate(kept, 1)))
    return LabelSet(labels.path, _declared(labels, pulled), labels.segments, entities, quotes, decoys, pairs)


def _declared(labels: LabelSet, pulled: dict[str, Labels]) -> AnnotationSet | None:
    """What set.json says, with layers that were none and have labels now as partial."""
    info = labels.info
    if info is None:
        return None
    update: dict[str, Any] = {}
    for layer in ("entities", "quotes", "decoys"):
        said = dict(getattr(info, layer))
        said |= {name: "partial" for name in pulled if said.get(name, "none") == "none"}
        update[layer] = dict(sorted(said.items()))
    if info.duplicates == "none" and pulled:
        update["duplicates"] = "partial"
    return info.model_copy(update=update)
