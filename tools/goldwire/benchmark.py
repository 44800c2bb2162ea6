"""The corpus as a benchmark: load the gold, hand in a system or its labels, get a score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import index
from pathlib import Path
from typing import Any, get_args

from goldwire.checks.anchoring import check_mentions
from goldwire.corpus import Corpus
from goldwire.data import data_root
from goldwire.errors import GoldwireError
from goldwire.manifest import digest, entries
from goldwire.records import Block, Decoy, Entity, EntityType, Mention, Page, Pair, Quote
from goldwire.scorers.bootstrap import interval
from goldwire.scorers.counts import macro_f1
from goldwire.scorers.entities import Entity as Spanned
from goldwire.scorers.entities import EntityCounts, Typed, score_entities
from goldwire.sets import ANNOTATIONS, GOLD, SET, LabelSet, read_set
from goldwire.signature import Settings, Signature
from goldwire.tree import read_tree

TYPES = frozenset(get_args(EntityType))
System = Callable[[str], Iterable[Any]]
"""From a text to its labels; for entities, anything with start, end and type, or such triples."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article with its gold labels; a layer is None where it is not labelled completely."""

    id: str
    page: str
    title: str
    text: str
    mentions: tuple[Mention, ...] | None
    quotes: tuple[Quote, ...] | None
    decoys: tuple[Decoy, ...] | None


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold corpus: texts with their labels, pages with their blocks, pairs, and the registry."""

    root: Path
    version: str
    digest: str
    name: str
    documents: dict[str, GoldDocument]
    pages: dict[str, Page]
    page_texts: dict[str, str]
    blocks: dict[str, tuple[Block, ...]]
    pairs: tuple[Pair, ...]
    entities: dict[str, Entity]
    clusters: tuple[tuple[str, ...], ...] = field(default=())
    """Document ids grouped by article: repeats (exact or near) stand together, in order."""

    def select(self, settings: Settings) -> list[tuple[str, ...]]:
        """The clusters of documents that a task is scored on, those without complete gold left out."""
        chosen = []
        for cluster in self.clusters:
            labelled = [name for name in cluster if self.documents[name].mentions is not None]
            if labelled:
                chosen.append(tuple(labelled[:1] if settings.docs == "unique" else labelled))
        return chosen


def load(root: Path | str | None = None, name: str = GOLD) -> Gold:
    """Load the gold of a corpus, by default the one goldwire ships; `name` takes another set for gold.

    Raises GoldwireError, naming the first fault, where the corpus does not read clean.
    """
    place = Path(root) if root is not None else data_root()
    tree, findings = read_tree(place)
    if findings:
        raise GoldwireError(f"{place} does not read clean: {findings[0]} ({len(findings)} in all; run goldwire check)")
    labels = next((found for found in tree.sets if found.path == f"{ANNOTATIONS}/{name}"), None)
    if labels is None or tree.corpus.manifest is None:
        raise GoldwireError(f"{place} holds no gold corpus; expected corpus/manifest.json and annotations/{name}")
    manifest = tree.corpus.manifest
    pairs = tuple(labels.duplicates or ())
    return Gold(
        root=place,
        version=manifest.version,
        digest=digest(entries(place)),
        name=name,
        documents=_documents(tree.corpus, labels),
        pages={page.id: page for page in tree.corpus.pages},
        page_texts=tree.corpus.page_texts,
        blocks={unit: tuple(blocks) for unit, blocks in labels.segments.items()},
        pairs=pairs,
        entities={entity.id: entity for entity in tree.registry},
        clusters=_clusters([document.id for document in tree.corpus.documents], pairs),
    )


def _documents(corpus: Corpus, labels: LabelSet) -> dict[str, GoldDocument]:
    found = {}
    for document in corpus.documents:
        name = document.id
        layers: dict[str, Any] = {layer: _complete(labels, layer, name) for layer in ("entities", "quotes", "decoys")}
        found[name] = GoldDocument(
            name,
            document.page,
            document.title,
            corpus.texts[name],
            layers["entities"],
            layers["quotes"],
            layers["decoys"],
        )
    return found


def _complete(labels: LabelSet, layer: Any, name: str) -> tuple[Any, ...] | None:
    if labels.declared(layer, name) != "complete":
        return None
    table = getattr(labels, layer).get(name)
    if table is None:
        raise GoldwireError(f"{labels.path}/set.json says {layer} of {name} is complete, but there is no such file")
    return tuple(table)


def _clusters(documents: list[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """The closure of exact and near pairs; related and contained ones never join a cluster."""
    leader = {name: name for name in documents}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for pair in pairs:
        if pair.relation in ("exact", "near"):
            first, second = sorted((find(pair.a), find(pair.b)))
            leader[second] = first
    clusters: dict[str, list[str]] = {}
    for name in documents:
        clusters.setdefault(find(name), []).append(name)
    return tuple(tuple(cluster) for cluster in clusters.values())


@dataclass(frozen=True, slots=True)
class Score:
    """What a system scored: counts a document, their sum, the headline number with its interval."""

    counts: EntityCounts
    by_document: dict[str, EntityCounts]
    f1: float | None
    interval: tuple[float, float] | None
    macro: float | None
    signature: Signature
    ignored: dict[str, int]
    """Predictions whose type is none of gold's, by type; they count neither way."""

    def __str__(self) -> str:
        f1 = "undefined" if self.f1 is None else f"{self.f1:.3f}"
        bounds = f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]" if self.interval else ""
        return f"strict F1 {f1}{bounds}  {self.signature}"


