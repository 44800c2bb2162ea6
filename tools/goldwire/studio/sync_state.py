"""The base of a set: what git and Label Studio agreed on last, so that what each side changed can be told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from goldwire.corpus.files import sha256, write_bytes
from goldwire.model.records import Decoy, Mention, Pair, Quote, Record
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.server.process import FOLDER

Verdict = Literal["same", "git", "studio", "both"]
"""Which side changed since the base."""
MODELS: dict[str, type[Record]] = {"mentions": Mention, "quotes": Quote, "decoys": Decoy, "pairs": Pair}


@dataclass(slots=True)
class Base:
    """The labels both sides had last, by document, and the highest number ever given, by prefix of an id."""

    path: Path
    documents: dict[str, Labels] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def agree(self, document: str, labels: Labels) -> None:
        """Remember that both sides have these labels now."""
        self.documents[document] = labels
        ids = [record.id for records in (labels.mentions, labels.quotes, labels.decoys) for record in records]
        for name in ids:
            prefix, number = split_id(name or "")
            self.numbers[prefix] = max(self.numbers.get(prefix, 0), number)

    def write(self) -> None:
        """Write the base to its file, atomically."""
        documents = {name: _plain(labels) for name, labels in sorted(self.documents.items())}
        content = {"documents": documents, "numbers": dict(sorted(self.numbers.items()))}
        write_bytes(self.path, json.dumps(content, ensure_ascii=False).encode())


def read_base(root: Path, server: str, project: int, name: str) -> Base:
    """The base of a set in a project of a server; an empty one where there is none, or none that can be read."""
    path = root / FOLDER / "base" / f"{server}-{project}-{name}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        documents = {document: _labels(plain) for document, plain in found["documents"].items()}
        return Base(path, documents, {str(prefix): int(number) for prefix, number in found["numbers"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Base(path)  # without one, what differs is asked about, and nothing is lost


def split_id(name: str) -> tuple[str, int]:
    """An id as its prefix, `003-01-e`, and its number; the number is 0 where there is none."""
    prefix = name.rstrip("0123456789")
    return prefix, int(name[len(prefix) :] or 0)


def fingerprint(labels: Labels) -> str:
    """A hash of the labels of a document, which the task remembers as what was pushed last."""
    return sha256(json.dumps(_plain(labels), ensure_ascii=False, sort_keys=True).encode())


def verdict(
    git: Labels | None, now: Labels, studio: Callable[[Labels], Labels], base: Labels | None, pushed: str | None
) -> Verdict:
    """Which side changed. `studio` reads Label Studio's labels with the ids of some known ones kept, `now` with git's.

    Without a base, as in a fresh clone, what was pushed last stands for it, if either side still has it.
    """
    if now == git:
        return "same"
    if base is not None:
        if studio(base) == base:
            return "git"
        return "studio" if git == base else "both"
    if git is None or fingerprint(git) == pushed:
        return "studio"
    return "git" if fingerprint(now) == pushed else "both"


def _plain(labels: Labels) -> dict[str, list[Any]]:
    layers = {key: getattr(labels, key) for key in MODELS}
    return {key: [record.model_dump() for record in layer] for key, layer in layers.items() if layer is not None}


def _labels(plain: Mapping[str, Any]) -> Labels:
    records: dict[str, Any] = {}
    for key, model in MODELS.items():
        if key in plain:
            records[key] = [model.model_validate(record) for record in plain[key]]
    return Labels(**records)
