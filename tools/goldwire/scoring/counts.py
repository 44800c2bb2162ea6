"""Counts that add up, and the numbers that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Number = Literal["f1", "precision", "recall", "ari"]
"""Which number of its counts a line is about."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predictions were right, and how much of gold was found; counts of two documents add up.

    `hits` is out of `predicted`, `found` out of `gold`. In a one-to-one matching the two are equal;
    they are whole numbers but where a definition counts parts.
    """

    hits: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.hits + other.hits,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float | None:
        """Hits over predictions; None where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """What was found over gold; None where gold holds nothing."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to judge, 0 where nothing was hit.

        None too where one of the two is undefined and the other is not 0: by type, a quote may be
        found by a prediction of another type, though none is of its own.
        """
        p, r = self.precision, self.recall
        if p and r:
            return 2 * p * r / (p + r)
        return None if (p is None and r != 0) or (r is None and p != 0) else 0.0

    def number(self, name: Number) -> float | None:
        """One of the numbers by its name; these counts know no adjusted Rand index."""
        value: float | None = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class PairTable:
    """Pairs of things that both sides put together, each side does, and all there are; tables add up."""

    both: float = 0
    predicted: float = 0
    gold: float = 0
    pairs: float = 0

    def __add__(self, other: "PairTable") -> "PairTable":
        return PairTable(
            self.both + other.both,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.pairs + other.pairs,
        )

    @property
    def ari(self) -> float | None:
        """The adjusted Rand index (Hubert & Arabie 1985); None without pairs, 1 where the sides are the same.

        1 where both are all singletons or all one cluster, as scikit-learn has it.
        """
        if not self.pairs:
            return None
        by_chance = self.predicted * self.gold / self.pairs
        most = (self.predicted + self.gold) / 2
        return (self.both - by_chance) / (most - by_chance) if most != by_chance else 1.0

    def number(self, name: Number) -> float | None:
        """The adjusted Rand index; a table of pairs has no other number."""
        return self.ari if name == "ari" else None


class Line(NamedTuple):
    """One measure of a task: the group it stands in, its name, its counts, and the number it is about.

    `shown` is False where a system says nothing that the measure judges.
    """

    group: str
    name: str
    counts: Counts | PairTable
    number: Number = "f1"
    shown: bool = True


def matched(hits: float, predicted: float, gold: float) -> Counts:
    """Counts of a one-to-one matching, where a hit is something found."""
    return Counts(hits, predicted, hits, gold)


def macro_f1(counts: Mapping[str, Counts]) -> float | None:
    """Mean of the documents' F1, over those with anything to judge; None where there are none."""
    values = [value for c in counts.values() if (value := c.f1) is not None]
    return sum(values) / len(values) if values else None
