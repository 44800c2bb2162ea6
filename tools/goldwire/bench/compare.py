"""Two systems on the same gold: every difference with its interval and its p-values."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import mul

from goldwire.bench.score import Labels, Score, ScoreRow, System, counts_by_name, score
from goldwire.bench.selection import Covered, common
from goldwire.corpus.gold import Gold, load
from goldwire.model.errors import GoldwireError
from goldwire.scoring.bootstrap import ClusterKey, draws, percentile_interval, resampled
from goldwire.scoring.counts import AnyCounts, Number
from goldwire.scoring.settings import Settings, Task

SLACK = 1e-12  # sums in another order may differ by a rounding
Cells = Mapping[ClusterKey, AnyCounts]


@dataclass(frozen=True, slots=True)
class Delta:
    """One number of two systems: b minus a, its 95 % interval, and two p-values; None if either is undefined."""

    a: ScoreRow
    b: ScoreRow
    delta: float | None
    interval: tuple[float, float] | None
    p_bootstrap: float | None
    p_randomisation: float | None


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
        chance = f"p bootstrap {row.p_bootstrap:.3f}, p randomised {row.p_randomisation:.3f}"
        return f"{start}{row.delta:+.3f}{bounds}, {chance}  {self.a.signature}"

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

    The paired bootstrap draws the same clusters for both (Efron & Tibshirani 1993): the interval is of
    the differences, and p is the share of them at least as far from the observed difference as that is
    from 0. Approximate randomisation swaps the two systems' counts, cluster by cluster, and counts how
    often the difference is as large (Noreen 1989; Yeh 2000). Both are two-sided and seeded, with one
    added to both counts, so that p is never 0; systems with equal counts have p 1.
    """
    gold = gold or load()
    first, second = (score(system, gold, settings, task=task) for system in common([a, b]))
    if first.signature.settings.resamples < 1:
        raise GoldwireError("a comparison needs resamples; expected at least one, found 0")
    lines = [{(row.group, row.name): row for row in side.rows()} for side in (first, second)]
    rows = [
        _delta(key, lines[0].get(key), lines[1].get(key), first, second)
        for key in dict.fromkeys([*lines[0], *lines[1]])
    ]
    headline = next(row for row in rows if first.headline.endswith(f"{row.a.name} F1"))
    return Comparison(first, second, headline, rows)


def _delta(key: tuple[str, str], a: ScoreRow | None, b: ScoreRow | None, first: Score, second: Score) -> Delta:
    known = a or b
    assert known is not None
    sides = a or _absent(known), b or _absent(known)
    clusters = sorted({*first.cells, *second.cells}) or [(0,)]
    cells = [_cells(side, key, known.counts, clusters) for side in (first, second)]
    settings = first.signature.settings
    if sides[0].value is None or sides[1].value is None:
        return Delta(*sides, None, None, None, None)
    delta = sides[1].value - sides[0].value
    drawn = draws(len(first.sizes), settings.resamples, settings.seed)
    pairs = zip(*(resampled(side, known.number, drawn, first.sizes) for side in cells), strict=True)
    deltas = [y - x for x, y in pairs if x is not None and y is not None]
    totals = [astuple(row.counts) for row in sides]
    swapped = _randomised(cells, totals, known.number, settings.resamples, settings.seed)
    return Delta(
        *sides,
        delta,
        percentile_interval(deltas),
        _share([d - delta for d in deltas], delta),
        _share([d for d in swapped if d is not None], delta),
    )


def _absent(row: ScoreRow) -> ScoreRow:
    """Return the row of a measure that one side lacks, such as a type that neither it nor gold has."""
    nothing = type(row.counts)()
    return ScoreRow(row.group, row.name, row.number, nothing.number(row.number), None, nothing)


def _cells(side: Score, name: tuple[str, str], like: AnyCounts, clusters: Sequence[ClusterKey]) -> Cells:
    nothing = type(like)()
    found = {key: counts_by_name(counts) for key, counts in side.cells.items()}
    return {key: found.get(key, {}).get(name, nothing) for key in clusters}


def _share(values: Sequence[float], delta: float) -> float:
    """Return the share of values at least as far from 0 as delta, one added to both counts."""
    return (sum(abs(value) >= abs(delta) - SLACK for value in values) + 1) / (len(values) + 1)


def _randomised(
    cells: Sequence[Cells], totals: Sequence[tuple[float, ...]], number: Number, times: int, seed: int
) -> list[float | None]:
    """Return the differences with the systems' counts swapped at random, cell by cell."""
    kind = type(next(iter(cells[0].values())))
    pairs = ((astuple(x), astuple(y)) for x, y in zip(*(side.values() for side in cells), strict=True))
    differ = [[b - a for a, b in zip(x, y, strict=True)] for x, y in pairs if x != y]
    columns = list(zip(*differ, strict=True)) or [()] * len(totals[0])
    chance, found = random.Random(seed), []
    for _ in range(times):
        bits = chance.getrandbits(len(differ)) if differ else 0
        flips = [bits >> i & 1 for i in range(len(differ))]
        moved = [sum(map(mul, flips, column)) for column in columns]
        x = kind(*(t + m for t, m in zip(totals[0], moved, strict=True))).number(number)
        y = kind(*(t - m for t, m in zip(totals[1], moved, strict=True))).number(number)
        found.append(None if x is None or y is None else y - x)
    return found
