"""Tallies: how often one side said this where the other said that, and what follows from them."""

from collections import Counter
from collections.abc import Callable, Sequence

from goldwire.scoring.bootstrap import middle, weights

Tally = Counter[tuple[str, str]]
"""How often one set said this where the other said that; tallies of two documents add up."""


def share_alike(tally: Tally) -> float | None:
    """Share of places where both said the same; None where there is none."""
    return sum(n for (x, y), n in tally.items() if x == y) / tally.total() if tally else None


def kappa(tally: Tally) -> float | None:
    """Cohen's kappa of a tally (Cohen 1960); None where there is nothing or one label only."""
    total = tally.total()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (x, y), n in tally.items():
        first[x] += n
        second[y] += n
    alike = sum(n for (x, y), n in tally.items() if x == y) * total
    by_chance = sum(n * second[label] for label, n in first.items())
    return (alike - by_chance) / (total * total - by_chance) if by_chance != total * total else None


def tally_interval(
    tallies: Sequence[Tally], number: Callable[[Tally], float | None], resamples: int, seed: int
) -> tuple[float, float] | None:
    """The 95 % interval of a number over resampled documents, of one tally each; None where it is undefined.

    The draws are those of `goldwire.scoring.bootstrap.interval`; each cell is added up by itself.
    """
    if not tallies:
        return None
    cells: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for i, tally in enumerate(tallies):
        for cell, n in tally.items():
            cells.setdefault(cell, []).append((i, n))
    values = []
    for times in weights(len(tallies), resamples, seed):
        sums = ((cell, sum([times[i] * n for i, n in parts])) for cell, parts in cells.items())
        values.append(number(Counter({cell: n for cell, n in sums if n})))
    return middle(values)
