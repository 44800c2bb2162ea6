"""The checks of an annotation before it becomes part of a set: the guard runs them at a save, pull at a pull."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from goldwire.checks.completeness import check_completeness
from goldwire.checks.duplicates import check_reuse
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
from goldwire.model.findings import Finding
from goldwire.model.profile import Profile
from goldwire.model.records import Document, Entity, Page, Record
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Layer
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.from_results import Malformed
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.refusals import Refusal, in_order, of_finding, of_malformed

R = TypeVar("R", bound=Record)
ELSEWHERE = frozenset({"unregistered-surface"})
"""Faults that are fixed in the registry, not in the editor; `goldwire check` reports them."""
DERIVED = frozenset({"quote-type-mismatch", "missing-parent", "speaker-kind-mismatch", "speaker-not-mentioned"})
"""Fields that differ from what follows from other labels: what a person set is saved; `goldwire check` reports it."""
REVEALING = frozenset({"unmarked-surface"})
"""Faults that reveal what others marked, which an annotator of a pass must not see."""


def faults(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None = None
) -> list[Refusal]:
    """Every fault that a save would bring into the set of a name, in the order of the text.

    `data` is that of the task. Missing labels are faults if gold's set.json declares the document's layers
    complete, and in every annotator's set. `registry` replaces the one in the corpus's files.
    """
    return [refusal for refusal in _judged(root, name, data, results, registry) if refusal.code not in DERIVED]


def remarks(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None = None
) -> list[Refusal]:
    """Every field that is set otherwise than it follows from the other labels; see `faults`."""
    return [refusal for refusal in _judged(root, name, data, results, registry) if refusal.code in DERIVED]


def _judged(
    root: Path, name: str, data: Mapping[str, Any], results: object, registry: Iterable[Entity] | None
) -> list[Refusal]:
    profile, document, text = profile_of(root), str(data["document"]), str(data["text"])
    profile = profile.limited_to(data.get("layers") or ())
    malformed: list[Refusal] = []
    left = results
    while True:
        try:
            found = read_labels({**data}, left, Labels(), profile=profile)
            break
        except Malformed as error:
            malformed.append(of_malformed(error, text, results))
            fewer = _without_region(left, error.region)
            if fewer == left:
                return in_order(malformed)
            left = fewer
    texts = {str(candidate["document"]): str(candidate["text"]) for candidate in data.get("candidates") or []}
    texts[document] = text
    refused, dropped = malformed, _spans(results) - _spans(left)
    hidden = (ELSEWHERE if name == GOLD else ELSEWHERE | REVEALING) | profile.checks.keys()
    for judge in (_check_records, _check_completeness):
        tree = _tree_of_one(root, profile, name, document, texts, found, registry)
        records = _records(tree.sets[0])
        wrong = {fault for fault in judge(tree) if fault.path in records and fault.code not in hidden}
        for fault in wrong:
            record = records[fault.path].get(fault.line)
            refusal = of_finding(fault, record, text)
            if not any(start <= refusal.at < end for start, end in dropped):  # else it follows from another fault
                refused.append(refusal)
        for record in {records[fault.path].get(fault.line) for fault in wrong} if judge is _check_records else ():
            if record is not None:
                dropped |= {(span.start, span.end) for span in getattr(record, "content", [record])}
                found = _without(found, record)
    return in_order(refused)


def _check_records(tree: Tree) -> Iterator[Finding]:
    yield from check_anchoring(tree.sets[0], tree.corpus.texts)
    yield from check_links(tree.sets[0], Known(tree), tree.profile)


def _check_completeness(tree: Tree) -> Iterator[Finding]:
    """Check what needs sound records: missing labels, and pairs against the texts."""
    yield from check_completeness(tree)
    yield from check_reuse(tree)


def _without(found: Labels, record: Record) -> Labels:
    return replace(
        found,
        mentions=[one for one in found.mentions if one != record],
        quotes=[one for one in found.quotes if one != record],
        decoys=[one for one in found.decoys if one != record],
        pairs=None if found.pairs is None else [one for one in found.pairs if one != record],
    )


def _without_region(results: object, region: str) -> object:
    """Results without a region, and without what it alone leads to, which would be a fault only by that."""
    found = [one for one in results if isinstance(one, Mapping)] if isinstance(results, list) else []
    leads_to: dict[str, set[str]] = {}
    for one in found:
        if one.get("type") == "relation" and one.get("labels") != ["inside"]:
            leads_to.setdefault(str(one.get("to_id")), set()).add(str(one.get("from_id")))
    gone = {region}
    while more := {name for name, sources in leads_to.items() if sources <= gone} - gone:
        gone |= more
    controls = {f"{name}_{region.removeprefix('relation_')}" for name in ("relation", "passage", "same")}
    return [
        one
        for one in found
        if not gone & {str(one.get(key)) for key in ("id", "from_id", "to_id")}
        and (region not in controls or one.get("from_name") not in controls)
    ]


def _spans(results: object) -> set[tuple[int, int]]:
    """The spans of the article that results mark."""
    found = results if isinstance(results, list) else []
    values = [one.get("value") for one in found if isinstance(one, Mapping) and one.get("to_name") == "text"]
    ends = [(value.get("start"), value.get("end")) for value in values if isinstance(value, Mapping)]
    return {(start, end) for start, end in ends if isinstance(start, int) and isinstance(end, int)}


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
        done: dict[str, object] = {
            layer: {document: "complete"} if profile.has(layer) else {} for layer in DOCUMENT_LAYERS
        }
        info = info.model_copy(update={"kind": "annotator", **done})
    if info is not None:  # only the candidates are here, so nothing is known of other pairs
        info = info.model_copy(update={"duplicates": "partial"})
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
