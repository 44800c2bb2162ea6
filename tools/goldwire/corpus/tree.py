"""A whole corpus in memory: the texts, the registry and every annotation set."""

from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path

from goldwire.corpus.annotation_sets import (
    ANNOTATIONS,
    GOLD,
    SET,
    LabelSet,
    read_exemptions,
    read_registry,
    read_set,
    set_folders,
    stray_files,
    without_ignored,
)
from goldwire.corpus.documents import Corpus, page_path, read_corpus, text_path
from goldwire.corpus.jsonl import LAYOUT, Table, missing_file
from goldwire.corpus.profiles import read_profile
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding
from goldwire.model.profile import Profile
from goldwire.model.records import Entity, Exemption


@dataclass(frozen=True, slots=True)
class Tree:
    """All files below a root, as far as they can be read."""

    root: Path
    profile: Profile
    corpus: Corpus
    registry: Table[Entity]
    exemptions: Table[Exemption]
    sets: list[LabelSet]

    @property
    def gold(self) -> LabelSet | None:
        """The adjudicated set; None if there is none."""
        return self.find_set(GOLD)

    def find_set(self, name: str) -> LabelSet | None:
        """The set in the folder of a name; None if there is none."""
        return next((labels for labels in self.sets if labels.path == f"{ANNOTATIONS}/{name}"), None)

    def get_set(self, name: str) -> LabelSet:
        """The set in the folder of a name; raises GoldwireError, which lists the sets, if there is none."""
        found = self.find_set(name)
        if found is None:
            there = ", ".join(labels.name for labels in self.sets) or "none"
            raise GoldwireError(f"no set {ANNOTATIONS}/{name}; there are {there}")
        return found

    def without(self, paths: Container[str]) -> "Tree":
        """The tree without the texts of pages and documents at some paths."""
        corpus = self.corpus
        pages = {name: text for name, text in corpus.page_texts.items() if page_path(name) not in paths}
        texts = {name: text for name, text in corpus.texts.items() if text_path(name) not in paths}
        return replace(self, corpus=replace(corpus, page_texts=pages, texts=texts))


def read_tree(root: Path, names: Container[str] | None = None) -> tuple[Tree, list[Finding]]:
    """Read all files below a root, with a finding for each fault; with `names`, only the sets of these names."""
    profile, findings = read_profile(root)
    corpus, faults = read_corpus(root)
    findings += faults
    registry, faults = read_registry(root, profile)
    findings += faults
    exemptions, faults = read_exemptions(root)
    findings += [*faults, *stray_files(root)]
    sets = []
    folders = set_folders(root)
    for folder in folders:
        if names is None or folder.rsplit("/", 1)[-1] in names:
            labels, faults = read_set(root, folder, profile)
            findings += faults
            sets.append(labels)
    if f"{ANNOTATIONS}/{GOLD}" not in folders:
        findings.append(missing_file(f"{ANNOTATIONS}/{GOLD}/{SET}", LAYOUT))
    findings = without_ignored(root, findings)
    return Tree(root, profile, corpus, registry, exemptions, sets), findings


def root_of(folder: Path) -> Path:
    """The root of the corpus that contains a set's folder; raises GoldwireError if there is none."""
    place = folder.resolve()
    if not place.is_dir():
        raise GoldwireError(f"no folder {folder}; expected the folder of a set, such as annotations/gold")
    if len(place.parents) < 2 or not (place.parents[1] / "corpus").is_dir():
        raise GoldwireError(f"{folder} is not in a corpus; expected a folder in annotations/, next to corpus/")
    return place.parents[1]
