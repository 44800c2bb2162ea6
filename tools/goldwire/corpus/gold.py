"""The gold corpus in memory: texts with their labels, pages, pairs, the registry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from goldwire.corpus.annotation_sets import GOLD, LabelSet
from goldwire.corpus.documents import Corpus, stale_path
from goldwire.corpus.jsonl import R, Table
from goldwire.corpus.layout import RUN
from goldwire.corpus.locate import data_root
from goldwire.corpus.manifest import digest, entries
from goldwire.corpus.tree import read_tree, root_of
from goldwire.model.collector import uncollected
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news
from goldwire.model.records import Block, Decoy, Entity, Mention, Page, Pair, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness, Layer, UnitLayer
from goldwire.text.clusters import closure


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article with its gold labels; a layer is None if it is not declared complete."""

    id: str
    page: str
    title: str
    text: str
    mentions: tuple[Mention, ...] | None
    quotes: tuple[Quote, ...] | None
    decoys: tuple[Decoy, ...] | None

    def __repr__(self) -> str:
        layers = {"mentions": self.mentions, "quotes": self.quotes, "decoys": self.decoys}
        held = [f"{'no' if table is None else len(table)} {name}" for name, table in layers.items()]
        return f"<GoldDocument {self.id} “{self.title}”: {len(self.text)} code points, {', '.join(held)}>"


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
    """Document ids grouped by article: exact and near repeats are in one group, in order."""
    partial: frozenset[tuple[Layer, str]] = frozenset()
    """Layers that are declared partial, with their page or document, and documents whose pairs are not judged."""
    chosen: frozenset[str] | None = None
    """The documents that entities and quotes are scored on; None for all."""
    profile: Profile = field(default_factory=news, repr=False)
    duplicates: Completeness = "complete"
    """How completely the pairs of documents are judged; a document without pairs is a cluster of its own."""

    def __repr__(self) -> str:
        held = (
            f"{len(self.documents)} documents",
            f"{len(self.pages)} pages",
            f"{len(self.pairs)} pairs",
            f"{len(self.entities)} entities",
        )
        return f"<Gold {self.name} {self.version}+{self.digest[:8]}: {', '.join(held)}>"


def load_set(folder: Path) -> Gold:
    """The gold in a set's folder; `gold` without such a folder is the gold that goldwire ships."""
    if folder == Path(GOLD) and not folder.is_dir():
        return load()
    return load(root_of(folder), folder.resolve().name)


def load(root: Path | str | None = None, name: str = GOLD) -> Gold:
    """Load the gold of a corpus, by default the one that goldwire ships; `name` is the set to use as gold.

    Raises GoldwireError with the first finding if a file has a fault.
    """
    place = Path(root) if root is not None else data_root()
    if (place / RUN).is_file():
        raise GoldwireError(f"{place} contains shards for goldwire scale; to load it, derive without --format parquet")
    if not (place / "corpus").is_dir():
        raise GoldwireError(f"{place} has no folder corpus/; expected the root of a corpus")
    with uncollected():
        tree, findings = read_tree(place)
    if findings:
        raise GoldwireError(f"{place} has faults: {findings[0]} ({len(findings)} in all; run goldwire check)")
    if (stale := stale_path(tree.corpus)) is not None:
        raise GoldwireError(f"{place}/{stale} differs from its recorded sha256; run goldwire check")
    labels = tree.find_set(name)
    if labels is None or tree.corpus.manifest is None:
        raise GoldwireError(f"{place} has no gold corpus; expected corpus/manifest.json and annotations/{name}")
    manifest = tree.corpus.manifest
    pairs = tuple(labels.duplicates or ())
    return Gold(
        root=place,
        version=manifest.version,
        digest=digest(entries(place), name),
        name=name,
        documents=_documents(tree.corpus, labels),
        pages={page.id: page for page in tree.corpus.pages},
        page_texts=tree.corpus.page_texts,
        blocks=_blocks(tree.corpus, labels),
        pairs=pairs,
        entities={entity.id: entity for entity in tree.registry},
        clusters=clusters_of([document.id for document in tree.corpus.documents], pairs),
        partial=frozenset(_partial(tree.corpus, labels)),
        profile=tree.profile,
        duplicates=labels.declared("duplicates"),
    )


def _documents(corpus: Corpus, labels: LabelSet) -> dict[str, GoldDocument]:
    return {
        document.id: GoldDocument(
            document.id,
            document.page,
            document.title,
            corpus.texts[document.id],
            _complete(labels, "entities", labels.entities, document.id),
            _complete(labels, "quotes", labels.quotes, document.id),
            _complete(labels, "decoys", labels.decoys, document.id),
        )
        for document in corpus.documents
    }


def _blocks(corpus: Corpus, labels: LabelSet) -> dict[str, tuple[Block, ...]]:
    found = {page.id: _complete(labels, "segments", labels.segments, page.id) for page in corpus.pages}
    return {page: blocks for page, blocks in found.items() if blocks is not None}


def _complete(labels: LabelSet, layer: UnitLayer, tables: Mapping[str, Table[R]], unit: str) -> tuple[R, ...] | None:
    """The labels of a page or document in a layer; None if the layer is not declared complete."""
    if labels.declared(layer, unit) != "complete":
        return None
    if unit not in tables:
        raise GoldwireError(f"{labels.path}/set.json declares {layer} of {unit} complete, but the file is missing")
    return tuple(tables[unit])


def _partial(corpus: Corpus, labels: LabelSet) -> Iterable[tuple[Layer, str]]:
    for document in corpus.documents:
        name = document.id
        yield from ((layer, name) for layer in DOCUMENT_LAYERS if labels.declared(layer, name) == "partial")
    for page in corpus.pages:
        if labels.declared("segments", page.id) == "partial":
            yield "segments", page.id
    for document in corpus.documents:
        if labels.declared("duplicates", document.id) != "complete":
            yield "duplicates", document.id


def clusters_of(documents: list[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """Documents grouped by exact and near pairs; related and contained pairs never join a cluster."""
    clusters: dict[str, list[str]] = {}
    leader = closure(documents, pairs)
    for name in documents:
        clusters.setdefault(leader[name], []).append(name)
    return tuple(tuple(cluster) for cluster in clusters.values())
