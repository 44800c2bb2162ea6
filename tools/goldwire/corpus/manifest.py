"""The manifest: what a version of the data consists of, file by file."""

import os
from collections.abc import Iterator
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, SYSTEM
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.files import sha256
from goldwire.model.records import FileEntry, Manifest

EDITED = "-edited"
"""Suffix of a version whose data was edited since it was released."""
CHANGELOG = "CHANGELOG.md"
NEVER_RELEASED = f"0.0.0{EDITED}"


def data_files(root: Path) -> Iterator[str]:
    """The data below a root, sorted by path: all of corpus/ but the manifest, and every record of annotations/.

    Words about the data (guideline, data card) are not data.
    """
    for folder in ("corpus", ANNOTATIONS):
        for name in sorted(_files_below(root, folder), key=lambda name: name.split("/")):
            last = name.rsplit("/", 1)[-1]
            is_record = last[1:].endswith(".jsonl") or last == SET
            if name != MANIFEST and (folder == "corpus" or is_record):
                yield name


def _files_below(root: Path, folder: str) -> Iterator[str]:
    for place, _, names in os.walk(root / folder):  # a Path for every file would take longer than reading it
        below = Path(place).relative_to(root).as_posix()
        yield from (f"{below}/{name}" for name in names if os.path.isfile(f"{place}/{name}"))  # noqa: PTH113


def entries(root: Path) -> list[FileEntry]:
    """Every data file with its hash and its count: records of a .jsonl file, bytes of any other."""
    found = []
    for path in data_files(root):
        with open(os.path.join(root, path), "rb") as file:  # noqa: PTH118, PTH123
            data = file.read()
        count = data.count(b"\n") if path.endswith(".jsonl") else len(data)
        found.append(FileEntry(path=path, sha256=sha256(data), count=count))
    return found


def digest(files: list[FileEntry], gold: str = GOLD) -> str:
    """One hash of all that a score may hang on: change any byte of such a file, or its name, and it changes.

    What systems found is left out, since it moves no score, unless it stands in for gold.
    """
    weighty = [entry for entry in files if not _is_output(entry.path) or entry.path.split("/")[1] == gold]
    return sha256("".join(f"{entry.sha256}  {entry.path}\n" for entry in weighty).encode())


def _is_output(path: str) -> bool:
    return path.startswith(f"{ANNOTATIONS}/{SYSTEM}")


def make_manifest(root: Path, version: str) -> Manifest:
    """The manifest of the data as it stands."""
    files = entries(root)
    return Manifest(version=version, digest=digest(files), files=files)


def is_edited(manifest: Manifest) -> bool:
    """Whether the data may differ from what the manifest lists."""
    return manifest.version.endswith(EDITED)


def opened(manifest: Manifest) -> Manifest:
    """The manifest once editing has begun: it keeps what was released and says that it is edited."""
    if is_edited(manifest):
        return manifest
    return manifest.model_copy(update={"version": manifest.version + EDITED})
