"""brat's standoff: a text and an .ann file for each document, with the configuration that lists the types.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open. A span over a
line end is written in fragments, because brat cannot mark across it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, get_args

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Entity, Quote, Speaker
from goldwire.model.vocabulary import DecoyReason, EntityType, QuoteStatus, QuoteType, SpeakerKind
from goldwire.text import spans

CONTENT, CUE, SPEAKER, HEAD = "Content", "Cue", "Speaker", "Head"
"""The types of the spans that make up a quote; every other type is that of a mention or a decoy."""
PARTS = frozenset({CONTENT, CUE, SPEAKER, HEAD})
DECOY = "Decoy"


class BratSpan(TypedDict, total=False):
    """A half-open span of code points, with its type, or with its head if it is a speaker's."""

    start: int
    end: int
    type: str
    head: "BratSpan"


class BratQuote(TypedDict):
    """A quote with the keys of the record."""

    type: str | None
    content: list[BratSpan]
    cue: BratSpan | None
    speaker: BratSpan | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A text-bound annotation: its type, its fragments in order, and the words it repeats."""

    kind: str
    fragments: tuple[tuple[int, int], ...]
    text: str

    def extent(self) -> BratSpan:
        """Return the span from its first to its last code point."""
        return {"start": self.fragments[0][0], "end": self.fragments[-1][1]}


@dataclass(slots=True)
class Standoff:
    """The content of an .ann file: spans by id, relations as (name, from, to), and attributes of spans."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    """The entities of a span: its normalisations without the name of the registry."""
    notes: dict[str, list[str]] = field(default_factory=dict)

    def related(self, name: str, source: str) -> list[str]:
        """Return the ids of the spans that a relation leads to."""
        return [target for kind, start, target in self.relations if (kind, start) == (name, source)]

    def mentions(self) -> list[BratSpan]:
        """Return the spans that are not part of a quote; one of several fragments extends from first to last."""
        return [
            {**bound.extent(), "type": bound.kind}
            for bound in self.bounds.values()
            if bound.kind not in PARTS and bound.kind != DECOY
        ]

    def quotes(self) -> list[BratQuote]:
        """Return the quotes: one Content span each, with the spans that its relations Cue and Speaker lead to."""
        return [
            {
                "type": self.attributes.get(name, {}).get("QuoteType"),
                "content": [{"start": start, "end": end} for start, end in bound.fragments],
                "cue": self._part(CUE, name),
                "speaker": self._part(SPEAKER, name),
            }
            for name, bound in self.bounds.items()
            if bound.kind == CONTENT
        ]

    def _part(self, relation: str, source: str) -> BratSpan | None:
        target = next(iter(self.related(relation, source)), None)
        if target is None:
            return None
        span = self.bounds[target].extent()
        for name in self.related(HEAD, target)[:1]:
            span["head"] = self.bounds[name].extent()
        return span


def read_standoff(lines: Iterable[str], text: str, where: str = "a brat file") -> Standoff:
    """Read the lines of an .ann file over its text.

    Fragments that only a line end separates are joined, because brat cannot mark across it. Events are
    ignored. Raises GoldwireError if a line is not standoff, and if the text of a span differs.
    """
    found = Standoff()
    for number, line in enumerate(lines, 1):
        try:
            _read_line(line.rstrip("\n"), text, found)
        except (ValueError, IndexError) as error:
            raise GoldwireError(
                f"{where}:{number}: {line.strip()!r} is not a line of brat's standoff ({error})"
            ) from None
    for name, start, end in found.relations:
        if start not in found.bounds or end not in found.bounds:
            raise GoldwireError(f"{where}: the relation {name} goes from {start} to {end}, one of which is missing")
    return found


def _read_line(line: str, text: str, found: Standoff) -> None:
    name, _, rest = line.partition("\t")
    body, _, surface = rest.partition("\t")
    if name.startswith("T"):
        kind, _, offsets = body.partition(" ")
        fragments = _joined([_fragment(pair, text) for pair in offsets.split(";")], text)
        shown = " ".join(text[start:end] for start, end in fragments).replace("\n", " ")
        if surface and surface != shown:
            raise ValueError(f"the text reads {shown!r}")
        found.bounds[name] = Bound(kind, fragments, surface)
    elif name.startswith("R"):
        relation, first, second = body.split()
        found.relations.append((relation, first.partition(":")[2], second.partition(":")[2]))
    elif name.startswith(("A", "M")):
        attribute, target, *value = body.split()
        found.attributes.setdefault(target, {})[attribute] = value[0] if value else ""
    elif name.startswith("N"):
        _, target, reference = body.split()
        found.references.setdefault(target, []).append(reference.partition(":")[2])
    elif name.startswith("#"):
        found.notes.setdefault(body.split()[1], []).append(surface)


def _fragment(offsets: str, text: str) -> tuple[int, int]:
    start, end = (int(part) for part in offsets.split())
    if not 0 <= start < end <= len(text):
        raise ValueError(f"expected a span of a text of {len(text)} code points")
    return start, end


def _joined(fragments: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(fragments):
        if joined and text[joined[-1][1] : start].strip(" ") == "\n":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


REGISTRY = "goldwire"
"""The name of the registry in normalisations."""
INSIDE = "Inside"


def export_brat(source: Source) -> dict[str, bytes]:
    """Export a .txt and an .ann file for every document, and annotation.conf."""
    content = {"annotation.conf": _configuration(list(source.tree.registry)).encode()}
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
        yield start, start + len(line)
        start += len(line) + 1


def _configuration(registry: list[Entity]) -> str:
    """Return annotation.conf: the types of spans, relations and attributes, with the values of the last."""
    ids = sorted(entity.id for entity in registry)
    values = {
        "QuoteType": (CONTENT, get_args(QuoteType)),
        "Status": (CONTENT, get_args(QuoteStatus)),
        "Kind": (SPEAKER, get_args(SpeakerKind)),
        "Reason": (DECOY, get_args(DecoyReason)),
        "StandsFor": ("GPE|LOC|ORG|FAC", ids),
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