def score(
    system: System | Mapping[str, Iterable[Any]], gold: Gold | None = None, settings: Settings | None = None
) -> Score:
    """Score a system, or the labels it gave by document id, against gold.

    A system is called with each text. Labels by id must name every document that is scored; an id
    gold does not know, or one left out, raises GoldwireError.
    """
    gold = gold or load()
    settings = settings or Settings()
    clusters = gold.select(settings)
    names = [name for cluster in clusters for name in cluster]
    if isinstance(system, Mapping):
        _check_ids(system, names, gold)
    ignored: dict[str, int] = {}
    counts: dict[str, EntityCounts] = {}
    for name in names:
        document = gold.documents[name]
        labels = system[name] if isinstance(system, Mapping) else _run(system, document)
        predicted = _inventory([_typed(label, document) for label in labels], ignored)
        counts[name] = score_entities(document.mentions or (), predicted, document.text, settings.trim)
    total = sum(counts.values(), EntityCounts())
    by_cluster = [sum((counts[name] for name in cluster), EntityCounts()) for cluster in clusters]
    return Score(
        counts=total,
        by_document=counts,
        f1=total.modes["strict"].f1,
        interval=interval([c.modes["strict"] for c in by_cluster], lambda c: c.f1, settings.resamples, settings.seed),
        macro=macro_f1({name: c.modes["strict"] for name, c in counts.items()}),
        signature=Signature(settings, gold.version, gold.digest, gold.name, len(names)),
        ignored=dict(sorted(ignored.items())),
    )


def _check_ids(labels: Mapping[str, Iterable[Any]], names: list[str], gold: Gold) -> None:
    unknown = sorted(set(labels) - set(gold.documents))
    missing = sorted(set(names) - set(labels))
    if unknown:
        raise GoldwireError(f"labels for {unknown[0]!r}, which is no document of the corpus; ids look like 003-01")
    if missing:
        raise GoldwireError(
            f"no labels for {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}; "
            "a document where nothing was found needs an empty list"
        )


def _run(system: System, document: GoldDocument) -> list[Any]:
    try:
        return list(system(document.text))
    except Exception as error:
        raise GoldwireError(f"the system failed on {document.id}: {type(error).__name__}: {error}") from error


def _typed(label: Any, document: GoldDocument) -> Typed:
    """A label as the scorer sees it: three things, or an object or mapping that has them by name."""
    parts: list[Any]
    if isinstance(label, Mapping):
        parts = [label.get(name) for name in Spanned._fields]
    elif isinstance(label, tuple | list):
        parts = list(label)
    else:
        parts = [getattr(label, name, None) for name in Spanned._fields]
    try:
        start, end, kind = index(parts[0]), index(parts[1]), parts[2]
        sound = len(parts) == 3 and 0 <= start < end <= len(document.text) and isinstance(kind, str)
    except (IndexError, TypeError):
        sound = False
    if not sound:
        raise GoldwireError(
            f"{document.id}: {label!r} is no entity of a text of {len(document.text)} code points; "
            "expected start, end and type, half-open, start before end"
        )
    return Spanned(start, end, kind)


def _inventory(predicted: list[Typed], ignored: dict[str, int]) -> list[Typed]:
    """Predictions of gold's types; the others are counted as ignored."""
    kept = []
    for mention in predicted:
        if mention.type in TYPES:
            kept.append(mention)
        else:
            ignored[mention.type] = ignored.get(mention.type, 0) + 1
    return kept


def read_system(folder: Path, gold: Gold) -> dict[str, tuple[Mention, ...]]:
    """The mentions of a system's annotation set, by document id.

    Raises GoldwireError, naming the first fault, where a record is not one or does not fit its text.
    """
    place = folder.resolve()
    if not (place / SET).is_file():
        raise GoldwireError(f"{folder} holds no {SET}; expected an annotation set that says whose labels these are")
    labels, findings = read_set(place.parent, place.name)
    findings = [fault for fault in findings if "/entities/" in fault.path]
    findings += check_mentions(labels, {name: document.text for name, document in gold.documents.items()})
    if findings:
        raise GoldwireError(f"{findings[0]} ({len(findings)} in all)")
    return {name: tuple(table) for name, table in labels.entities.items()}
