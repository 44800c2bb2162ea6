"""The state of a set's synchronisation: the labels that git and Label Studio had in common last."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from goldwire.corpus.files import read_object, sha256, write_bytes
from goldwire.model.errors import GoldwireError
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.server.process import FOLDER

LAYERS = ("mentions", "quotes", "decoys", "pairs")
"""The fields of Labels that are stored and hashed; proposals are neither."""


@dataclass(slots=True)
class SyncState:
    """The base: the labels both sides had last, by document, and the highest number ever given, by prefix of an id."""

    path: Path
    documents: dict[str, Labels] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def agree(self, document: str, labels: Labels) -> None:
        """Record that both sides have these labels now."""
        self.documents[document] = labels
        for records in (labels.mentions, labels.quotes, labels.decoys):
            for record in records:
                prefix, number = split_id(record.id or "")
                self.numbers[prefix] = max(self.numbers.get(prefix, 0), number)

    def write(self) -> None:
        """Write the state to its file, atomically."""
        documents = {name: _plain(labels) for name, labels in sorted(self.documents.items())}
        content = {"documents": documents, "numbers": dict(sorted(self.numbers.items()))}
        write_bytes(self.path, json.dumps(content, ensure_ascii=False).encode())


def read_state(root: Path, server: str, project: int, name: str) -> SyncState:
    """The state of a set in a project of a server; an empty one if there is no file or it cannot be read.

    An empty state loses nothing: what differs is then reported as a conflict.
    """
    path = root / FOLDER / "base" / f"{server}-{project}-{name}.json"
    try:
        stored = read_object(path)
        documents = TypeAdapter(dict[str, Labels]).validate_python(stored["documents"])
        return SyncState(path, documents, {str(prefix): int(number) for prefix, number in stored["numbers"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, GoldwireError):
        return SyncState(path)


def split_id(name: str) -> tuple[str, int]:
    """An id as its prefix, `003-01-e`, and its number; the number is 0 if there is none."""
    prefix = name.rstrip("0123456789")
    return prefix, int(name[len(prefix) :] or 0)


def fingerprint(labels: Labels) -> str:
    """A hash of the labels of a document; the task stores that of the labels pushed last."""
    return sha256(json.dumps(_plain(labels), ensure_ascii=False, sort_keys=True).encode())


def _plain(labels: Labels) -> dict[str, list[dict[str, object]]]:
    layers = {key: getattr(labels, key) for key in LAYERS}
    return {key: [record.model_dump() for record in layer] for key, layer in layers.items() if layer is not None}
