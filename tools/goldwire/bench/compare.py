"""Two systems on the same gold: every difference with its interval, its p-value, and the least one that would show."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt
from operator import mul

from goldwire.bench.score import Labels, Score, ScoreRow, System, counts_by_name, score
from goldwire.bench.selection import Covered, common
from goldwire.corpus.gold import Gold, load
from goldwire.model.errors import GoldwireError
from goldwire.scoring.beta import t_quantile
from goldwire.scoring.counts import AnyCounts
from goldwire.scoring.intervals import LEAST, ClusterKey, Interval, left_out
from goldwire.scoring.settings import FLIPS, Settings, Task

SLACK = 1e-12  # sums in another order may differ by a rounding
ALPHA, POWER = 0.05, 0.8
Cells = Mapping[ClusterKey, AnyCounts]


@dataclass(frozen=True, slots=True)
class Delta:
    """One number of two systems: b minus a, its 95 % interval and p-value.

    `detectable` is the least difference that would show on this corpus with 80 % power, if the articles
    differ as they do here. All are None if a number is undefined; the last three also if fewer than eight
    clusters have something to judge (`clusters` is how many) or the two systems have equal counts.
    """

    a: ScoreRow
    b: ScoreRow
    delta: float | None
    interval: Interval | None = None
    p: float | None = None
    detectable: float | None = None
    clusters: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scores under one signature, and their differences, the headline first."""

    a: Score
    b: Score
    headline: Delta
    rows: list[Delta]

    def __str__(self) -> str:
        row = self.headline
        start = f"{self.a.headline}: b minus a "
        if row.delta is None:
            return f"{start}undefined  {self.a.signature}"
        bounds = f" [{row.interval[0]:+.3f}, {row.interval[1]:+.3f}]" if row.interval else ""
        chance = f", p {row.p:.3f}" if row.p is not None else ""
        least = f", detectable {row.detectable:.3f}" if row.detectable else ""
        return f"{start}{row.delta:+.3f}{bounds}{chance}{least}  {self.a.signature}"

    def __repr__(self) -> str:
        return f"<Comparison {self}>"


def compare(
    a: System | Labels | Covered,
    b: System | Labels | Covered,
    gold: Gold | None = None,
    settings: Settings | None = None,
    *,
    task: Task | None = None,
) -> Comparison:
    """Score two systems and test every difference, b minus a; each is anything that `score` takes.

    Both are scored on the units that both cover.

    A difference is the sum of what each cluster adds to it (the jackknife's pseudo-values). If two
    systems are equal, the sign of each addend is chance: p is the share of sums with random signs that
    are at least as far from 0 as the difference, two-sided and seeded, with one added to both counts. To
    first order this is approximate randomisation of clusters (Noreen 1989; Canay, Romano & Shaikh 2017).
    The interval has the differences that the same flips do not reject at 5 %, so that it contains 0 if and
    only if p is above 0.05. Swapping a and b gives the mirror image.
    """
    gold = gold or load()
    first, second = (score(system, gold, settings, task=task) for system in common([a, b]))
    return compare_scores(first, second)


def compare_scores(first: Score, second: Score, every: bool = True) -> Comparison:
    """Test the differences of two scores of the same task, settings and gold: every one, or the headline alone."""
    if str(first.signature) != str(second.signature):
        raise GoldwireError(f"scores to compare have different signatures: {first.signature}, {second.signature}")
    if first.signature.settings.resamples < 1:
        raise GoldwireError("a comparison needs resamples; expected at least one, found 0")
    first, second = (replace(one, signature=replace(one.signature, intervals=FLIPS)) for one in (first, second))
    lines = [{(row.group, row.name): row for row in side.rows()} for side in (first, second)]
    cells = [{key: counts_by_name(counts) for key, counts in side.cells.items()} for side in (first, second)]
    names = list(dict.fromkeys([*lines[0], *lines[1]]))
    main = next(name for name in names if first.headline.endswith(f"{name[1]} F1"))
    rows = [_delta(lines[0].get(key), lines[1].get(key), cells, first) for key in (names if every else [main])]
    headline = next(row for row in rows if (row.a.group, row.a.name) == main)
    return Comparison(first, second, headline, rows)


