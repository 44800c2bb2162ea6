"""brat's standoff: a text and an .ann file for each document, with the configuration that lists the types.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open. A span over a
line end is written in stretches, since brat cannot mark over it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.errors import GoldwireError
from goldwire.model.records import DecoyReason, Entity, EntityType, Quote, QuoteStatus, QuoteType, Speaker, SpeakerKind
from goldwire.text import spans

CONTENT, CUE, SPEAKER, HEAD = "Content", "Cue", "Speaker", "Head"
"""Types of the spans that make up a quote; every other type is that of a mention or a decoy."""
PARTS = frozenset({CONTENT, CUE, SPEAKER, HEAD})
DECOY = "Decoy"


@dataclass(frozen=True, slots=True)
class Bound:
    """A text-bound annotation: its type, its stretches in order, and the words it repeats."""

    kind: str
    stretches: tuple[tuple[int, int], ...]
    text: str


@dataclass(slots=True)
class Standoff:
    """What an .ann file holds: spans by id, relations as (name, from, to), what is said of spans."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    """What a span is said to name, as its normalisations have it behind the name of a register."""
    notes: dict[str, list[str]] = field(default_factory=dict)

    def related(self, name: str, source: str) -> list[str]:
        """Ids of the spans that a relation leads to."""
        return [target for kind, start, target in self.relations if (kind, start) == (name, source)]

    def mentions(self) -> list[dict[str, Any]]:
        """The spans that are no part of a quote; one of several stretches counts from its first to its last."""
        return [
            {"start": bound.stretches[0][0], "end": bound.stretches[-1][1], "type": bound.kind}
            for bound in self.bounds.values()
            if bound.kind not in PARTS and bound.kind != DECOY
        ]

    def quotes(self) -> list[dict[str, Any]]:
        """The quotes: a Content span each, with the Cue and the Speaker that relations of these names lead to."""
        found = []
        for name, bound in self.bounds.items():
            if bound.kind == CONTENT:
                parts = {part.lower(): self._part(part, name) for part in (CUE, SPEAKER)}
                kind = self.attributes.get(name, {}).get("QuoteType")
                content = [{"start": start, "end": end} for start, end in bound.stretches]
                found.append({"type": kind, "content": content, **parts})
        return found

    def _part(self, relation: str, source: str) -> dict[str, Any] | None:
        target = next(iter(self.related(relation, source)), None)
        if target is None:
            return None
        stretches = self.bounds[target].stretches
        heads = [self.bounds[name].stretches for name in self.related(HEAD, target)]
        head = {"head": {"start": heads[0][0][0], "end": heads[0][-1][1]}} if heads else {}
        return {"start": stretches[0][0], "end": stretches[-1][1], **head}


def read_standoff(lines: Iterable[str], text: str, where: str = "a brat file") -> Standoff:
    """Read the lines of an .ann file over its text.

    Stretches that only a line end parts are one, since brat cannot mark over it. Events are passed
    over. Raises GoldwireError where a line is none, and where a span repeats words that do not stand
    there.
    """
    found = Standoff()
    for number, line in enumerate(lines, 1):
        try:
            _read_line(line.rstrip("\n"), text, found)
        except (ValueError, IndexError) as error:
            raise GoldwireError(
                f"{where}:{number}: {line.strip()!r} is no line of brat's standoff ({error})"
            ) from None
    for name, start, end in found.relations:
        if start not in found.bounds or end not in found.bounds:
            raise GoldwireError(f"{where}: the relation {name} goes from {start} to {end}, one of which is not there")
    return found


def _read_line(line: str, text: str, found: Standoff) -> None:
    name, _, rest = line.partition("\t")
    said, _, surface = rest.partition("\t")
    if name.startswith("T"):
        kind, _, places = said.partition(" ")
        stretches = _joined([_stretch(place, text) for place in places.split(";")], text)
        shown = " ".join(text[start:end] for start, end in stretches).replace("\n", " ")
        if surface and surface != shown:
            raise ValueError(f"the text reads {shown!r}")
        found.bounds[name] = Bound(kind, stretches, surface)
    elif name.startswith("R"):
        relation, first, second = said.split()
        found.relations.append((relation, first.partition(":")[2], second.partition(":")[2]))
    elif name.startswith(("A", "M")):
        attribute, target, *value = said.split()
        found.attributes.setdefault(target, {})[attribute] = value[0] if value else ""
    elif name.startswith("N"):
        _, target, reference = said.split()
        found.references.setdefault(target, []).append(reference.partition(":")[2])
    elif name.startswith("#"):
        found.notes.setdefault(said.split()[1], []).append(surface)


def _stretch(place: str, text: str) -> tuple[int, int]:
    start, end = (int(part) for part in place.split())
    if not 0 <= start < end <= len(text):
        raise ValueError(f"expected a span of a text of {len(text)} code points")
    return start, end


def _joined(stretches: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and text[joined[-1][1] : start].strip(" ") == "\n":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


REGISTRY = "goldwire"
"""Name of the registry in normalisations."""
INSIDE = "Inside"


def export_brat(source: Source) -> dict[str, bytes]:
    """A .txt and an .ann file for every document, and annotation.conf."""
    content = {"annotation.conf": _configuration(list(source.tree.registry)).encode()}
    for document in source.documents():
        content[f"{document.id}.txt"] = document.text.encode()
        content[f"{document.id}.ann"] = "".join(f"{line}\n" for line in _Writer(document).lines()).encode()
    return content


class _Writer:
    """Numbers the lines of one file: T for spans, R for relations, A for attributes, N for who is named."""

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
        stretches = [place for fragment in fragments for place in _by_line(text, fragment)]
        places = ";".join(f"{start} {end}" for start, end in stretches)
        self.rows.append(f"{name}\t{kind} {places}\t{' '.join(text[start:end] for start, end in stretches)}")
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
        yield start, start + len(line)
        start += len(line) + 1


def _configuration(registry: list[Entity]) -> str:
    """annotation.conf: the types of spans, relations and attributes, with the values these may take."""
    places = sorted(entity.id for entity in registry)
    values = {
        "QuoteType": (CONTENT, get_args(QuoteType)),
        "Status": (CONTENT, get_args(QuoteStatus)),
        "Kind": (SPEAKER, get_args(SpeakerKind)),
        "Reason": (DECOY, get_args(DecoyReason)),
        "StandsFor": ("GPE|LOC|ORG|FAC", places),
    }
    relations = ((CUE, CONTENT, CUE), (SPEAKER, CONTENT, SPEAKER), (HEAD, SPEAKER, HEAD), (INSIDE, CONTENT, CONTENT))
    return "\n".join(
        [
            *("[entities]", *get_args(EntityType), CONTENT, CUE, SPEAKER, HEAD, DECOY, ""),
            *("[relations]", *(f"{name}\tArg1:{a}, Arg2:{b}" for name, a, b in relations)),
            *("<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]"),
            *(f"{name}\tArg:{target}, Value:{'|'.join(known)}" for name, (target, known) in values.items()),
            "",
        ]
    )
