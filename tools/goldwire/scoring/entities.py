"""Scores of entity mentions: strict, exact, type and partial, in all and by type."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from goldwire.scoring.counts import Counts, Line, matched
from goldwire.scoring.linking import b_cubed, ceaf_e, clusters, score_links
from goldwire.scoring.matching import Pair, couples, left, match, overlapping, overlaps

Mode = Literal["strict", "exact", "type", "partial"]
MODES: tuple[Mode, ...] = ("strict", "exact", "type", "partial")
Trim = Literal["none", "article"]
ARTICLE = re.compile(r"(the|an?)\s+", re.I)
POSSESSIVE = re.compile(r"\s*['’]s?$")
HALF = 0.5
NOTHING = Counts()
PLACE = itemgetter(0, 1)
Key = tuple[Any, ...]
"""Start, end and type; where a side repeats itself a number too, so that no two keys are the same."""
Side = dict[Key, str | None]
"""The entities of a side's mentions, None or empty where there is none."""
Cell = tuple[str | None, str | None, Mode | None]


class Entity(NamedTuple):
    """A mention as the scorer sees it."""

    start: int
    end: int
    type: str
    entity: str | None = None


@dataclass(slots=True)
class EntityCounts:
    """What became of the mentions of both sides; counts of two documents add up.

    `cells` counts by gold type, predicted type and mode: every mention once, with the strictest of strict,
    exact and partial that pairs it, or with no partner and no mode (None); and beside them the pairs that
    `type` takes and strict does not. `links` counts mentions whose span, type and entity are gold's.
    `b_cubed` and `ceaf_e` take the entity ids of mentions whose span both sides have as clusters,
    whatever the ids are called.
    """

    cells: dict[Cell, int] = field(default_factory=dict)
    links: int = 0
    b_cubed: Counts = NOTHING
    ceaf_e: Counts = NOTHING
    named: int = 0
    """Predictions with an entity id; where there are none, the system names nobody and is not judged on it."""

    def __add__(self, other: "EntityCounts") -> "EntityCounts":
        cells = dict(self.cells)
        for cell, n in other.cells.items():  # in a sum over documents, the other is the small one
            cells[cell] = cells.get(cell, 0) + n
        return EntityCounts(
            cells,
            self.links + other.links,
            self.b_cubed + other.b_cubed,
            self.ceaf_e + other.ceaf_e,
            self.named + other.named,
        )

    @property
    def confusion(self) -> Counter[tuple[str | None, str | None]]:
        """Mentions by gold type and predicted type, paired whatever their type; None stands for no partner."""
        confusion: Counter[tuple[str | None, str | None]] = Counter()
        for (gold, predicted, mode), n in self.cells.items():
            if mode != "type":
                confusion[gold, predicted] += n
        return confusion

    @property
    def modes(self) -> dict[Mode, Counts]:
        """Counts by mode."""
        pairs: Counter[Mode | None] = Counter()
        for (_, _, mode), n in self.cells.items():
            pairs[mode] += n
        predicted, gold = self._sizes()
        return _modes(pairs, predicted.total(), gold.total())

    @property
    def types(self) -> dict[str, dict[Mode, Counts]]:
        """Counts by type and mode, in the order of the types."""
        predicted, gold = self._sizes()
        return {
            kind: _modes({mode: self.cells.get((kind, kind, mode), 0) for mode in MODES}, predicted[kind], gold[kind])
            for kind in sorted({*predicted, *gold})
        }

    @property
    def linked(self) -> Counts:
        """Mentions whose span, type and entity are the same; no entity on both sides is the same too."""
        predicted, gold = self._sizes()
        return matched(self.links, predicted.total(), gold.total())

    def _sizes(self) -> tuple[Counter[str], Counter[str]]:
        """Predictions by type, and gold by type."""
        sizes: tuple[Counter[Any], Counter[Any]] = Counter(), Counter()
        for (gold, predicted, mode), n in self.cells.items():
            if mode != "type":
                sizes[0][predicted] += n
                sizes[1][gold] += n
        for size in sizes:
            del size[None]
        return sizes

    def lines(self) -> Iterator[Line]:
        """Every measure: the modes, then strict by type, then who is named; each is counted when it is its turn."""
        for mode, counts in self.modes.items():
            yield Line("mentions", mode, counts)
        for kind, held in self.types.items():
            yield Line("by type, strict", kind, held["strict"])
        yield Line("entity ids", "linked", self.linked, shown=bool(self.named))
        yield Line("entity ids", "clusters, B³", self.b_cubed, shown=bool(self.named))
        yield Line("entity ids", "clusters, CEAF-e", self.ceaf_e, shown=bool(self.named))


def _modes(pairs: Mapping[Mode | None, int], predicted: int, gold: int) -> dict[Mode, Counts]:
    exact = pairs["strict"] + pairs["exact"]
    halves = HALF * pairs["partial"] or 0  # without halves, hits are a whole number
    return {
        "strict": matched(pairs["strict"], predicted, gold),
        "exact": matched(exact, predicted, gold),
        "type": matched(pairs["strict"] + pairs["type"], predicted, gold),
        "partial": matched(exact + halves, predicted, gold),
    }


