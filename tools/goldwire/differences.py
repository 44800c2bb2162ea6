"""The differences of two annotation sets, in words, side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goldwire.records import Block, Mention, Pair, Quote
from goldwire.sets import LabelSet

ABSENT = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two sets differ, with what each says; None where one says nothing."""

    layer: str
    unit: str
    start: int
    a: str | None
    b: str | None


def shared(a: LabelSet, b: LabelSet, layer: Any) -> list[str]:
    """The pages or documents whose layer both sets declare complete."""
    units = sorted(set(getattr(a, layer)) & set(getattr(b, layer)))
    return [unit for unit in units if a.declared(layer, unit) == b.declared(layer, unit) == "complete"]


def differences(a: LabelSet, b: LabelSet) -> Iterator[Difference]:
    """Every record that one set has and the other has not, ids aside; those that overlap stand side by side."""
    for layer in ("segments", "entities", "quotes", "decoys"):
        for unit in shared(a, b, layer):
            first, second = getattr(a, layer)[unit], getattr(b, layer)[unit]
            yield from _side_by_side(layer, unit, _described(first), _described(second))
    if a.duplicates is not None and b.duplicates is not None:
        yield from _side_by_side("duplicates", "", _described(a.duplicates), _described(b.duplicates))


def _described(records: Iterable[Any]) -> dict[str, tuple[int, int]]:
    records = list(records)
    parents = {record.id: record for record in records if isinstance(record, Quote)}
    return {describe(record, parents): _extent(record) for record in records}


def _extent(record: Any) -> tuple[int, int]:
    if isinstance(record, Quote):
        return record.content[0].start, record.content[-1].end
    return (0, 0) if isinstance(record, Pair) else (record.start, record.end)


def describe(record: Any, parents: Mapping[str | None, Quote]) -> str:
    """A record in words, without its id: two records are alike if and only if their words are."""
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
        head = quote.speaker.head.text if quote.speaker.head else ABSENT
        speaker = quote.speaker
        parts.append(f"speaker [{speaker.start}:{speaker.end}] “{speaker.text}”, head “{head}”, {speaker.kind}")
    parts.append(f"{quote.status} {' '.join(quote.speaker_entities or [])}".strip())
    if quote.parent in parents:
        parts.append(f"inside [{parents[quote.parent].content[0].start}]")
    return " · ".join(parts)


def _side_by_side(
    layer: str, unit: str, first: Mapping[str, tuple[int, int]], second: Mapping[str, tuple[int, int]]
) -> Iterator[Difference]:
    left = sorted((place, words) for words, place in first.items() if words not in second)
    right = sorted((place, words) for words, place in second.items() if words not in first)
    found: list[Difference] = []
    for place, words in left:
        partner = next((item for item in right if _touch(place, item[0])), None)
        if partner is not None:
            right.remove(partner)
        found.append(Difference(layer, unit, place[0], words, partner[1] if partner else None))
    found += [Difference(layer, unit, place[0], None, words) for place, words in right]
    yield from sorted(found, key=lambda d: (d.start, d.a or "", d.b or ""))


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a == b or (a[0] < b[1] and b[0] < a[1])
