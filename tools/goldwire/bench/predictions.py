"""Labels of a system, read into the plain tuples that scorers compare."""

from collections.abc import Callable, Iterable, Mapping
from operator import index
from typing import Any, get_args

from goldwire.bench.unknown_keys import closest_key, unknown_keys
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import Relation, Role
from goldwire.scoring.labels import (
    PlainBlock,
    PlainMention,
    PlainPair,
    PlainPassage,
    PlainQuote,
    PlainSpan,
    PlainSpeaker,
)
from goldwire.scoring.settings import Task

RELATIONS = get_args(Relation)
ROLES = get_args(Role)
NOUNS: dict[Task, str] = {"entities": "entity", "quotes": "quote", "segments": "block", "duplicates": "pair"}
SHOWN = 200
"""Characters of a label that a message repeats."""
REVERSED = {"a_in_b": "b_in_a", "b_in_a": "a_in_b", None: None}


def read_entity(label: object, unit: str, text: str) -> PlainMention:
    """Read a mention from start, end and type (and entity), in a tuple or by name.

    Raises GoldwireError, naming the unit, if it is not a mention of the text; so do the other readers.
    """
    parts = _parts(label, ("start", "end", "type", "entity"), 3)
    span = _span(parts[0], parts[1], text) if parts else None
    if parts is None or span is None or not isinstance(parts[2], str) or not isinstance(parts[3], str | None):
        raise _refusal(label, unit, text, "entities", "start, end and type")
    _check_surface(label, unit, text)
    return PlainMention(*span, parts[2], parts[3])


def read_quote(label: object, unit: str, text: str) -> PlainQuote:
    """Read a quote with the keys of the record, or start, end (and type) of one fragment, in a tuple or by name."""
    given = _quote_parts(label)
    read: dict[str, Any] = {}
    for name, (take, expected) in PARTS.items():
        value = given.get(name)
        if value is None:
            continue
        try:
            read[name] = take(value, text)
        except (TypeError, ValueError):
            wrong = None if name == "content" else (name, value, expected)
            raise _refusal(label, unit, text, "quotes", QUOTE, wrong) from None
    if not read.get("content"):
        raise _refusal(label, unit, text, "quotes", QUOTE)
    for part in [*given["content"], given.get("cue"), given.get("speaker")]:
        _check_surface(part, unit, text)
    return PlainQuote(**read)


def _quote_parts(label: object) -> dict[str, Any]:
    """Return the parts of a quote by the names of the record."""
    if isinstance(label, tuple | list) and not hasattr(label, "content"):
        fits = 2 <= len(label) <= 3
        return {"content": [label[:2]], "type": label[2] if len(label) > 2 else None} if fits else {}
    given = {name: _get(label, name) for name in PARTS}
    if given["content"] is None and _get(label, "start") is not None:
        given["content"] = [label]
    return given


def read_block(label: object, unit: str, text: str) -> PlainBlock:
    """Read a block from start, end, role and document, in a tuple or by name."""
    parts = _parts(label, ("start", "end", "role", "document"), 3)
    span = _span(parts[0], parts[1], text) if parts else None
    if parts is None or span is None or parts[2] not in ROLES:
        raise _refusal(label, unit, text, "segments", f"start, end, role ({', '.join(ROLES)}) and document")
    return PlainBlock(*span, str(parts[2]), None if parts[3] is None else str(parts[3]))


def read_pairs(labels: Iterable[object], texts: Mapping[str, str]) -> list[PlainPair]:
    """Read the pairs of a corpus, each once, the smaller id first; raise GoldwireError if two disagree."""
    pairs: dict[tuple[str, str], PlainPair] = {}
    for label in labels:
        pair = _pair(label, texts)
        before = pairs.setdefault((pair.a, pair.b), pair)
        if before != pair:
            raise GoldwireError(
                f"{pair.a} and {pair.b} are paired twice, as {_relation(before)} and as {_relation(pair)}; "
                "expected once"
            )
    return [pairs[key] for key in sorted(pairs)]


def _pair(label: object, texts: Mapping[str, str]) -> PlainPair:
    parts = _parts(label, ("a", "b", "relation", "direction", "passages"), 2)
    if parts is None or not all(isinstance(name, str) for name in parts[:2]):
        raise GoldwireError(
            f"{_cut(label)} is not a pair; expected two document ids, a and b, then relation, direction, passages"
            f"{_misspelt(label, 'duplicates')}"
        )
    a, b, relation, direction, passages = parts
    relation = relation or "near"
    for name in (a, b):
        if name not in texts:
            raise GoldwireError(f"a pair names {name!r}, which is not a document of the corpus; ids look like 003-01")
    if a == b or relation not in RELATIONS or direction not in REVERSED:
        raise GoldwireError(
            f"{_cut(label)} is not a pair; expected two different documents, a relation of {', '.join(RELATIONS)}, "
            "and for contained a direction, a_in_b or b_in_a"
        )
    shared = tuple(_passage(passage, a, b, texts) for passage in passages or ())
    if a < b:
        return PlainPair(a, b, relation, direction, shared)
    return PlainPair(b, a, relation, REVERSED[direction], tuple(PlainPassage(p.b, p.a) for p in shared))


def _passage(passage: object, a: str, b: str, texts: Mapping[str, str]) -> PlainPassage:
    parts = _parts(passage, ("a", "b"), 2)
    try:
        if parts is None:
            raise TypeError
        return PlainPassage(_read_span(parts[0], texts[a]), _read_span(parts[1], texts[b]))
    except (TypeError, ValueError):
        raise GoldwireError(f"{a} and {b}: {_cut(passage)} is not a passage; expected a span in each text") from None


def _get(label: object, name: str) -> Any:
    return label.get(name) if isinstance(label, Mapping) else getattr(label, name, None)


