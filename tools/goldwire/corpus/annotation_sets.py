"""Annotation sets: the labels of one annotator, system or adjudication, in one folder. Only this module opens them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, overload

from goldwire.corpus import files
from goldwire.corpus.attributes import ignored_by_git
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.files import update_folder
from goldwire.corpus.jsonl import Table, read_json, read_jsonl
from goldwire.corpus.profiles import profile_of
from goldwire.model.findings import Finding, finding
from goldwire.model.profile import Profile
from goldwire.model.records import (
    AnnotationSet,
    Block,
    Decoy,
    DocumentLabel,
    Entity,
    Exemption,
    Mention,
    Pair,
    Quote,
    Record,
    UnitLabel,
)
from goldwire.model.vocabulary import UNIT_LAYERS, Completeness, DocumentLayer, Layer, UnitLayer

ANNOTATIONS = "annotations"
REGISTRY = "annotations/registry.jsonl"
PROPOSALS = "annotations/proposals.jsonl"
EXEMPTIONS = "annotations/exemptions.jsonl"
BESIDE = frozenset(
    {"GUIDELINES.md", "README.md", "croissant.json", "registry.jsonl", "exemptions.jsonl", "proposals.jsonl"}
)
"""The files that annotations/ may contain besides the sets."""
SET = "set.json"
TABLE = ".jsonl"
GOLD = "gold"
SYSTEM = "system-"
"""The prefix of the folders of systems' output, and of no others."""
SUBMISSIONS = "submissions"
"""The folder of the sets that systems of others hand in; they are no part of the data's version."""
STAGING = ".goldwire/staging"
"""The folder in which a set is written before it replaces the old one."""
MODELS: dict[UnitLayer, type[Record]] = {"segments": Block, "entities": Mention, "quotes": Quote, "decoys": Decoy}
"""The records of the layers that have a file for each page or document."""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one set by page or document id; a unit without a key is not labelled."""

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
        """The completeness that set.json declares for a layer of a page or document; without one, for all pairs."""
        if self.info is None:
            return "none"
        if layer != "duplicates":
            return self.info.units(layer).get(unit or "", "none")
        declared = self.info.duplicates
        if isinstance(declared, str):
            return declared
        if unit:
            return declared.get(unit, "none")
        return "partial" if any(value != "none" for value in declared.values()) else "none"

    @overload
    def tables(self, layer: DocumentLayer) -> Mapping[str, Table[DocumentLabel]]: ...
    @overload
    def tables(self, layer: UnitLayer) -> Mapping[str, Table[UnitLabel]]: ...
    def tables(self, layer: UnitLayer) -> Mapping[str, Table[UnitLabel]]:
        """The labels of a layer by page or document id."""
        layers: dict[UnitLayer, Mapping[str, Table[UnitLabel]]] = {
            "segments": self.segments,
            "entities": self.entities,
            "quotes": self.quotes,
            "decoys": self.decoys,
        }
        return layers[layer]


def layer_path(folder: str, layer: Layer, unit: str | None = None) -> str:
    """The path of a layer of a page or document below the root."""
    return f"{folder}/{layer}/{unit}.jsonl" if unit else f"{folder}/{layer}.jsonl"


def read_registry(root: Path, profile: Profile | None = None) -> tuple[Table[Entity], list[Finding]]:
    """Read the entities of a corpus; its profile is read first if it is not given."""
    return read_jsonl(root, REGISTRY, (profile or profile_of(root)).of(Entity))


def read_proposals(root: Path, profile: Profile | None = None) -> tuple[Table[Entity], list[Finding]]:
    """Read the entities that were proposed and not accepted yet, if there are any."""
    if not (root / PROPOSALS).exists():
        return Table(PROPOSALS), []
    return read_jsonl(root, PROPOSALS, (profile or profile_of(root)).of(Entity))


def read_exemptions(root: Path) -> tuple[Table[Exemption], list[Finding]]:
    """Read the exemptions of a corpus, if there are any."""
    if not (root / EXEMPTIONS).exists():
        return Table(EXEMPTIONS), []
    return read_jsonl(root, EXEMPTIONS, Exemption)


def stray_files(root: Path) -> Iterator[Finding]:
    """Findings for files in annotations/ and submissions/, and for links in the latter, that do not belong there."""
    for name in files.names_in(root / ANNOTATIONS):
        if name not in BESIDE and (root / ANNOTATIONS / name).is_file():
            expected = f"a folder per set, and {', '.join(sorted(BESIDE))}"
            yield finding("unexpected-file", f"{ANNOTATIONS}/{name}", expected=expected)
    for place in [root / SUBMISSIONS, *(root / SUBMISSIONS / name for name in files.names_in(root / SUBMISSIONS))]:
        if place.is_symlink() or (place.is_file() and place.name != "README.md"):
            yield finding("unexpected-file", place.relative_to(root).as_posix(), expected="a folder per submission")
        if place.is_symlink() and place.name == SUBMISSIONS:
            return


def set_folders(root: Path) -> list[str]:
    """The folders of the sets that git does not ignore, gold first, the others sorted."""
    found = _folders(root, ANNOTATIONS)
    gold = f"{ANNOTATIONS}/{GOLD}"
    others = _not_ignored(root, [folder for folder in found if folder != gold])
    return [gold, *others] if gold in found else others


def submission_folders(root: Path) -> list[str]:
    """The folders of the submissions that git does not ignore, sorted; links, which may lead anywhere, are none."""
    found = [] if (root / SUBMISSIONS).is_symlink() else _folders(root, SUBMISSIONS)
    return _not_ignored(root, [folder for folder in found if not (root / folder).is_symlink()])


def _folders(root: Path, above: str) -> list[str]:
    return [f"{above}/{name}" for name in files.names_in(root / above) if (root / above / name).is_dir()]


def _not_ignored(root: Path, folders: list[str]) -> list[str]:
    ignored = ignored_by_git(root, folders) if folders else ()
    return [folder for folder in folders if folder not in ignored]


def without_ignored(root: Path, findings: list[Finding]) -> list[Finding]:
    """Findings without those of unexpected files that git ignores."""
    paths = [fault.path for fault in findings if fault.code == "unexpected-file"]
    ignored = ignored_by_git(root, paths) if paths else ()
    return [fault for fault in findings if fault.code != "unexpected-file" or fault.path not in ignored]


def read_info(root: Path, folder: str) -> tuple[AnnotationSet | None, list[Finding]]:
    """Read the set.json of a folder below the root; None if it cannot be read."""
    return read_json(root, f"{folder}/{SET}", AnnotationSet)


def is_sparse(info: AnnotationSet | None) -> bool:
    """Whether the files of a set need no canonical form: a system may write any JSON that is a record."""
    return info is None or info.kind == "system"


def read_set(root: Path, folder: str, profile: Profile | None = None) -> tuple[LabelSet, list[Finding]]:
    """Read the set in a folder below the root, with a finding for each faulty file and line.

    The profile of the corpus is read first if it is not given.
    """
    outline, findings = read_outline(root, folder)
    labels = LabelSet(folder, outline.info)
    for part, faults in read_parts(root, outline, profile or profile_of(root), is_kept=True):
        findings += faults
        labels.segments.update(part.segments)
        labels.entities.update(part.entities)
        labels.quotes.update(part.quotes)
        labels.decoys.update(part.decoys)
        labels = replace(labels, duplicates=part.duplicates)
    return labels, findings


def read_outline(root: Path, folder: str) -> tuple[LabelSet, list[Finding]]:
    """The set in a folder below the root with a table without records for each of its files, and findings."""
    info, findings = read_info(root, folder)
    labels = LabelSet(folder, info)
    for layer in UNIT_LAYERS:
        empty: dict[str, Table[Any]] = getattr(labels, layer)
        empty.update({unit: Table(layer_path(folder, layer, unit)) for unit in _units(root, folder, layer)})
    path = layer_path(folder, "duplicates")
    labels = replace(labels, duplicates=Table(path)) if (root / path).exists() else labels
    return labels, [*findings, *without_ignored(root, list(_strays(root, folder)))]


def read_parts(
    root: Path, outline: LabelSet, profile: Profile, is_kept: bool = False
) -> Iterator[tuple[LabelSet, list[Finding]]]:
    """Read the files of a set one after the other, each as a set of its own, with its findings.

    Records take half the memory, and more time, if they are to be kept.
    """
    sparse = is_sparse(outline.info)
    for layer, kind in MODELS.items():
        model = profile.of(kind)
        for unit, empty in outline.tables(layer).items():
            table, findings = read_jsonl(root, empty.path, model, sparse=sparse, is_kept=is_kept)
            part = LabelSet(outline.path, outline.info)
            tables: dict[str, Table[Any]] = getattr(part, layer)
            tables[unit] = table
            yield part, findings
    if outline.duplicates is not None:
        pairs, findings = read_jsonl(root, outline.duplicates.path, Pair, sparse=sparse, is_kept=is_kept)
        yield LabelSet(outline.path, outline.info, duplicates=pairs), findings


def _is_table(name: str) -> bool:
    return name.endswith(TABLE) and name != TABLE


def _units(root: Path, folder: str, layer: Layer) -> list[str]:
    """The pages or documents that have a file in a layer."""
    return [name.removesuffix(TABLE) for name in files.names_in(root / folder / layer) if _is_table(name)]


def _strays(root: Path, folder: str) -> Iterator[Finding]:
    known = {SET, "duplicates.jsonl", "README.md", *UNIT_LAYERS}
    for name in files.names_in(root / folder):
        if name not in known:
            yield finding("unexpected-file", f"{folder}/{name}", expected=", ".join(sorted(known)))
    for layer in UNIT_LAYERS:
        unit = "page" if layer == "segments" else "document"
        for name in files.names_in(root / folder / layer):
            if not _is_table(name):
                path = f"{folder}/{layer}/{name}"
                yield finding("unexpected-file", path, expected=f"{folder}/{layer}/<{unit}>.jsonl")


def set_files(labels: LabelSet) -> dict[str, bytes]:
    """The files of a set by their paths below its folder; raises ValueError for a set without set.json."""
    if labels.info is None:
        raise ValueError(f"{labels.path} has no {SET}, which says whose labels these are")
    units: dict[str, object] = {layer: dict(sorted(labels.info.units(layer).items())) for layer in UNIT_LAYERS}
    if isinstance(labels.info.duplicates, dict):
        units["duplicates"] = dict(sorted(labels.info.duplicates.items()))
    content = {SET: pretty(labels.info.model_copy(update=units)).encode()}
    for layer in UNIT_LAYERS:
        content |= {f"{layer}/{unit}{TABLE}": dump(table) for unit, table in labels.tables(layer).items()}
    if labels.duplicates is not None:
        content["duplicates.jsonl"] = dump(labels.duplicates)
    return content


def write_set(root: Path, labels: LabelSet) -> list[str]:
    """Write a set to its folder below the root, all files or none; return the paths that changed."""
    changed = update_folder(root / labels.path, set_files(labels), root / STAGING)
    return [f"{labels.path}/{path}" for path in changed]


def write_proposals(root: Path, entities: list[Entity]) -> bool:
    """Write the proposed entities, sorted by id, or no file if there are none; return whether it changed."""
    if entities:
        return files.write_bytes(root / PROPOSALS, dump(entities))
    there = (root / PROPOSALS).exists()
    (root / PROPOSALS).unlink(missing_ok=True)
    return there


def write_registry(root: Path, entities: list[Entity]) -> bool:
    """Write the registry, sorted by id; return whether it changed."""
    return files.write_bytes(root / REGISTRY, dump(entities))
