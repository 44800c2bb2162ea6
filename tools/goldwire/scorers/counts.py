"""Counts that add up, and the numbers that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits out of what was predicted and out of what gold holds; counts of two documents add up.

    `hits` is a whole number but for partial matches, which count half (SemEval-2013, task 9.1).
    """

    hits: float = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Hits over predictions; None where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Hits over gold; None where gold holds nothing."""
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to judge, 0 where nothing was hit."""
        total = self.predicted + self.gold
        return 2 * self.hits / total if total else None


def total(counts: Mapping[str, Counts]) -> Counts:
    """The sum over documents."""
    return sum(counts.values(), Counts())


def macro_f1(counts: Mapping[str, Counts]) -> float | None:
    """Mean of the documents' F1, over those with anything to judge; None where there are none."""
    values = [value for c in counts.values() if (value := c.f1) is not None]
    return sum(values) / len(values) if values else None
