"""The outcome of every label, gold's and a system's: correct, missed, spurious, or found with an error.

The pairs are those that were counted, so that outcomes add up to the numbers beside them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from goldwire.bench.judging import Judged, judged_pairs
from goldwire.corpus.gold import Gold
from goldwire.scoring.entities import MentionKey
from goldwire.scoring.labels import BlockLike, PairLike, PlainBlock
from goldwire.scoring.matching import joined, match, overlaps
from goldwire.scoring.quote_pairing import JudgedQuote
from goldwire.scoring.settings import Settings

OutcomeKind = Literal["correct", "wrong type", "boundary error", "both wrong", "missed", "spurious"]
UNTYPED = "untyped"
"""The type shown for a quote without one."""
CORRECT = {
    "strict": ("correct",),
    "exact": ("correct", "wrong type"),
    "type": ("correct", "boundary error"),
    "partial": ("correct", "wrong type", "boundary error", "both wrong"),
}
"""Outcomes of mentions that a measure counts as correct, at least in part."""
SAME = ("exact", "near")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A label as it is shown: its type, its spans in code points, and the other parts that the task compares.

    A pair of documents has no spans; its direction takes their place.
    """

    type: str
    spans: list[list[int]]
    direction: str | None = None
    parts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A label of gold, of the system, or of both if they are paired, with what is wrong.

    Paired labels have a `wrong type`, a `boundary error`, or `both wrong`. `missed` is a false negative,
    `spurious` a false positive. `unit` is a document, a page, or two documents as `a_b`. `parts` names
    what else differs: cue, speaker, who.
    """

    unit: str
    kind: OutcomeKind
    gold: ShownLabel | None
    given: ShownLabel | None
    parts: tuple[str, ...] = ()


def outcomes(judged: Judged, gold: Gold, settings: Settings) -> list[Outcome]:
    """Return the outcome of every label of a task, unit by unit in the order of the text.

    Types that gold does not label are left out, as they are in the score.
    """
    if settings.task == "duplicates":
        return list(_duplicates(judged, gold))
    found: Mapping[str, Callable[[Judged, str, Gold], Iterator[Outcome]]]
    found = {"entities": _entities, "quotes": _quotes, "segments": _segments}
    units = (sorted(found[settings.task](judged, name, gold), key=_position) for name in judged.by_unit)
    return [outcome for unit in units for outcome in unit]


def _position(outcome: Outcome) -> tuple[list[list[int]], bool, str]:
    shown = outcome.gold or outcome.given
    assert shown is not None
    return shown.spans, outcome.gold is None, shown.type


def _kind(gold: T | None, given: T | None, parts: Callable[[T], tuple[object, object]]) -> OutcomeKind:
    """Compare two labels by what `parts` returns: the type, and whatever makes up the boundaries."""
    if gold is None or given is None:
        return "spurious" if gold is None else "missed"
    same_type, same_place = (a == b for a, b in zip(parts(gold), parts(given), strict=True))
    if same_type:
        return "correct" if same_place else "boundary error"
    return "wrong type" if same_place else "both wrong"


def _type_and_place(shown: ShownLabel) -> tuple[str, object]:
    return shown.type, (shown.spans, shown.direction)


def _both(pair: tuple[T | None, T | None], show: Callable[[T], ShownLabel]) -> tuple[ShownLabel | None, ...]:
    return tuple(None if label is None else show(label) for label in pair)


def _entities(judged: Judged, name: str, gold: Gold) -> Iterator[Outcome]:
    for pair in judged.mentions[name].joined():
        wanted, given = (None if key is None else _mention(key) for key in pair)
        yield Outcome(name, _kind(wanted, given, _type_and_place), wanted, given)


def _mention(key: MentionKey) -> ShownLabel:
    return ShownLabel(key[2], [[key[0], key[1]]])


def _quotes(judged: Judged, name: str, gold: Gold) -> Iterator[Outcome]:
    for pair in judged.quotes[name].joined():
        wanted, given = _both(pair, _quote)
        untyped = pair[1] is not None and not pair[1].quote.type  # what the system leaves out is not wrong
        kind = _kind(*pair, _content_alone if untyped else _type_and_content)
        yield Outcome(name, kind, wanted, given, _differing(wanted, given))


def _type_and_content(label: JudgedQuote) -> tuple[object, object]:
    return label.quote.type, label.content


def _content_alone(label: JudgedQuote) -> tuple[object, object]:
    return None, label.content


def _quote(label: JudgedQuote) -> ShownLabel:
    """Return a quote as it is shown, with its fragments as they are; the scorer may trim their ends."""
    quote = label.quote
    parts = {
        "cue": quote.cue and [quote.cue.start, quote.cue.end],
        "speaker": quote.speaker and [quote.speaker.start, quote.speaker.end],
        "who": None if quote.speaker_entities is None else list(quote.speaker_entities),
    }
    return ShownLabel(quote.type or UNTYPED, [[part.start, part.end] for part in quote.content], parts=parts)


def _differing(gold: ShownLabel | None, given: ShownLabel | None) -> tuple[str, ...]:
    """Return the parts that differ; a part that the system leaves out does not differ."""
    if gold is None or given is None:
        return ()
    return tuple(part for part, value in given.parts.items() if value is not None and value != gold.parts[part])


def _segments(judged: Judged, name: str, gold: Gold) -> Iterator[Outcome]:
    def plain(block: BlockLike) -> PlainBlock:
        return PlainBlock(block.start, block.end, block.role, block.document or "")

    wanted, given = sorted(map(plain, gold.blocks[name])), sorted(map(plain, judged.blocks[name]))
    pairs = match(wanted, given, [lambda block: block[:3], lambda block: block[:2]], overlaps(wanted, given))
    for pair in joined(wanted, given, pairs):
        ours, theirs = _both(
            pair, lambda block: ShownLabel(block.role, [[block.start, block.end]], parts={"document": block.document})
        )
        yield Outcome(name, _kind(ours, theirs, _type_and_place), ours, theirs)


def _duplicates(judged: Judged, gold: Gold) -> Iterator[Outcome]:
    given: dict[tuple[str, str], PairLike] = {(pair.a, pair.b): pair for pair in judged.pairs}
    wanted: dict[tuple[str, str], PairLike] = {(pair.a, pair.b): pair for pair in judged_pairs(gold, judged.selection)}
    for key in sorted({*wanted, *given}):
        ours, theirs = _both((wanted.get(key), given.get(key)), _pair)
        yield Outcome("_".join(key), _kind(ours, theirs, _type_and_place), ours, theirs)


def _pair(pair: PairLike) -> ShownLabel:
    passages = [[[p.a.start, p.a.end], [p.b.start, p.b.end]] for p in pair.passages]
    return ShownLabel(pair.relation, [], pair.direction, {"passages": passages})


def is_error(outcome: Outcome, settings: Settings) -> bool:
    """Return whether the headline measure counts an outcome as an error."""
    if settings.task == "duplicates":
        duplicate = [side is not None and side.type in SAME for side in (outcome.gold, outcome.given)]
        return duplicate[0] != duplicate[1]
    if settings.task == "quotes":
        return outcome.kind in ("missed", "spurious")
    return outcome.kind not in CORRECT.get(settings.match or "", ("correct",))
