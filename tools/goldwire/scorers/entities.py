"""Scores of entity mentions: strict, exact, type and partial, in all and by type."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple, Protocol

from goldwire.scorers.counts import Counts, Line, matched
from goldwire.scorers.linking import b_cubed, ceaf_e, clusters, score_links
from goldwire.scorers.matching import couples, match, overlaps

Mode = Literal["strict", "exact", "type", "partial"]
MODES: tuple[Mode, ...] = ("strict", "exact", "type", "partial")
Trim = Literal["none", "article"]
ARTICLE = re.compile(r"(the|an?)\s+", re.I)
Plain = tuple[int, int, str, str | None]
"""Start, end, type and entity, the last empty or None where there is none; in this order, so that ties fall alike."""
Pair = tuple[int, int]
Rests = tuple[list[int], list[int]]
POSSESSIVE = re.compile(r"\s*['’]s?$")
HALF = 0.5
THREE = attrgetter("start", "end", "type")
FOUR = attrgetter("start", "end", "type", "entity")
SPAN_TYPE = itemgetter(0, 1, 2)
TYPE = itemgetter(2)


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
    type; None stands for no partner. `linked` asks for span, type and entity; `b_cubed` and `ceaf_e`
    take the entity ids of mentions whose span both sides have as clusters, whatever the ids are called.
    """

    modes: dict[Mode, Counts] = field(default_factory=lambda: {mode: Counts() for mode in MODES})
    types: dict[str, dict[Mode, Counts]] = field(default_factory=dict)
    confusion: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    linked: Counts = field(default_factory=Counts)
    b_cubed: Counts = field(default_factory=Counts)
    ceaf_e: Counts = field(default_factory=Counts)
    named: int = 0
    """Predictions with an entity id; where there are none, the system names nobody and is not judged on it."""

    def __add__(self, other: "EntityCounts") -> "EntityCounts":
        modes = {mode: self.modes[mode] + other.modes[mode] for mode in MODES}
        none: dict[Mode, Counts] = {mode: Counts() for mode in MODES}
        types = {
            kind: {mode: self.types.get(kind, none)[mode] + other.types.get(kind, none)[mode] for mode in MODES}
            for kind in sorted({*self.types, *other.types})
        }
        return EntityCounts(
            modes,
            types,
            self.confusion + other.confusion,
            self.linked + other.linked,
            self.b_cubed + other.b_cubed,
            self.ceaf_e + other.ceaf_e,
            self.named + other.named,
        )

    def lines(self) -> list[Line]:
        """Every measure: the modes, then strict by type, then who is named."""
        modes = [Line("mentions", mode, counts) for mode, counts in self.modes.items()]
        types = [Line("by type, strict", kind, held["strict"]) for kind, held in self.types.items()]
        named = [
            Line("entity ids", "linked", self.linked, shown=bool(self.named)),
            Line("entity ids", "clusters, B³", self.b_cubed, shown=bool(self.named)),
            Line("entity ids", "clusters, CEAF-e", self.ceaf_e, shown=bool(self.named)),
        ]
        return [*modes, *types, *named]


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
    whole, rest = _equal(wanted, given)
    pairings = _pairings(wanted, given, rest)
    kinds = Counter(map(TYPE, wanted)), Counter(map(TYPE, given))
    same = Counter(wanted[g][2] for g, _ in whole)
    hits: defaultdict[tuple[str | None, Mode], float] = defaultdict(int)
    for mode, pairs in pairings.items():
        for g, p in pairs:
            worth = HALF if mode == "partial" and wanted[g][:2] != given[p][:2] else 1
            hits[None, mode] += worth
            if wanted[g][2] == given[p][2]:
                hits[wanted[g][2], mode] += worth
    counts = EntityCounts(
        {mode: matched(len(whole) + hits[None, mode], len(given), len(wanted)) for mode in MODES},
        {
            kind: {mode: matched(same[kind] + hits[kind, mode], kinds[1][kind], kinds[0][kind]) for mode in MODES}
            for kind in sorted({*kinds[0], *kinds[1]})
        },
    )
    counts.confusion = _confusion(wanted, given, same, pairings["partial"], rest)
    _score_ids(counts, wanted, given, whole, pairings["exact"])
    return counts


def pair_entities(
    gold: Iterable[Typed], predicted: Iterable[Typed], text: str = "", trim: Trim = "none"
) -> list[tuple[Plain | None, Plain | None]]:
    """Every mention of either side, as (start, end, type, entity), beside the one that `partial` pairs it with."""
    wanted, given = _prepare(gold, text, trim), _prepare(predicted, text, trim)
    whole, rest = _equal(wanted, given)
    return couples(wanted, given, [*whole, *_pairings(wanted, given, rest)["partial"]])


