"""Changes between two states of a corpus, label by label, in words."""

import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.differences import Label, described
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Entity
from goldwire.model.vocabulary import UNIT_LAYERS

ChangeKind = Literal["added", "filled", "changed", "removed"]
"""`filled`: an entity got a value that it lacked, and none of its other values changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text or a record that differs: its place, its id, and its old and new words; None if there are none."""

    place: str
    record: str
    kind: ChangeKind
    before: str | None
    after: str | None


@contextmanager
def tree_at(root: Path, revision: str) -> Iterator[Tree]:
    """The corpus below `root` as it is in a git revision; raises GoldwireError if git does not find it."""
    named = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}"]
    tree = _git(root, revision, named).decode().strip()  # a revision that looks like an option is none to git archive
    packed = _git(root, revision, ["archive", "--format=tar", tree, "corpus", "annotations"])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield read_tree(Path(folder))[0]


def _git(root: Path, revision: str, command: list[str]) -> bytes:
    done = subprocess.run(["git", *command], cwd=root, capture_output=True, check=False)
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip().splitlines() or ["it names no tree"]
        raise GoldwireError(f"git has no corpus at {revision!r}: {message[-1]}")
    return done.stdout


def changes(old: Tree, new: Tree) -> Iterator[Change]:
    """Every text, entity and gold label that differs, by id; another notation of the same record is no change."""
    yield from _compare("corpus/text", old.corpus.texts, new.corpus.texts)
    yield from _compare("corpus/pages", old.corpus.page_texts, new.corpus.page_texts)
    yield from map(_filled_or_changed, _compare("registry", _by_id(old.registry), _by_id(new.registry)))
    first, second = _labels(old.gold), _labels(new.gold)
    for place in sorted({*first, *second}):
        yield from _compare(place, first.get(place, {}), second.get(place, {}))


def _compare(place: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before != after:
            kind: ChangeKind = "added" if before is None else "removed" if after is None else "changed"
            yield Change(place, name, kind, before, after)


def _filled_or_changed(change: Change) -> Change:
    if change.before is None or change.after is None:
        return change
    before, after = json.loads(change.before), json.loads(change.after)
    is_filled = all(value in (None, after[key]) for key, value in before.items())
    return replace(change, kind="filled" if is_filled else "changed")


def _by_id(records: Iterable[Entity]) -> dict[str, str]:
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


def _described(records: Iterable[Label]) -> dict[str, str]:
    return {str(record.id): words for record, words in described(records)}
