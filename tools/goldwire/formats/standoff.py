"""Standoff: typed spans of a text with relations, events, attributes and references, as brat's .ann files have them.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open. Whatever makes up a quote is
read from relations and from events alike.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypedDict

from goldwire.model.errors import GoldwireError

CONTENT, CUE, SPEAKER, HEAD = "Content", "Cue", "Speaker", "Head"
"""The types of the spans that make up a quote; every other type is that of a mention or a decoy."""
PARTS = frozenset({CONTENT, CUE, SPEAKER, HEAD})
DECOY = "Decoy"
INSIDE = "Inside"
NEEDED = (CUE, SPEAKER, HEAD)
"""The relations that are read; so is any other from a content to a cue or a speaker, or the other way round."""
NAMES = {name.casefold(): name for name in (*PARTS, DECOY)} | {"source": SPEAKER}
"""The types of spans, and the roles of events, by their name in any case."""
NUMBERED = tuple("TREAMN")
"""The first letters of ids of spans, relations, events, attributes (twice) and normalisations."""


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
    text: str = ""

    def extent(self) -> BratSpan:
        """Return the span from its first to its last code point."""
        return {"start": self.fragments[0][0], "end": self.fragments[-1][1]}


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its type, the span that triggers it, and its arguments as (role, id)."""

    kind: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Standoff:
    """The content of an .ann file: spans by id, relations as (name, from, to), and attributes of spans."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    others: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Relations of other names, with their lines, until `settle_relations` has read them."""
    events: dict[str, Event] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    """The entities of a span: its normalisations without the name of the registry."""
    registries: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The registry of an entity, and the name that it has there."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of every id."""
    left: list[tuple[str, int]] = field(default_factory=list)
    """What is not read, as its kind and its line: events and relations with other names, equivalences, …"""

    unread: bool = False
    """Whether a region has a form that is not read, so that what is read may not be all."""

    @property
    def passed(self) -> dict[str, int]:
        """The number of events, and of relations of other names, which are not read."""
        found = Counter(
            f"brat {kind.split()[0]}s" for kind, _ in self.left if kind.startswith(("event ", "relation "))
        )
        return dict(sorted(found.items()))

    def related(self, name: str, source: str) -> list[str]:
        """Return the ids of the spans that a relation leads to."""
        return [target for kind, start, target in self.relations if (kind, start) == (name, source)]

    def mentions(self) -> list[BratSpan]:
        """Return the spans that are not part of a quote; one of several fragments extends from first to last."""
        return [{**bound.extent(), "type": bound.kind, **self._entity(name)} for name, bound in self.named().items()]

    def named(self) -> dict[str, Bound]:
        """Return the spans of mentions by id."""
        return {name: bound for name, bound in self.bounds.items() if bound.kind not in PARTS and bound.kind != DECOY}

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

    Fragments that only a line end separates are joined, because brat cannot mark across it. An event with an
    argument that is a Content is a quote. Whatever else is not a part of a mention, a quote or a decoy is in `left`.
    Raises GoldwireError if an id is repeated, if a span or a relation that is read is not standoff, and if the text
    of a span differs.
    """
    found = Standoff()
    for number, line in enumerate(lines, 1):
        name = line.partition("\t")[0].strip()
        if name[:1] in NUMBERED and found.lines.setdefault(name, number) != number:
            raise GoldwireError(
                f"{where}:{number}: the id {name} is already that of line {found.lines[name]}; expected every id once"
            )
        try:
            _read_line(line.rstrip("\r\n"), number, text, found)
        except ValueError as error:
            raise GoldwireError(
                f"{where}:{number}: {line.strip()!r} is not a line of brat's standoff; {error}"
            ) from None
    settle_events(found)
    settle_relations(found)
    for name, start, end in found.relations:
        if start not in found.bounds or end not in found.bounds:
            raise GoldwireError(f"{where}: the relation {name} goes from {start} to {end}, one of which is missing")
    return found


def _read_line(line: str, number: int, text: str, found: Standoff) -> None:
    name, _, rest = line.partition("\t")
    body, _, surface = rest.partition("\t")
    parts = body.split(maxsplit=2)
    if name.startswith("T"):
        found.bounds[name] = _bound(body, surface, text)
    elif name.startswith("R") and parts:
        ends = [part.partition(":")[2] for part in " ".join(parts[1:]).split()]
        if len(ends) != 2 and parts[0] in NEEDED:
            raise ValueError(f"expected {parts[0]} Arg1:T1 Arg2:T2")
        kind = NAMES.get(parts[0].casefold(), parts[0])
        if len(ends) == 2 and kind in (*NEEDED, INSIDE):
            found.relations.append((kind, ends[0], ends[1]))
        elif len(ends) == 2:
            found.others.append((parts[0], ends[0], ends[1], number))
        else:
            found.left.append((f"relation {parts[0]}", number))
    elif name.startswith(("A", "M")) and len(parts) > 1:
        found.attributes.setdefault(parts[1], {})[parts[0]] = parts[2] if len(parts) > 2 else ""
    elif name.startswith("N") and len(parts) > 2 and ":" in parts[2]:
        registry, _, own = parts[2].partition(":")
        found.references.setdefault(parts[1], []).append(own)
        found.registries.setdefault(own, (registry, surface.strip()))
    elif name.startswith("E"):
        (kind, _, trigger), *others = (part.partition(":") for part in body.split() or [""])
        found.events[name] = Event(kind or "?", trigger, tuple((role, target) for role, _, target in others))
    elif name.startswith("#") and len(parts) > 1:
        found.notes.setdefault(parts[1], []).append(surface)
    elif line.strip():
        found.left.append(("equivalence" if name == "*" else "line of another kind", number))


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
    return Bound(NAMES.get(kind.casefold(), kind), joined, surface)


def _joined(fragments: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(fragments):
        if joined and "\n" in (gap := text[joined[-1][1] : start]) and not gap.strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def settle_relations(found: Standoff) -> None:
    """Read relations of other names by what they join: a content and its cue or its speaker; move others to `left`."""
    for name, *ends, line in found.others:
        kinds = [found.bounds[end].kind if end in found.bounds else "" for end in ends]
        for content, part in ((0, 1), (1, 0)):
            if kinds[content] == CONTENT and kinds[part] in (CUE, SPEAKER):
                found.relations.append((kinds[part], ends[content], ends[part]))
                break
        else:
            found.left.append((f"relation {name}", line))
    found.others.clear()


def settle_events(found: Standoff) -> None:
    """Turn the events that are quotes into relations, and move all others to `left`, with their triggers.

    An event is a quote if one of its arguments is a Content; its cue is its argument Cue, or else its trigger.
    """
    used: set[str] = set()
    triggers = {event.trigger for event in found.events.values() if _is_trigger(found, event)}
    for name, event in found.events.items():
        contents = [one for _, one in event.arguments if one in found.bounds and found.bounds[one].kind == CONTENT]
        if not contents:
            found.left.append((f"event {event.kind}", found.lines.get(name, 0)))
            continue
        own = contents[0] if contents[0] not in used else name
        fragments = sorted({piece for one in contents for piece in found.bounds[one].fragments})
        found.bounds[own] = replace(found.bounds[contents[0]], fragments=tuple(fragments))
        found.lines.setdefault(own, found.lines.get(name, 0))
        used |= {own, *contents}
        for one in contents[1:]:
            triggers.add(one)
        parts = [(_role(found, role, target), target) for role, target in event.arguments if target not in contents]
        if CUE not in dict(parts) and event.trigger in found.bounds and found.bounds[event.trigger].kind == CUE:
            parts.append((CUE, event.trigger))
        elif CUE not in dict(parts) and event.trigger in found.bounds:
            found.bounds[f"{name}-cue"] = replace(found.bounds[event.trigger], kind=CUE)
            parts.append((CUE, f"{name}-cue"))
        for kind, target in parts:
            if kind in (CUE, SPEAKER) and target in found.bounds:
                found.relations.append((kind, own, target))
            else:
                found.left.append((f"argument {kind} of an event {event.kind}", found.lines.get(name, 0)))
    for name in triggers:
        found.bounds.pop(name, None)


def _is_trigger(found: Standoff, event: Event) -> bool:
    """Whether the trigger of an event is only that: a span whose type is the event's."""
    return event.trigger in found.bounds and found.bounds[event.trigger].kind == event.kind


def _role(found: Standoff, role: str, target: str) -> str:
    """The name of an argument's part of a quote: by its role without a number, or else by the type of its span."""
    plain = role.rstrip("0123456789").casefold()
    kind = found.bounds[target].kind if target in found.bounds else role
    return NAMES.get(plain, kind)
