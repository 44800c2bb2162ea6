"""What a system hands in, read into the plain records that scorers take."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import index
from typing import Any, NamedTuple, get_args

from goldwire.bench.unknown_keys import meant, unread_keys
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Relation, Role
from goldwire.scoring.duplicates import Related, Shared
from goldwire.scoring.entities import Entity
from goldwire.scoring.segments import Segment
from goldwire.scoring.settings import Task

RELATIONS = get_args(Relation)
ROLES = get_args(Role)
NOUNS: dict[Task, str] = {"entities": "entity", "quotes": "quote", "segments": "block", "duplicates": "pair"}
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
        raise _refuse(label, unit, text, "entities", "start, end and type")
    _check_surface(label, unit, text)
    return Entity(index(parts[0]), index(parts[1]), parts[2], parts[3])


def read_quote(label: Any, unit: str, text: str) -> Said:
    """A quote shaped like the record, or start, end (and type) of a quote of one fragment, in a tuple or by name."""
    said = _said(label)
    read: dict[str, Any] = {}
    for name, (take, expected) in PARTS.items():
        held = said.get(name)
        if held is None:
            continue
        try:
            read[name] = take(held, text)
        except (TypeError, ValueError):
            wrong = None if name == "content" else (name, held, expected)
            raise _refuse(label, unit, text, "quotes", QUOTE, wrong) from None
    if not read.get("content"):
        raise _refuse(label, unit, text, "quotes", QUOTE)
    for part in [*said["content"], said.get("cue"), said.get("speaker")]:
        _check_surface(part, unit, text)
    return Said(**read)


def _said(label: Any) -> dict[str, Any]:
    """What a label says of a quote, by the names of the record."""
    if isinstance(label, tuple | list) and not hasattr(label, "content"):
        fits = 2 <= len(label) <= 3
        return {"content": [label[:2]], "type": label[2] if len(label) > 2 else None} if fits else {}
    said = {name: _get(label, name) for name in PARTS}
    if said["content"] is None and _get(label, "start") is not None:
        said["content"] = [label]
    return said


def read_block(label: Any, unit: str, text: str) -> Segment:
    """A block from start, end, role and document, in a tuple or by name."""
    parts = _parts(label, ("start", "end", "role", "document"), 3)
    if parts is None or not _is_span(parts[0], parts[1], text) or parts[2] not in ROLES:
        raise _refuse(label, unit, text, "segments", f"start, end, role ({', '.join(ROLES)}) and document")
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
        raise GoldwireError(
            f"{_cut(label)} is no pair; expected two document ids, a and b, then relation, direction, passages"
            f"{_misspelt(label, 'duplicates')}"
        )
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


def _ids(entities: Any, _text: str) -> tuple[str, ...]:
    ids = () if isinstance(entities, str) else tuple(entities)
    if isinstance(entities, str) or not all(isinstance(name, str) for name in ids):
        raise TypeError("expected a list of ids")
    return ids


def _word(said: Any, _text: str) -> str:
    if not isinstance(said, str):
        raise TypeError("expected a word")
    return said


QUOTE = "content as a list of spans, or start and end"
PARTS: dict[str, tuple[Callable[[Any, str], Any], str]] = {
    "content": (lambda spans, text: tuple(sorted(_place(span, text) for span in spans)), "a list of spans"),
    "type": (_word, "a word"),
    "cue": (_place, "one span of the text"),
    "speaker": (_phrase, "one span of the text, with its head where that is known"),
    "speaker_entities": (_ids, "a list of ids"),
    "parent": (_word, "the id of a quote"),
}
"""What a quote may say, how it is read, and what is expected of it."""


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


def _refuse(
    label: Any, unit: str, text: str, task: Task, expected: str, wrong: tuple[str, Any, str] | None = None
) -> GoldwireError:
    """The refusal of a label; `wrong` is its part that is at fault, with what is there and what is expected."""
    about = f"{expected}, half-open, start before end{_past(label, text)}"
    if wrong:
        about = f"its {wrong[0]}, {_cut(wrong[1])}, to be {wrong[2]}"
    return GoldwireError(
        f"{unit}: {_cut(label)} is no {NOUNS[task]} of a text of {len(text)} code points; expected {about}"
        f"{_misspelt(label, task)}"
    )


def _misspelt(label: Any, task: Task) -> str:
    """The keys of a label that another was meant by; to end a message with."""
    hints = [f"{meant(key, task)!r} for {key!r}" for key in unread_keys(label, task) if meant(key, task)]
    return f"; did you mean {', '.join(hints)}?" if hints else ""


def _cut(label: Any) -> str:
    """A label as it is shown in a message: whole where it is short."""
    shown, kind = repr(label), type(label).__name__
    if type(label).__module__ != "builtins" and kind not in shown:  # spaCy's tokens look like bare words
        shown = f"{shown} (of type {kind})"
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


def _past(label: Any, text: str) -> str:
    """What an offset that fits no span may come of; to end a message with."""
    is_plain = isinstance(label, tuple | list) and len(label) > 1
    start, end = label[:2] if is_plain else (_get(label, "start"), _get(label, "end"))
    odd = next((offset for offset in (start, end) if offset is not None and not hasattr(offset, "__index__")), None)
    if odd is not None:
        return f"; {odd!r} is a {type(odd).__name__}, expected a whole number"
    if isinstance(end, int) and start == end:
        return "; where an end counts the last character, one letter has no length; expected the end after it"
    if isinstance(end, int) and len(text) < end <= len(text.encode()):
        return "; an offset past the text may count bytes or UTF-16 units, expected code points"
    return ""
