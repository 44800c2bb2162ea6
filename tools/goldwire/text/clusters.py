"""Clusters of documents: the transitive closure of duplicate pairs."""

from collections.abc import Iterable
from typing import Protocol

DUPLICATE = frozenset({"exact", "near"})
"""The relations that put two documents in one cluster."""


class RelatedPair(Protocol):
    """Two documents and how they are related."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def relation(self) -> str: ...


def closure(names: Iterable[str], pairs: Iterable[RelatedPair]) -> dict[str, str]:
    """Map each document to the first document of its cluster; exact and near pairs join clusters."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for pair in pairs:
        if pair.relation in DUPLICATE:
            first, second = sorted((find(pair.a), find(pair.b)))
            leader[second] = first
    return {name: find(name) for name in leader}
