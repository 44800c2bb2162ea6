"""Declaring layers of gold complete, or attempted by another set, after the checks that they must pass."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from goldwire.checks.completeness import check_completeness
from goldwire.checks.coverage import check_cover
from goldwire.checks.duplicates import check_reuse
from goldwire.checks.offsets import check_anchoring
from goldwire.checks.references import Known, check_links
from goldwire.checks.staleness import check_pages, check_texts
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, LabelSet, set_folders
from goldwire.corpus.canonical import pretty
from goldwire.corpus.files import write_bytes
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.release import reopen
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding, errors, grouped_by_cause, with_severity
from goldwire.model.records import AnnotationSet
from goldwire.model.vocabulary import DOCUMENT_LAYERS, UNIT_LAYERS, Layer

ID = re.compile(r"[A-Za-z0-9_]+(?:-[0-9]{2,})?")
LABELS: tuple[Layer, ...] = (*DOCUMENT_LAYERS, "duplicates")
"""The layers that are declared by document."""
Wanted = Mapping[Layer, Collection[str]]
"""The documents, for segments the pages, of every layer that is to be declared complete."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What was declared, by document or page, and the findings that kept the rest from being declared."""

    declared: dict[str, list[Layer]]
    findings: list[Finding]


def complete(root: Path, documents: Collection[str], layers: Collection[Layer] = (), name: str = GOLD) -> Completed:
    """Declare layers of documents complete in a set; without documents, all that have a file and no finding.

    Without `layers`, those that the set has anywhere. Named documents are declared together or not at all. Only gold
    must contain all that a complete layer has: another set declares what it attempted. Raises GoldwireError for an
    unknown document or set, a layer that the set lacks, and a corpus that cannot be read.
    """
    tree, faults = read_tree(root, {name})
    gold = tree.find_set(name)
    if name != GOLD and gold is None:
        sets = ", ".join(folder.rsplit("/", 1)[-1] for folder in set_folders(root))
        raise GoldwireError(f"no set {name!r}; expected one of {sets}")
    if faults or gold is None or gold.info is None:
        what = faults[0] if faults else f"{ANNOTATIONS}/{name} is missing"
        raise GoldwireError(f"the corpus has faults: {what}; run goldwire check and fix them first")
    wanted = _wanted(tree, gold, documents, layers) if documents else _labelled(tree, gold, layers)
    found = _caused(tree, gold, wanted)
    if found and not documents:
        named = {name for fault in found for name in ID.findall(f"{fault.path} {fault.message}")}
        rest: Wanted = {layer: [unit for unit in units if unit not in named] for layer, units in wanted.items()}
        wanted = {} if _caused(tree, gold, rest) else rest
    elif found:
        wanted = {}
    declared: dict[str, list[Layer]] = {}
    for layer, units in wanted.items():
        for unit in units:
            declared.setdefault(unit, []).append(layer)
    if declared:
        reopen(root)  # first, since it refuses a manifest that cannot be read
        write_bytes(root / gold.path / SET, pretty(_with(tree, gold.info, wanted)).encode())
    return Completed(dict(sorted(declared.items())), found)


def _wanted(tree: Tree, gold: LabelSet, documents: Iterable[str], layers: Collection[Layer]) -> Wanted:
    pages = {document.id: document.page for document in tree.corpus.documents}
    if unknown := sorted(set(documents) - set(pages)):
        raise GoldwireError(f"no document {unknown[0]!r}; ids look like {next(iter(pages), '003-01')}")
    chosen: list[Layer] = list(layers) or [layer for layer in LABELS if tree.profile.has(layer) and _has(gold, layer)]
    if not chosen:
        raise GoldwireError(f"{gold.path} has no labels of documents; label them first, or name --layers")
    return {
        layer: [
            unit
            for unit in sorted({pages[name] if layer == "segments" else name for name in documents})
            if gold.declared(layer, unit) != "complete"
        ]
        for layer in chosen
    }


def _labelled(tree: Tree, gold: LabelSet, layers: Collection[Layer]) -> Wanted:
    """The units of each layer that have a file and are not complete; all labelled documents for the pairs."""
    files: dict[Layer, set[str]] = {layer: set(gold.tables(layer)) for layer in UNIT_LAYERS}
    if gold.duplicates is not None:
        files["duplicates"] = set().union(*(files[layer] for layer in DOCUMENT_LAYERS))
    return {
        layer: sorted(unit for unit in units if gold.declared(layer, unit) != "complete")
        for layer, units in files.items()
        if not layers or layer in layers
    }


def _has(gold: LabelSet, layer: Layer) -> bool:
    """Whether gold has a layer anywhere."""
    if layer == "duplicates":
        return gold.declared("duplicates") != "none"
    assert gold.info is not None
    return bool(gold.tables(layer)) or any(value != "none" for value in gold.info.units(layer).values())


def _with(tree: Tree, info: AnnotationSet, wanted: Wanted) -> AnnotationSet:
    """What set.json declares with the wanted layers complete."""
    update: dict[str, object] = {}
    for layer, units in wanted.items():
        before: object = info.duplicates if layer == "duplicates" else info.units(layer)
        after = dict(
            sorted({**(before if isinstance(before, dict) else {}), **dict.fromkeys(units, "complete")}.items())
        )
        update[layer] = after
        if layer == "duplicates":
            whole = all(after.get(document.id) == "complete" for document in tree.corpus.documents)
            update[layer] = "complete" if whole else after if units else before
    return info.model_copy(update=update)


def _caused(tree: Tree, gold: LabelSet, wanted: Wanted) -> list[Finding]:
    """The findings in files of the wanted units, and those that appear once they are declared complete."""
    assert gold.info is not None
    paths = {f"{gold.path}/{layer}/{unit}.jsonl" for layer, units in wanted.items() for unit in units}
    names = {unit for units in wanted.values() for unit in units}
    before = set(_findings(tree, gold))
    after = _findings(tree, replace(gold, info=_with(tree, gold.info, wanted)))
    own = {*paths, *(f"corpus/text/{name}.txt" for name in names), *(f"corpus/pages/{name}.txt" for name in names)}
    caused = [fault for fault in after if fault not in before or fault.path in own]
    return grouped_by_cause(errors(with_severity(caused, tree.profile.levels)))


def _findings(tree: Tree, gold: LabelSet) -> Iterator[Finding]:
    tree = replace(tree, sets=[gold])
    stale = [*check_pages(tree), *check_texts(tree)]
    yield from stale
    tree = tree.without({fault.path for fault in stale})
    yield from check_anchoring(gold, tree.corpus.texts)
    yield from check_links(gold, Known(tree), tree.profile)
    yield from check_cover(gold, tree.corpus.page_texts, tree.profile)
    yield from check_completeness(tree)
    yield from check_reuse(tree)
