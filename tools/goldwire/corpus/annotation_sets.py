"""Annotation sets: one party's labels in a folder of fixed layout. The only module that opens them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from goldwire.corpus import files
from goldwire.corpus.files import update_folder
from goldwire.corpus.jsonl import Table, dump, pretty, read_json, read_jsonl
from goldwire.model.findings import Finding, finding
from goldwire.model.records import (
    AnnotationSet,
    Block,
    Completeness,
    Decoy,
    Entity,
    Exemption,
    Layer,
    Mention,
    Pair,
    Quote,
    Record,
)

ANNOTATIONS = "annotations"
REGISTRY = "annotations/registry.jsonl"
PROPOSALS = "annotations/proposals.jsonl"
EXEMPTIONS = "annotations/exemptions.jsonl"
BESIDE = frozenset(
    {"GUIDELINES.md", "README.md", "croissant.json", "registry.jsonl", "exemptions.jsonl", "proposals.jsonl"}
)
"""Files that may stand beside the sets."""
SET = "set.json"
TABLE = ".jsonl"
GOLD = "gold"
SYSTEM = "system-"
"""What the folder of a system's output begins with, and no other."""
STAGING = ".goldwire/staging"
"""Where a set is made ready before it takes its place."""
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one party, by page or document id; a key that is missing was not attempted."""

    path: str
    info: AnnotationSet | None
    segments: dict[str, Table[Block]] = field(default_factory=dict)
    entities: dict[str, Table[Mention]] = field(default_factory=dict)
    quotes: dict[str, Table[Quote]] = field(default_factory=dict)
    decoys: dict[str, Table[Decoy]] = field(default_factory=dict)
    duplicates: Table[Pair] | None = None

    @property
    def name(self) -> str:
        """The name of the set's folder."""
        return self.path.rsplit("/", 1)[-1]

    def declared(self, layer: Layer, unit: str | None = None) -> Completeness:
        """How far set.json says a layer goes, for a page or a document, or over all pairs."""
        if self.info is None:
            return "none"
        said: Completeness | Mapping[str, Completeness] = getattr(self.info, layer)
        if isinstance(said, Mapping):
            return said.get(unit or "", "none")
        return said


def layer_path(folder: str, layer: Layer, unit: str | None = None) -> str:
    """Where the labels of a layer stand below the root, for a page or a document."""
    return f"{folder}/{layer}/{unit}.jsonl" if unit else f"{folder}/{layer}.jsonl"


def read_registry(root: Path) -> tuple[Table[Entity], list[Finding]]:
    """Read the entities of a corpus."""
    return read_jsonl(root, REGISTRY, Entity)


def read_proposals(root: Path) -> tuple[Table[Entity], list[Finding]]:
    """Read the entities that were proposed and not accepted yet; there need not be any."""
    if not (root / PROPOSALS).exists():
        return Table(PROPOSALS), []
    return read_jsonl(root, PROPOSALS, Entity)


def read_exemptions(root: Path) -> tuple[Table[Exemption], list[Finding]]:
    """Read the exemptions of a corpus; there need not be any."""
    if not (root / EXEMPTIONS).exists():
        return Table(EXEMPTIONS), []
    return read_jsonl(root, EXEMPTIONS, Exemption)


def stray_files(root: Path) -> Iterator[Finding]:
    """Files beside the sets that are none of those that may stand there."""
    for path in sorted((root / ANNOTATIONS).glob("*")):
        if path.is_file() and path.name not in BESIDE:
            expected = f"a folder for every set, and {', '.join(sorted(BESIDE))}"
            yield finding("unexpected-file", path.relative_to(root).as_posix(), expected=expected)


def set_folders(root: Path) -> list[str]:
    """The folders below annotations/, each of which is a set, sorted, gold first."""
    found = [path.name for path in (root / ANNOTATIONS).glob("*") if path.is_dir()]
    return [f"{ANNOTATIONS}/{name}" for name in sorted(found, key=lambda name: (name != GOLD, name))]