def _prepare(mentions: Iterable[Typed], text: str, trim: Trim) -> list[Plain]:
    held = list(mentions)
    try:
        plain: list[Plain] = sorted(map(FOUR, held))
    except (AttributeError, TypeError):  # no entity at all, or one beside none in the same place
        plain = sorted((*THREE(mention), getattr(mention, "entity", None) or "") for mention in held)
    return sorted(_trimmed(mention, text) for mention in plain) if trim == "article" else plain


def _trimmed(mention: Plain, text: str) -> Plain:
    surface = text[mention[0] : mention[1]]
    article, possessive = ARTICLE.match(surface), POSSESSIVE.search(surface)
    start = mention[0] + (article.end() if article else 0)
    end = mention[1] - (len(possessive.group()) if possessive else 0)
    return (start, end, *mention[2:]) if start < end else mention


def _equal(wanted: Sequence[Plain], given: Sequence[Plain]) -> tuple[list[Pair], Rests]:
    """Pairs of equal span and type, and what is left of either side."""
    places: dict[Hashable, int] = {key: p for p, key in enumerate(map(SPAN_TYPE, given))}
    keys = list(map(SPAN_TYPE, wanted))
    if len(places) < len(given) or len(set(keys)) < len(keys):
        return _equal_among_repeats(wanted, given)
    pairs = [(g, places[key]) for g, key in enumerate(keys) if key in places]
    if len(pairs) == len(wanted) == len(given):
        return pairs, ([], [])
    taken = {g for g, _ in pairs}, {p for _, p in pairs}
    left = [g for g in range(len(wanted)) if g not in taken[0]], [p for p in range(len(given)) if p not in taken[1]]
    return pairs, left


def _equal_among_repeats(wanted: Sequence[Plain], given: Sequence[Plain]) -> tuple[list[Pair], Rests]:
    places: dict[Hashable, list[int]] = {}
    for p in range(len(given) - 1, -1, -1):
        places.setdefault(given[p][:3], []).append(p)
    pairs, left = [], []
    for g, mention in enumerate(wanted):
        held = places.get(mention[:3])
        if held:
            pairs.append((g, held.pop()))
        else:
            left.append(g)
    return pairs, (left, sorted(p for held in places.values() for p in held))


def _pairings(wanted: Sequence[Plain], given: Sequence[Plain], rest: Rests) -> dict[Mode, list[Pair]]:
    """What every mode but strict pairs of those that are not equal in span and type."""
    if not rest[0] or not rest[1]:
        return {"exact": [], "type": [], "partial": []}
    ours, theirs = [Entity(*wanted[g][:3]) for g in rest[0]], [Entity(*given[p][:3]) for p in rest[1]]
    edges = overlaps(ours, theirs)
    of_type = {(g, p): iou for (g, p), iou in edges.items() if ours[g].type == theirs[p].type}
    if len({g for g, _ in edges}) == len({p for _, p in edges}) == len(edges):  # nothing to choose
        found: dict[Mode, list[Pair]] = {
            "exact": [pair for pair, iou in edges.items() if iou == 1],
            "type": [*of_type],
            "partial": [*edges],
        }
    else:
        found = {
            "exact": match(ours, theirs, [_place], {}),
            "type": match(ours, theirs, [], of_type),
            "partial": match(ours, theirs, [_place], edges),
        }
    return {mode: [(rest[0][g], rest[1][p]) for g, p in pairs] for mode, pairs in found.items()}


def _place(mention: Entity) -> tuple[int, int]:
    return mention.start, mention.end


def _score_ids(
    counts: EntityCounts,
    wanted: Sequence[Plain],
    given: Sequence[Plain],
    whole: Sequence[Pair],
    exact: Sequence[Pair],
) -> None:
    counts.named = sum(1 for mention in given if mention[3])
    if not counts.named:  # then only who has no id in gold either is right
        counts.linked = matched(sum(1 for g, _ in whole if not wanted[g][3]), len(given), len(wanted))
        return
    counts.linked = score_links(*([(*m[:3], m[3] or None) for m in side] for side in (wanted, given)))
    pairs = [*whole, *exact]
    if any(mention[3] for mention in wanted):
        sides = clusters([wanted[g][3] or None for g, _ in pairs]), clusters([given[p][3] or None for _, p in pairs])
        counts.b_cubed, counts.ceaf_e = b_cubed(*sides), ceaf_e(*sides)


def _confusion(
    wanted: Sequence[Plain], given: Sequence[Plain], same: Counter[str], pairs: Sequence[Pair], rest: Rests
) -> Counter[tuple[str | None, str | None]]:
    confusion: Counter[tuple[str | None, str | None]] = Counter({(kind, kind): n for kind, n in same.items()})
    taken = {g for g, _ in pairs}, {p for _, p in pairs}
    confusion.update([(wanted[g][2], given[p][2]) for g, p in pairs])
    confusion.update([(wanted[g][2], None) for g in rest[0] if g not in taken[0]])
    confusion.update([(None, given[p][2]) for p in rest[1] if p not in taken[1]])
    return confusion
