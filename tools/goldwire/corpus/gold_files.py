"""The files of a gold corpus in memory, each read when it is first used."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from goldwire.corpus.annotation_sets import ANNOTATIONS, MODELS, REGISTRY, LabelSet, is_sparse, layer_path, read_info
from goldwire.corpus.documents import DOCUMENTS, MANIFEST, PAGES, page_path, text_path
from goldwire.corpus.files import sha256
from goldwire.corpus.jsonl import (
    LAYOUT,
    Table,
    leads_out,
    read_json,
    read_text,
    records_in,
    share_fields_set,
    text_faults,
)
from goldwire.corpus.manifest import digest, entries, is_edited
from goldwire.corpus.profiles import profile_of
from goldwire.model.collector import uncollected
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding
from goldwire.model.records import Block, Document, Entity, Manifest, Page, Pair, Record
from goldwire.model.vocabulary import UnitLayer

R = TypeVar("R", bound=Record)
T = TypeVar("T")
LAYERS: dict[str, UnitLayer] = {"mentions": "entities", "quotes": "quotes", "decoys": "decoys"}
"""The layers by the fields of a document that contain their labels."""
LOOSE = ('"relation":"related"', '"relation":"contained"')
"""What the lines of pairs contain that join no clusters."""


class Deferred:
    """A dataclass whose fields may be read when they are first used; then they stay."""

    @classmethod
    def deferred(cls, read: Callable[[str], object], **known: object) -> Self:
        """An object with some fields; `read` returns the value of any other by its name."""
        made = object.__new__(cls)
        made.__dict__.update(known, _read=read)
        return made

    if not TYPE_CHECKING:  # a type checker would accept any name

        def __getattr__(self, name: str) -> object:
            read = self.__dict__.get("_read")
            if read is None or name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            self.__dict__[name] = value = read(name)
            return value


class GoldFiles:
    """The files of a corpus whose gold is the set of a name; raises GoldwireError where one has a fault.

    A file is read when it is first used. The form of one that the manifest of a release lists is checked no more. If a
    file has changed since another part of it was used, or since the digest was computed, GoldwireError is raised.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name
        self.profile = profile_of(root)
        self.hashes: dict[str, str] = {}
        self.manifest: Manifest = self._sound(*read_json(root, MANIFEST, Manifest))
        self.released = {} if is_edited(self.manifest) else {file.path: file.sha256 for file in self.manifest.files}
        folder = f"{ANNOTATIONS}/{name}"
        self.labels = LabelSet(folder, self._sound(*read_info(root, folder)))
        self.pages = {page.id: page for page in self.table(PAGES, Page)}
        self.documents = {document.id: document for document in self.table(DOCUMENTS, Document)}

    def text(self, path: str, expected: str, named_by: str) -> str:
        """The text of a page or document that has the expected hash."""
        text = self._text(path, named_by)
        if self.hashes[path] != expected:
            raise GoldwireError(f"{self.root}/{path} differs from its recorded sha256; run goldwire check")
        return text

    def page_texts(self) -> dict[str, str]:
        """The texts of the pages by id."""
        return {page.id: self.text(page_path(page.id), page.sha256, PAGES) for page in self.pages.values()}

    def blocks(self) -> dict[str, tuple[Block, ...]]:
        """The blocks of the pages whose segments are complete."""
        found = {page: self.units("segments", page) for page in self.pages}
        return {page: blocks for page, blocks in found.items() if blocks is not None}

    def of_document(self, document: Document, field: str) -> object:
        """The text of a document, or its labels by the name of their field."""
        if field != "text":
            return self.units(LAYERS[field], document.id)
        path = text_path(document.id)
        text = self._text(path, DOCUMENTS)
        if self.released.get(path) != self.hashes[path]:
            self._sound(text, list(text_faults(path, text)))
        return self.text(path, document.sha256, DOCUMENTS)

    def units(self, layer: UnitLayer, unit: str) -> tuple[Any, ...] | None:
        """The labels of a page or document in a layer; None if the layer is not declared complete."""
        if self.labels.declared(layer, unit) != "complete":
            return None
        path = layer_path(self.labels.path, layer, unit)
        if not (self.root / path).exists():
            raise GoldwireError(
                f"{self.labels.path}/set.json declares {layer} of {unit} complete, but the file is missing"
            )
        return tuple(self.table(path, MODELS[layer], is_sparse(self.labels.info)))

    def pairs(self, joining: bool = False) -> tuple[Pair, ...]:
        """The pairs of documents; with `joining`, those may be left out that join no clusters."""
        path = layer_path(self.labels.path, "duplicates")
        if not (self.root / path).exists():
            return ()
        return tuple(self.table(path, Pair, is_sparse(self.labels.info), LOOSE if joining else ()))

    def registry(self) -> dict[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.table(REGISTRY, Entity)}

    def digest(self) -> str:
        """The digest of all data; also raises GoldwireError if a page or text differs from its recorded hash."""
        found = entries(self.root)
        for file in found:
            self._pin(file.path, file.sha256)
        texts = {page_path(page.id): (page.sha256, PAGES) for page in self.pages.values()}
        texts |= {text_path(document.id): (document.sha256, DOCUMENTS) for document in self.documents.values()}
        for path, (expected, named_by) in texts.items():
            if self.hashes.get(path) != expected or leads_out(self.root, path):
                self.text(path, expected, named_by)
        return digest(found, self.name)

    def table(self, path: str, model: type[R], sparse: bool = False, skipped: tuple[str, ...] = ()) -> Table[R]:
        """The records of a file; in one as released, lines that contain certain words may be skipped."""
        text, model = self._text(path, LAYOUT), self.profile.of(model)
        is_released = self.released.get(path) == self.hashes[path]
        if is_released and skipped:
            text = "".join(
                f"{line}\n" for line in text.split("\n") if line and not any(word in line for word in skipped)
            )
        with uncollected():
            table = self._sound(*records_in(path, text, model, sparse, is_released))
            share_fields_set(table)
        return table

    def _text(self, path: str, named_by: str) -> str:
        text = self._sound(*read_text(self.root, path, named_by))
        self._pin(path, sha256(text.encode()))
        return text

    def _pin(self, path: str, found: str) -> None:
        if self.hashes.setdefault(path, found) != found:
            raise GoldwireError(f"{self.root}/{path} has changed since it was loaded; load the corpus again")

    def _sound(self, value: T | None, findings: list[Finding]) -> T:
        if findings or value is None:
            raise GoldwireError(
                f"{self.root} has faults: {findings[0]} ({len(findings)} in its file; run goldwire check)"
            )
        return value
