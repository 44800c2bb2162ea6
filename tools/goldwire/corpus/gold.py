"""The gold corpus in memory: texts with their labels, pages, pairs, the registry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldwire.corpus.annotation_sets import GOLD, LabelSet
from goldwire.corpus.documents import Corpus
from goldwire.corpus.layout import RUN
from goldwire.corpus.locate import data_root
from goldwire.corpus.manifest import digest, entries
from goldwire.corpus.tree import read_tree, root_of, uncollected
from goldwire.model.errors import GoldwireError
from goldwire.model.records import DOCUMENT_LAYERS, Block, Decoy, Entity, Layer, Mention, Page, Pair, Quote
from goldwire.text.clusters import closure


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
    """Document ids grouped by article: repeats (exact or near) stand together, in order."""
    partial: frozenset[tuple[Layer, str]] = frozenset()
    """Layers that are begun and not finished, with their page or document; ("duplicates", "") for the pairs."""

    def __repr__(self) -> str:
        held = (
            f"{len(self.documents)} documents",
            f"{len(self.pages)} pages",
            f"{len(self.pairs)} pairs",
            f"{len(self.entities)} entities",
        )
        return f"<Gold {self.name} {self.version}+{self.digest[:8]}: {', '.join(held)}>"


def load_set(folder: Path) -> Gold:
    """The gold that a set's folder holds; plain `gold`, where there is no such folder, is the one goldwire ships."""
    if folder == Path(GOLD) and not folder.is_dir():
        return load()
    return load(root_of(folder), folder.resolve().name)


def load(root: Path | str | None = None, name: str = GOLD) -> Gold:
    """Load the gold of a corpus, by default the one goldwire ships; `name` takes another set for gold.

    Raises GoldwireError, naming the first fault, where the corpus does not read clean.
    """
    place = Path(root) if root is not None else data_root()
    if (place / RUN).is_file():
        raise GoldwireError(f"{place} holds shards, for goldwire scale; to load it, derive without --format parquet")
    if not (place / "corpus").is_dir():
        raise GoldwireError(f"{place} has no folder corpus/; expected the root of a corpus")
    with uncollected():
        tree, findings = read_tree(place)
    if findings:
        raise GoldwireError(f"{place} does not read clean: {findings[0]} ({len(findings)} in all; run goldwire check)")
    labels = tree.find_set(name)
    if labels is None or tree.corpus.manifest is None:
        raise GoldwireError(f"{place} holds no gold corpus; expected corpus/manifest.json and annotations/{name}")
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
    )


def _documents(corpus: Corpus, labels: LabelSet) -> dict[str, GoldDocument]:
    found = {}
    for document in corpus.documents:
        name = document.id
        layers: dict[str, Any] = {layer: _complete(labels, layer, name) for layer in DOCUMENT_LAYERS}
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


def _blocks(corpus: Corpus, labels: LabelSet) -> dict[str, tuple[Block, ...]]:
    found = {page.id: _complete(labels, "segments", page.id) for page in corpus.pages}
    return {page: blocks for page, blocks in found.items() if blocks is not None}


def _complete(labels: LabelSet, layer: Any, name: str) -> tuple[Any, ...] | None:
    if labels.declared(layer, name) != "complete":
        return None
    table = getattr(labels, layer).get(name)
    if table is None:
        raise GoldwireError(f"{labels.path}/set.json says {layer} of {name} is complete, but there is no such file")
    return tuple(table)


def _partial(corpus: Corpus, labels: LabelSet) -> Iterable[tuple[Layer, str]]:
    for document in corpus.documents:
        name = document.id
        yield from ((layer, name) for layer in DOCUMENT_LAYERS if labels.declared(layer, name) == "partial")
    for page in corpus.pages:
        if labels.declared("segments", page.id) == "partial":
            yield "segments", page.id
    if labels.declared("duplicates") != "complete":
        yield "duplicates", ""


def clusters_of(documents: list[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """The closure of exact and near pairs; related and contained ones never join a cluster."""
    clusters: dict[str, list[str]] = {}
    leader = closure(documents, pairs)
    for name in documents:
        clusters.setdefault(leader[name], []).append(name)
    return tuple(tuple(cluster) for cluster in clusters.values())
