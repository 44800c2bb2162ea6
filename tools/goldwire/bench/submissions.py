"""A system's labels from its annotation set or from files it wrote, for any task."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldwire.bench.predictions import counted_in
from goldwire.bench.selection import LAYERS
from goldwire.bench.submission_files import read_files
from goldwire.checks.offsets import check_anchoring
from goldwire.corpus.annotation_sets import SET, LabelSet, read_set
from goldwire.corpus.gold import Gold
from goldwire.corpus.locate import place_of
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Task


def read_system(folder: Path, gold: Gold, task: Task) -> Any:
    """What a set, or a folder or file without set.json, says for a task: labels by id; for duplicates its pairs.

    Raises GoldwireError, naming the first fault, where a record is not one or does not fit its text,
    and where the layer is not there at all.
    """
    folder = place_of(folder, gold.root)
    place = folder.resolve()
    texts = {name: document.text for name, document in gold.documents.items()}
    if not (place / SET).is_file():
        return read_files(folder, task, gold.page_texts if task == "segments" else texts)
    labels, findings = read_set(place.parent, place.name)
    layer = LAYERS[task][0]
    findings = [f for f in [*findings, *check_anchoring(labels, texts)] if f"/{layer}" in f.path]
    if findings:
        raise GoldwireError(f"{findings[0]} ({len(findings)} in all){_unit(labels, texts)}")
    found = getattr(labels, layer)
    if found is None or found == {}:
        missing = f"{layer}.jsonl" if layer == "duplicates" else f"{layer}/"
        raise GoldwireError(f"{folder} holds no {missing}, so there is nothing to score; expected it beside {SET}")
    return tuple(found) if layer == "duplicates" else {name: tuple(table) for name, table in found.items()}


def _unit(labels: LabelSet, texts: Mapping[str, str]) -> str:
    """Where the first span that does not fit its text would fit if its offsets counted something else."""
    for name, text in texts.items():
        spans = [*labels.entities.get(name, ()), *(s for q in labels.quotes.get(name, ()) for s in q.content)]
        for span in spans:
            if text[span.start : span.end] != span.text:
                return counted_in(span.text, span.start, span.end, text)
    return ""
