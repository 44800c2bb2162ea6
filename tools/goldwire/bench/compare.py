"""Two systems on the same gold: every difference with its interval, and how likely chance is to make it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import mul
from typing import Any

from goldwire.bench.score import Row, Score, score
from goldwire.corpus.gold import Gold, load
from goldwire.model.errors import GoldwireError
from goldwire.scoring.bootstrap import Place, middle, resampled, weights
from goldwire.scoring.counts import Counts, Number, PairTable
from goldwire.scoring.settings import Settings, Task

SLACK = 1e-12  # sums in another order may differ by a rounding
Cells = Mapping[Place, Counts | PairTable]


@dataclass(frozen=True, slots=True)
class Delta:
    """One number of two systems: b minus a, its 95 % interval, and two p-values; None where either is undefined."""

    a: Row
    b: Row
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
        told = f"{self.a.headline}: b minus a "
        if row.delta is None:
            return f"{told}undefined  {self.a.signature}"
        bounds = f" [{row.interval[0]:+.3f}, {row.interval[1]:+.3f}]" if row.interval else ""
        chance = f"p bootstrap {row.p_bootstrap:.3f}, p randomised {row.p_randomisation:.3f}"
        return f"{told}{row.delta:+.3f}{bounds}, {chance}  {self.a.signature}"

    def __repr__(self) -> str:
        return f"<Comparison {self}>"


def compare(
    a: Any,
    b: Any,
    gold: Gold | None = None,
    settings: Settings | None = None,
    *,
    task: Task | None = None,
) -> Comparison:
    """Score two systems and test every difference, b minus a; each is what `score` takes.

    The paired bootstrap draws the same clusters for both (Efron & Tibshirani 1993): the interval is
    of the differences, p the share of them as far from the one found as that is from 0. Approximate
    randomisation swaps the two systems' counts, cluster by cluster, and counts how often the
    difference is as large (Noreen 1989; Yeh 2000). Both are two-sided and seeded, with one added to
    both counts, so that p is never 0; systems with the same counts have p 1.
    """
    gold = gold or load()
    first, second = (score(system, gold, settings, task=task) for system in (a, b))
    if first.signature.settings.resamples < 1:
        raise GoldwireError("a comparison draws resamples; expected at least one")
    lines = [{(row.group, row.name): row for row in side.rows()} for side in (first, second)]
    rows = [
        _delta(key, lines[0].get(key), lines[1].get(key), first, second)
        for key in dict.fromkeys([*lines[0], *lines[1]])
    ]
    headline = next(row for row in rows if first.headline.endswith(f"{row.a.name} F1"))
    return Comparison(first, second, headline, rows)


def _delta(key: tuple[str, str], a: Row | None, b: Row | None, first: Score, second: Score) -> Delta:
    known = a or b
    assert known is not None
    sides = a or _absent(known), b or _absent(known)
    places = sorted({*first.cells, *second.cells}) or [(0,)]
    cells = [_cells(side, key, known.counts, places) for side in (first, second)]
    settings = first.signature.settings
    if sides[0].value is None or sides[1].value is None:
        return Delta(*sides, None, None, None, None)
    delta = sides[1].value - sides[0].value
    draws = weights(len(first.sizes), settings.resamples, settings.seed)
    pairs = zip(*(resampled(side, known.number, draws, first.sizes) for side in cells), strict=True)
    deltas = [y - x for x, y in pairs if x is not None and y is not None]
    totals = [astuple(row.counts) for row in sides]
    swapped = _randomised(cells, totals, known.number, settings.resamples, settings.seed)
    return Delta(
        *sides,
        delta,
        middle(deltas),
        _share([d - delta for d in deltas], delta),
        _share([d for d in swapped if d is not None], delta),
    )


def _absent(row: Row) -> Row:
    """A measure one side has no counts of, such as a type that it never predicts and gold does not hold."""
    nothing = type(row.counts)()
    return Row(row.group, row.name, row.number, nothing.number(row.number), None, nothing)


def _cells(side: Score, key: tuple[str, str], like: Counts | PairTable, places: Sequence[Place]) -> Cells:
    nothing = type(like)()
    held = {place: {(line.group, line.name): line.counts for line in c.lines()} for place, c in side.cells.items()}
    return {place: held.get(place, {}).get(key, nothing) for place in places}


def _share(values: Sequence[float], delta: float) -> float:
    """The share of values at least as far from 0 as delta, one added to both counts."""
    return (sum(abs(value) >= abs(delta) - SLACK for value in values) + 1) / (len(values) + 1)


def _randomised(
    cells: Sequence[Cells], totals: Sequence[tuple[float, ...]], number: Number, times: int, seed: int
) -> list[float | None]:
    """The difference with the systems' counts swapped at random, cell by cell."""
    kind = type(next(iter(cells[0].values())))
    pairs = ((astuple(x), astuple(y)) for x, y in zip(*(side.values() for side in cells), strict=True))
    differ = [[b - a for a, b in zip(x, y, strict=True)] for x, y in pairs if x != y]
    columns = list(zip(*differ, strict=True)) or [()] * len(totals[0])
    draw, found = random.Random(seed), []
    for _ in range(times):
        bits = draw.getrandbits(len(differ)) if differ else 0
        flips = [bits >> i & 1 for i in range(len(differ))]
        moved = [sum(map(mul, flips, column)) for column in columns]
        x = kind(*(t + m for t, m in zip(totals[0], moved, strict=True))).number(number)
        y = kind(*(t - m for t, m in zip(totals[1], moved, strict=True))).number(number)
        found.append(None if x is None or y is None else y - x)
    return found
