"""One-to-one matching of spans by maximum-weight assignment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from goldwire import spans

S = TypeVar("S", bound=spans.Span)
Edges = Mapping[tuple[int, int], float]


def match_overlapping(gold: Sequence[S], predicted: Sequence[S], may: Callable[[S, S], bool]) -> list[tuple[int, int]]:
    """Pair as many overlapping spans as possible one to one, and among such pairings as closely as possible.

    Returns index pairs, at most one a span; only pairs that `may` allows are made. Closeness is the
    sum of IoU. Both sides must come in a fixed order, or ties could fall either way.
    """
    edges = {
        (g, p): spans.iou(gold[g], predicted[p])
        for g, p in _overlapping(gold, predicted)
        if may(gold[g], predicted[p])
    }
    return best_pairs(edges)


def best_pairs(edges: Edges) -> list[tuple[int, int]]:
    """Of the pairs that may be made, as many as possible one to one, and of the highest summed weight.

    `edges` maps pairs of (gold, predicted) indices to weights from 0 to 1; source: scipy's
    `linear_sum_assignment`, called for each group of pairs that hang together.
    """
    return [pair for group in _connected(edges) for pair in _assign(group)]


def _overlapping(gold: Sequence[S], predicted: Sequence[S]) -> Iterator[tuple[int, int]]:
    """Index pairs of spans that share a code point, by a sweep over both sides."""
    events = sorted(
        [(span.start, 0, i) for i, span in enumerate(gold)] + [(span.start, 1, i) for i, span in enumerate(predicted)]
    )
    open_spans: tuple[set[int], set[int]] = set(), set()
    sides = gold, predicted
    for start, side, i in events:
        for other in (0, 1):
            open_spans[other].difference_update({j for j in open_spans[other] if sides[other][j].end <= start})
        if sides[side][i].end > start:
            for j in sorted(open_spans[1 - side]):
                yield (i, j) if side == 0 else (j, i)
            open_spans[side].add(i)


def _connected(edges: Edges) -> Iterator[Edges]:
    """The edges in groups that share no span, each small where texts are long."""
    group_of: dict[tuple[str, int], int] = {}
    groups: dict[int, dict[tuple[int, int], float]] = {}
    for n, ((g, p), weight) in enumerate(edges.items()):
        joined = {group_of[node] for node in (("g", g), ("p", p)) if node in group_of}
        merged = {pair: w for i in sorted(joined) for pair, w in groups.pop(i).items()} | {(g, p): weight}
        groups[n] = merged
        for row, column in merged:
            group_of["g", row] = group_of["p", column] = n
    yield from groups.values()


def _assign(edges: Edges) -> list[tuple[int, int]]:
    if len(edges) == 1:
        return list(edges)
    from scipy.optimize import linear_sum_assignment  # loaded where two spans compete, and only there

    rows = sorted({g for g, _ in edges})
    columns = sorted({p for _, p in edges})
    one_more_pair = min(len(rows), len(columns)) + 1.0  # outweighs every sum of IoU
    weights = [[one_more_pair + edges[g, p] if (g, p) in edges else 0.0 for p in columns] for g in rows]
    chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [(rows[r], columns[c]) for r, c in chosen if (rows[r], columns[c]) in edges]
