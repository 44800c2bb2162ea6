"""Pull: what was labelled, as an annotation set with the smallest difference to the one in git."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from goldwire.checks.offsets import check_anchoring
from goldwire.checks.references import Known, check_links
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, REGISTRY, LabelSet, layer_path, read_proposals
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.registry import merged as all_merged
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding
from goldwire.model.records import AnnotationSet, Entity, Pair
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness, DocumentLayer
from goldwire.studio.conflict_report import Conflict, record_conflicts
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.quarantine import Fault, quarantine
from goldwire.studio.save_checks import faults, remarks
from goldwire.studio.sync_state import LAYERS
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import Comparison, SyncedSet, Verdict, doubled, without_doubles

NAME = re.compile(r"[A-Za-z0-9_-]+")
Taken = dict[str, tuple[Task, Work, Labels]]
"""The work that is pulled and its labels, by document."""


@dataclass(slots=True)
class Pulled:
    """The result of a pull: the set, and everything that was not taken into it, with the reason."""

    labels: LabelSet
    took: bool = False
    """Whether the set has changed."""
    agreed: dict[str, Labels] = field(default_factory=dict)
    """The labels that both sides have once the set is written, by document."""
    faults: list[Fault] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    """Documents that only git changed: push updates them."""
    notes: list[str] = field(default_factory=list)
    proposals: list[Entity] = field(default_factory=list)
    """Entities and surface forms that the registry lacks."""

    @property
    def whole(self) -> bool:
        """Whether everything that was submitted is in the set."""
        return not self.faults and not self.conflicts


def pull(synced: SyncedSet, chosen: Iterable[tuple[Task, Work]], resolve: Mapping[str, str]) -> Pulled:
    """The set with the chosen work in it, except where git changed the same document.

    Work that is malformed, shows another text than the corpus's, or fails a check of spans or links is
    quarantined and leaves its document unchanged. `resolve` settles conflicts: by document, git or studio.
    """
    pulled, taken = Pulled(synced.labels), Taken()
    for task, work in _one_of_each(chosen, pulled):
        _pull_work(synced, task, work, resolve.get(task.document), pulled, taken)
    layers = [layer for layer in DOCUMENT_LAYERS if synced.tree.profile.has(layer)]
    merged = merge(synced.labels, _labels_of(taken), layers=layers)
    proposed = [entity for labels in _labels_of(taken).values() for entity in labels.proposals]
    wrong = {
        name: f"{finding.code}: {finding.message}"
        for name, finding in _unsound(synced.tree, merged, taken, proposed).items()
    }
    for name, reason in (_refused(synced, taken, pulled) | wrong).items():
        task, work, _ = taken.pop(name)
        pulled.agreed.pop(name)
        pulled.faults.append(quarantine(synced.tree.root, synced.server, task, work, reason))
    pulled.took = bool(taken)
    drafts = {name for name, (_, work, _) in taken.items() if work.draft}
    pulled.proposals = [*_entities(synced, _labels_of(taken).values())]
    pulled.labels = merge(synced.labels, _labels_of(taken), drafts, layers)
    return pulled


def _one_of_each(chosen: Iterable[tuple[Task, Work]], pulled: Pulled) -> Iterator[tuple[Task, Work]]:
    """The chosen work without that of documents with several tasks, which every pull would take in turn."""
    by_document: dict[str, list[tuple[Task, Work]]] = {}
    for task, work in chosen:
        by_document.setdefault(task.document, []).append((task, work))
    for name, found in by_document.items():
        kept = without_doubles([task for task, _ in found])
        if len(kept) > 1:
            pulled.faults.append(Fault(kept[0].id, name, doubled(kept)))
        else:
            yield from (each for each in found if each[0] in kept)


def _refused(synced: SyncedSet, taken: Taken, pulled: Pulled) -> dict[str, str]:
    """What the guard refuses of work that reached the server past it, by document; a draft may be unfinished."""
    found: dict[str, str] = {}
    for name, (task, work, _) in taken.items():
        if work.draft:
            continue
        lines = faults(synced.tree.root, synced.labels.name, task.data, work.results, synced.tree.registry)
        if not lines:
            told = remarks(synced.tree.root, synced.labels.name, task.data, work.results, synced.tree.registry)
            pulled.notes += [f"{name}: {line}" for line in told]
        else:
            found[name] = str(lines[0]) + (f" (and {len(lines) - 1} more)" if len(lines) > 1 else "")
    return found


def _labels_of(taken: Taken) -> dict[str, Labels]:
    return {name: labels for name, (_, _, labels) in taken.items()}


def _entities(synced: SyncedSet, taken: Iterable[Labels]) -> Iterator[Entity]:
    """What the registry lacks: proposed entities, and for gold also new surface forms of registered ones."""
    known = {entity.id: entity for entity in synced.tree.registry}
    for labels in taken:
        yield from labels.proposals
        for mention in labels.mentions if synced.labels.name == GOLD else ():
            entity = known.get(mention.entity or "")
            if entity is not None and mention.text not in entity.aliases:
                yield entity.model_copy(update={"aliases": [mention.text]})


def _pull_work(synced: SyncedSet, task: Task, work: Work, side: str | None, pulled: Pulled, taken: Taken) -> None:
    name = task.document
    found = synced.compare(task, work)
    if found.studio is None:
        pulled.faults.append(quarantine(synced.tree.root, synced.server, task, work, found.fault))
    elif found.verdict is Verdict.SAME:
        pulled.agreed[name] = found.studio
    elif side != "studio" and (lost := _removed(synced, task, found)):
        if side == "git":
            pulled.ahead.append(name)
            pulled.agreed[name] = found.studio
            return
        pulled.notes.append(f"{name}: the annotation in Label Studio removes {lost}")
        pulled.conflicts += record_conflicts(name, None, labels_in(synced.labels, name) or Labels(), found.studio)
    elif found.verdict.pull == "take" or side == "studio":
        pulled.agreed[name] = found.studio
        taken[name] = task, work, found.studio
    elif found.verdict.pull == "leave" or side == "git":
        pulled.ahead.append(name)
        if side == "git":  # git's version is the newer one now: the next push writes it to the task
            pulled.agreed[name] = found.studio
    else:
        base, git = synced.state.documents.get(name), labels_in(synced.labels, name) or Labels()
        pulled.conflicts += record_conflicts(name, base, git, found.studio)


def _removed(synced: SyncedSet, task: Task, found: Comparison) -> str:
    """What work removes from git, in words, if that is most of a document's labels or of a layer of at least four."""
    git, studio = labels_in(synced.labels, task.document), found.studio
    if found.verdict.pull != "take" or git is None or studio is None:
        return ""
    lost, before = 0, 0
    for layer in LAYERS:
        ours, theirs = getattr(git, layer) or [], getattr(studio, layer)
        kept = {record.id for record in ours if theirs is None} | {record.id for record in theirs or ()}
        gone = sum(record.id not in kept for record in ours)
        if len(ours) >= 4 and gone * 2 > len(ours):
            return f"{gone} of {len(ours)} {layer}"
        lost, before = lost + gone, before + len(ours)
    return f"{lost} of {before} labels" if lost * 2 > before else ""