def score_entities(
    gold: Sequence[Entity], predicted: Sequence[Entity], text: str = "", trim: Trim = "none"
) -> EntityCounts:
    """Compare the mentions of one document; the order of either side never matters.

    `strict` asks for span and type, `exact` for the span, `type` for the type and one shared code
    point; `partial` counts an equal span as one and an overlapping one as half (SemEval-2013, task
    9.1). Matching is one to one: equal spans first, then as many overlapping ones as can be paired,
    as closely as can be. `trim="article"` takes a leading article and a trailing possessive off both
    sides; it needs the text.
    """
    wanted, given = _sides(gold, predicted, text, trim)
    same, ours, theirs = _compared(wanted, given)
    pairs, typed = _pairings(ours, theirs)
    cells: dict[Cell, int] = {(kind, kind, "strict"): n for kind, n in Counter([key[2] for key, _ in same]).items()}
    others: list[Cell] = [(kind, kind, "type") for kind in typed]
    others += [(ours[g][2], theirs[p][2], "exact" if ours[g][:2] == theirs[p][:2] else "partial") for g, p in pairs]
    others += [(ours[g][2], None, None) for g in left(len(ours), pairs, 0)]
    others += [(None, theirs[p][2], None) for p in left(len(theirs), pairs, 1)]
    counts = EntityCounts(cells | Counter(others), named=sum(map(bool, given.values())))
    if counts.named:
        exact = [(ours[g], theirs[p]) for g, p in pairs if ours[g][:2] == theirs[p][:2]]
        _score_ids(counts, wanted, given, [*((key, key) for key, _ in sorted(same)), *exact])
    else:  # then only who has no id in gold either is right
        counts.links = sum(not entity for _, entity in same)
    return counts


def pair_entities(
    gold: Sequence[Entity], predicted: Sequence[Entity], text: str = "", trim: Trim = "none"
) -> list[tuple[Key | None, Key | None]]:
    """Every mention of either side, as (start, end, type, …), beside the one that `partial` pairs it with."""
    same, ours, theirs = _compared(*_sides(gold, predicted, text, trim))
    return [*((key, key) for key, _ in sorted(same)), *couples(ours, theirs, _pairings(ours, theirs)[0])]


def _sides(gold: Sequence[Entity], predicted: Sequence[Entity], text: str, trim: Trim) -> tuple[Side, Side]:
    if trim == "article":
        gold, predicted = [_trimmed(m, text) for m in gold], [_trimmed(m, text) for m in predicted]
    wanted: Side = {mention[:3]: mention.entity for mention in gold}
    given: Side = {mention[:3]: mention.entity for mention in predicted}
    if len(wanted) < len(gold) or len(given) < len(predicted):
        return _numbered(gold), _numbered(predicted)
    return wanted, given


def _numbered(mentions: Iterable[Entity]) -> Side:
    """Those of the same span and type numbered in the order of their entities."""
    side: Side = {}
    seen: Counter[Key] = Counter()
    for *key, entity in sorted(mention._replace(entity=mention.entity or "") for mention in mentions):
        side[*key, seen[*key]] = entity
        seen[*key] += 1
    return side


def _trimmed(mention: Entity, text: str) -> Entity:
    surface = text[mention.start : mention.end]
    article, possessive = ARTICLE.match(surface), POSSESSIVE.search(surface)
    start = mention.start + (article.end() if article else 0)
    end = mention.end - (len(possessive.group()) if possessive else 0)
    return mention._replace(start=start, end=end) if start < end else mention


def _compared(wanted: Side, given: Side) -> tuple[list[tuple[Key, str | None]], list[Key], list[Key]]:
    """What is equal in span and type, with gold's entity, and what is left of either side, in order."""
    return (
        [(key, entity) for key, entity in wanted.items() if key in given],
        sorted([key for key in wanted if key not in given]),
        sorted([key for key in given if key not in wanted]),
    )


def _pairings(ours: Sequence[Key], theirs: Sequence[Key]) -> tuple[list[Pair], list[str]]:
    """Of what is left, the pairs that `partial` takes, and the types of those that `type` takes."""
    pairs = overlapping(ours, theirs)
    if len({g for g, _ in pairs}) == len({p for _, p in pairs}) == len(pairs):  # nothing to choose
        return pairs, [ours[g][2] for g, p in pairs if ours[g][2] == theirs[p][2]]
    edges = overlaps(ours, theirs)
    of_type = {(g, p): iou for (g, p), iou in edges.items() if ours[g][2] == theirs[p][2]}
    return match(ours, theirs, [PLACE], edges), [ours[g][2] for g, _ in match(ours, theirs, [], of_type)]


def _score_ids(counts: EntityCounts, wanted: Side, given: Side, pairs: Sequence[tuple[Key, Key]]) -> None:
    """Score who is named, by links over all mentions and by clusters over pairs of the same span."""
    links = score_links(*([(*key[:3], entity or None) for key, entity in side.items()] for side in (wanted, given)))
    counts.links = int(links.hits)
    if any(wanted.values()):
        sides = clusters([wanted[g] or None for g, _ in pairs]), clusters([given[p] or None for _, p in pairs])
        counts.b_cubed, counts.ceaf_e = b_cubed(*sides), ceaf_e(*sides)
