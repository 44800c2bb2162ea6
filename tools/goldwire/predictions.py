"""What a system hands in, read into the plain records that scorers take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import index
from typing import Any, NamedTuple, get_args

from goldwire.errors import GoldwireError
from goldwire.records import Relation, Role
from goldwire.scorers.duplicates import Related, Shared
from goldwire.scorers.entities import Entity
from goldwire.scorers.segments import Segment

RELATIONS = get_args(Relation)
ROLES = get_args(Role)
SHOWN = 200
"""Characters of a label that a message repeats."""
TURNED = {"a_in_b": "b_in_a", "b_in_a": "a_in_b", None: None}


class Place(NamedTuple):
    """A span as the scorer sees it."""

    start: int
    end: int


class Phrase(NamedTuple):
    """The speaker of a quote as the scorer sees it."""

    start: int
    end: int
    head: Place | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as the scorer sees it; a system that does not say who speaks leaves the entities None."""

    content: tuple[Place, ...]
    type: str = "direct"
    cue: Place | None = None
    speaker: Phrase | None = None
    speaker_entities: tuple[str, ...] | None = None
    parent: str | None = None


def read_entity(label: Any, unit: str, text: str) -> Entity:
    """A mention from start, end and type (and entity), in a tuple or by name."""
    parts = _parts(label, ("start", "end", "type", "entity"), 3)
    if (
        parts is None
        or not _is_span(parts[0], parts[1], text)
        or not isinstance(parts[2], str)
        or not isinstance(parts[3], str | None)
    ):
        raise _refuse(label, unit, text, "no entity", "start, end and type")
    _check_surface(label, unit, text)
    return Entity(index(parts[0]), index(parts[1]), parts[2], parts[3])


def read_quote(label: Any, unit: str, text: str) -> Said:
    """A quote shaped like the record, or start and end (and type) of a quote of one fragment."""
    names = ("content", "type", "cue", "speaker", "speaker_entities", "parent")
    if isinstance(label, tuple | list) and not hasattr(label, "content"):
        fragments, kind, parts = [label[:2]], label[2] if len(label) > 2 else "direct", [None] * 4
        sound = 2 <= len(label) <= 3
    else:
        fragments, kind, *parts = (_get(label, name) for name in names)
        kind = "direct" if kind is None else kind
        sound = fragments is not None
    try:
        cue, speaker, entities, parent = parts
        quote = Said(
            tuple(sorted(_place(fragment, text) for fragment in fragments)) if sound else (),
            kind,
            None if cue is None else _place(cue, text),
            None if speaker is None else _phrase(speaker, text),
            None if entities is None else _ids(entities),
            parent,
        )
    except (TypeError, ValueError):
        sound = False
    if not sound or not quote.content or not isinstance(kind, str):
        raise _refuse(label, unit, text, "no quote", "content as spans, or start and end")
    for part in [*fragments, cue, speaker]:
        _check_surface(part, unit, text)
    return quote


def read_block(label: Any, unit: str, text: str) -> Segment:
    """A block from start, end, role and document, in a tuple or by name."""
    parts = _parts(label, ("start", "end", "role", "document"), 3)
    if parts is None or not _is_span(parts[0], parts[1], text) or parts[2] not in ROLES:
        raise _refuse(label, unit, text, "no block", f"start, end, role ({', '.join(ROLES)}) and document")
    document = None if parts[3] is None else str(parts[3])
    return Segment(index(parts[0]), index(parts[1]), parts[2], document)


def read_pairs(labels: Iterable[Any], texts: Mapping[str, str]) -> list[Related]:
    """The pairs of a corpus, the smaller id first, each once; raises GoldwireError where two contradict each other."""
    pairs: dict[tuple[str, str], Related] = {}
    for label in labels:
        pair = _pair(label, texts)
        before = pairs.setdefault((pair.a, pair.b), pair)
        if before != pair:
            raise GoldwireError(
                f"{pair.a} and {pair.b} are paired twice, as {_told(before)} and as {_told(pair)}; expected once"
            )
    return [pairs[key] for key in sorted(pairs)]


def _pair(label: Any, texts: Mapping[str, str]) -> Related:
    parts = _parts(label, ("a", "b", "relation", "direction", "passages"), 2)
    if parts is None or not all(isinstance(name, str) for name in parts[:2]):
        raise GoldwireError(f"{_cut(label)} is no pair; expected two document ids, then relation, direction, passages")
    a, b, relation, direction, passages = parts
    relation = relation or "near"
    for name in (a, b):
        if name not in texts:
            raise GoldwireError(f"a pair names {name!r}, which is no document of the corpus; ids look like 003-01")
    if a == b or relation not in RELATIONS or direction not in TURNED:
        raise GoldwireError(
            f"{_cut(label)} is no pair; expected two different documents, a relation of {', '.join(RELATIONS)}, "
            "and for contained a direction, a_in_b or b_in_a"
        )
    shared = tuple(_passage(passage, a, b, texts) for passage in passages or ())
    if a < b:
        return Related(a, b, relation, direction, shared)
    return Related(b, a, relation, TURNED[direction], tuple(Shared(p.b, p.a) for p in shared))


