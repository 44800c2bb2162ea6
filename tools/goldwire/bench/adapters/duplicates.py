"""Pairs in what finders of duplicates give: pairs themselves, clusters, labels of clusters, neighbours."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

ALONE = (None, -1)
"""Labels of no cluster: density clusterings call what is alone -1."""


def read_duplicates(output: Any, names: Collection[str]) -> list[Any]:
    """The pairs in what a finder gave; whatever is not known is handed on as it is.

    Known are groups of ids (as MinHash libraries give), each pair of which is a duplicate, a mapping from
    ids to labels of clusters, and one from ids to the ids like them, as an index answers.
    """
    if isinstance(output, Mapping) and set(output) <= set(names):
        if any(isinstance(value, Collection) and not isinstance(value, str) for value in output.values()):
            return _of_neighbours(output)
        output = _by_label(output)
    found: list[Any] = []
    for item in output:
        found += combinations(sorted(item), 2) if _is_group(item, names) else [item]
    return found


def _is_group(item: Any, names: Collection[str]) -> bool:
    """Two ids in a tuple are a pair already, with or without a relation behind them."""
    if isinstance(item, str | Mapping) or not isinstance(item, Collection):
        return False
    return isinstance(item, set | frozenset) or (len(item) != 2 and all(name in names for name in item))


def _of_neighbours(output: Mapping[str, Iterable[str]]) -> list[Any]:
    pairs = {(min(a, b), max(a, b)) for a, others in output.items() for b in others if a != b}
    return sorted(pairs)


def _by_label(output: Mapping[str, Any]) -> Iterator[frozenset[str]]:
    groups: dict[Any, set[str]] = {}
    for name, label in output.items():
        if label not in ALONE:
            groups.setdefault(label, set()).add(name)
    yield from map(frozenset, groups.values())
