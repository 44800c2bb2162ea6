"""Ranks of several systems on one task: systems that no paired test separates share a rank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from goldwire.bench.compare import ALPHA, Delta, compare_scores
from goldwire.bench.score import Score
from goldwire.scoring.settings import FLIPS, Signature

FLIPS_A_PAIR = 100


@dataclass(frozen=True, slots=True)
class RankedPair:
    """The headline difference of two systems, b minus a, by their places in the list; p corrected for all pairs."""

    a: int
    b: int
    delta: Delta
    p: float | None
    """The p-value after Holm (1979); None if the two cannot be compared."""

    @property
    def better(self) -> int | None:
        """The place of the better system; None if the two are not told apart."""
        if self.p is None or self.p > ALPHA or not self.delta.delta:
            return None
        return self.b if self.delta.delta > 0 else self.a


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rank of every system, one more than the number of systems that are better than it, and all pairs.

    All ranks are None if no two systems can be compared, as with fewer than eight articles.
    """

    ranks: list[int | None]
    pairs: list[RankedPair]
    signature: Signature
    """That of the scores, with the method of the tests."""


def rank(scores: Sequence[Score]) -> Ranking:
    """Test every two systems of a task on their headline number, with Holm's correction for the number of pairs.

    The least p-value is one in the number of flips, and Holm multiplies it by the number of pairs: there are at
    least a hundred flips a pair, so that systems that differ are told apart among any number of others.
    """
    places = list(combinations(range(len(scores)), 2))
    scores = [_with_flips(score, FLIPS_A_PAIR * len(places)) for score in scores]
    deltas = [compare_scores(scores[a], scores[b], every=False).headline for a, b in places]
    corrected = holm([delta.p for delta in deltas])
    pairs = [RankedPair(a, b, *one) for (a, b), one in zip(places, zip(deltas, corrected, strict=True), strict=True)]
    signature = replace(scores[0].signature, intervals=FLIPS)
    if all(p is None for p in corrected):
        return Ranking([None] * len(scores), pairs, signature)
    worse = [pair.a + pair.b - pair.better for pair in pairs if pair.better is not None]
    return Ranking([1 + worse.count(i) for i in range(len(scores))], pairs, signature)


def _with_flips(score: Score, least: int) -> Score:
    settings = score.signature.settings
    times = max(least, settings.resamples) if settings.resamples else 0
    return replace(score, signature=replace(score.signature, settings=replace(settings, resamples=times)))


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Return p-values corrected for their number, in the same order (Holm 1979); None stays None."""
    order = sorted((p, i) for i, p in enumerate(values) if p is not None)
    corrected: list[float | None] = [None] * len(values)
    most = 0.0
    for place, (p, i) in enumerate(order):
        most = max(most, min(1.0, p * (len(order) - place)))
        corrected[i] = most
    return corrected
