"""A system's labels from its annotation set, for any task."""

from pathlib import Path
from typing import Any

from goldwire.checks.anchoring import check_labels
from goldwire.errors import GoldwireError
from goldwire.gold import LAYERS, Gold
from goldwire.sets import SET, read_set
from goldwire.signature import Task


def read_system(folder: Path, gold: Gold, task: Task) -> Any:
    """What a set says for a task: labels by document or page id; for duplicates its pairs.

    Raises GoldwireError, naming the first fault, where a record is not one or does not fit its text,
    and where the set does not hold the layer at all.
    """
    place = folder.resolve()
    if not (place / SET).is_file():
        raise GoldwireError(f"{folder} holds no {SET}; expected an annotation set that says whose labels these are")
    labels, findings = read_set(place.parent, place.name)
    texts = {name: document.text for name, document in gold.documents.items()}
    layer = LAYERS[task][0]
    findings = [f for f in [*findings, *check_labels(labels, texts)] if f"/{layer}" in f.path]
    if findings:
        raise GoldwireError(f"{findings[0]} ({len(findings)} in all)")
    found = getattr(labels, layer)
    if found is None or found == {}:
        missing = f"{layer}.jsonl" if layer == "duplicates" else f"{layer}/"
        raise GoldwireError(f"{folder} holds no {missing}, so there is nothing to score; expected it beside {SET}")
    return tuple(found) if layer == "duplicates" else {name: tuple(table) for name, table in found.items()}
