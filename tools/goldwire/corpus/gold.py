"""The gold corpus in memory: texts with their labels, pages, pairs, the registry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD
from goldwire.corpus.gold_files import Deferred, GoldFiles
from goldwire.corpus.layout import RUN
from goldwire.corpus.locate import data_root
from goldwire.corpus.tree import root_of
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news
from goldwire.model.records import Block, Decoy, Entity, Mention, Page, Pair, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness, Layer
from goldwire.text.clusters import closure


@dataclass(frozen=True)
class GoldDocument(Deferred):
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


@dataclass(frozen=True)
class Gold(Deferred):
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
    clusters: tuple[tuple[str, ...], ...] = field(default_factory=tuple)
    """Document ids grouped by article: exact and near repeats are in one group, in order."""
    partial: frozenset[tuple[Layer, str]] = frozenset()
    """Layers that are declared partial, with their page or document, and documents whose pairs are not judged."""
    chosen: frozenset[str] | None = None
    """The documents that entities and quotes are scored on; None for all."""
    profile: Profile = field(default_factory=news, repr=False)
    duplicates: Completeness = "complete"
    """How completely the pairs of documents are judged; a document without pairs is a cluster of its own."""
    canary: str | None = None
    """The sentence of set.json by which text that a model was trained on can be searched."""

    def __repr__(self) -> str:
        held = (
            f"{len(self.documents)} documents",
            f"{len(self.pages)} pages",
            f"{len(self.pairs)} pairs",
            f"{len(self.entities)} entities",
        )
        return f"<Gold {self.name} {self.version}+{self.digest[:8]}: {', '.join(held)}>"

    def compared(self) -> Self:
        """The gold itself; raises GoldwireError if any page or text differs from its recorded hash."""
        assert self.digest  # reads and compares all files
        return self


def load_set(folder: Path) -> Gold:
    """The gold in a set's folder; `gold` without such a folder is the gold that goldwire ships."""
    if folder == Path(GOLD) and not folder.is_dir():
        return load()
    return load(root_of(folder), folder.resolve().name)


def load(root: Path | str | None = None, name: str = GOLD) -> Gold:
    """Load the gold of a corpus, by default the one that goldwire ships; `name` is the set to use as gold.

    Texts and labels are read when they are first used. Raises GoldwireError if a file that is read has a fault, also
    later; the digest, which is in every score, raises it if any page or text differs from its recorded hash.
    """
    place = Path(root) if root is not None else data_root()
    if (place / RUN).is_file():
        raise GoldwireError(f"{place} contains shards for goldwire scale; to load it, derive without --format parquet")
    if not (place / "corpus").is_dir():
        raise GoldwireError(f"{place} has no folder corpus/; expected the root of a corpus")
    if name != GOLD and not (place / ANNOTATIONS / name).is_dir():
        raise GoldwireError(f"{place} has no set {ANNOTATIONS}/{name}")
    files = GoldFiles(place, name)
    documents = {
        one.id: GoldDocument.deferred(partial(files.of_document, one), id=one.id, page=one.page, title=one.title)
        for one in files.documents.values()
    }
    return Gold.deferred(
        partial(_read, files),
        root=place,
        version=files.manifest.version,
        name=name,
        documents=documents,
        pages=files.pages,
        partial=frozenset(_partial(files)),
        chosen=None,
        profile=files.profile,
        duplicates=files.labels.declared("duplicates"),
        canary=files.labels.info.canary if files.labels.info else None,
    )


def _read(files: GoldFiles, field: str) -> object:
    """The value of a field of gold that needs more files than those that `load` reads."""
    match field:
        case "clusters":
            return clusters_of(list(files.documents), files.pairs(joining=True))
        case "entities":
            return files.registry()
        case _:
            return getattr(files, field)()


def _partial(files: GoldFiles) -> Iterable[tuple[Layer, str]]:
    for name in files.documents:
        yield from ((layer, name) for layer in DOCUMENT_LAYERS if files.labels.declared(layer, name) == "partial")
        if files.labels.declared("duplicates", name) != "complete":
            yield "duplicates", name
    for page in files.pages:
        if files.labels.declared("segments", page) == "partial":
            yield "segments", page


def clusters_of(documents: list[str], pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """Documents grouped by exact and near pairs; related and contained pairs never join a cluster."""
    clusters: dict[str, list[str]] = {}
    leader = closure(documents, pairs)
    for name in documents:
        clusters.setdefault(leader[name], []).append(name)
    return tuple(tuple(cluster) for cluster in clusters.values())
