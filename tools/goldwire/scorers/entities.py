"""Scores of entity mentions: strict, exact, type and partial, in all and by type."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from goldwire.scorers.counts import Counts, Line, matched
from goldwire.scorers.matching import Pair, match, overlaps

Mode = Literal["strict", "exact", "type", "partial"]
MODES: tuple[Mode, ...] = ("strict", "exact", "type", "partial")
Trim = Literal["none", "article"]
ARTICLE = re.compile(r"(the|an?)\s+", re.I)
POSSESSIVE = re.compile(r"\s*['’]s?$")
HALF = 0.5


class Typed(Protocol):
    """A span with a type; half-open, in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str: ...


class Entity(NamedTuple):
    """A mention as the scorer sees it."""

    start: int
    end: int
    type: str
    entity: str | None = None


@dataclass(slots=True)
class EntityCounts:
    """Counts by mode, in all and by type, with the confusion of types; counts of two documents add up.

    `confusion` counts (gold type, predicted type) over spans paired with one another whatever their
    type; None stands for no partner.
    """

    modes: dict[Mode, Counts] = field(default_factory=lambda: {mode: Counts() for mode in MODES})
    types: dict[str, dict[Mode, Counts]] = field(default_factory=dict)
    confusion: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def __add__(self, other: "EntityCounts") -> "EntityCounts":
        modes = {mode: self.modes[mode] + other.modes[mode] for mode in MODES}
        none: dict[Mode, Counts] = {mode: Counts() for mode in MODES}
        types = {
            kind: {mode: self.types.get(kind, none)[mode] + other.types.get(kind, none)[mode] for mode in MODES}
            for kind in sorted({*self.types, *other.types})
        }
        return EntityCounts(modes, types, self.confusion + other.confusion)

    def lines(self) -> list[Line]:
        """Every measure: the modes, then strict by type."""
        modes = [Line("mentions", mode, counts) for mode, counts in self.modes.items()]
        return [*modes, *(Line("by type, strict", kind, held["strict"]) for kind, held in self.types.items())]


def score_entities(
    gold: Iterable[Typed], predicted: Iterable[Typed], text: str = "", trim: Trim = "none"
) -> EntityCounts:
    """Compare the mentions of one document; the order of either side never matters.

    `strict` asks for span and type, `exact` for the span, `type` for the type and one shared code
    point; `partial` counts an equal span as one and an overlapping one as half (SemEval-2013, task
    9.1). Matching is one to one: equal spans first, then as many overlapping ones as can be paired,
    as closely as can be. `trim="article"` takes a leading article and a trailing possessive off both
    sides; it needs the text.
    """
    wanted, given = _prepare(gold, text, trim), _prepare(predicted, text, trim)
    counts = EntityCounts()
    for kind in sorted({mention.type for mention in (*wanted, *given)}):
        held = sum(mention.type == kind for mention in given), sum(mention.type == kind for mention in wanted)
        counts.types[kind] = {mode: matched(0, *held) for mode in MODES}
    counts.modes = {mode: matched(0, len(given), len(wanted)) for mode in MODES}
    pairings = _pairings(wanted, given)
    for mode in MODES:
        for g, p in pairings[mode]:
            worth = HALF if mode == "partial" and wanted[g][:2] != given[p][:2] else 1
            _add(counts, mode, wanted[g].type, given[p].type, worth)
    counts.confusion = _confusion(wanted, given, pairings["partial"])
    return counts


def _prepare(mentions: Iterable[Typed], text: str, trim: Trim) -> list[Entity]:
    plain = (Entity(mention.start, mention.end, mention.type) for mention in mentions)
    return sorted(_trimmed(mention, text) if trim == "article" else mention for mention in plain)


def _trimmed(mention: Entity, text: str) -> Entity:
    surface = text[mention.start : mention.end]
    article, possessive = ARTICLE.match(surface), POSSESSIVE.search(surface)
    start = mention.start + (article.end() if article else 0)
    end = mention.end - (len(possessive.group()) if possessive else 0)
    return mention._replace(start=start, end=end) if start < end else mention


def _pairings(wanted: list[Entity], given: list[Entity]) -> dict[Mode, list[Pair]]:
    """What every mode pairs; where spans are equal, those of equal type come first."""
    edges = overlaps(wanted, given)
    of_type = {(g, p): iou for (g, p), iou in edges.items() if wanted[g].type == given[p].type}
    return {
        "strict": match(wanted, given, [_whole], {}),
        "exact": match(wanted, given, [_whole, _place], {}),
        "type": match(wanted, given, [_whole], of_type),
        "partial": match(wanted, given, [_whole, _place], edges),
    }


def _whole(mention: Entity) -> Entity:
    return mention


def _place(mention: Entity) -> tuple[int, int]:
    return mention.start, mention.end


def _add(counts: EntityCounts, mode: Mode, gold_type: str, given_type: str, worth: float) -> None:
    counts.modes[mode] += matched(worth, 0, 0)
    if gold_type == given_type:
        counts.types[gold_type][mode] += matched(worth, 0, 0)


def _confusion(
    wanted: list[Entity], given: list[Entity], pairs: list[tuple[int, int]]
) -> Counter[tuple[str | None, str | None]]:
    confusion: Counter[tuple[str | None, str | None]] = Counter()
    confusion.update((wanted[g].type, given[p].type) for g, p in pairs)
    rows, columns = {g for g, _ in pairs}, {p for _, p in pairs}
    confusion.update((mention.type, None) for g, mention in enumerate(wanted) if g not in rows)
    confusion.update((None, mention.type) for p, mention in enumerate(given) if p not in columns)
    return confusion
