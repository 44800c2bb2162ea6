"""Counts that add up, and the numbers that follow from them."""

from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

Number = Literal["f1", "precision", "recall", "ari"]
"""The numbers that follow from counts; `ari` is the adjusted Rand index."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many predictions are correct, and how much of gold is found; counts of two documents add up.

    `correct` is out of `predicted`, `found` out of `gold`. In a one-to-one matching the two are equal.
    They are whole numbers unless a definition counts parts of labels.
    """

    correct: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.correct + other.correct,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float | None:
        """Correct predictions over all predictions; None if there are no predictions."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Gold labels found over all gold labels; None if gold has none."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is nothing to judge, 0 if nothing is correct.

        It is also None if one of the two is undefined and the other is not 0: a quote of a type may be
        found by a prediction of another type, though there is no prediction of its own type.
        """
        p, r = self.precision, self.recall
        if p and r:
            return 2 * p * r / (p + r)
        return None if (p is None and r != 0) or (r is None and p != 0) else 0.0

    def number(self, name: Number) -> float | None:
        """Return one of the numbers by its name; None for the adjusted Rand index, which needs a PairTable."""
        if name == "f1":
            return self.f1
        if name == "precision":
            return self.precision
        return self.recall if name == "recall" else None

    def parts(self) -> dict[str, float]:
        """Return the four counts under the names they have in JSON output and in the conformance vectors."""
        return {"hits": self.correct, "predicted": self.predicted, "found": self.found, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class PairTable:
    """Pairs of documents that both sides, each side and the corpus put together; tables add up."""

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
        """The adjusted Rand index (Hubert & Arabie 1985); None without pairs, 1 if the two sides are equal.

        Like scikit-learn, it is 1 if both sides are all singletons or all one cluster.
        """
        if not self.pairs:
            return None
        by_chance = self.predicted * self.gold / self.pairs
        most = (self.predicted + self.gold) / 2
        return (self.both - by_chance) / (most - by_chance) if most != by_chance else 1.0

    def number(self, name: Number) -> float | None:
        """Return the adjusted Rand index; None for any other number."""
        return self.ari if name == "ari" else None

    def parts(self) -> dict[str, float]:
        """Return the four counts by name."""
        return asdict(self)


AnyCounts = Counts | PairTable


class NamedCounts(NamedTuple):
    """One measure of a task: its group, its name, its counts, and the number it reports.

    `shown` is False if the system gives nothing that the measure judges.
    """

    group: str
    name: str
    counts: AnyCounts
    number: Number = "f1"
    shown: bool = True


def matched(correct: float, predicted: float, gold: float) -> Counts:
    """Counts of a one-to-one matching, in which every correct prediction finds one gold label."""
    return Counts(correct, predicted, correct, gold)
