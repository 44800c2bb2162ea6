"""Scores of entity mentions: strict, exact, type and partial, in all and by type."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple

from goldwire.scoring.counts import Counts, NamedCounts, matched
from goldwire.scoring.labels import PlainMention
from goldwire.scoring.linking import b_cubed, ceaf_e, clusters, score_links
from goldwire.scoring.matching import IndexPair, joined, left, match, overlapping, overlaps

Mode = Literal["strict", "exact", "type", "partial"]
MODES: tuple[Mode, ...] = ("strict", "exact", "type", "partial")
MentionTrim = Literal["none", "article"]
ARTICLE = re.compile(r"(the|an?)\s+", re.I)
POSSESSIVE = re.compile(r"\s*['’]s?$")
HALF = 0.5
NOTHING = Counts()
SPAN = itemgetter(0, 1)
MentionKey = tuple[int, int, str] | tuple[int, int, str, int]
"""Start, end and type; if a side repeats a mention, also a number, so that no two keys are equal."""
EntityOf = dict[MentionKey, str | None]
"""The entities of one side's mentions; None or empty if a mention has none."""
Cell = tuple[str | None, str | None, Mode | None]
"""Gold type, predicted type, and the strictest mode that pairs them."""


class MentionPairing(NamedTuple):
    """The mentions of both sides, those that are equal, and the pairs made of the others."""

    gold: EntityOf
    predicted: EntityOf
    same: list[tuple[MentionKey, str | None]]
    """Mentions with the same span and type on both sides, with gold's entity."""
    rest: list[MentionKey]
    """Gold mentions that have no equal."""
    others: list[MentionKey]
    """Predictions that have no equal."""
    pairs: list[IndexPair]
    """The pairs of `rest` and `others` that `partial` makes."""
    typed: list[str]
    """The types of the pairs of `rest` and `others` that `type` makes."""

    def joined(self) -> list[tuple[MentionKey | None, MentionKey | None]]:
        """Return every mention of either side beside the one that `partial` pairs it with, or None."""
        return [*((key, key) for key, _ in sorted(self.same)), *joined(self.rest, self.others, self.pairs)]


@dataclass(slots=True)
class EntityCounts:
    """Counts of the mentions of both sides; counts of two documents add up.

    `cells` counts by gold type, predicted type and mode: every mention once, with the strictest of strict,
    exact and partial that pairs it, or with no partner and no mode (None); in addition the pairs that
    `type` makes and strict does not. `links` counts mentions whose span, type and entity equal gold's.
    `b_cubed` and `ceaf_e` take the entity ids of mentions whose span both sides have as clusters,
    whatever the ids are called.
    """

    cells: dict[Cell, int] = field(default_factory=dict)
    links: int = 0
    b_cubed: Counts = NOTHING
    ceaf_e: Counts = NOTHING
    named: int = 0
    """Predictions with an entity id; if there are none, links and clusters are not shown."""

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
        """Mentions by gold type and predicted type, paired whatever their type; None means no partner."""
        confusion: Counter[tuple[str | None, str | None]] = Counter()
        for (gold, predicted, mode), n in self.cells.items():
            if mode != "type":
                confusion[gold, predicted] += n
        return confusion

    @property
    def modes(self) -> dict[Mode, Counts]:
        """Counts by mode."""
        pairs: dict[Mode | None, int] = dict.fromkeys((None, *MODES), 0)
        predicted = gold = 0
        for (wanted, given, mode), n in self.cells.items():
            pairs[mode] += n
            if mode != "type":  # those pairs are counted besides
                predicted += n if given is not None else 0
                gold += n if wanted is not None else 0
        return _modes(pairs, predicted, gold)

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
        """Mentions whose span, type and entity are equal; no entity on both sides is equal too."""
        predicted, gold = self._sizes()
        return matched(self.links, predicted.total(), gold.total())

    def _sizes(self) -> tuple[Counter[str], Counter[str]]:
        """Return the number of predictions by type, and of gold by type."""
        sizes: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        for (gold, predicted, mode), n in self.cells.items():
            if mode == "type":
                continue
            if predicted is not None:
                sizes[0][predicted] += n
            if gold is not None:
                sizes[1][gold] += n
        return sizes

    def lines(self) -> Iterator[NamedCounts]:
        """Yield every measure, counted when it is reached: the modes, then strict by type, then entity ids."""
        for mode, counts in self.modes.items():
            yield NamedCounts("mentions", mode, counts)
        for kind, by_mode in self.types.items():
            yield NamedCounts("by type, strict", kind, by_mode["strict"])
        yield NamedCounts("entity ids", "linked", self.linked, shown=bool(self.named))
        yield NamedCounts("entity ids", "clusters, B³", self.b_cubed, shown=bool(self.named))
        yield NamedCounts("entity ids", "clusters, CEAF-e", self.ceaf_e, shown=bool(self.named))


def _modes(pairs: Mapping[Mode | None, int], predicted: int, gold: int) -> dict[Mode, Counts]:
    exact = pairs["strict"] + pairs["exact"]
    halves = HALF * pairs["partial"] or 0  # without halves, the sum is a whole number
    return {
        "strict": matched(pairs["strict"], predicted, gold),
        "exact": matched(exact, predicted, gold),
        "type": matched(pairs["strict"] + pairs["type"], predicted, gold),
        "partial": matched(exact + halves, predicted, gold),
    }


