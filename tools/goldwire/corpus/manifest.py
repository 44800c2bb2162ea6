"""The manifest: the files that make up a version of the data."""

import os
from collections.abc import Iterator
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, SYSTEM
from goldwire.corpus.attributes import ignored_by_git
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.files import FOREIGN, sha256
from goldwire.model.records import FileEntry, Manifest

EDITED = "-edited"
"""The suffix of the version of data that was edited after its release."""
CHANGELOG = "CHANGELOG.md"
NEVER_RELEASED = f"0.0.0{EDITED}"


def data_files(root: Path) -> Iterator[str]:
    """The data files below a root, sorted by path: corpus/ without the manifest, and the records in annotations/.

    Text about the data (guideline, data card) is not data, nor is what git ignores.
    """
    names = sorted((*_files_below(root, "corpus"), *_files_below(root, ANNOTATIONS)), key=place_in_order)
    ignored = ignored_by_git(root, names)
    for name in names:
        last = name.rsplit("/", 1)[-1]
        is_record = last[1:].endswith(".jsonl") or last == SET
        if name != MANIFEST and name not in ignored and (name.startswith("corpus/") or is_record):
            yield name


def place_in_order(path: str) -> tuple[bool, list[str]]:
    """The key by which a manifest is sorted: corpus/ first, then by the names of the path."""
    return not path.startswith("corpus/"), path.split("/")


def _files_below(root: Path, folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(root / folder):  # creating a Path per file takes longer than reading it
        below = Path(place).relative_to(root).as_posix()
        folders[:] = [name for name in folders if not FOREIGN.fullmatch(name)]
        for name in names:
            if not FOREIGN.fullmatch(name) and os.path.isfile(f"{place}/{name}"):  # noqa: PTH113
                yield f"{below}/{name}"


def entries(root: Path) -> list[FileEntry]:
    """The data files with their hash and count: records of a .jsonl file, bytes of any other."""
    found = []
    for path in data_files(root):
        with open(os.path.join(root, path), "rb") as file:  # noqa: PTH118, PTH123
            data = file.read()
        count = data.count(b"\n") if path.endswith(".jsonl") else len(data)
        found.append(FileEntry(path=path, sha256=sha256(data), count=count))
    return found


def digest(files: list[FileEntry], gold: str = GOLD) -> str:
    """One hash of all files that can change a score, and of their names.

    Systems' output is left out, because it changes no score, unless the set is used as gold.
    """
    relevant = [entry for entry in files if not _is_output(entry.path) or entry.path.split("/")[1] == gold]
    return sha256("".join(f"{entry.sha256}  {entry.path}\n" for entry in relevant).encode())


def _is_output(path: str) -> bool:
    return path.startswith(f"{ANNOTATIONS}/{SYSTEM}")


def make_manifest(root: Path, version: str) -> Manifest:
    """The manifest of the current data."""
    files = entries(root)
    return Manifest(version=version, digest=digest(files), files=files)


def is_edited(manifest: Manifest) -> bool:
    """Whether the data may differ from what the manifest lists."""
    return manifest.version.endswith(EDITED)


def opened(manifest: Manifest) -> Manifest:
    """The manifest with the version marked as edited; it still lists the released files."""
    if is_edited(manifest):
        return manifest
    return manifest.model_copy(update={"version": manifest.version + EDITED})
