"""Scores of duplicates: pairs, relations, clusters, passages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple, Protocol

from goldwire.scoring.counts import Counts, Line, PairTable, matched
from goldwire.scoring.matching import best_pairs
from goldwire.text import spans
from goldwire.text.clusters import DUPLICATE, closure

Couple = tuple[str, str]
RELATIONS = ("exact", "near", "contained", "related")
ALIKE = 0.5


class PassageLike(Protocol):
    """A span in each of two documents."""

    @property
    def a(self) -> spans.SpanLike: ...
    @property
    def b(self) -> spans.SpanLike: ...


class PairLike(Protocol):
    """Two documents, how they are related, and the text they share."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def direction(self) -> str | None: ...
    @property
    def passages(self) -> Sequence[PassageLike]: ...


class Shared(NamedTuple):
    """A passage as the scorer sees it."""

    a: spans.SpanLike
    b: spans.SpanLike


class Related(NamedTuple):
    """A pair as the scorer sees it, the smaller id first."""

    a: str
    b: str
    relation: str = "near"
    direction: str | None = None
    passages: tuple[PassageLike, ...] = ()


@dataclass(slots=True)
class DuplicateCounts:
    """Counts of pairs; counts of two pairs add up.

    `duplicates` are exact or near. `relations` ask for the relation itself. `direction` is over the
    pairs that both sides call contained: its recall is the accuracy. `clusters` tells of every pair
    whether the closure of exact and near puts it together. `largest_false` is the number of documents in the
    largest predicted cluster that joins articles gold keeps apart, 0 where there is none.
    """

    duplicates: Counts = field(default_factory=Counts)
    relations: dict[str, Counts] = field(default_factory=lambda: {relation: Counts() for relation in RELATIONS})
    direction: Counts = field(default_factory=Counts)
    passages: Counts = field(default_factory=Counts)
    clusters: PairTable = field(default_factory=PairTable)
    largest_false: int = 0

    def __add__(self, other: "DuplicateCounts") -> "DuplicateCounts":
        return DuplicateCounts(
            self.duplicates + other.duplicates,
            {relation: self.relations[relation] + other.relations[relation] for relation in RELATIONS},
            self.direction + other.direction,
            self.passages + other.passages,
            self.clusters + other.clusters,
            max(self.largest_false, other.largest_false),
        )

    def lines(self) -> list[Line]:
        """Every measure, the headline first."""
        return [
            Line("pairs", "duplicates", self.duplicates),
            *(Line("by relation", relation, counts) for relation, counts in self.relations.items()),
            Line("by relation", "direction, accuracy", self.direction, "recall"),
            Line("passages", "matched@0.5", self.passages),
            Line("clusters", "adjusted Rand index", self.clusters, "ari"),
        ]


def score_duplicates(
    gold: Iterable[PairLike], predicted: Iterable[PairLike], documents: Iterable[str]
) -> DuplicateCounts:
    """Compare the pairs of a corpus in a closed world: two documents without a record are distinct.

    Each side holds a couple of documents at most once, the smaller id first. Clusters are the closure
    of exact and near; contained and related pairs never join one.
    """
    names = sorted(documents)
    total = sum(score_couples(gold, predicted, names).values(), DuplicateCounts())
    total.clusters += PairTable(pairs=len(names) * (len(names) - 1) // 2)
    return total


def score_couples(
    gold: Iterable[PairLike], predicted: Iterable[PairLike], documents: Iterable[str]
) -> dict[Couple, DuplicateCounts]:
    """The counts of every two documents that either side names or puts together, which add up to those of the corpus.

    All others are distinct on both sides. How many there are in all is not counted here, so that a
    large corpus costs no more than what is said of it.
    """
    names = sorted(documents)
    wanted, given = ({(pair.a, pair.b): pair for pair in side} for side in (gold, predicted))
    articles, clusters = closure(names, wanted.values()), closure(names, given.values())
    sizes = _false_clusters(articles, clusters)
    counts = {}
    for a, b in sorted({*wanted, *given, *_together(articles), *_together(clusters)}):
        one = _score_couple(wanted.get((a, b)), given.get((a, b)))
        together = articles[a] == articles[b], clusters[a] == clusters[b]
        one.clusters = PairTable(all(together), together[1], together[0])
        one.largest_false = sizes.get(clusters[a], 0) if together[1] else 0
        counts[a, b] = one
    return counts


def _members(clusters: Mapping[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for name, cluster in clusters.items():
        members.setdefault(cluster, []).append(name)
    return members


def _together(clusters: Mapping[str, str]) -> Iterator[Couple]:
    for names in _members(clusters).values():
        yield from combinations(sorted(names), 2)


def _false_clusters(articles: Mapping[str, str], clusters: Mapping[str, str]) -> dict[str, int]:
    held = _members(clusters).items()
    return {c: len(names) for c, names in held if len({articles[name] for name in names}) > 1}


def _score_couple(wanted: PairLike | None, given: PairLike | None) -> DuplicateCounts:
    counts = DuplicateCounts()
    said = given.relation if given else None, wanted.relation if wanted else None
    counts.duplicates = _both(*(relation in DUPLICATE for relation in said))
    for relation in RELATIONS:
        counts.relations[relation] = _both(said[0] == relation, said[1] == relation)
    if wanted and given and said == ("contained", "contained"):
        counts.direction = matched(int(wanted.direction == given.direction), 1, 1)
    sides = [side.passages if side else () for side in (wanted, given)]
    counts.passages = matched(_alike(*sides), len(sides[1]), len(sides[0]))
    return counts


def _both(predicted: bool, gold: bool) -> Counts:
    return matched(int(predicted and gold), int(predicted), int(gold))


def _alike(wanted: Sequence[PassageLike], given: Sequence[PassageLike]) -> int:
    """How many passages overlap by half in both documents, one to one."""
    edges = {
        (g, p): min(spans.iou(x.a, y.a), spans.iou(x.b, y.b))
        for g, x in enumerate(wanted)
        for p, y in enumerate(given)
    }
    return len(best_pairs({pair: iou for pair, iou in edges.items() if iou >= ALIKE}))