def _passage(passage: Any, a: str, b: str, texts: Mapping[str, str]) -> Shared:
    parts = _parts(passage, ("a", "b"), 2)
    try:
        if parts is None:
            raise TypeError
        return Shared(_place(parts[0], texts[a]), _place(parts[1], texts[b]))
    except (TypeError, ValueError):
        raise GoldwireError(f"{a} and {b}: {_cut(passage)} is no passage; expected a span in each text") from None


def _get(label: Any, name: str) -> Any:
    return label.get(name) if isinstance(label, Mapping) else getattr(label, name, None)


def _parts(label: Any, names: tuple[str, ...], needed: int) -> list[Any] | None:
    """What a label says under these names, in a tuple or by name; None where it does not fit."""
    if isinstance(label, tuple | list) and not hasattr(label, names[0]):
        fits = needed <= len(label) <= len(names)
        return [*label, *[None] * (len(names) - len(label))] if fits else None
    if isinstance(label, str):
        return None
    return [_get(label, name) for name in names]


def _is_span(start: Any, end: Any, text: str) -> bool:
    try:
        return 0 <= index(start) < index(end) <= len(text)
    except TypeError:
        return False


def _place(span: Any, text: str) -> Place:
    parts = list(span) if isinstance(span, tuple | list) else [_get(span, "start"), _get(span, "end")]
    if len(parts) < 2 or not _is_span(parts[0], parts[1], text):
        raise ValueError(f"{span!r} is no span")
    return Place(index(parts[0]), index(parts[1]))


def _phrase(span: Any, text: str) -> Phrase:
    head = None if isinstance(span, tuple | list) else _get(span, "head")
    return Phrase(*_place(span, text), None if head is None else _place(head, text))


def _ids(entities: Any) -> tuple[str, ...]:
    if isinstance(entities, str):
        raise TypeError("expected a list of ids")
    return tuple(entities)


def _told(pair: Related) -> str:
    passages = f" with {len(pair.passages)} passages" if pair.passages else ""
    return " ".join(filter(None, (pair.relation, pair.direction))) + passages


def _check_surface(label: Any, unit: str, text: str) -> None:
    """Where a label repeats its text, the text must stand there; other units of offset give themselves away."""
    said = None if isinstance(label, tuple | list) else _get(label, "text")
    if not isinstance(said, str):
        return
    start, end = index(_get(label, "start")), index(_get(label, "end"))
    if text[start:end] != said:
        raise GoldwireError(
            f"{unit}: a label says {said!r} stands at {start}:{end}, where the text reads {text[start:end]!r}"
            f"{counted_in(said, start, end, text)}"
        )


def counted_in(said: str, start: int, end: int, text: str) -> str:
    """What offsets seem to count, where a label's own text does not stand at them; to end a message with."""
    if text.encode()[start:end] == said.encode():
        return "; the offsets count UTF-8 bytes, expected code points"
    if text.encode("utf-16-le")[2 * start : 2 * end] == said.encode("utf-16-le"):
        return "; the offsets count UTF-16 units, expected code points"
    if text[start : end + 1] == said:
        return "; the end counts the last character, expected the one after it"
    return "; expected half-open code points of the stored text"


def _refuse(label: Any, unit: str, text: str, what: str, expected: str) -> GoldwireError:
    return GoldwireError(
        f"{unit}: {_cut(label)} is {what} of a text of {len(text)} code points; "
        f"expected {expected}, half-open, start before end{_past(label, text)}"
    )


def _cut(label: Any) -> str:
    """A label as it is shown in a message: whole where it is short."""
    shown = repr(label)
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


def _past(label: Any, text: str) -> str:
    """What an offset that fits no span may come of; to end a message with."""
    is_plain = isinstance(label, tuple | list) and len(label) > 1
    start, end = label[:2] if is_plain else (_get(label, "start"), _get(label, "end"))
    if isinstance(end, int) and start == end:
        return "; where an end counts the last character, one letter has no length; expected the end after it"
    if isinstance(end, int) and len(text) < end <= len(text.encode()):
        return "; an offset past the text may count bytes or UTF-16 units, expected code points"
    return ""
