"""Articles of other corpora: a text with the labels that goldwire can represent, and a list of what it cannot."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from goldwire.formats.standoff import CONTENT, CUE, DECOY, HEAD, INSIDE, PARTS, SPEAKER, Bound, Standoff
from goldwire.model.vocabulary import DocumentLayer

Label = dict[str, Any]
"""A label with the keys of its record, in offsets of the article's own text; `id` and `parent` are the source's."""
USED = {CONTENT: {"QuoteType", "Status"}, SPEAKER: {"Kind"}, DECOY: {"Reason"}}
"""The attributes that are read, by the type of their span; of mentions it is StandsFor."""


@dataclass(slots=True)
class Article:
    """One article of another corpus; a layer that the article lacks has no key."""

    name: str
    place: str
    """The file and line that it comes from."""
    text: str
    layers: dict[DocumentLayer, list[Label]] = field(default_factory=dict)
    registries: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The registry of each entity that labels name, and the entity's name there."""
    left: list[tuple[str, str]] = field(default_factory=list)
    """What is not imported, as its kind and its place."""
    language: str | None = None
    unjudged: Collection[DocumentLayer] = ()
    """The layers that nobody labelled, of which no labels does not mean that there are none."""


def from_standoff(name: str, place: str, text: str, standoff: Standoff) -> Article:
    """Return an article whose labels are standoff over its text."""
    reader = _Reader(standoff, lambda line: f"{place}:{line}" if line else place)
    mentions = list(reader.mentions())
    quotes = [reader.quote(key, bound) for key, bound in standoff.bounds.items() if bound.kind == CONTENT]
    decoys = [
        {**bound.extent(), "reason": standoff.attributes.get(key, {}).get("Reason")}
        for key, bound in standoff.bounds.items()
        if bound.kind == DECOY
    ]
    layers: dict[DocumentLayer, list[Label]] = {"entities": mentions, "quotes": quotes, "decoys": decoys}
    present: dict[DocumentLayer, list[Label]] = {layer: labels for layer, labels in layers.items() if labels}
    reader.rest()
    return Article(name, place, text, present, standoff.registries, reader.left)


class _Reader:
    """Reads the labels of one standoff, and keeps a list of what is left out."""

    def __init__(self, standoff: Standoff, where: Callable[[int], str]) -> None:
        self.standoff, self.where = standoff, where
        self.left = [(kind, where(line)) for kind, line in standoff.left]
        self.read: set[str] = set()

    def leave(self, kind: str, key: str) -> None:
        self.left.append((kind, self.where(self.standoff.lines.get(key, 0))))

    def mentions(self) -> Iterable[Label]:
        for key, bound in self.standoff.named().items():
            if len(bound.fragments) > 1:
                self.leave(f"{bound.kind} of several stretches", key)
                continue
            attributes = self.standoff.attributes.get(key, {})
            entity = self._references(key)[:1]
            yield {
                **bound.extent(),
                "type": bound.kind,
                "entity": entity[0] if entity else None,
                "stands_for": attributes.get("StandsFor"),
            }

    def _references(self, key: str, several: bool = False) -> list[str]:
        found = self.standoff.references.get(key, [])
        for _ in found[1:] if not several else ():
            self.leave("further reference of a span", key)
        return found

    def quote(self, key: str, bound: Bound) -> Label:
        attributes = self.standoff.attributes.get(key, {})
        inside = self.standoff.related(INSIDE, key)
        nobody: list[str] | None = (
            [] if attributes.get("Status") in ("group", "unnamed", "none") else None
        )  # judged, without an entity
        return {
            "id": key,
            "content": [{"start": start, "end": end} for start, end in bound.fragments],
            "type": attributes.get("QuoteType"),
            "status": attributes.get("Status"),
            "speaker_entities": self._references(key, several=True) or nobody,
            "cue": self._part(CUE, key),
            "speaker": self._part(SPEAKER, key),
            "parent": inside[0] if inside else None,
        }

    def _part(self, relation: str, key: str) -> Label | None:
        """The span that a relation leads to; of several stretches the longest."""
        targets = self.standoff.related(relation, key)
        if not targets:
            return None
        for _ in targets[1:]:
            self.leave(f"further {relation} of a span", key)
        self.read |= set(targets)
        fragments = self.standoff.bounds[targets[0]].fragments
        if len(fragments) > 1:
            self.leave(f"{relation} of several stretches, except the longest", targets[0])
        start, end = max(fragments, key=lambda piece: piece[1] - piece[0])
        part: Label = {"start": start, "end": end}
        if relation == SPEAKER:
            kind = self.standoff.attributes.get(targets[0], {}).get("Kind")
            part |= {"head": self._part(HEAD, targets[0]), "kind": kind}
        return part

    def rest(self) -> None:
        """List what no label uses: parts without a quote, attributes, references and notes."""
        standoff = self.standoff
        for key, bound in standoff.bounds.items():
            if bound.kind in PARTS - {CONTENT} and key not in self.read:
                self.leave(f"{bound.kind} without a quote", key)
        for key, values in standoff.attributes.items():
            kind = standoff.bounds[key].kind if key in standoff.bounds else ""
            used = USED.get(kind, set() if not kind or kind in PARTS else {"StandsFor"})
            for attribute in values.keys() - used:
                self.leave(f"attribute {attribute}", key)
        for key, names in standoff.references.items():
            if key not in standoff.bounds or standoff.bounds[key].kind in PARTS - {CONTENT} | {DECOY}:
                for _ in names:
                    self.leave("reference of something else than a mention or a quote", key)
        for key, words in standoff.notes.items():
            for _ in words:
                self.leave("note", key)


def listed(left: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the places of what is left out by its kind."""
    ordered = sorted(left, key=lambda one: one[0])
    return {kind: [place for _, place in ones] for kind, ones in groupby(ordered, key=lambda one: one[0])}