def _unsound(tree: Tree, merged: LabelSet, names: Collection[str], proposed: Iterable[Entity]) -> dict[str, Finding]:
    """The first finding of every document whose records are at fault even if all proposed entities are accepted."""
    entities = all_merged([*tree.registry, *read_proposals(tree.root)[0], *proposed])
    registry = Table.numbered(REGISTRY, entities, tree.registry.whole)
    known = Known(replace(tree, registry=registry))
    found: dict[str, Finding] = {}
    pairs = dict((merged.duplicates or Table("")).rows)
    for finding in [*check_anchoring(merged, tree.corpus.texts), *check_links(merged, known, tree.profile)]:
        name = Path(finding.path).stem
        if finding.path == layer_path(merged.path, "duplicates") and finding.line in pairs:
            name = pairs[finding.line].b
        if name in names and finding.code not in tree.profile.checks:
            found.setdefault(name, finding)
    return found


def merge(
    labels: LabelSet,
    pulled: Mapping[str, Labels],
    drafts: Collection[str] = (),
    layers: Collection[DocumentLayer] = DOCUMENT_LAYERS,
) -> LabelSet:
    """A set in which the labels of some documents replace its own; those of drafts are declared partial.

    A document without labels of a layer is labelled only in `layers`, those of the corpus's profile.
    """
    if not pulled:
        return labels
    tables: dict[DocumentLayer, dict[str, Any]] = {layer: dict(labels.tables(layer)) for layer in DOCUMENT_LAYERS}
    for name, found in pulled.items():
        records: dict[DocumentLayer, list[Any]]
        records = {"entities": found.mentions, "quotes": found.quotes, "decoys": found.decoys}
        for layer in DOCUMENT_LAYERS:
            if records[layer] or layer in layers:
                tables[layer][name] = Table.numbered(layer_path(labels.path, layer, name), records[layer])
    pairs = _merged_pairs(labels, pulled)
    compared = [name for name, found in pulled.items() if found.pairs is not None]
    begun = {layer: [name for name in pulled if name in tables[layer]] for layer in DOCUMENT_LAYERS}
    info = _declared(labels, begun, drafts, compared)
    entities, quotes, decoys = (tables[layer] for layer in DOCUMENT_LAYERS)
    return LabelSet(labels.path, info, labels.segments, entities, quotes, decoys, pairs)


