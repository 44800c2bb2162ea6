"""Pairs in the output of duplicate finders: pairs, clusters, cluster labels, or neighbours."""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from goldwire.bench.parts import is_missing, unpacked
from goldwire.bench.refusals import shown
from goldwire.model.errors import GoldwireError

ALONE = frozenset({"none", "null", "nan", "nat", "na", "n/a", "<na>", "-", "-1", "noise", "outlier", "singleton"})
"""Words, in any case, for no cluster; so are missing values and negative numbers, as of density clusterings."""
SUSPICIOUS = 10
"""Documents from which a cluster with most of them is questioned if no other document is alone."""
FORMS = "expected pairs, groups of ids, {id: cluster} or {id: [similar ids]} of all documents"


def read_duplicates(output: Any, names: Collection[str]) -> list[object]:
    """Return the pairs in what a finder gave; other labels are returned as they are.

    Known are groups of ids (the output of MinHash libraries), every pair of which is a duplicate, a
    mapping from ids to cluster labels, a mapping from ids to similar ids with or without scores (the
    answers of an index), and a mapping from cluster labels to ids. Raises GoldwireError, naming the item,
    if the output cannot contain pairs, and if a mapping has an unknown id or leaves one out.
    """
    if hasattr(output, "to_dict") and not isinstance(output, Mapping) and not hasattr(output, "iterrows"):
        output = output.to_dict()  # a Series of pandas
    if hasattr(output, "iterrows"):
        raise GoldwireError("the system gave a table for the corpus; expected pairs: table.itertuples(index=False)")
    if not isinstance(output, Iterable) or isinstance(output, str):
        raise GoldwireError(
            f"the system gave {output!r} for the corpus; expected pairs, an empty list if there are none"
        )
    if isinstance(output, Mapping):
        return _from_mapping(output, names)
    found: list[object] = []
    items = list(map(unpacked, output))
    _check_threshold(sum(map(_has_score, items)), names)
    for item in items:
        if isinstance(item, Collection) and _is_group(item, names):
            found += combinations(sorted(_checked(item, names)), 2)
        else:
            found.append(item)
    return found


def _is_score(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, str | bool)


def _has_score(item: Any) -> bool:
    """Return whether an item is a pair, or a similar document, with a score."""
    if isinstance(item, Mapping):
        return _is_score(item.get("score"))
    return isinstance(item, tuple | list) and len(item) in (2, 3) and any(map(_is_score, item))


def _check_threshold(scored: int, names: Collection[str]) -> None:
    """Raise GoldwireError if all pairs of some documents have a score: scores are not read, so all would count."""
    if len(names) >= SUSPICIOUS and scored >= len(names) * (len(names) - 1) / 2:
        raise GoldwireError(
            f"all pairs of the {len(names)} documents have a score; expected only those that the system calls "
            "duplicates, such as those above its threshold"
        )


def _is_group(item: Collection[object], names: Collection[str]) -> bool:
    """Return whether an item is a group of ids; two ids in a tuple are a pair, with or without a relation."""
    if isinstance(item, str | Mapping) or hasattr(item, "_fields"):
        return False
    ids = [isinstance(name, str) and name in names for name in item]
    return isinstance(item, set | frozenset) or (len(item) != 2 and (all(ids) or sum(ids) > 2))


def _checked(group: Iterable[object], names: Collection[str]) -> list[str]:
    """Return the ids of a group; raise GoldwireError, naming the item, if one is unknown."""
    found = [name for name in group if isinstance(name, str) and name in names]
    for name in group:
        if not isinstance(name, str) or name not in names:
            raise _unknown(name, f"the group {group!r}"[:200])
    return list(dict.fromkeys(found))


def _unknown(name: object, where: str) -> GoldwireError:
    return GoldwireError(f"{where} has {shown(name)}, which is not a document of the corpus; ids look like 003-01")


def _from_mapping(output: Mapping[Any, Any], names: Collection[str]) -> list[object]:
    lists = {key: value for key, value in output.items() if _is_list(value)}
    shapes = {_shape(name) for name in names}
    if output and len(lists) == len(output) and not any(_shape(key) in shapes for key in output):
        groups = [_checked([_id_of(item) for item in unpacked(group)], names) for group in output.values()]
        return [pair for group in groups for pair in combinations(sorted(group), 2)]
    if unknown := [key for key in output if not isinstance(key, str) or key not in names]:
        raise _unknown(unknown[0], "the map of clusters")
    if missing := sorted(set(names) - set(output)):
        raise GoldwireError(
            f"no cluster for {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}; "
            f"a document without one needs None, or an empty list of similar ids ({FORMS})"
        )
    if lists:
        return list(_from_neighbours(output, names))
    return [pair for group in _from_cluster_labels(output) for pair in combinations(sorted(group), 2)]


def _shape(name: object) -> str:
    """Return an id with all digits the same: two of one shape are probably both ids of documents."""
    return re.sub(r"\d", "0", str(name)) if isinstance(name, str) else ""


def _is_list(value: Any) -> bool:
    return isinstance(unpacked(value), Collection) and not isinstance(value, str | bytes)


def _from_neighbours(output: Mapping[str, Any], names: Collection[str]) -> list[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    scores = False
    for a, others in output.items():
        if not _is_list(others):
            if not is_missing(others):
                raise GoldwireError(f"{a} has {others!r} where other documents have lists of similar ids; {FORMS}")
            continue
        for item in unpacked(others):
            b = _id_of(item)
            if not isinstance(b, str) or b not in names:
                raise _unknown(item, f"the list of {a}")
            pairs |= {(min(a, b), max(a, b))} if a != b else set()
            scores = scores or isinstance(others, Mapping) or _has_score(unpacked(item))
    _check_threshold(len(pairs) if scores else 0, names)
    return sorted(pairs)


def _id_of(item: Any) -> object:
    """Return the id of a similar document: the item, or that in it beside a score."""
    item = unpacked(item)
    if isinstance(item, Mapping):
        return item.get("id")
    if isinstance(item, tuple | list) and len(item) == 2:
        scores = list(map(_is_score, item))
        return item[scores.index(False)] if sum(scores) == 1 else item
    return item


def _is_alone(label: Any) -> bool:
    """Return whether a cluster label means that there is no cluster."""
    if isinstance(label, str):
        return not label.strip() or label.strip().casefold() in ALONE
    return is_missing(label) or (hasattr(label, "__float__") and float(label) < 0)


def _from_cluster_labels(output: Mapping[str, Hashable]) -> Iterator[frozenset[str]]:
    groups: dict[Hashable, set[str]] = {}
    for name, label in output.items():
        if not _is_alone(label):
            if not isinstance(label, Hashable):
                raise GoldwireError(f"{name} has the cluster {label!r}; {FORMS}")
            groups.setdefault(label, set()).add(name)
    largest = max(groups, key=lambda label: len(groups[label]), default=None)
    others = [len(group) for label, group in groups.items() if label != largest]
    if len(output) >= SUSPICIOUS and len(others) > 1 and min(others) > 1 and 2 * len(groups[largest]) > len(output):
        raise GoldwireError(
            f"{len(groups[largest])} of {len(output)} documents have the cluster {largest!r} and none is alone; if it "
            "means that they have no cluster, give None; if they are one cluster, give groups of ids instead"
        )
    yield from map(frozenset, groups.values())
