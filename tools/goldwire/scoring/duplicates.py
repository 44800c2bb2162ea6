"""Scores of duplicates: pairs, relations, clusters, passages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from goldwire.scoring.counts import Counts, NamedCounts, PairTable, matched
from goldwire.scoring.labels import PairLike, PassageLike
from goldwire.scoring.matching import best_pairs
from goldwire.text import spans
from goldwire.text.clusters import DUPLICATE, closure

DocumentPair = tuple[str, str]
"""The ids of two documents, the smaller first."""
RELATIONS = ("exact", "near", "contained", "related")
PASSAGE_IOU = 0.5


@dataclass(slots=True)
class DuplicateCounts:
    """Counts of pairs; counts of two pairs add up.

    `duplicates` are exact or near. `relations` require the relation itself. `direction` is over the
    pairs that both sides call contained: its recall is the accuracy. `clusters` counts the pairs that the
    closure of exact and near puts together. `largest_false` is the number of documents in the largest
    predicted cluster that joins articles gold keeps apart, 0 if there is none.
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

    def lines(self) -> list[NamedCounts]:
        """Return every measure, the headline first."""
        return [
            NamedCounts("pairs", "duplicates", self.duplicates),
            *(NamedCounts("by relation", relation, counts) for relation, counts in self.relations.items()),
            NamedCounts("by relation", "direction, accuracy", self.direction, "recall"),
            NamedCounts("passages", "matched@0.5", self.passages),
            NamedCounts("clusters", "adjusted Rand index", self.clusters, "ari"),
        ]


def score_duplicates(
    gold: Iterable[PairLike], predicted: Iterable[PairLike], documents: Iterable[str]
) -> DuplicateCounts:
    """Compare the pairs of a corpus in a closed world: two documents without a record are distinct.

    Each side has a pair of documents at most once, the smaller id first. Clusters are the closure of
    exact and near pairs; contained and related pairs never join a cluster.
    """
    names = sorted(documents)
    total = sum(score_each_pair(gold, predicted, names).values(), DuplicateCounts())
    total.clusters += PairTable(pairs=len(names) * (len(names) - 1) // 2)
    return total


def score_each_pair(
    gold: Iterable[PairLike], predicted: Iterable[PairLike], documents: Iterable[str]
) -> dict[DocumentPair, DuplicateCounts]:
    """Return the counts of every two documents that either side names or puts together, by their ids.

    All others are distinct on both sides, and are left out, so that the cost depends on the labels and
    not on the size of the corpus. The counts add up to those of the corpus, but for the number of all pairs.
    """
    names = sorted(documents)
    wanted, given = ({(pair.a, pair.b): pair for pair in side} for side in (gold, predicted))
    articles, clusters = closure(names, wanted.values()), closure(names, given.values())
    sizes = _false_clusters(articles, clusters)
    counts = {}
    for a, b in sorted({*wanted, *given, *_together(articles), *_together(clusters)}):
        one = _score_pair(wanted.get((a, b)), given.get((a, b)))
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


def _together(clusters: Mapping[str, str]) -> Iterator[DocumentPair]:
    for names in _members(clusters).values():
        yield from combinations(sorted(names), 2)


def _false_clusters(articles: Mapping[str, str], clusters: Mapping[str, str]) -> dict[str, int]:
    return {c: len(names) for c, names in _members(clusters).items() if len({articles[name] for name in names}) > 1}


def _score_pair(wanted: PairLike | None, given: PairLike | None) -> DuplicateCounts:
    counts = DuplicateCounts()
    relations = given.relation if given else None, wanted.relation if wanted else None
    counts.duplicates = _both(*(relation in DUPLICATE for relation in relations))
    for relation in RELATIONS:
        counts.relations[relation] = _both(relations[0] == relation, relations[1] == relation)
    if wanted and given and relations == ("contained", "contained"):
        counts.direction = matched(int(wanted.direction == given.direction), 1, 1)
    sides = [side.passages if side else () for side in (wanted, given)]
    counts.passages = matched(matching_passages(*sides), len(sides[1]), len(sides[0]))
    return counts


def _both(predicted: bool, gold: bool) -> Counts:
    return matched(int(predicted and gold), int(predicted), int(gold))


def matching_passages(wanted: Sequence[PassageLike], given: Sequence[PassageLike]) -> int:
    """Count the passages that overlap at IoU 0.5 or more in both documents, one to one."""
    edges = {
        (g, p): min(spans.iou(x.a, y.a), spans.iou(x.b, y.b))
        for g, x in enumerate(wanted)
        for p, y in enumerate(given)
    }
    return len(best_pairs({pair: iou for pair, iou in edges.items() if iou >= PASSAGE_IOU}))