def score_entities(
    gold: Sequence[PlainMention], predicted: Sequence[PlainMention], text: str = "", trim: MentionTrim = "none"
) -> EntityCounts:
    """Compare the mentions of one document; the order of either side never matters.

    `strict` requires span and type, `exact` the span, `type` the type and one shared code point;
    `partial` counts an equal span as one and an overlapping one as half (SemEval-2013, task 9.1).
    Matching is one to one: equal spans first, then as many overlapping ones as possible, as closely
    as possible. `trim="article"` removes a leading article and a trailing possessive from both sides;
    it needs the text.
    """
    return count_entities(pair_entities(gold, predicted, text, trim))


def pair_entities(
    gold: Sequence[PlainMention], predicted: Sequence[PlainMention], text: str = "", trim: MentionTrim = "none"
) -> MentionPairing:
    """Pair the mentions of both sides one to one."""
    wanted, given = _sides(gold, predicted, text, trim)
    rest = sorted([key for key in wanted if key not in given])
    others = sorted([key for key in given if key not in wanted])
    same = [(key, entity) for key, entity in wanted.items() if key in given]
    return MentionPairing(wanted, given, same, rest, others, *_pairs(rest, others))


def count_entities(pairing: MentionPairing) -> EntityCounts:
    """Count what is correct in a pairing."""
    wanted, given, same, rest, others, pairs, typed = pairing
    cells: dict[Cell, int] = {(kind, kind, "strict"): n for kind, n in Counter([key[2] for key, _ in same]).items()}
    found: list[Cell] = [(kind, kind, "type") for kind in typed]
    found += [(rest[g][2], others[p][2], "exact" if rest[g][:2] == others[p][:2] else "partial") for g, p in pairs]
    found += [(rest[g][2], None, None) for g in left(len(rest), pairs, 0)]
    found += [(None, others[p][2], None) for p in left(len(others), pairs, 1)]
    counts = EntityCounts(cells | Counter(found), named=sum(map(bool, given.values())))
    if counts.named:
        exact = [(rest[g], others[p]) for g, p in pairs if rest[g][:2] == others[p][:2]]
        _score_ids(counts, wanted, given, [*((key, key) for key, _ in sorted(same)), *exact])
    else:  # then only a mention without an entity in gold is correct
        counts.links = sum(not entity for _, entity in same)
    return counts


def _sides(
    gold: Sequence[PlainMention], predicted: Sequence[PlainMention], text: str, trim: MentionTrim
) -> tuple[EntityOf, EntityOf]:
    if trim == "article":
        gold, predicted = [_trimmed(m, text) for m in gold], [_trimmed(m, text) for m in predicted]
    wanted: EntityOf = {mention[:3]: mention.entity for mention in gold}
    given: EntityOf = {mention[:3]: mention.entity for mention in predicted}
    if len(wanted) < len(gold) or len(given) < len(predicted):
        return _numbered(gold), _numbered(predicted)
    return wanted, given


def _numbered(mentions: Iterable[PlainMention]) -> EntityOf:
    """Number the mentions of the same span and type in the order of their entities."""
    side: EntityOf = {}
    seen: Counter[tuple[int, int, str]] = Counter()
    for start, end, kind, entity in sorted(mention._replace(entity=mention.entity or "") for mention in mentions):
        side[start, end, kind, seen[start, end, kind]] = entity
        seen[start, end, kind] += 1
    return side


def _trimmed(mention: PlainMention, text: str) -> PlainMention:
    surface = text[mention.start : mention.end]
    article, possessive = ARTICLE.match(surface), POSSESSIVE.search(surface)
    start = mention.start + (article.end() if article else 0)
    end = mention.end - (len(possessive.group()) if possessive else 0)
    return mention._replace(start=start, end=end) if start < end else mention


def _pairs(rest: Sequence[MentionKey], others: Sequence[MentionKey]) -> tuple[list[IndexPair], list[str]]:
    """Return the pairs that `partial` makes of unequal mentions, and the types of those that `type` makes."""
    pairs = overlapping(rest, others)
    if len({g for g, _ in pairs}) == len({p for _, p in pairs}) == len(pairs):  # nothing to choose
        return pairs, [rest[g][2] for g, p in pairs if rest[g][2] == others[p][2]]
    edges = overlaps(rest, others)
    of_type = {(g, p): iou for (g, p), iou in edges.items() if rest[g][2] == others[p][2]}
    return match(rest, others, [SPAN], edges), [rest[g][2] for g, _ in match(rest, others, [], of_type)]


def _score_ids(
    counts: EntityCounts, wanted: EntityOf, given: EntityOf, pairs: Sequence[tuple[MentionKey, MentionKey]]
) -> None:
    """Score entity ids, as links over all mentions and as clusters over pairs of the same span."""
    links = score_links(*([(*key[:3], entity or None) for key, entity in side.items()] for side in (wanted, given)))
    counts.links = int(links.correct)
    if any(wanted.values()):
        sides = clusters([wanted[g] or None for g, _ in pairs]), clusters([given[p] or None for _, p in pairs])
        counts.b_cubed, counts.ceaf_e = b_cubed(*sides), ceaf_e(*sides)
