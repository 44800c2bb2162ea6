"""Labels of a system, read into the plain tuples that scorers compare."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

from goldwire.bench.parts import is_missing, is_plain, part, unpacked
from goldwire.bench.refusals import (
    PartFault,
    check_surface,
    fault,
    is_half_pair,
    read_offsets,
    refusal,
    shown,
)
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import names, news
from goldwire.model.vocabulary import Relation
from goldwire.scoring.labels import (
    PlainBlock,
    PlainMention,
    PlainPair,
    PlainPassage,
    PlainQuote,
    PlainSpan,
    PlainSpeaker,
)

RELATIONS = get_args(Relation)
ROLES = names(news().roles)
REVERSED = {"a_in_b": "b_in_a", "b_in_a": "a_in_b", None: None}
SPAN = "half-open, start before end"
ENTITY = f"start, end and type, then the id of its entity if it is linked, {SPAN}"
QUOTE = f"content as a list of spans, or start and end, {SPAN}"
BLOCK = "start, end, role ({}) and document, " + SPAN


def read_entity(label: object, unit: str, text: str) -> PlainMention:
    """Read a mention from start, end and type (and entity), in a tuple or by name.

    Raises GoldwireError, naming the unit and the part at fault, if it is not a mention of the text; so do
    the other readers.
    """
    parts = _parts(label, ("start", "end", "type", "entity"), 3)
    if parts is None or (not any(value is not None for value in parts[:3]) and not _words(label)):
        raise refusal(label, unit, text, "entities", f"{ENTITY}{_count(label)}")
    start, end, kind, entity = parts
    if start is end is None and _words(label):
        raise refusal(label, unit, text, "entities", f"{ENTITY}; it has words without offsets{ALIGN}")
    try:
        span = read_offsets(start, end, text)
        read = PlainMention(*span, _word(kind, "type"), None if entity is None else _word(entity, "entity", "an id"))
    except PartFault as wrong:
        raise fault(label, unit, text, "entities", wrong) from None
    check_surface(label, unit, text)
    return read


ALIGN = "; goldwire.align(text, labels) finds them, for files --align"


def read_quote(label: object, unit: str, text: str) -> PlainQuote:
    """Read a quote with the keys of the record, or start, end (and type) of one fragment, in a tuple or by name."""
    given = _quote_parts(label)
    read: dict[str, Any] = {}
    for name, take in PARTS.items():
        value = given.get(name)
        if value is None:
            continue
        try:
            read[name] = take(value, text)
        except PartFault as wrong:
            named = wrong.within(name) if wrong.name else PartFault(name, value, wrong.expected)
            raise fault(label, unit, text, "quotes", named) from None
    if not read.get("content"):
        raise refusal(label, unit, text, "quotes", f"{QUOTE}{_count(label)}")
    for one in [*given["content"], given.get("cue"), given.get("speaker")]:
        check_surface(one, unit, text)
    return PlainQuote(**read)


def _quote_parts(label: object) -> dict[str, Any]:
    """Return the parts of a quote by the names of the record."""
    label = unpacked(label)
    if is_plain(label) and isinstance(label, tuple | list):
        fits = 2 <= len(label) <= 3
        kind = label[2] if len(label) > 2 and not is_missing(label[2]) else None
        return {"content": [label[:2]], "type": kind} if fits else {}
    given = {name: part(label, name) for name in PARTS}
    if given["content"] is None and part(label, "start") is not None:
        given["content"] = [label]
    return given


def read_block(label: object, unit: str, text: str, roles: Sequence[str] = ROLES) -> PlainBlock:
    """Read a block from start, end, role and document, in a tuple or by name; its role is one of some."""
    parts = _parts(label, ("start", "end", "role", "document"), 3)
    if parts is None or not any(value is not None for value in parts[:3]):
        raise refusal(label, unit, text, "segments", f"{BLOCK.format(', '.join(roles))}{_count(label)}")
    start, end, role, document = parts
    try:
        span = read_offsets(start, end, text)
        if role not in roles:
            raise PartFault("role", role, f"one of {', '.join(roles)}")
    except PartFault as wrong:
        raise fault(label, unit, text, "segments", wrong) from None
    return PlainBlock(*span, str(role), None if document is None else str(document))


def _words(label: object) -> bool:
    return not is_plain(label) and isinstance(part(label, "text"), str)


def _count(label: object) -> str:
    """Return the end of a message: how many values a sequence without names has."""
    return f"; it has {len(label)} values" if isinstance(label, tuple | list) and is_plain(label) else ""


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
        raise refusal(label, "", "", "duplicates", f"{PAIR}{_count(label)}")
    a, b, relation, direction, passages = parts
    is_score = is_plain(label) and hasattr(relation, "__float__")
    relation = "near" if relation is None or is_score else relation
    for name in (a, b):
        if name not in texts:
            raise GoldwireError(
                f"the pair {shown(label)} names {shown(name)}, which is not a document of the corpus; "
                "ids look like 003-01"
            )
    wrong = _pair_fault(a, b, relation, direction, passages)
    if wrong:
        raise fault(label, "", "", "duplicates", wrong)
    found = tuple(_passage(passage, a, b, texts) for passage in passages or ())
    if a < b:
        return PlainPair(a, b, relation, direction, found)
    return PlainPair(b, a, relation, REVERSED[direction], tuple(PlainPassage(p.b, p.a) for p in found))


PAIR = "two document ids, a and b, then relation, direction, passages"


def _pair_fault(a: str, b: str, relation: object, direction: object, passages: object) -> PartFault | None:
    if a == b:
        return PartFault("b", b, "another document: a pair has two different documents")
    if relation not in RELATIONS:
        return PartFault("relation", relation, f"one of {', '.join(RELATIONS)}")
    if not isinstance(direction, str | None) or direction not in REVERSED:
        return PartFault("direction", direction, "a_in_b or b_in_a for contained, else None")
    if not isinstance(passages, Iterable | None) or isinstance(passages, str | Mapping):
        return PartFault("passages", passages, "a list of passages, each a span in a and one in b")
    return None


def _passage(passage: object, a: str, b: str, texts: Mapping[str, str]) -> PlainPassage:
    parts = _parts(passage, ("a", "b"), 2)
    try:
        if parts is None:
            raise PartFault("passage", passage, "a span in each text")
        return PlainPassage(_read_cue(parts[0], texts[a]), _read_cue(parts[1], texts[b]))
    except PartFault as wrong:
        raise GoldwireError(
            f"{a} and {b}: {shown(passage)} is not a passage; expected a span in each text, "
            f"its {wrong.name or 'spans'}, {shown(wrong.value)}, to be {wrong.expected}"
        ) from None


def _relation(pair: PlainPair) -> str:
    passages = f" with {len(pair.passages)} passages" if pair.passages else ""
    return " ".join(filter(None, (pair.relation, pair.direction))) + passages


def _parts(label: object, names: tuple[str, ...], needed: int) -> list[Any] | None:
    """Return the values of these names, None for a missing one, from a tuple or by name; None if they do not fit."""
    label = label if type(label) in (tuple, dict) else unpacked(label)
    if isinstance(label, tuple | list) and (type(label) in (tuple, list) or not hasattr(label, names[0])):
        fits = needed <= len(label) <= len(names)
        return [*label[:needed], *map(_present, label[needed:]), *[None] * (len(names) - len(label))] if fits else None
    if isinstance(label, str):
        return None
    return [part(label, name) for name in names]


def _present(value: object) -> object:
    return None if is_missing(value) else value


def _word(word: object, name: str = "", expected: str = "a word") -> str:
    if not isinstance(word, str) or not word.strip():
        raise PartFault(name, word, expected)
    if is_half_pair(word):
        raise PartFault(name, word, "Unicode text; half a surrogate pair is a sign of offsets in UTF-16 units")
    return word


def _read_span(span: object, text: str) -> PlainSpan:
    span = unpacked(span)
    if isinstance(span, tuple | list):
        if len(span) < 2:
            raise PartFault("", span, "a span of start and end")
        return read_offsets(span[0], span[1], text)
    start, end = part(span, "start"), part(span, "end")
    if start is end is None:
        raise PartFault("", span, "a span of start and end")
    return read_offsets(start, end, text)


def _read_spans(spans: object, text: str) -> tuple[PlainSpan, ...]:
    spans = unpacked(spans)
    if not isinstance(spans, Iterable) or isinstance(spans, str | Mapping):
        raise PartFault("", spans, QUOTE)
    read: list[PlainSpan] = []
    for span in spans:
        try:
            read.append(_read_span(span, text))
        except PartFault as wrong:
            raise wrong if wrong.name else PartFault("", spans, QUOTE) from None
    return tuple(sorted(read))


def _read_cue(span: object, text: str) -> PlainSpan:
    try:
        return _read_span(span, text)
    except PartFault as wrong:
        raise wrong if wrong.name else PartFault("", span, "one span of the text") from None


def _read_speaker(span: object, text: str) -> PlainSpeaker:
    head = None if isinstance(span, tuple | list) else part(span, "head")
    return PlainSpeaker(*_read_cue(span, text), None if head is None else _read_cue(head, text))


def _read_ids(entities: object, _text: str) -> tuple[str, ...]:
    entities = unpacked(entities)
    if not isinstance(entities, Iterable) or isinstance(entities, str | Mapping):
        raise PartFault("", entities, "a list of ids")
    return tuple(_word(name, "id", "a word") for name in entities if not is_missing(name))


PARTS: dict[str, Callable[[Any, str], object]] = {
    "content": _read_spans,
    "type": lambda word, _: _word(word),
    "cue": _read_cue,
    "speaker": _read_speaker,
    "speaker_entities": _read_ids,
    "parent": lambda word, _: _word(word, expected="the id of a quote"),
}
"""The parts of a quote, and how each is read."""
