"""Words without offsets, as language models give them: where they are in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldwire.bench.parts import fields, is_plain, part
from goldwire.model.errors import GoldwireError
from goldwire.text.quotation_marks import ALIKE

CLASSES = {mark: f"[{re.escape(marks)}]" for marks in ALIKE for mark in marks}
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Labels with the offsets of their words; iterating yields the labels, so that a system may return it."""

    labels: list[object] = field(default_factory=list)
    ambiguous: dict[str, int] = field(default_factory=dict)
    """Words that are at more places than they were given, with the number of the other places."""
    missing: list[str] = field(default_factory=list)
    """Words that are not in the text, or not as often as they were given."""

    def __iter__(self) -> Iterator[object]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def unread(self) -> dict[str, int]:
        """The numbers that a score shows: words not found, and other places of ambiguous ones."""
        counts = {"words not found": len(self.missing), "other places of words": sum(self.ambiguous.values())}
        return {name: number for name, number in counts.items() if number}


def align(text: str, labels: Iterable[object] | Mapping[str, Iterable[object]]) -> Aligned:
    """Find the words of labels in a text, in their order.

    Words are found at their first free place after the words before, else at their first free place. Labels
    are words, pairs of words and type, lists of words by type, or objects whose `text`, `content`, `cue` or
    `speaker` are words; those with offsets are returned as they are. Whole words are found, whatever their
    white space and quotation marks, and in another case if not in their own. Raises GoldwireError if a label
    has neither words nor offsets.
    """
    finder = _Finder(text)
    labels = labels.get("entities", labels) if isinstance(labels, Mapping) else labels
    if isinstance(labels, Mapping):
        for kind, given in labels.items():
            finder.at = 0  # the order within a type says nothing about the next type
            for label in given:
                finder.add({"text": label, "type": kind} if isinstance(label, str) else _typed(label, kind))
    else:
        for label in labels:
            finder.add(label)
    return finder.aligned()


def _typed(label: Any, kind: str) -> object:
    return (*label[:2], kind) if is_plain(label) else {**fields(label), "type": kind}


def _distance(a: Place, b: Place) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


class _Finder:
    """What is found so far in a text, and where the search goes on."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.labels: list[object] = []
        self.missing: list[str] = []
        self.taken: dict[str, list[Place]] = {}

    def add(self, label: Any) -> None:
        if isinstance(label, str):
            label = {"text": label}
        elif is_plain(label) and len(label) == 2 and all(isinstance(value, str) for value in label):
            label = {"text": label[0], "type": label[1]}
        if is_plain(label) or part(label, "start") is not None or part(label, "start_char") is not None:
            self.labels.append(label)
        elif part(label, "content") is not None:
            self._add_quote(fields(label))
        elif isinstance(words := fields(label).get("text"), str):
            if found := self._next(words):
                self.labels.append({**fields(label), **self._span(found)})
        else:
            raise GoldwireError(f"{label!r} has neither words nor offsets; expected text, content, or start and end")

    def _add_quote(self, quote: dict[str, Any]) -> None:
        content = quote["content"]
        pieces = [content] if isinstance(content, str | Mapping) else list(content)
        spans = [found for piece in pieces if (found := self._part(piece, None)) is not None]
        if not spans:
            return
        ends = [span[:2] if is_plain(span) else (part(span, "start"), part(span, "end")) for span in spans]
        extent = min(ends)[0], max(ends)[1]
        near = {name: self._part(quote[name], extent) for name in ("cue", "speaker") if quote.get(name) is not None}
        self.labels.append({**quote, "content": spans, **near})

    def _part(self, given: Any, near: Place | None) -> Any:
        """Return a part of a quote as a span: next in the text, or nearest to a span."""
        words = given if isinstance(given, str) else None if is_plain(given) else part(given, "text")
        if not isinstance(words, str) or (not isinstance(given, str) and part(given, "start") is not None):
            return given
        if near is None:
            found = self._next(words)
        else:
            found = min(self._places(words), key=lambda place: _distance(place, near), default=None)
            self.missing += [] if found else [words]
        return self._span(found) if found else None

    def _next(self, words: str) -> Place | None:
        taken = self.taken.setdefault(words, [])
        free = [place for place in self._places(words) if place not in taken]
        if not free:
            self.missing.append(words)
            return None
        found = next((place for place in free if place[0] >= self.at), free[0])
        taken.append(found)
        self.at = found[1]
        return found

    def _places(self, words: str) -> list[Place]:
        parts = unicodedata.normalize("NFC", words).split()
        if not parts:
            return []
        pattern = r"\s+".join("".join(CLASSES.get(letter, re.escape(letter)) for letter in one) for one in parts)
        before = r"(?<!\w)" if re.match(r"\w", parts[0]) else ""
        after = r"(?!\w)" if re.search(r"\w$", parts[-1]) else ""
        for flags in (re.NOFLAG, re.IGNORECASE):
            if found := [match.span() for match in re.finditer(f"{before}{pattern}{after}", self.text, flags)]:
                return found
        return []

    def _span(self, place: Place) -> dict[str, object]:
        return {"start": place[0], "end": place[1], "text": self.text[slice(*place)]}

    def aligned(self) -> Aligned:
        others = {words: len(self._places(words)) - len(taken) for words, taken in self.taken.items()}
        return Aligned(self.labels, {words: number for words, number in others.items() if number > 0}, self.missing)
