"""Scores of who is named: links to a registry, and a system's own ids as clusters of mentions."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from goldwire.scoring.counts import Counts, matched
from goldwire.scoring.matching import heaviest_pairs

Clusters = Mapping[Hashable, set[Hashable]]


def score_links(gold: Iterable[tuple[object, ...]], predicted: Iterable[tuple[object, ...]]) -> Counts:
    """`strong_typed_all_match`: span, type and entity are all the same; no entity on both sides is the same too.

    Each mention is (start, end, type, entity). As in neleval 3 (Hachey, Nothman & Radford 2014), but
    that equal mentions of one side count each.
    """
    wanted, given = Counter(gold), Counter(predicted)
    return matched((wanted & given).total(), given.total(), wanted.total())


def clusters(ids: Sequence[str | None]) -> dict[Hashable, set[Hashable]]:
    """The places of mentions by id; a mention without one stands alone."""
    found: dict[Hashable, set[Hashable]] = {}
    for place, name in enumerate(ids):
        found.setdefault(("alone", place) if name is None else ("id", name), set()).add(place)
    return found


def b_cubed(gold: Clusters, predicted: Clusters) -> Counts:
    """B³ (Bagga & Baldwin 1998): of every mention, how much of its cluster on either side it shares with the other."""
    shared = _shared(gold, predicted)
    return Counts(
        sum(n * n / len(predicted[p]) for (_, p), n in shared.items()),
        sum(map(len, predicted.values())),
        sum(n * n / len(gold[g]) for (g, _), n in shared.items()),
        sum(map(len, gold.values())),
    )


def ceaf_e(gold: Clusters, predicted: Clusters) -> Counts:
    """Entity CEAF (Luo 2005, φ4): clusters one to one, each couple worth 2·shared / (its mentions on both sides)."""
    names = list(gold), list(predicted)
    places = [{name: i for i, name in enumerate(side)} for side in names]
    worth = {
        (places[0][g], places[1][p]): 2 * n / (len(gold[g]) + len(predicted[p]))
        for (g, p), n in _shared(gold, predicted).items()
    }
    return matched(sum(worth[pair] for pair in heaviest_pairs(worth)), len(predicted), len(gold))


def _shared(gold: Clusters, predicted: Clusters) -> Counter[tuple[Hashable, Hashable]]:
    """How many mentions every two clusters share."""
    holder = {mention: name for name, held in predicted.items() for mention in held}
    return Counter((name, holder[m]) for name, held in gold.items() for m in held if m in holder)
