"""Intervals by a seeded bootstrap over clusters: counts are added up again, nothing is scored again."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import lru_cache
from operator import mul
from typing import Any, Protocol, TypeVar

from goldwire.scoring.counts import Counts, Number, PairTable

Place = tuple[int, ...]
"""The clusters that counts belong to: one, or two where they are of a pair of documents."""
Weights = Sequence[int]
"""How often each cluster was drawn."""


class Adds(Protocol):
    """Counts that add up."""

    def __add__(self, other: Any) -> Any: ...


C = TypeVar("C", bound=Adds)


def interval(
    clusters: Sequence[C], number: Callable[[C], float | None], resamples: int = 1000, seed: int = 13
) -> tuple[float, float] | None:
    """The 95 % percentile interval of a number over resampled clusters; None where it is undefined.

    Each resample draws as many clusters as there are, with replacement, and takes `number` of the
    sum of their counts (Efron & Tibshirani 1993, chapter 13). The same seed gives the same interval.
    """
    if not clusters:
        return None
    draw = random.Random(seed)
    values = []
    for _ in range(resamples):
        drawn = draw.choices(clusters, k=len(clusters))
        total = drawn[0]
        for counts in drawn[1:]:
            total = total + counts
        values.append(number(total))
    return middle(values)


def counts_interval(
    cells: Mapping[Place, Counts | PairTable],
    number: Number,
    sizes: Sequence[int],
    resamples: int = 1000,
    seed: int = 13,
) -> tuple[float, float] | None:
    """The same interval of a number of counts, many times faster: columns of numbers are added up, not objects.

    `sizes` says of every cluster how many documents it holds.
    """
    if not sizes:
        return None
    return middle(list(resampled(cells, number, weights(len(sizes), resamples, seed), sizes)))


def middle(values: Sequence[float | None]) -> tuple[float, float] | None:
    """The middle 95 % of the values that are defined; None where none is."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return known[int(0.025 * (len(known) - 1))], known[round(0.975 * (len(known) - 1))]


@lru_cache(maxsize=8)  # every measure of a score, and both systems of a comparison, draw alike
def weights(clusters: int, resamples: int, seed: int) -> tuple[Weights, ...]:
    """How often each cluster is drawn, for every resample; the draws are those of `interval`."""
    draw = random.Random(seed)
    found = []
    for _ in range(resamples):
        times = [0] * clusters
        for i in draw.choices(range(clusters), k=clusters):
            times[i] += 1
        found.append(times)
    return tuple(found)


def resampled(
    cells: Mapping[Place, Counts | PairTable], number: Number, draws: Sequence[Weights], sizes: Sequence[int] = ()
) -> Iterator[float | None]:
    """A number of the counts of every resample.

    Counts of two clusters weigh as often as both were drawn together, the product of their weights
    (the vertex bootstrap of Snijders & Borgatti 1999; pairs of copies of one document are left out).
    How many pairs a resample holds in all follows from the `sizes` of the clusters drawn.
    """
    filled = {place: astuple(counts) for place, counts in cells.items() if any(astuple(counts))}
    kind = type(next(iter(cells.values()), Counts()))
    columns = list(zip(*filled.values(), strict=True)) or [()] * 4
    for times in draws:
        factors = [times[p[0]] if len(p) == 1 else times[p[0]] * times[p[1]] for p in filled]
        sums = [sum(map(mul, factors, column)) for column in columns]
        if kind is PairTable:
            sums[3] += _pairs(times, sizes)
        yield kind(*sums).number(number)


def _pairs(times: Weights, sizes: Sequence[int]) -> float:
    """Pairs of documents in a resample: those of two clusters, and those inside each."""
    drawn: list[int] = list(map(mul, times, sizes))
    whole = sum(drawn)
    between = whole * whole - sum(n * n for n in drawn)
    inside = sum(n * (size - 1) for n, size in zip(drawn, sizes, strict=True))
    return (between + inside) / 2
