"""Contingency tables of two annotators' labels, and the agreement that follows from them."""

from collections import Counter
from collections.abc import Callable, Sequence

from goldwire.scoring.bootstrap import draws, percentile_interval

ContingencyTable = Counter[tuple[str, str]]
"""How often one set gives one label where the other set gives another; tables of two documents add up."""


def observed_agreement(table: ContingencyTable) -> float | None:
    """Return the share of items to which both sets give the same label; None if there are no items."""
    return sum(n for (x, y), n in table.items() if x == y) / table.total() if table else None


def kappa(table: ContingencyTable) -> float | None:
    """Return Cohen's kappa (Cohen 1960); None if there are no items or only one label."""
    total = table.total()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (x, y), n in table.items():
        first[x] += n
        second[y] += n
    observed = sum(n for (x, y), n in table.items() if x == y) * total
    by_chance = sum(n * second[label] for label, n in first.items())
    return (observed - by_chance) / (total * total - by_chance) if by_chance != total * total else None


def table_interval(
    tables: Sequence[ContingencyTable], number: Callable[[ContingencyTable], float | None], resamples: int, seed: int
) -> tuple[float, float] | None:
    """Return the 95 % interval of a number over resampled documents, of one table each; None if it is undefined.

    The draws are those of `goldwire.scoring.bootstrap`; each cell is added up by itself.
    """
    if not tables:
        return None
    cells: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for i, table in enumerate(tables):
        for cell, n in table.items():
            cells.setdefault(cell, []).append((i, n))
    values = []
    for times in draws(len(tables), resamples, seed):
        sums = ((cell, sum([times[i] * n for i, n in parts])) for cell, parts in cells.items())
        values.append(number(Counter({cell: n for cell, n in sums if n})))
    return percentile_interval(values)
