"""What changed between two states of a corpus, label by label, in words."""

import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.differences import describe
from goldwire.model.errors import GoldwireError
from goldwire.model.records import UNIT_LAYERS, Quote

Kind = Literal["added", "filled", "changed", "removed"]
"""Filled: an entity was given what it lacked, and nothing that it said is otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text or a label that is not as it was: where, which record, what it said and what it says."""

    place: str
    record: str
    kind: Kind
    before: str | None
    after: str | None


@contextmanager
def tree_at(root: Path, revision: str) -> Iterator[Tree]:
    """The corpus below `root` as a git revision has it; raises GoldwireError where git does not know it."""
    command = ["git", "archive", "--format=tar", revision, "corpus", "annotations"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no words"]
        raise GoldwireError(f"git has no corpus at {revision!r}: {said[-1]}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield read_tree(Path(folder))[0]


def changes(old: Tree, new: Tree) -> Iterator[Change]:
    """Every text, entity and gold label that differs, by id; the same record written otherwise is no change."""
    yield from _compare("corpus/text", old.corpus.texts, new.corpus.texts)
    yield from _compare("corpus/pages", old.corpus.page_texts, new.corpus.page_texts)
    yield from map(_told_apart, _compare("registry", _by_id(old.registry), _by_id(new.registry)))
    first, second = _labels(old.gold), _labels(new.gold)
    for place in sorted({*first, *second}):
        yield from _compare(place, first.get(place, {}), second.get(place, {}))


def _compare(place: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before != after:
            kind: Kind = "added" if before is None else "removed" if after is None else "changed"
            yield Change(place, name, kind, before, after)


def _told_apart(change: Change) -> Change:
    if change.before is None or change.after is None:
        return change
    before, after = json.loads(change.before), json.loads(change.after)
    is_filled = all(value in (None, after[key]) for key, value in before.items())
    return replace(change, kind="filled" if is_filled else "changed")


def _by_id(records: Any) -> dict[str, str]:
    return {record.id: record.line() for record in records}


def _labels(labels: LabelSet | None) -> dict[str, dict[str, str]]:
    """The words of every label, by layer and unit, then by id."""
    found: dict[str, dict[str, str]] = {}
    if labels is None:
        return found
    for layer in UNIT_LAYERS:
        for unit, table in getattr(labels, layer).items():
            found[f"{layer} {unit}"] = _described(table)
    found["duplicates"] = _described(labels.duplicates or ())
    return found


def _described(table: Any) -> dict[str, str]:
    records = list(table)
    parents = {record.id: record for record in records if isinstance(record, Quote)}
    return {str(record.id): describe(record, parents) for record in records}
