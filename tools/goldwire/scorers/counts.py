"""Counts that add up, and the numbers that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predictions were right, and how much of gold was found; counts of two documents add up.

    `hits` is out of `predicted`, `found` out of `gold`. In a one-to-one matching the two are equal;
    they are whole numbers but where a definition counts parts.
    """

    hits: float = 0
    predicted: int = 0
    found: float = 0
    gold: int = 0

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
        """Harmonic mean of precision and recall; None where there was nothing to judge, 0 where nothing was hit."""
        if not self.predicted and not self.gold:
            return None
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else 0.0


def matched(hits: float, predicted: int, gold: int) -> Counts:
    """Counts of a one-to-one matching, where a hit is something found."""
    return Counts(hits, predicted, hits, gold)


def macro_f1(counts: Mapping[str, Counts]) -> float | None:
    """Mean of the documents' F1, over those with anything to judge; None where there are none."""
    values = [value for c in counts.values() if (value := c.f1) is not None]
    return sum(values) / len(values) if values else None
