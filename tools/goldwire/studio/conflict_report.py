"""Documents that both sides changed: every record that differs, in words, as each side has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.curate.differences import ABSENT, describe
from goldwire.model.records import Decoy, Mention, Pair, Quote
from goldwire.studio.convert.to_results import Labels


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that differs between git and Label Studio, and what it was when both agreed last."""

    document: str
    record: str
    base: str | None
    git: str
    studio: str

    def __str__(self) -> str:
        before = [] if self.base is None else [f"  before  {self.base}"]
        lines = [f"{self.document}: {self.record}", *before, f"  git     {self.git}", f"  studio  {self.studio}"]
        return "\n".join(lines)


def record_conflicts(document: str, base: Labels | None, git: Labels, studio: Labels) -> Iterator[Conflict]:
    """Every record of a document that differs between the two sides, by id."""
    before, ours, theirs = (_described(labels) for labels in (base or Labels(), git, studio))
    for name in sorted({*ours, *theirs}):
        if ours.get(name) != theirs.get(name):
            was = before.get(name, ABSENT) if base else None
            yield Conflict(document, name, was, ours.get(name, ABSENT), theirs.get(name, ABSENT))


def _described(labels: Labels) -> dict[str, str]:
    parents: dict[str | None, Quote] = {quote.id: quote for quote in labels.quotes}
    records: list[Mention | Quote | Decoy | Pair] = [
        *labels.mentions,
        *labels.quotes,
        *labels.decoys,
        *(labels.pairs or ()),
    ]
    return {str(record.id): describe(record, parents) for record in records}
