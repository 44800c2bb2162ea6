"""Contingency tables of two annotators' labels, and the agreement that follows from them."""

from collections import Counter
from collections.abc import Callable, Sequence

from goldwire.scoring.intervals import Interval, beta_interval

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
    tables: Sequence[ContingencyTable], number: Callable[[ContingencyTable], float | None]
) -> tuple[Interval | None, int]:
    """Return the 95 % interval of a number of one table each document, and how many documents have a table.

    It is that of `beta_interval`; a document has an error if the two labels of one of its items differ.
    """
    total: ContingencyTable = sum(tables, Counter())
    filled = [table for table in tables if table]
    wrong = sum(any(x != y for x, y in table) for table in filled)
    right = sum(any(x == y for x, y in table) for table in filled)
    without = [number(total - table) for table in filled]
    return beta_interval(number(total), without, min(wrong, right)), len(filled)
