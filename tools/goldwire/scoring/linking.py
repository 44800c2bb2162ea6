"""Scores of entity ids: links to a registry, and a system's own ids as clusters of mentions."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from goldwire.scoring.counts import Counts, matched
from goldwire.scoring.matching import heaviest_pairs

Clusters = Mapping[Hashable, set[Hashable]]


def score_links(gold: Iterable[tuple[object, ...]], predicted: Iterable[tuple[object, ...]]) -> Counts:
    """Score links by `strong_typed_all_match`: span, type and entity are equal; no entity on both sides is equal too.

    Each mention is (start, end, type, entity). As in neleval 3 (Hachey, Nothman & Radford 2014), except
    that repeated mentions of one side are all counted.
    """
    wanted, given = Counter(gold), Counter(predicted)
    return matched((wanted & given).total(), given.total(), wanted.total())


def clusters(ids: Sequence[str | None]) -> dict[Hashable, set[Hashable]]:
    """Group mentions, numbered in order, by id; a mention without an id is a cluster of its own."""
    found: dict[Hashable, set[Hashable]] = {}
    for number, name in enumerate(ids):
        found.setdefault(("alone", number) if name is None else ("id", name), set()).add(number)
    return found


def b_cubed(gold: Clusters, predicted: Clusters) -> Counts:
    """Score clusters by B³ (Bagga & Baldwin 1998): the share of each mention's cluster that both sides have."""
    shared = _shared(gold, predicted)
    return Counts(
        sum(n * n / len(predicted[p]) for (_, p), n in shared.items()),
        sum(map(len, predicted.values())),
        sum(n * n / len(gold[g]) for (g, _), n in shared.items()),
        sum(map(len, gold.values())),
    )


def ceaf_e(gold: Clusters, predicted: Clusters) -> Counts:
    """Score clusters by entity CEAF (Luo 2005, φ4): pairs one to one, each weighs 2·shared / (sum of both sizes)."""
    names = list(gold), list(predicted)
    index = [{name: i for i, name in enumerate(side)} for side in names]
    weights = {
        (index[0][g], index[1][p]): 2 * n / (len(gold[g]) + len(predicted[p]))
        for (g, p), n in _shared(gold, predicted).items()
    }
    return matched(sum(weights[pair] for pair in heaviest_pairs(weights)), len(predicted), len(gold))


def _shared(gold: Clusters, predicted: Clusters) -> Counter[tuple[Hashable, Hashable]]:
    """Count the mentions that every two clusters share."""
    cluster_of = {mention: name for name, mentions in predicted.items() for mention in mentions}
    return Counter((name, cluster_of[m]) for name, mentions in gold.items() for m in mentions if m in cluster_of)
