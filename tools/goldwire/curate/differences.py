"""Differences between two annotation sets, in words, side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.model.records import Block, Decoy, Mention, Pair, Quote
from goldwire.model.vocabulary import UNIT_LAYERS, UnitLayer
from goldwire.scoring.matching import match

ABSENT = "–"
Label = Block | Mention | Quote | Decoy | Pair
Position = tuple[str, int, int]
"""A pair of documents, or nothing, then a half-open span."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two sets differ, with the record of each in words; None if a set has no record there."""

    layer: str
    unit: str
    start: int
    a: str | None
    b: str | None


def shared(a: LabelSet, b: LabelSet, layer: UnitLayer) -> list[str]:
    """The pages or documents whose layer both sets declare complete."""
    units = sorted(set(getattr(a, layer)) & set(getattr(b, layer)))
    return [unit for unit in units if a.declared(layer, unit) == b.declared(layer, unit) == "complete"]


def compared(a: LabelSet, b: LabelSet, documents: Iterable[str]) -> list[str]:
    """The documents whose pairs both sets declare complete."""
    if a.duplicates is None or b.duplicates is None:
        return []
    sides = (a, b)
    return [name for name in documents if all(side.declared("duplicates", name) == "complete" for side in sides)]


def shared_pairs(a: LabelSet, b: LabelSet) -> tuple[list[Pair], list[Pair]]:
    """The pairs of each set whose documents both sets declare complete."""
    found = [list(side.duplicates or ()) for side in (a, b)]
    known = set(compared(a, b, {name for side in found for pair in side for name in (pair.a, pair.b)}))
    first, second = ([pair for pair in side if pair.a in known and pair.b in known] for side in found)
    return first, second


def differences(a: LabelSet, b: LabelSet) -> Iterator[Difference]:
    """Every record that only one of the sets has, ids aside; overlapping records make one difference."""
    for layer in UNIT_LAYERS:
        for unit in shared(a, b, layer):
            first, second = getattr(a, layer)[unit], getattr(b, layer)[unit]
            yield from _side_by_side(layer, unit, _positions(first), _positions(second))
    ours, theirs = shared_pairs(a, b)
    yield from _side_by_side("duplicates", "", _positions(ours), _positions(theirs))


def _positions(records: Iterable[Label]) -> dict[str, Position]:
    return {words: _position(record) for record, words in described(records)}


def _position(record: Label) -> Position:
    """The position of a record: two documents for a pair, start and end for any other."""
    if isinstance(record, Pair):
        return f"{record.a} {record.b}", 0, 1
    if isinstance(record, Quote):
        return "", record.content[0].start, record.content[-1].end
    return "", record.start, record.end


def described(records: Iterable[Label]) -> Iterator[tuple[Label, str]]:
    """The records of one page or document, each with its words."""
    records = list(records)
    parents = {record.id: record for record in records if isinstance(record, Quote)}
    return ((record, describe(record, parents)) for record in records)


def describe(record: Label, parents: Mapping[str | None, Quote]) -> str:
    """A record in words, without its id: two records are equal but for their ids if and only if their words are."""
    if isinstance(record, Block):
        return f"[{record.start}:{record.end}] {record.role} {record.document or ABSENT}"
    if isinstance(record, Mention):
        stands_for = f" > {record.stands_for}" if record.stands_for else ""
        return f"[{record.start}:{record.end}] “{record.text}” {record.type} {record.entity or ABSENT}{stands_for}"
    if isinstance(record, Pair):
        passages = "; ".join(f"[{p.a.start}:{p.a.end}]=[{p.b.start}:{p.b.end}]" for p in record.passages)
        return f"{record.a} {record.b} {record.relation} {record.direction or ''} {passages}"
    if isinstance(record, Quote):
        return _describe_quote(record, parents)
    return f"[{record.start}:{record.end}] {record.text} {record.reason}"


def _describe_quote(quote: Quote, parents: Mapping[str | None, Quote]) -> str:
    parts = [quote.type, " … ".join(f"[{f.start}:{f.end}] ⟨{f.text}⟩" for f in quote.content)]
    if quote.cue:
        parts.append(f"cue [{quote.cue.start}:{quote.cue.end}] “{quote.cue.text}”")
    if quote.speaker:
        speaker, head = quote.speaker, quote.speaker.head
        core = f"[{head.start}:{head.end}] “{head.text}”" if head else ABSENT
        parts.append(f"speaker [{speaker.start}:{speaker.end}] “{speaker.text}”, head {core}, {speaker.kind}")
    parts.append(f"{quote.status} {' '.join(quote.speaker_entities or [])}".strip())
    if quote.parent:
        parent = parents.get(quote.parent)
        parts.append(f"inside [{parent.content[0].start}:{parent.content[-1].end}]" if parent else quote.parent)
    return " · ".join(parts)


def _side_by_side(
    layer: str, unit: str, first: Mapping[str, Position], second: Mapping[str, Position]
) -> Iterator[Difference]:
    left = sorted((place, words) for words, place in first.items() if words not in second)
    right = sorted((place, words) for words, place in second.items() if words not in first)
    edges = {
        (i, j): closeness
        for i, (x, _) in enumerate(left)
        for j, (y, _) in enumerate(right)
        if (closeness := _closeness(x, y)) > 0
    }
    pairs = match(left, right, [lambda item: item[0]], edges)
    rows: list[tuple[Position, str | None, str | None]] = [(left[i][0], left[i][1], right[j][1]) for i, j in pairs]
    rows += [(*item, None) for i, item in enumerate(left) if i not in {i for i, _ in pairs}]
    rows += [(place, None, words) for j, (place, words) in enumerate(right) if j not in {j for _, j in pairs}]
    for place, first_words, second_words in sorted(rows, key=lambda row: (row[0], row[1] or "", row[2] or "")):
        yield Difference(layer, unit, place[1], first_words, second_words)


def _closeness(a: Position, b: Position) -> float:
    """Intersection over union of two positions; 0 for different pairs of documents."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return max(0, shared) / (max(a[2], b[2]) - min(a[1], b[1])) if a[0] == b[0] else 0.0