def _delta(
    a: ScoreRow | None,
    b: ScoreRow | None,
    cells: Sequence[Mapping[ClusterKey, Mapping[tuple[str, str], AnyCounts]]],
    first: Score,
) -> Delta:
    known = a or b
    assert known is not None
    one, other = a or _absent(known), b or _absent(known)
    if one.value is None or other.value is None:
        return Delta(one, other, None)
    name, nothing = (known.group, known.name), type(known.counts)()
    sides = [
        left_out({key: counts.get(name, nothing) for key, counts in side.items()}, known.number, first.sizes)
        for side in cells
    ]
    delta = other.value - one.value
    clusters = sorted({*sides[0].without, *sides[1].without})
    without = [side.without.get(i, side.value) for side in sides for i in clusters]
    pairs = zip(without[: len(clusters)], without[len(clusters) :], strict=True)
    deltas = [delta if x is None or y is None else y - x for x, y in pairs]
    if len(clusters) < LEAST or not any(deltas):
        return Delta(one, other, delta, p=None if len(clusters) < LEAST else 1.0, clusters=len(clusters))
    settings = first.signature.settings
    bounds, p, detectable = sign_flip_test(delta, deltas, settings.resamples, settings.seed)
    if detectable is None:  # every cluster differs alike, as those of a perfect system and one that finds nothing
        bounds = _apart(one, other, delta)
    return Delta(one, other, delta, bounds, p, detectable, len(clusters))


def _apart(a: ScoreRow, b: ScoreRow, delta: float) -> Interval | None:
    """Return the interval of a difference of two independent numbers from their own (Newcombe 1998, method 10)."""
    if a.interval is None or b.interval is None or a.value is None or b.value is None:
        return None
    down = sqrt((b.value - b.interval[0]) ** 2 + (a.interval[1] - a.value) ** 2)
    up = sqrt((b.interval[1] - b.value) ** 2 + (a.value - a.interval[0]) ** 2)
    return max(-1.0, delta - down), min(1.0, delta + up)


def _absent(row: ScoreRow) -> ScoreRow:
    """Return the row of a measure that one side lacks, such as a type that neither it nor gold has."""
    nothing = type(row.counts)()
    return ScoreRow(row.group, row.name, row.number, nothing.number(row.number), None, nothing)


def sign_flip_test(
    delta: float, without: Sequence[float], times: int, seed: int
) -> tuple[Interval | None, float, float | None]:
    """Return the interval of a difference, its p-value, and the least difference that shows with 80 % power.

    The last is None if every cluster adds the same; the interval then has no width and says nothing.
    `without` has the difference without each cluster. With the addends v, a flip s rejects a difference d
    less than is observed unless |Σ s (v - d/k)| is at least |delta - d|: d then lies between two roots.
    """
    k = len(without)
    mean = sum(without) / k
    addends = [delta / k + (mean - one) * (k - 1) / k for one in without]
    spread = sqrt(sum((v - delta / k) ** 2 for v in addends) * k / (k - 1))
    steps = t_quantile(1 - ALPHA / 2, k - 1) + t_quantile(POWER, k - 1)
    far, lows, highs = 0, [], []
    for signs, share in flips(k, times, seed):
        flipped = sum(map(mul, signs, addends))
        far += abs(flipped) >= abs(delta) - SLACK
        roots = (-1.0, 1.0)  # all signs alike reject no difference
        if abs(share) < 1:
            roots = (delta - flipped) / (1 - share), (delta + flipped) / (1 + share)
        lows.append(min(roots))
        highs.append(max(roots))
    edge = int(ALPHA * (times + 1))
    bounds = (max(-1.0, sorted(lows)[edge - 1]), min(1.0, sorted(highs)[-edge])) if edge else None
    return bounds, (far + 1) / (times + 1), steps * spread if spread > SLACK else None


@lru_cache(maxsize=8)  # every measure of a comparison flips alike
def flips(clusters: int, times: int, seed: int) -> tuple[tuple[Sequence[int], float], ...]:
    """Return random signs of the clusters, with their mean, as often as asked for."""
    chance = random.Random(seed)
    bits = (chance.getrandbits(clusters) for _ in range(times))
    drawn = ([1 if one >> i & 1 else -1 for i in range(clusters)] for one in bits)
    return tuple((signs, sum(signs) / clusters) for signs in drawn)