def read_info(root: Path, folder: str) -> tuple[AnnotationSet | None, list[Finding]]:
    """What the set in a folder below the root says of itself; None where it says nothing that can be read."""
    return read_json(root, f"{folder}/{SET}", AnnotationSet)


def read_set(root: Path, folder: str) -> tuple[LabelSet, list[Finding]]:
    """Read the set in a folder below the root, with a finding for every file and line that is at fault."""
    info, findings = read_info(root, folder)
    sparse = info is None or info.kind == "system"  # whose they are decides how they may be written

    def read(layer: Layer, model: type[R]) -> dict[str, Table[R]]:
        tables: dict[str, Table[R]] = {}
        for unit in _units(root, folder, layer):
            tables[unit], faults = read_jsonl(root, layer_path(folder, layer, unit), model, sparse=sparse)
            findings.extend(faults)
        return tables

    labels = LabelSet(
        folder, info, read("segments", Block), read("entities", Mention), read("quotes", Quote), read("decoys", Decoy)
    )
    path = layer_path(folder, "duplicates")
    if (root / path).exists():
        pairs, faults = read_jsonl(root, path, Pair, sparse=sparse)
        findings += faults
        labels = replace(labels, duplicates=pairs)
    return labels, [*findings, *_strays(root, folder)]


def _is_table(name: str) -> bool:
    return name.endswith(TABLE) and name != TABLE


def _units(root: Path, folder: str, layer: Layer) -> list[str]:
    """The pages or documents that a set has a file for in one layer."""
    return [name.removesuffix(TABLE) for name in files.names_in(root / folder / layer) if _is_table(name)]


def _strays(root: Path, folder: str) -> Iterator[Finding]:
    layers = ("segments", "entities", "quotes", "decoys")
    known = {SET, "duplicates.jsonl", "README.md", *layers}
    for name in files.names_in(root / folder):
        if name not in known:
            yield finding("unexpected-file", f"{folder}/{name}", expected=", ".join(sorted(known)))
    for layer in layers:
        unit = "page" if layer == "segments" else "document"
        for name in files.names_in(root / folder / layer):
            if not _is_table(name):
                path = f"{folder}/{layer}/{name}"
                yield finding("unexpected-file", path, expected=f"{folder}/{layer}/<{unit}>.jsonl")


def set_files(labels: LabelSet) -> dict[str, bytes]:
    """Every file of a set, by its path below the set's folder; raises ValueError for a set without set.json."""
    if labels.info is None:
        raise ValueError(f"{labels.path} has no {SET}, so nobody knows whose labels these are")
    content = {SET: pretty(labels.info).encode()}
    layers: dict[str, Mapping[str, Table[Block] | Table[Mention] | Table[Quote] | Table[Decoy]]] = {
        "segments": labels.segments,
        "entities": labels.entities,
        "quotes": labels.quotes,
        "decoys": labels.decoys,
    }
    for layer, tables in layers.items():
        content |= {f"{layer}/{unit}.jsonl": dump(table) for unit, table in tables.items()}
    if labels.duplicates is not None:
        content["duplicates.jsonl"] = dump(labels.duplicates)
    return content


def write_set(root: Path, labels: LabelSet) -> list[str]:
    """Write a set to its folder below the root, all its files at once; return the paths that changed."""
    changed = update_folder(root / labels.path, set_files(labels), root / STAGING)
    return [f"{labels.path}/{path}" for path in changed]


def write_proposals(root: Path, entities: list[Entity]) -> bool:
    """Write what is proposed, sorted by id, or no file where nothing is; return whether it changed."""
    if entities:
        return files.write_bytes(root / PROPOSALS, dump(entities))
    there = (root / PROPOSALS).exists()
    (root / PROPOSALS).unlink(missing_ok=True)
    return there


def write_registry(root: Path, entities: list[Entity]) -> bool:
    """Write the registry, sorted by id; return whether it changed."""
    return files.write_bytes(root / REGISTRY, dump(entities))
