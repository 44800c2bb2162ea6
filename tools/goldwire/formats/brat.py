"""brat's standoff: a text and an .ann file for each document, with the configuration that lists the types.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open. A span over a
line end is written in fragments, because brat cannot mark across it.
"""

from collections.abc import Iterator, Sequence
from typing import get_args

from goldwire.formats.labelled import Labelled, Source
from goldwire.formats.standoff import CONTENT, CUE, DECOY, HEAD, INSIDE, SPEAKER
from goldwire.model.profile import Profile, names
from goldwire.model.records import Entity, Quote, Speaker
from goldwire.model.vocabulary import QuoteStatus, SpeakerKind
from goldwire.text import spans

SHIFTING = ("GPE", "LOC", "ORG", "FAC")
"""The shipped types of names that may stand for another entity; of other types, all may."""
REGISTRY = "goldwire"
"""The name of the registry in normalisations."""


def export_brat(source: Source) -> dict[str, bytes]:
    """Export a .txt and an .ann file for every document, and annotation.conf."""
    content = {"annotation.conf": _configuration(list(source.tree.registry), source.tree.profile).encode()}
    for document in source.documents():
        content[f"{document.id}.txt"] = document.text.encode()
        content[f"{document.id}.ann"] = "".join(f"{line}\n" for line in _Writer(document).lines()).encode()
    return content


class _Writer:
    """Numbers the lines of one file: T for spans, R for relations, A for attributes, N for entities."""

    def __init__(self, document: Labelled) -> None:
        self.document, self.rows = document, list[str]()
        self.last = dict.fromkeys("TRAN", 0)

    def lines(self) -> list[str]:
        for mention in self.document.mentions or ():
            name = self._span(mention.type, [mention])
            self._names(name, mention.entity)
            self._attribute("StandsFor", name, mention.stands_for)
        for decoy in self.document.decoys or ():
            self._attribute("Reason", self._span(DECOY, [decoy]), decoy.reason)
        contents: dict[str | None, str] = {}
        for quote in self.document.quotes or ():
            contents[quote.id] = self._quote(quote)
            if quote.parent in contents and quote.parent:
                self._relation(INSIDE, contents[quote.id], contents[quote.parent])
        return self.rows

    def _quote(self, quote: Quote) -> str:
        name = self._span(CONTENT, quote.content)
        self._attribute("QuoteType", name, quote.type)
        self._attribute("Status", name, quote.status)
        for entity in quote.speaker_entities or ():
            self._names(name, entity)
        if quote.cue:
            self._relation(CUE, name, self._span(CUE, [quote.cue]))
        if quote.speaker:
            self._relation(SPEAKER, name, self._speaker(quote.speaker))
        return name

    def _speaker(self, speaker: Speaker) -> str:
        name = self._span(SPEAKER, [speaker])
        self._attribute("Kind", name, speaker.kind)
        if speaker.head:
            self._relation(HEAD, name, self._span(HEAD, [speaker.head]))
        return name

    def _number(self, letter: str) -> str:
        self.last[letter] += 1
        return f"{letter}{self.last[letter]}"

    def _span(self, kind: str, fragments: Sequence[spans.SpanLike]) -> str:
        name, text = self._number("T"), self.document.text
        pieces = [piece for fragment in fragments for piece in _by_line(text, fragment)]
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        self.rows.append(f"{name}\t{kind} {offsets}\t{' '.join(text[start:end] for start, end in pieces)}")
        return name

    def _relation(self, kind: str, source: str, target: str) -> None:
        self.rows.append(f"{self._number('R')}\t{kind} Arg1:{source} Arg2:{target}")

    def _attribute(self, kind: str, target: str, value: str | None) -> None:
        if value is not None:
            self.rows.append(f"{self._number('A')}\t{kind} {target} {value}")

    def _names(self, target: str, entity: str | None) -> None:
        if entity is not None:
            self.rows.append(f"{self._number('N')}\tReference {target} {REGISTRY}:{entity}\t{entity}")


def _by_line(text: str, span: spans.SpanLike) -> Iterator[tuple[int, int]]:
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        if line.strip():
            yield spans.trim(text, start, start + len(line))
        start += len(line) + 1


def _configuration(registry: list[Entity], profile: Profile) -> str:
    """Return annotation.conf: the types of spans, relations and attributes, with the values of the last."""
    ids = sorted(entity.id for entity in registry)
    values = {
        "QuoteType": (CONTENT, names(profile.quote_types)),
        "Status": (CONTENT, get_args(QuoteStatus)),
        "Kind": (SPEAKER, get_args(SpeakerKind)),
        "Reason": (DECOY, names(profile.decoy_reasons)),
        "StandsFor": ("|".join([kind for kind in SHIFTING if kind in profile.types] or profile.types), ids),
    }
    relations = ((CUE, CONTENT, CUE), (SPEAKER, CONTENT, SPEAKER), (HEAD, SPEAKER, HEAD), (INSIDE, CONTENT, CONTENT))
    return "\n".join(
        [
            *("[entities]", *profile.types, CONTENT, CUE, SPEAKER, HEAD, DECOY, ""),
            *("[relations]", *(f"{name}\tArg1:{a}, Arg2:{b}" for name, a, b in relations)),
            *("<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]"),
            *(f"{name}\tArg:{target}, Value:{'|'.join(known)}" for name, (target, known) in values.items()),
            "",
        ]
    )
