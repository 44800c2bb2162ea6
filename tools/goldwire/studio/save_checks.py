"""The checks of an annotation before it becomes part of a set: the guard runs them at a save, pull at a pull."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from goldwire.checks.completeness import check_completeness
from goldwire.checks.offsets import check_anchoring
from goldwire.checks.references import Known, check_links
from goldwire.corpus.annotation_sets import (
    ANNOTATIONS,
    GOLD,
    REGISTRY,
    LabelSet,
    layer_path,
    read_exemptions,
    read_info,
    read_proposals,
    read_registry,
)
from goldwire.corpus.documents import DOCUMENTS, PAGES, Corpus
from goldwire.corpus.jsonl import Table
from goldwire.corpus.profiles import profile_of
from goldwire.corpus.tree import Tree
from goldwire.curate.registry import merged
from goldwire.model.findings import CODES, Finding, shorten
from goldwire.model.profile import Profile
from goldwire.model.records import Document, Entity, Page, Quote, Record
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Layer
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.from_results import Malformed
from goldwire.studio.convert.to_results import Labels

R = TypeVar("R", bound=Record)
ELSEWHERE = frozenset({"unregistered-surface"})
"""Faults that are fixed in the registry, not in the editor; `goldwire check` reports them."""
DERIVED = frozenset({"quote-type-mismatch", "missing-parent", "speaker-kind-mismatch", "speaker-not-mentioned"})
"""Fields that differ from what follows from other labels: what a person set is saved; `goldwire check` reports it."""
REVEALING = frozenset({"unmarked-surface"})
"""Faults that reveal what others marked, which an annotator of a pass must not see."""


def faults(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None = None
) -> list[str]:
    """A line for every fault that a save would bring into the set of a name.

    `data` is that of the task. Missing labels are faults if gold's set.json declares the document's layers
    complete, and in every annotator's set. `registry` replaces the one in the corpus's files.
    """
    try:
        judged, records = _judged(root, name, data, results, registry)
    except Malformed as error:
        return [_with_words(error, str(data["text"]), results)]
    return list(_lines((fault for fault in judged if fault.code not in DERIVED), records))


def remarks(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None = None
) -> list[str]:
    """A line for every field that is set otherwise than it follows from the other labels; see `faults`."""
    try:
        judged, records = _judged(root, name, data, results, registry)
    except Malformed:
        return []
    return list(_lines((fault for fault in judged if fault.code in DERIVED), records))


def _judged(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None
) -> tuple[list[Finding], dict[str, Mapping[int, Record]]]:
    """The findings of an annotation, and its records; raises Malformed."""
    profile, document = profile_of(root), str(data["document"])
    found = read_labels(data, results, Labels(), profile=profile)
    texts = {str(candidate["document"]): str(candidate["text"]) for candidate in data.get("candidates") or []}
    tree = _tree_of_one(root, profile, name, document, {**texts, document: str(data["text"])}, found, registry)
    labels = tree.sets[0]
    records = _records(labels)
    hidden = ELSEWHERE if name == GOLD else ELSEWHERE | REVEALING

    def here(judged: Iterable[Finding]) -> list[Finding]:
        kept = {fault for fault in judged if fault.path in records and fault.code not in hidden}
        return sorted(fault for fault in kept if fault.code not in profile.checks)

    wrong = here([*check_anchoring(labels, tree.corpus.texts), *check_links(labels, Known(tree), tree.profile)])
    return wrong or here(check_completeness(tree)), records


def _records(labels: LabelSet) -> dict[str, Mapping[int, Record]]:
    """The records of a set by path, then by line."""
    tables = [*labels.entities.values(), *labels.quotes.values(), *labels.decoys.values(), labels.duplicates]
    return {table.path: dict(table.rows) for table in tables if table is not None}


def _tree_of_one(
    root: Path,
    profile: Profile,
    name: str,
    document: str,
    texts: dict[str, str],
    found: Labels,
    registry: Iterable[Entity] | None,
) -> Tree:
    """A tree with one document, its candidates, and its labels as gold."""
    folder = f"{ANNOTATIONS}/{GOLD}"

    def table(layer: Layer, records: Sequence[R], unit: str | None = document) -> Table[R]:
        return Table.numbered(layer_path(folder, layer, unit), records)

    info = read_info(root, f"{ANNOTATIONS}/{name}")[0] or read_info(root, folder)[0]
    if info is not None and name != GOLD:  # an annotator who submits declares it complete
        declared = [layer for layer in DOCUMENT_LAYERS if profile.has(layer)]
        done: dict[str, object] = {layer: {document: "complete"} for layer in declared}
        info = info.model_copy(update={"kind": "annotator", **done})
    labels = LabelSet(
        folder,
        info,
        entities={document: table("entities", found.mentions)},
        quotes={document: table("quotes", found.quotes)},
        decoys={document: table("decoys", found.decoys)},
        duplicates=table("duplicates", found.pairs or (), None),
    )
    documents: Table[Document] = Table(DOCUMENTS, whole=False)
    pages: Table[Page] = Table(PAGES, whole=False)
    corpus = Corpus(root, pages, documents, None, {}, texts)
    entities = merged(
        [
            *(read_registry(root, profile)[0] if registry is None else registry),
            *read_proposals(root, profile)[0],
            *found.proposals,
        ]
    )
    known = Table.numbered(REGISTRY, entities)
    return Tree(root, profile, corpus, known, read_exemptions(root)[0], [labels])


def _with_words(error: Malformed, text: str, results: object) -> str:
    """The fault after the words of its region, because nobody knows a region by its id."""
    for result in results if isinstance(results, list) else ():
        value = result.get("value") if isinstance(result, Mapping) and result.get("id") == error.region else None
        start, end = (value.get("start"), value.get("end")) if isinstance(value, Mapping) else (None, None)
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end].strip():
            return f"{shorten(text[start:end], 60)}, {error}"
    return str(error)


def _lines(wrong: Iterable[Finding], records: Mapping[str, Mapping[int, Record]]) -> Iterator[str]:
    """A line for every fault; the first of each kind also has the fix."""
    explained: set[str] = set()
    for fault in wrong:
        record = records[fault.path].get(fault.line)
        first = record.content[0] if isinstance(record, Quote) else record
        words = getattr(first, "text", getattr(first, "id", None))
        place = f"{shorten(words, 60)}: " if words else ""
        fix = "" if fault.code in explained else f": {CODES[fault.code].hint}"
        explained.add(fault.code)
        yield f"{place}{fault.message} ({fault.code}{fix})"
