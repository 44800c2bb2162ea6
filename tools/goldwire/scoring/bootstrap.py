"""Intervals by a seeded bootstrap over clusters: counts are added up again, nothing is scored again."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import lru_cache
from operator import mul

from goldwire.scoring.counts import AnyCounts, Counts, Number, PairTable

ClusterKey = tuple[int, ...]
"""The clusters that counts belong to: one, or two if they are of a pair of documents."""
Draw = Sequence[int]
"""How often each cluster is drawn in one resample."""


def counts_interval(
    cells: Mapping[ClusterKey, AnyCounts],
    number: Number,
    sizes: Sequence[int],
    resamples: int = 1000,
    seed: int = 13,
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of a number over resampled clusters; None if it is undefined.

    Each resample draws as many clusters as there are, with replacement, and takes the number of the
    sum of their counts (Efron & Tibshirani 1993, chapter 13). The same seed gives the same interval.
    `sizes` is the number of documents in every cluster.
    """
    if not sizes:
        return None
    return percentile_interval(list(resampled(cells, number, draws(len(sizes), resamples, seed), sizes)))


def percentile_interval(values: Sequence[float | None]) -> tuple[float, float] | None:
    """Return the bounds of the middle 95 % of the values that are defined; None if none is.

    Of n values in order, those are the kth and the kth from the end, k = ⌊0.025 (n + 1)⌋ and at least 1
    (Efron & Tibshirani 1993, section 12.5), so the interval of the negated values is the mirror image.
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    k = max(1, (len(known) + 1) // 40)
    return known[k - 1], known[-k]


@lru_cache(maxsize=8)  # every measure of a score, and both systems of a comparison, draw alike
def draws(clusters: int, resamples: int, seed: int) -> tuple[Draw, ...]:
    """Draw clusters with replacement for every resample; return how often each is drawn."""
    chance = random.Random(seed)
    found = []
    for _ in range(resamples):
        times = [0] * clusters
        for i in chance.choices(range(clusters), k=clusters):
            times[i] += 1
        found.append(times)
    return tuple(found)


def resampled(
    cells: Mapping[ClusterKey, AnyCounts], number: Number, drawn: Sequence[Draw], sizes: Sequence[int] = ()
) -> Iterator[float | None]:
    """Yield a number of the counts of every resample.

    Counts of two clusters have the product of the two clusters' weights (the vertex bootstrap of
    Snijders & Borgatti 1999; pairs of copies of one document are left out). The number of all pairs
    in a resample follows from the `sizes` of the clusters drawn. Columns of numbers are added up
    instead of objects, which is many times faster.
    """
    filled = {key: astuple(counts) for key, counts in cells.items() if any(astuple(counts))}
    kind = type(next(iter(cells.values()), Counts()))
    columns = list(zip(*filled.values(), strict=True)) or [()] * 4
    for times in drawn:
        factors = [times[key[0]] if len(key) == 1 else times[key[0]] * times[key[1]] for key in filled]
        sums = [sum(map(mul, factors, column)) for column in columns]
        if kind is PairTable:
            sums[3] += _pairs(times, sizes)
        yield kind(*sums).number(number)


def _pairs(times: Draw, sizes: Sequence[int]) -> float:
    """Return the number of pairs of documents in a resample: those of two clusters, and those inside each."""
    drawn: list[int] = list(map(mul, times, sizes))
    whole = sum(drawn)
    between = whole * whole - sum(n * n for n in drawn)
    inside = sum(n * (size - 1) for n, size in zip(drawn, sizes, strict=True))
    return (between + inside) / 2
