"""Pull: what was labelled, as an annotation set with the smallest difference to the one in git."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
from goldwire.model.records import DOCUMENT_LAYERS, AnnotationSet, Entity, Pair
from goldwire.studio.conflicts import Clash, clashes
from goldwire.studio.convert.from_results import Malformed, from_results
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.quarantine import Fault, keep_aside
from goldwire.studio.record_ids import Numbers
from goldwire.studio.sync_state import Base, verdict
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import Task, Work

NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(slots=True)
class Pulled:
    """What a pull comes to: the set, and everything that was not taken into it, with the reason."""

    labels: LabelSet
    took: bool = False
    """Whether the set is another than it was."""
    agreed: dict[str, Labels] = field(default_factory=dict)
    """What both sides have once the set is written, by document."""
    faults: list[Fault] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    """Documents that only git changed: to be pushed."""
    notes: list[str] = field(default_factory=list)
    proposals: list[Entity] = field(default_factory=list)
    """Entities and surface forms that the registry lacks."""

    @property
    def whole(self) -> bool:
        """Whether everything that was submitted is in the set."""
        return not self.faults and not self.clashes


@dataclass(frozen=True, slots=True)
class Puller:
    """What it takes to read the work on a task as the labels of a set."""

    tree: Tree
    labels: LabelSet
    base: Base
    server: str

    @property
    def root(self) -> Path:
        """The corpus that is pulled into."""
        return self.tree.root

    def reader(self, task: Task, work: Work) -> Callable[[Labels], Labels]:
        """Reads the work with the ids of known labels kept."""
        numbers = Numbers(self.root, self.labels.path, self.base.numbers)
        text = self.tree.corpus.texts[task.document]

        def read(known: Labels) -> Labels:
            return from_results(task.document, text, work.results, task.candidates, known, numbers.highest)

        return read


def pull(puller: Puller, chosen: Iterable[tuple[Task, Work]], take: Mapping[str, str]) -> Pulled:
    """The set with the chosen work in it, as far as it is sound and git has not changed the same document.

    Work that is malformed, is not of the corpus's text, or breaks a check of spans or links is kept
    aside and leaves its document as it is. `take` settles conflicts: by document, git or studio.
    """
    pulled = Pulled(puller.labels)
    taken: dict[str, tuple[Task, Work, Labels]] = {}
    for task, work in chosen:
        try:
            _judge(puller, task, work, take.get(task.document), pulled, taken)
        except Malformed as error:
            pulled.faults.append(keep_aside(puller.root, puller.server, task, work, str(error)))
    merged = merge(puller.labels, {name: labels for name, (_, _, labels) in taken.items()})
    proposed = [entity for _, _, labels in taken.values() for entity in labels.proposals]
    for name, finding in _unsound(puller.tree, merged, taken, proposed).items():
        task, work, _ = taken.pop(name)
        pulled.agreed.pop(name)
        reason = f"{finding.code}: {finding.message}"
        pulled.faults.append(keep_aside(puller.root, puller.server, task, work, reason))
    pulled.took = bool(taken)
    drafts = {name for name, (_, work, _) in taken.items() if work.draft}
    pulled.proposals = [*_entities(puller, [labels for _, _, labels in taken.values()])]
    pulled.labels = merge(puller.labels, {name: labels for name, (_, _, labels) in taken.items()}, drafts)
    return pulled


def _entities(puller: Puller, taken: Iterable[Labels]) -> Iterator[Entity]:
    """What the registry lacks: the entities that were proposed, and in gold the surface forms of those it has."""
    known = {entity.id: entity for entity in puller.tree.registry}
    for labels in taken:
        yield from labels.proposals
        for mention in labels.mentions if puller.labels.name == GOLD else ():
            entity = known.get(mention.entity or "")
            if entity is not None and mention.text not in entity.aliases:
                yield entity.model_copy(update={"aliases": [mention.text]})


def _judge(puller: Puller, task: Task, work: Work, side: str | None, pulled: Pulled, taken: dict[str, Any]) -> None:
    name = task.document
    if not stands(puller.tree, task):
        reason = f"its text is not the corpus's any more; push says what to do about {name}"
        pulled.faults.append(keep_aside(puller.root, puller.server, task, work, reason))
        return
    git = labels_in(puller.labels, name)
    read = puller.reader(task, work)
    now = read(git or Labels())
    what = verdict(git, now, read, puller.base.documents.get(name), task.meta.get("labels"))
    if what == "same":
        pulled.agreed[name] = now
    elif what == "studio" or side == "studio":
        pulled.agreed[name] = now
        taken[name] = task, work, now
    elif what == "git" or side == "git":
        pulled.ahead.append(name)
        if side == "git":  # git's version is the newer one now: the next push brings it
            pulled.agreed[name] = now
    else:
        pulled.clashes += clashes(name, puller.base.documents.get(name), git or Labels(), now)


def stands(tree: Tree, task: Task) -> bool:
    """Whether the task shows the text of the corpus, and no push was killed while it brought another."""
    hashes = {document.id: document.sha256 for document in tree.corpus.documents}
    text = tree.corpus.texts.get(task.document)
    return (text, hashes.get(task.document)) == (task.data.get("text"), task.data.get("sha256")) and text is not None


def _unsound(tree: Tree, merged: LabelSet, names: Collection[str], proposed: Iterable[Entity]) -> dict[str, Finding]:
    """The first finding of every document whose records would be at fault, were what is proposed accepted."""
    entities = all_merged([*tree.registry, *read_proposals(tree.root)[0], *proposed])
    registry = Table.numbered(REGISTRY, entities, tree.registry.whole)
    known = Known(replace(tree, registry=registry))
    found: dict[str, Finding] = {}
    pairs = dict((merged.duplicates or Table("")).rows)
    for finding in [*check_anchoring(merged, tree.corpus.texts), *check_links(merged, known)]:
        name = Path(finding.path).stem
        if finding.path == layer_path(merged.path, "duplicates") and finding.line in pairs:
            name = pairs[finding.line].b
        if name in names:
            found.setdefault(name, finding)
    return found


def merge(labels: LabelSet, pulled: Mapping[str, Labels], drafts: Collection[str] = ()) -> LabelSet:
    """A set with the labels of some documents put in the place of its own; those of drafts are declared partial."""
    if not pulled:
        return labels
    entities, quotes, decoys = dict(labels.entities), dict(labels.quotes), dict(labels.decoys)
    for name, found in pulled.items():
        entities[name] = Table.numbered(layer_path(labels.path, "entities", name), found.mentions)
        quotes[name] = Table.numbered(layer_path(labels.path, "quotes", name), found.quotes)
        decoys[name] = Table.numbered(layer_path(labels.path, "decoys", name), found.decoys)
    pairs = _merged_pairs(labels, pulled)
    info = _declared(labels, pulled, drafts, compared=pairs is not None)
    return LabelSet(labels.path, info, labels.segments, entities, quotes, decoys, pairs)


def _merged_pairs(labels: LabelSet, pulled: Mapping[str, Labels]) -> Table[Pair] | None:
    if labels.duplicates is None and all(found.pairs is None for found in pulled.values()):
        return None
    kept = [pair for pair in labels.duplicates or () if pair.b not in pulled or pulled[pair.b].pairs is None]
    kept += [pair for found in pulled.values() for pair in found.pairs or ()]
    return Table.numbered(layer_path(labels.path, "duplicates"), kept)


def _declared(
    labels: LabelSet, pulled: Iterable[str], drafts: Collection[str], compared: bool
) -> AnnotationSet | None:
    """What set.json says, with layers that were none.

    An annotator who submits says that it is done: complete. In gold that is for a steward to say.
    """
    info = labels.info
    if info is None:
        return None
    done = "complete" if info.kind == "annotator" else "partial"
    update: dict[str, Any] = {}
    for layer in DOCUMENT_LAYERS:
        said = dict(getattr(info, layer))
        for name in pulled:
            if said.get(name, "none") == "none" or (info.kind == "annotator" and said[name] == "partial"):
                said[name] = "partial" if name in drafts else done
        update[layer] = dict(sorted(said.items()))
    if info.duplicates == "none" and compared:
        update["duplicates"] = "partial"
    return info.model_copy(update=update)


def begin_set(name: str, gold: LabelSet | None) -> LabelSet:
    """An annotator's set with nothing in it yet, by the guideline that gold follows."""
    if not NAME.fullmatch(name) or name == GOLD:
        raise GoldwireError(f"{name!r} is no name for an annotator's set; expected letters, digits, _ and - alone")
    nothing: dict[str, Any] = {"segments": {}, "entities": {}, "quotes": {}, "decoys": {}, "duplicates": "none"}
    info = AnnotationSet(
        name=name,
        kind="annotator",
        description="Labelled in Label Studio.",
        annotators=[name],
        adjudicators=[],
        guidelines=gold.info.guidelines if gold and gold.info else None,
        **nothing,
    )
    return LabelSet(f"{ANNOTATIONS}/{name}", info)
