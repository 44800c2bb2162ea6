"""Intervals of numbers that follow from counts: each cluster is left out in turn, nothing is scored again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from goldwire.scoring.beta import beta_quantile, t_quantile
from goldwire.scoring.counts import AnyCounts, Counts, Number, PairTable

LEAST = 8
"""Clusters that an interval or a test needs: with fewer, no method covers what it promises."""
NORMAL = 1.959964
ClusterKey = tuple[int, ...]
"""The clusters that counts belong to: one, or two if they are of a pair of documents."""
Interval = tuple[float, float]


class LeftOut(NamedTuple):
    """A number of all counts, and of those without each cluster that has something to judge."""

    value: float | None
    without: dict[int, float | None]
    uneven: int
    """Clusters with an error or clusters with something correct, whichever are fewer."""


def counts_interval(
    cells: Mapping[ClusterKey, AnyCounts], number: Number, sizes: Sequence[int]
) -> tuple[Interval | None, int]:
    """Return the 95 % interval of a number, and how many clusters have something to judge; none for fewer than 8.

    `sizes` is the number of documents in every cluster.
    """
    value, without, uneven = left_out(cells, number, sizes)
    return beta_interval(value, list(without.values()), uneven), len(without)


def beta_interval(value: float | None, without: Sequence[float | None], uneven: int) -> Interval | None:
    """Return the 95 % interval of a number from 0 to 1 from its values without each cluster; never of zero width.

    It is the interval of Clopper & Pearson (1934) for as many labels as would vary as much if all were
    independent (Korn & Graubard 1998): v is the jackknife's variance over k clusters, and n is
    value (1 - value) / v, times (1.96 / t)² for the t quantile. The degrees of freedom follow from the
    kurtosis of the clusters, so that one that differs from all others widens the interval. v is not
    trusted where few clusters have an error (or, of bad systems, something correct): of m such clusters,
    its share of the greatest possible variance is raised by 3 / (3 + m²) of what is left. If all clusters
    are correct, each counts as one label, and as no less with one error. The coverage is measured by
    `tests/benchmarks/interval_coverage.py`.
    """
    k = len(without)
    if value is None or k < LEAST:
        return None
    rate = min(1.0, max(0.0, value))
    n: float = k
    if 0 < rate < 1:
        known = [one for one in without if one is not None]
        mean = sum(known) / len(known)
        squares = [(one - mean) ** 2 for one in known]
        variance = (k - 1) / k * sum(squares)
        share = k * variance / (rate * (1 - rate))
        raised = share + max(0.0, 1 - share) * 3 / (3 + uneven**2)
        n = k / raised * (NORMAL / t_quantile(0.975, _freedom(squares))) ** 2
        n = max(n, k * min(1.0, 4 / (3 + uneven**2)) / max(1.0, share))
    low = beta_quantile(0.025, rate * n, n - rate * n + 1) if rate > 0 else 0.0
    high = beta_quantile(0.975, rate * n + 1, n - rate * n) if rate < 1 else 1.0
    return min(low, value), high


def _freedom(squares: Sequence[float]) -> float:
    """Return the degrees of freedom of a variance: k - 1, or 2 k / (kurtosis - 1) if that is less, and at least 2."""
    k, fourth = len(squares), sum(one * one for one in squares)
    excess = k * fourth / sum(squares) ** 2 - 1 if fourth else 0.0
    return max(2.0, min(k - 1.0, 2 * k / excess if excess > 0 else k - 1.0))


def left_out(cells: Mapping[ClusterKey, AnyCounts], number: Number, sizes: Sequence[int]) -> LeftOut:
    """Return a number of all cells, and without each cluster: counts of two clusters go with either of them.

    The number of all pairs of documents follows from the `sizes` of the clusters.
    """
    kind: type[AnyCounts] = type(next(iter(cells.values()), Counts()))
    documents = sum(sizes)
    total = [0.0] * 4
    by_cluster: dict[int, list[float]] = {}
    for key, counts in cells.items():
        parts = astuple_of(counts)
        if any(parts):
            total = [a + b for a, b in zip(total, parts, strict=True)]
            for i in key:
                by_cluster[i] = [a + b for a, b in zip(by_cluster.get(i, [0.0] * 4), parts, strict=True)]

    def value(sums: Sequence[float], left: int) -> float | None:
        first, second, third, fourth = sums
        return kind(first, second, third, left * (left - 1) / 2 if kind is PairTable else fourth).number(number)

    judged = {i: parts for i, parts in by_cluster.items() if _is_judged(parts, kind, number)}
    without = {
        i: value([a - b for a, b in zip(total, parts, strict=True)], documents - sizes[i])
        for i, parts in sorted(judged.items())
    }
    return LeftOut(value(total, documents), without, _uneven(judged.values(), kind, number))


def astuple_of(counts: AnyCounts) -> tuple[float, float, float, float]:
    """Return the four counts."""
    if isinstance(counts, PairTable):
        return counts.both, counts.predicted, counts.gold, counts.pairs
    return counts.correct, counts.predicted, counts.found, counts.gold


def _is_judged(parts: Sequence[float], kind: type[AnyCounts], number: Number) -> bool:
    if kind is PairTable or number == "f1":
        return any(parts[:3]) or (kind is not PairTable and parts[3] > 0)
    return parts[1 if number == "precision" else 3] > 0


def _uneven(clusters: Iterable[Sequence[float]], kind: type[AnyCounts], number: Number) -> int:
    """Return how many clusters have an error, or how many have something correct if those are fewer."""
    wrong = right = 0
    for a, b, c, d in clusters:
        if kind is PairTable:
            missed, found = a < b or a < c, a > 0
        elif number == "f1":
            missed, found = a < b or c < d, a > 0 or c > 0
        else:
            missed, found = (a < b, a > 0) if number == "precision" else (c < d, c > 0)
        wrong += missed
        right += found
    return min(wrong, right)