def _merged_pairs(labels: LabelSet, pulled: Mapping[str, Labels]) -> Table[Pair] | None:
    if labels.duplicates is None and all(found.pairs is None for found in pulled.values()):
        return None
    kept = [pair for pair in labels.duplicates or () if pair.b not in pulled or pulled[pair.b].pairs is None]
    kept += [pair for found in pulled.values() for pair in found.pairs or ()]
    return Table.numbered(layer_path(labels.path, "duplicates"), kept)


def _declared(
    labels: LabelSet,
    pulled: Mapping[DocumentLayer, Iterable[str]],
    drafts: Collection[str],
    compared: Iterable[str],
) -> AnnotationSet | None:
    """What set.json declares, with the layers of pulled documents.

    An annotator's submitted document is complete. In gold a steward decides that, so it is partial.
    """
    info = labels.info
    if info is None:
        return None
    done: Completeness = "complete" if info.kind == "annotator" else "partial"
    begun: dict[str, tuple[Mapping[str, Completeness], Iterable[str]]]
    begun = {layer: (info.units(layer), pulled[layer]) for layer in DOCUMENT_LAYERS}
    pairs = {} if info.duplicates == "none" else info.duplicates
    if isinstance(pairs, dict) and compared:
        begun["duplicates"] = pairs, compared
    update: dict[str, object] = {}
    for layer, (before, names) in begun.items():
        declared = dict(before)
        for name in names:
            if declared.get(name, "none") == "none" or (info.kind == "annotator" and declared[name] == "partial"):
                declared[name] = "partial" if name in drafts else done
        update[layer] = dict(sorted(declared.items()))
    return info.model_copy(update=update)


def begin_set(name: str, gold: LabelSet | None) -> LabelSet:
    """An empty annotator's set that follows the same guideline as gold."""
    if not NAME.fullmatch(name) or name == GOLD:
        raise GoldwireError(f"{name!r} cannot name an annotator's set; expected only letters, digits, _ and -")
    info = AnnotationSet(
        name=name,
        kind="annotator",
        description="Labelled in Label Studio.",
        annotators=[name],
        adjudicators=[],
        guidelines=gold.info.guidelines if gold and gold.info else None,
        segments={},
        entities={},
        quotes={},
        decoys={},
        duplicates="none",
    )
    return LabelSet(f"{ANNOTATIONS}/{name}", info)
