"""Pairs in the output of duplicate finders: pairs, clusters, cluster labels, or neighbours."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from goldwire.model.errors import GoldwireError

ALONE = (None, -1)
"""Labels of no cluster: density clusterings give -1 to texts without a cluster."""


def read_duplicates(output: object, names: Collection[str]) -> list[object]:
    """Return the pairs in what a finder gave; other labels are returned as they are.

    Known are groups of ids (the output of MinHash libraries), every pair of which is a duplicate, a
    mapping from ids to cluster labels, and a mapping from ids to similar ids, the answers of an index.
    Raises GoldwireError if the output cannot contain pairs.
    """
    if not isinstance(output, Iterable):
        raise GoldwireError(
            f"the system gave {output!r} for the corpus; expected pairs, an empty list if there are none"
        )
    if isinstance(output, Mapping) and set(output) <= set(names):
        if any(isinstance(value, Collection) and not isinstance(value, str) for value in output.values()):
            return list(_from_neighbours(output))
        return [pair for group in _from_cluster_labels(output) for pair in combinations(sorted(group), 2)]
    found: list[object] = []
    for item in output:
        if isinstance(item, Collection) and _is_group(item, names):
            found += combinations(sorted(item), 2)
        else:
            found.append(item)
    return found


def _is_group(item: Collection[object], names: Collection[str]) -> bool:
    """Return whether an item is a group of ids; two ids in a tuple are a pair, with or without a relation."""
    if isinstance(item, str | Mapping):
        return False
    return isinstance(item, set | frozenset) or (len(item) != 2 and all(name in names for name in item))


def _from_neighbours(output: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    pairs = {(min(a, b), max(a, b)) for a, others in output.items() for b in others if a != b}
    return sorted(pairs)


def _from_cluster_labels(output: Mapping[str, Hashable]) -> Iterator[frozenset[str]]:
    groups: dict[Hashable, set[str]] = {}
    for name, label in output.items():
        if label not in ALONE:
            groups.setdefault(label, set()).add(name)
    yield from map(frozenset, groups.values())
