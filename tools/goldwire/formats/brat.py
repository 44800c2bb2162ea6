"""brat's standoff: a text and an .ann file for each document, with the configuration that lists the types.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open. A span over a
line end is written in fragments, because brat cannot mark across it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, get_args

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, names
from goldwire.model.records import Entity, Quote, Speaker
from goldwire.model.vocabulary import QuoteStatus, SpeakerKind
from goldwire.text import spans

CONTENT, CUE, SPEAKER, HEAD = "Content", "Cue", "Speaker", "Head"
"""The types of the spans that make up a quote; every other type is that of a mention or a decoy."""
PARTS = frozenset({CONTENT, CUE, SPEAKER, HEAD})
DECOY = "Decoy"
INSIDE = "Inside"


class BratSpan(TypedDict, total=False):
    """A half-open span of code points, with its type, or with its head if it is a speaker's."""

    start: int
    end: int
    type: str
    entity: str
    head: "BratSpan"


class BratQuote(TypedDict):
    """A quote with the keys of the record."""

    type: str | None
    content: list[BratSpan]
    cue: BratSpan | None
    speaker: BratSpan | None
    speaker_entities: list[str] | None


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
    passed: dict[str, int] = field(default_factory=dict)
    """The number of events, and of relations of other names, which are not read."""

    def related(self, name: str, source: str) -> list[str]:
        """Return the ids of the spans that a relation leads to."""
        return [target for kind, start, target in self.relations if (kind, start) == (name, source)]

    def mentions(self) -> list[BratSpan]:
        """Return the spans that are not part of a quote; one of several fragments extends from first to last."""
        return [
            {**bound.extent(), "type": bound.kind, **self._entity(name)}
            for name, bound in self.bounds.items()
            if bound.kind not in PARTS and bound.kind != DECOY
        ]

    def _entity(self, name: str) -> BratSpan:
        """Return the entity of a span, as a part of it, if a normalisation names one."""
        return {"entity": self.references[name][0]} if name in self.references else {}

    def quotes(self) -> list[BratQuote]:
        """Return the quotes: one Content span each, with the spans that its relations Cue and Speaker lead to."""
        return [
            {
                "type": self.attributes.get(name, {}).get("QuoteType"),
                "content": [{"start": start, "end": end} for start, end in bound.fragments],
                "cue": self._part(CUE, name),
                "speaker": self._part(SPEAKER, name),
                "speaker_entities": self.references.get(name),
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

    Fragments that only a line end separates are joined, because brat cannot mark across it. Events and
    relations that are not parts of quotes are counted in `passed`. Raises GoldwireError if an id is
    repeated, if a span or a relation that is read is not standoff, and if the text of a span differs.
    """
    found = Standoff()
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        name = line.partition("\t")[0].strip()
        if name[:1] in NUMBERED and seen.setdefault(name, number) != number:
            raise GoldwireError(
                f"{where}:{number}: the id {name} is already that of line {seen[name]}; expected every id once"
            )
        try:
            _read_line(line.rstrip("\r\n"), text, found)
        except ValueError as error:
            raise GoldwireError(
                f"{where}:{number}: {line.strip()!r} is not a line of brat's standoff; {error}"
            ) from None
    relations = found.relations
    found.relations = [one for one in relations if one[0] in (*NEEDED, INSIDE)]
    for name, start, end in found.relations:
        if start not in found.bounds or end not in found.bounds:
            raise GoldwireError(f"{where}: the relation {name} goes from {start} to {end}, one of which is missing")
    if others := len(relations) - len(found.relations):
        found.passed["brat relations"] = others
    return found


NUMBERED = tuple("TREAMN")
"""The first letters of ids of spans, relations, events, attributes (twice) and normalisations."""
NEEDED = (CUE, SPEAKER, HEAD)
"""The relations that are read."""


def _read_line(line: str, text: str, found: Standoff) -> None:
    name, _, rest = line.partition("\t")
    body, _, surface = rest.partition("\t")
    parts = body.split(maxsplit=2)
    if name.startswith("T"):
        found.bounds[name] = _bound(body, surface, text)
    elif name.startswith("R") and parts:
        ends = [part.partition(":")[2] for part in " ".join(parts[1:]).split()]
        if len(ends) != 2 and parts[0] in NEEDED:
            raise ValueError(f"expected {parts[0]} Arg1:T1 Arg2:T2")
        found.relations.append((parts[0], *(ends if len(ends) == 2 else ("", ""))))
    elif name.startswith(("A", "M")) and len(parts) > 1:
        found.attributes.setdefault(parts[1], {})[parts[0]] = parts[2] if len(parts) > 2 else ""
    elif name.startswith("N") and len(parts) > 2 and ":" in parts[2]:
        found.references.setdefault(parts[1], []).append(parts[2].partition(":")[2])
    elif name.startswith("E"):
        found.passed["brat events"] = found.passed.get("brat events", 0) + 1
    elif name.startswith("#") and len(parts) > 1:
        found.notes.setdefault(parts[1], []).append(surface)


def _bound(body: str, surface: str, text: str) -> Bound:
    kind, _, offsets = body.partition(" ")
    numbers = [pair.split() for pair in offsets.split(";")]
    if not all(len(pair) == 2 and all(number.isdecimal() for number in pair) for pair in numbers):
        raise ValueError("expected an id, a tab, the type with start and end as in PERSON 0 13, a tab, and the words")
    fragments = [(int(start), int(end)) for start, end in numbers]
    if not all(0 <= start < end <= len(text) for start, end in fragments):
        raise ValueError(f"expected a span of a text of {len(text)} code points")
    joined = _joined(fragments, text)
    shown = " ".join(text[start:end] for start, end in joined).replace("\n", " ")
    if surface and surface.split() != shown.split():
        raise ValueError(f"the text reads {shown!r}")
    return Bound(kind, joined, surface)


def _joined(fragments: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(fragments):
        if joined and "\n" in (gap := text[joined[-1][1] : start]) and not gap.strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


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
        "StandsFor": ("GPE|LOC|ORG|FAC", ids),
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