def _parts(label: object, names: tuple[str, ...], needed: int) -> list[Any] | None:
    """Return the values of these names, from a tuple or by name; None if they do not fit."""
    if isinstance(label, tuple | list) and not hasattr(label, names[0]):
        fits = needed <= len(label) <= len(names)
        return [*label, *[None] * (len(names) - len(label))] if fits else None
    if isinstance(label, str):
        return None
    return [_get(label, name) for name in names]


def _span(start: Any, end: Any, text: str) -> PlainSpan | None:
    """Return the span of two offsets; None if they are not a span of the text."""
    try:
        first, last = index(start), index(end)
    except TypeError:
        return None
    return PlainSpan(first, last) if 0 <= first < last <= len(text) else None


def _read_span(span: object, text: str) -> PlainSpan:
    parts = list(span) if isinstance(span, tuple | list) else [_get(span, "start"), _get(span, "end")]
    found = _span(parts[0], parts[1], text) if len(parts) > 1 else None
    if found is None:
        raise ValueError(f"{span!r} is not a span")
    return found


def _read_spans(spans: Iterable[object], text: str) -> tuple[PlainSpan, ...]:
    return tuple(sorted(_read_span(span, text) for span in spans))


def _read_speaker(span: object, text: str) -> PlainSpeaker:
    head = None if isinstance(span, tuple | list) else _get(span, "head")
    return PlainSpeaker(*_read_span(span, text), None if head is None else _read_span(head, text))


def _read_ids(entities: Iterable[object], _text: str) -> tuple[str, ...]:
    if isinstance(entities, str):
        raise TypeError("expected a list of ids")
    return tuple(_read_word(name, _text) for name in entities)


def _read_word(word: object, _text: str) -> str:
    if not isinstance(word, str):
        raise TypeError("expected a word")
    return word


QUOTE = "content as a list of spans, or start and end"
PARTS: dict[str, tuple[Callable[[Any, str], object], str]] = {
    "content": (_read_spans, "a list of spans"),
    "type": (_read_word, "a word"),
    "cue": (_read_span, "one span of the text"),
    "speaker": (_read_speaker, "one span of the text, with its head where that is known"),
    "speaker_entities": (_read_ids, "a list of ids"),
    "parent": (_read_word, "the id of a quote"),
}
"""The parts of a quote, how each is read, and what is expected of it."""


def _relation(pair: PlainPair) -> str:
    passages = f" with {len(pair.passages)} passages" if pair.passages else ""
    return " ".join(filter(None, (pair.relation, pair.direction))) + passages


def _check_surface(label: object, unit: str, text: str) -> None:
    """Raise GoldwireError if a label repeats its text and the text at its offsets differs."""
    surface = None if isinstance(label, tuple | list) else _get(label, "text")
    if not isinstance(surface, str):
        return
    start, end = index(_get(label, "start")), index(_get(label, "end"))
    if text[start:end] != surface:
        raise GoldwireError(
            f"{unit}: a label has {surface!r} at {start}:{end}, where the text reads {text[start:end]!r}"
            f"{counted_in(surface, start, end, text)}"
        )


def counted_in(surface: str, start: int, end: int, text: str) -> str:
    """Return the end of a message: the unit that offsets seem to count if a label's text is not at them."""
    if text.encode()[start:end] == surface.encode():
        return "; the offsets count UTF-8 bytes, expected code points"
    if text.encode("utf-16-le")[2 * start : 2 * end] == surface.encode("utf-16-le"):
        return "; the offsets count UTF-16 units, expected code points"
    if text[start : end + 1] == surface:
        return "; the end counts the last character, expected the one after it"
    return "; expected half-open code points of the stored text"


def _refusal(
    label: object, unit: str, text: str, task: Task, expected: str, wrong: tuple[str, object, str] | None = None
) -> GoldwireError:
    """Return the error for a label; `wrong` is the part at fault, with its value and what is expected of it."""
    about = f"{expected}, half-open, start before end{_offset_hint(label, text)}"
    if wrong:
        about = f"its {wrong[0]}, {_cut(wrong[1])}, to be {wrong[2]}"
    return GoldwireError(
        f"{unit}: {_cut(label)} is not a valid {NOUNS[task]} of a text of {len(text)} code points; expected {about}"
        f"{_misspelt(label, task)}"
    )


def _misspelt(label: object, task: Task) -> str:
    """Return the end of a message: the keys that unknown keys may stand for."""
    hints = [f"{closest_key(key, task)!r} for {key!r}" for key in unknown_keys(label, task) if closest_key(key, task)]
    return f"; did you mean {', '.join(hints)}?" if hints else ""


def _cut(label: object) -> str:
    """Return a label as a message shows it: whole if it is short."""
    shown, kind = repr(label), type(label).__name__
    if type(label).__module__ != "builtins" and kind not in shown:  # spaCy's tokens look like bare words
        shown = f"{shown} (of type {kind})"
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


def _offset_hint(label: object, text: str) -> str:
    """Return the end of a message: the likely cause of an offset that is not part of a span."""
    is_plain = isinstance(label, tuple | list) and len(label) > 1
    start, end = (
        label[:2] if isinstance(label, tuple | list) and is_plain else (_get(label, "start"), _get(label, "end"))
    )
    odd = next((offset for offset in (start, end) if offset is not None and not hasattr(offset, "__index__")), None)
    if odd is not None:
        return f"; {odd!r} is a {type(odd).__name__}, expected a whole number"
    if isinstance(end, int) and start == end:
        return "; if the end counts the last character, a letter has no length; expected the end after it"
    if isinstance(end, int) and len(text) < end <= len(text.encode()):
        return "; an offset past the text may count bytes or UTF-16 units, expected code points"
    return ""
