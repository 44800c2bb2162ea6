"""The corpus as a benchmark: load the gold, hand in a system or its labels, get a score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from goldwire.checks.anchoring import check_mentions
from goldwire.corpus import Corpus
from goldwire.errors import GoldwireError
from goldwire.files import sha256
from goldwire.records import Block, Decoy, Entity, EntityType, Mention, Page, Pair, Quote
from goldwire.scorers.bootstrap import interval
from goldwire.scorers.counts import macro_f1
from goldwire.scorers.entities import Entity as Spanned
from goldwire.scorers.entities import EntityCounts, Typed, score_entities
from goldwire.sets import GOLD, LabelSet, read_set, set_files
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


def data_root() -> Path:
    """Where the corpus that goldwire ships stands: inside the wheel, or the checkout it runs from."""
    here = Path(__file__).resolve().parent
    bundled = here / "data"
    return bundled if bundled.is_dir() else here.parents[1]


def load(root: Path | str | None = None) -> Gold:
    """Load the gold of a corpus, by default the one goldwire ships.

    Raises GoldwireError, naming the first fault, where the corpus does not read clean.
    """
    place = Path(root) if root is not None else data_root()
    tree, findings = read_tree(place)
    if findings:
        raise GoldwireError(f"{place} does not read clean: {findings[0]} ({len(findings)} in all; run goldwire check)")
    if tree.gold is None or tree.corpus.manifest is None:
        raise GoldwireError(f"{place} holds no gold corpus; expected corpus/manifest.json and annotations/{GOLD}")
    manifest, labels = tree.corpus.manifest, tree.gold
    pairs = tuple(labels.duplicates or ())
    return Gold(
        root=place,
        version=manifest.version,
        digest=_digest(manifest.digest, labels),
        name=labels.path.rsplit("/", 1)[-1],
        documents=_documents(tree.corpus, labels),
        pages={page.id: page for page in tree.corpus.pages},
        page_texts=tree.corpus.page_texts,
        blocks={unit: tuple(blocks) for unit, blocks in labels.segments.items()},
        pairs=pairs,
        entities={entity.id: entity for entity in tree.registry},
        clusters=_clusters([document.id for document in tree.corpus.documents], pairs),
    )


def _digest(corpus: str, labels: LabelSet) -> str:
    """One digest of the texts and the labels: change any byte of either and it changes."""
    lines = [f"{sha256(data)}  {path}\n" for path, data in sorted(set_files(labels).items())]
    return sha256("".join([corpus, "\n", *lines]).encode())


def _documents(corpus: Corpus, labels: LabelSet) -> dict[str, GoldDocument]:
    found = {}
    for document in corpus.documents:
        name = document.id
        layers: dict[str, Any] = {
            layer: tuple(getattr(labels, layer)[name]) if labels.declared(layer, name) == "complete" else None
            for layer in ("entities", "quotes", "decoys")
        }
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
        if self.f1 is None or self.interval is None:
            return f"strict F1 undefined  {self.signature}"
        low, high = self.interval
        return f"strict F1 {self.f1:.3f} [{low:.3f}, {high:.3f}]  {self.signature}"


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
        labels = system[name] if isinstance(system, Mapping) else system(document.text)
        predicted = _inventory([_typed(label, name) for label in labels], ignored)
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


def _typed(label: Any, document: str) -> Typed:
    if isinstance(label, tuple | list) and len(label) == 3:
        return Spanned(*label)
    if isinstance(label, Mapping) and {"start", "end", "type"} <= label.keys():
        return Spanned(label["start"], label["end"], label["type"])
    if all(hasattr(label, name) for name in ("start", "end", "type")):
        found: Typed = label
        return found
    raise GoldwireError(f"{document}: {label!r} is no entity; expected start, end and type (code points, half-open)")


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
    labels, findings = read_set(place.parent, place.name)
    findings = [fault for fault in findings if "/entities/" in fault.path]
    findings += check_mentions(labels, {name: document.text for name, document in gold.documents.items()})
    if findings:
        raise GoldwireError(f"{findings[0]} ({len(findings)} in all)")
    return {name: tuple(table) for name, table in labels.entities.items()}
