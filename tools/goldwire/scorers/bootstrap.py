"""Intervals by a seeded bootstrap over clusters: counts are added up again, nothing is scored again."""

import random
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar


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
        value = number(total)
        if value is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    return values[int(0.025 * (len(values) - 1))], values[round(0.975 * (len(values) - 1))]
