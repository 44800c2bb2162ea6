"""Releases of the data: a new version, its manifest, and its section in the changelog."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from goldwire.checks import check
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD
from goldwire.corpus.canonical import pretty
from goldwire.corpus.documents import DOCUMENTS, MANIFEST
from goldwire.corpus.files import write_bytes
from goldwire.corpus.jsonl import read_json
from goldwire.corpus.manifest import CHANGELOG, EDITED, make_manifest, opened
from goldwire.corpus.tree import read_tree
from goldwire.curate.history import Change, changes, tree_at
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import errors
from goldwire.model.records import FileEntry, Manifest

VersionPart = Literal["major", "minor", "patch"]
REWRITTEN = ("unreleased-change", "wrong-manifest", "stale-card", "stale-croissant")
"""The faults that a release removes, since it writes the manifest, and those that `card` removes after it."""
PARTS: tuple[VersionPart, ...] = ("patch", "minor", "major")
UNRELEASED = re.compile(r"^## Data[^\n]*unreleased[^\n]*$", re.I | re.M)
HEADING = re.compile(r"^## ", re.M)


def release(root: Path, part: VersionPart) -> str:
    """Release the data as the next version; return the version.

    The part must be `major` if a text or label changed or was removed, at least `minor` if one was added or an entity
    got an outside id or a note that it lacked, and at least `patch` if only the notation differs. Raises
    GoldwireError, and writes nothing, if the part is too small, if a check has a finding, or if nothing changed. If
    it is killed, running it again completes it.
    """
    manifest = _read_manifest(root)
    findings = [fault for fault in errors(check(root)) if fault.code not in REWRITTEN]
    if findings:
        raise GoldwireError(f"the data has {len(findings)} findings: {findings[0]}; fix them before the release")
    current = make_manifest(root, manifest.version)
    if current.files == manifest.files:
        raise GoldwireError(f"nothing changed since {released_version(manifest)}; expected a change to release")
    found = list(_changes_since(root, manifest))
    needed = part_needed(found)
    if released_version(manifest) != "0.0.0" and PARTS.index(part) < PARTS.index(needed):
        raise GoldwireError(f"{_summary(found)}: expected a {needed} release, not a {part} one")
    version = _next(released_version(manifest), part)
    is_first = released_version(manifest) == "0.0.0"
    summary = _counted(current.files) if is_first else _summary(found)
    changelog = _changelog(root, released_version(manifest), version, summary)
    write_bytes(root / CHANGELOG, changelog.encode())
    write_bytes(root / MANIFEST, pretty(make_manifest(root, version)).encode())
    return version


def reopen(root: Path) -> bool:
    """Mark the data as edited in the manifest; return whether that changed the manifest."""
    manifest = _read_manifest(root)
    return write_bytes(root / MANIFEST, pretty(opened(manifest)).encode())


def released_version(manifest: Manifest) -> str:
    """The version that was released last; 0.0.0 if there was none."""
    return manifest.version.removesuffix(EDITED)


def part_needed(found: Iterable[Change]) -> VersionPart:
    """The smallest part of the version that these changes allow."""
    kinds = {change.kind for change in found}
    return "major" if kinds & {"changed", "removed"} else "minor" if kinds else "patch"


def _read_manifest(root: Path) -> Manifest:
    manifest, findings = read_json(root, MANIFEST, Manifest)
    if manifest is None:
        raise GoldwireError(f"{findings[0]}; expected the manifest of a corpus")
    return manifest


def _changes_since(root: Path, manifest: Manifest) -> list[Change]:
    if released_version(manifest) == "0.0.0":
        return []
    with tree_at(root, _revision_of(root, released_version(manifest))) as old:
        return list(changes(old, read_tree(root)[0]))


def _revision_of(root: Path, version: str) -> str:
    """The newest commit whose manifest has a released version."""
    log = ["git", "log", "--format=%H", "--", MANIFEST]
    done = subprocess.run(log, cwd=root, capture_output=True, text=True, check=False)
    for revision in done.stdout.split():
        shown = subprocess.run(
            ["git", "show", f"{revision}:./{MANIFEST}"], cwd=root, capture_output=True, text=True, check=False
        )
        if shown.returncode == 0 and json.loads(shown.stdout).get("version") == version:
            return revision
    raise GoldwireError(f"no commit has data version {version}; commit that release before the next one")


def _next(version: str, part: VersionPart) -> str:
    numbers, derived, plan = version.partition("-")  # derived data keep the name of what they are derived from
    major, minor, patch = map(int, numbers.split("."))
    after = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    return ".".join(map(str, after[part])) + derived + plan


def _changelog(root: Path, before: str, version: str, summary: str) -> str:
    path = root / CHANGELOG
    text = path.read_text(encoding="utf-8") if path.is_file() else "# Changelog\n"
    if UNRELEASED.search(text):
        return UNRELEASED.sub(f"## Data {version}", text, count=1)
    for part in PARTS:  # a release that was killed has written its heading, and nothing else
        heading = re.compile(rf"^## Data {re.escape(_next(before, part))}$", re.M)
        if heading.search(text):
            return heading.sub(f"## Data {version}", text, count=1)
    section = f"## Data {version}\n\n- {summary}.\n\n"
    first = HEADING.search(text)
    at = first.start() if first else len(text)
    return text[:at] + ("" if first else "\n") + section + text[at:]


def _counted(files: Iterable[FileEntry]) -> str:
    """What a first release contains: its documents, and the records of each layer of gold."""
    counts: Counter[str] = Counter()
    for entry in files:
        folder = entry.path.removeprefix(f"{ANNOTATIONS}/{GOLD}/").partition("/")[0]
        if entry.path == DOCUMENTS:
            counts["documents"] += entry.count
        elif entry.path.startswith(f"{ANNOTATIONS}/{GOLD}/") and entry.path.endswith(".jsonl"):
            counts[f"gold {folder.removesuffix('.jsonl')}"] += entry.count
    return f"The first release: {', '.join(f'{number:,} {what}' for what, number in sorted(counts.items()))}"


def _summary(found: Iterable[Change]) -> str:
    counts = Counter((change.kind, change.place.split()[0]) for change in found)
    parts = [f"{n} {kind} in {place}" for (kind, place), n in sorted(counts.items())]
    return ", ".join(parts) or "The same data, written differently"
