"""What became of every label, gold's and a system's: hit, missed, invented, or found with a fault.

The pairs are those that the scorers count, so that outcomes add up to the numbers beside them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from goldwire.bench.judging import known_types, pairing, texts_of
from goldwire.bench.label_tables import find_table
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.corpus.gold import Gold
from goldwire.scoring.entities import Entity, pair_entities
from goldwire.scoring.matching import couples, match, overlaps
from goldwire.scoring.quotes import QuoteLike, pair_quotes
from goldwire.scoring.segments import Segment
from goldwire.scoring.settings import Settings

Kind = Literal["hit", "type", "bounds", "both", "miss", "invention"]
Side = dict[str, Any]
"""A label as it is shown: `spans` in code points, `type`, and what else the task says of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A label of gold, of the system, or of both where they were paired, with what is wrong.

    `type` and `bounds` are paired labels of another type or other boundaries, `both` of both. `unit` is
    a document, a page, or two documents as `a_b`. `parts` names what else differs: cue, speaker, who.
    """

    unit: str
    kind: Kind
    gold: Side | None
    given: Side | None
    parts: tuple[str, ...] = ()


def outcomes(labels: Any, gold: Gold, settings: Settings) -> list[Outcome]:
    """What became of every label of a task, unit by unit in the order of the text.

    `labels` are what `judging.answers` gave. Types that gold does not label are left out, as they are when scored.
    """
    if settings.task == "duplicates":
        return list(_duplicates(labels, gold))
    one: Callable[..., Iterable[Outcome]]
    one = {"entities": _entities, "quotes": _quotes, "segments": _segments}[settings.task]
    found = (sorted(one(labels[name], name, gold, settings), key=_place) for name in texts_of(gold, settings))
    return [outcome for unit in found for outcome in unit]


def _place(outcome: Outcome) -> Any:
    side = outcome.gold or outcome.given or {}
    return side["spans"], outcome.gold is None, side["type"]


def _kind(gold: Side | None, given: Side | None) -> Kind:
    if gold is None or given is None:
        return "invention" if gold is None else "miss"
    same = gold["type"] == given["type"], gold["spans"] == given["spans"]
    kinds: dict[tuple[bool, bool], Kind] = {(True, True): "hit", (False, True): "type", (True, False): "bounds"}
    return kinds.get(same, "both")


def _both(pair: tuple[Any, Any], show: Callable[[Any], Side]) -> tuple[Side | None, Side | None]:
    return (None if pair[0] is None else show(pair[0])), (None if pair[1] is None else show(pair[1]))


def _entities(labels: Iterable[Any], name: str, gold: Gold, settings: Settings) -> Iterator[Outcome]:
    document = gold.documents[name]
    table = find_table(settings.labels or "none")
    given = known_types((read_entity(label, name, document.text) for label in labels), table.system, {})
    mentions = (Entity(m.start, m.end, m.type, m.entity) for m in document.mentions or ())
    wanted = known_types(mentions, table.gold, {})
    for pair in pair_entities(wanted, given, document.text, settings.trim):  # type: ignore[arg-type]
        wants, gives = _both(pair, lambda held: {"spans": [[held[0], held[1]]], "type": held[2]})
        yield Outcome(name, _kind(wants, gives), wants, gives)


def _quotes(labels: Iterable[Any], name: str, gold: Gold, settings: Settings) -> Iterator[Outcome]:
    document = gold.documents[name]
    given = [read_quote(label, name, document.text) for label in labels]
    found = pair_quotes(
        document.quotes or (),
        given,
        document.text,
        settings.trim,  # type: ignore[arg-type]
        settings.nested,  # type: ignore[arg-type]
        pairing(settings),
    )
    for pair in found:
        wants, gives = _both(pair, lambda held: _quote(*held))
        kind = _kind(*_both(pair, lambda held: {"type": held[0].type, "spans": sorted(held[1])}))
        yield Outcome(name, kind, wants, gives, _parts(wants, gives))


def _quote(quote: QuoteLike, _held: object) -> Side:
    """A quote as it is shown; its spans are the fragments, whose ends count as the scorer trims them."""
    return {
        "spans": [[part.start, part.end] for part in quote.content],
        "type": quote.type,
        "cue": quote.cue and [quote.cue.start, quote.cue.end],
        "speaker": quote.speaker and [quote.speaker.start, quote.speaker.end],
        "who": None if quote.speaker_entities is None else list(quote.speaker_entities),
    }


def _parts(gold: Side | None, given: Side | None) -> tuple[str, ...]:
    """What of a paired quote the system says otherwise; what it does not say at all is no difference."""
    if gold is None or given is None:
        return ()
    return tuple(part for part in ("cue", "speaker", "who") if given[part] is not None and given[part] != gold[part])


def _segments(labels: Iterable[Any], name: str, gold: Gold, settings: Settings) -> Iterator[Outcome]:
    text = gold.page_texts[name]
    wanted = sorted(Segment(b.start, b.end, b.role, b.document or "") for b in gold.blocks[name])
    blocks = (read_block(label, name, text) for label in labels)
    given = sorted(Segment(b.start, b.end, b.role, b.document or "") for b in blocks)
    pairs = match(wanted, given, [lambda block: block[:3], lambda block: block[:2]], overlaps(wanted, given))
    for pair in couples(wanted, given, pairs):
        wants, gives = _both(pair, lambda b: {"spans": [[b.start, b.end]], "type": b.role, "document": b.document})
        yield Outcome(name, _kind(wants, gives), wants, gives)


def _duplicates(labels: Any, gold: Gold) -> Iterator[Outcome]:
    texts = {name: document.text for name, document in gold.documents.items()}
    given = {(pair.a, pair.b): pair for pair in read_pairs(labels, texts)}
    wanted = {(pair.a, pair.b): pair for pair in gold.pairs}
    for key in sorted({*wanted, *given}):
        wants, gives = _both((wanted.get(key), given.get(key)), _pair)
        yield Outcome("_".join(key), _kind(wants, gives), wants, gives)


def _pair(pair: Any) -> Side:
    """A pair as it is shown; its `spans` are its direction, the passages stand apart."""
    passages = [[[p.a.start, p.a.end], [p.b.start, p.b.end]] for p in pair.passages]
    return {"spans": pair.direction, "type": pair.relation, "passages": passages}
