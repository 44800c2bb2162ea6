"""One-to-one matching of spans by maximum-weight assignment."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

T = TypeVar("T")
SortableT = TypeVar("SortableT", bound=tuple[Any, ...])
SpanT = TypeVar("SpanT", bound=tuple[Any, ...])
"""A tuple that begins with a start and an end."""
IndexPair = tuple[int, int]
"""The index of a gold label and of the prediction it is paired with."""
Edges = Mapping[IndexPair, float]
"""Pairs that may be made, with weights from 0 to 1."""


def match(
    wanted: Sequence[SortableT],
    given: Sequence[SortableT],
    keys: Sequence[Callable[[SortableT], Hashable]],
    edges: Edges,
) -> list[IndexPair]:
    """Pair two sorted sides one to one: equal labels first, by each key in turn, then by `best_pairs`.

    `edges` are the pairs that may be made of labels that are not equal. The pairs are the same
    whichever side comes first.
    """
    pairs: list[IndexPair] = []
    for key in keys:
        rows, columns = left(len(wanted), pairs, 0), left(len(given), pairs, 1)
        places: dict[Hashable, list[int]] = {}
        for p in reversed(columns):
            places.setdefault(key(given[p]), []).append(p)
        for g in rows:
            if places.get(key(wanted[g])):
                pairs.append((g, places[key(wanted[g])].pop()))
    rest = set(left(len(wanted), pairs, 0)), set(left(len(given), pairs, 1))
    free = {pair: w for pair, w in edges.items() if pair[0] in rest[0] and pair[1] in rest[1]}
    for group in _connected(free):  # each by itself, so that a distant label never decides a tie
        sides = [given[p] for p in sorted({p for _, p in group})], [wanted[g] for g in sorted({g for g, _ in group})]
        if sides[0] < sides[1]:
            pairs += [(g, p) for p, g in _assign({(p, g): weight for (g, p), weight in group.items()})]
        else:
            pairs += _assign(group)
    return pairs


def joined(wanted: Sequence[T], given: Sequence[T], pairs: Sequence[IndexPair]) -> list[tuple[T | None, T | None]]:
    """Return the labels that index pairs join, then those of either side without a partner."""
    return [
        *[(wanted[g], given[p]) for g, p in pairs],
        *[(wanted[g], None) for g in left(len(wanted), pairs, 0)],
        *[(None, given[p]) for p in left(len(given), pairs, 1)],
    ]


def left(number: int, pairs: Sequence[IndexPair], side: int) -> list[int]:
    """Return the indices of one side, 0 or 1, that no pair contains; the side has `number` labels."""
    taken = {pair[side] for pair in pairs}
    return [i for i in range(number) if i not in taken]


def overlaps(gold: Sequence[SpanT], predicted: Sequence[SpanT]) -> dict[IndexPair, float]:
    """Return the IoU of every two spans of two sides that share a code point."""
    return {(g, p): _iou(*gold[g][:2], *predicted[p][:2]) for g, p in overlapping(gold, predicted)}


def _iou(start: int, end: int, other_start: int, other_end: int) -> float:
    shared = min(end, other_end) - max(start, other_start)
    return shared / (end - start + other_end - other_start - shared)


def overlapping(gold: Sequence[SpanT], predicted: Sequence[SpanT]) -> list[IndexPair]:
    """Return the index pairs of spans that share a code point."""
    if _is_flat(gold) and _is_flat(predicted):
        return _along(gold, predicted)
    return list(_sweep(gold, predicted))


def _is_flat(side: Sequence[SpanT]) -> bool:
    """Return whether spans are in order and do not overlap."""
    return all(a[1] <= b[0] for a, b in pairwise(side))


def _along(gold: Sequence[SpanT], predicted: Sequence[SpanT]) -> list[IndexPair]:
    """Return the overlaps of two flat sides, by one walk along both."""
    pairs = []
    first = 0
    for p, (start, end, *_) in enumerate(predicted):
        while first < len(gold) and gold[first][1] <= start:
            first += 1
        g = first
        while g < len(gold) and gold[g][0] < end:
            pairs.append((g, p))
            g += 1
    return pairs


def best_pairs(edges: Edges) -> list[IndexPair]:
    """Choose as many pairs as possible, one to one, and of those choices the one with the highest summed weight.

    Each connected group of edges is an assignment problem of its own.
    """
    return [pair for group in _connected(edges) for pair in _assign(group)]


def heaviest_pairs(edges: Edges) -> list[IndexPair]:
    """Choose the pairs, one to one, with the highest summed weight, whatever their number."""
    return [pair for group in _connected(edges) for pair in _assign(group, as_many_as_can_be=False)]


def _sweep(gold: Sequence[SpanT], predicted: Sequence[SpanT]) -> Iterator[IndexPair]:
    """Yield the index pairs of spans that share a code point, by a sweep over both sides."""
    events = sorted(
        [(span[0], 0, i) for i, span in enumerate(gold)] + [(span[0], 1, i) for i, span in enumerate(predicted)]
    )
    open_spans: tuple[set[int], set[int]] = set(), set()
    sides = gold, predicted
    for start, side, i in events:
        for other in (0, 1):
            open_spans[other].difference_update({j for j in open_spans[other] if sides[other][j][1] <= start})
        if sides[side][i][1] > start:
            for j in sorted(open_spans[1 - side]):
                yield (i, j) if side == 0 else (j, i)
            open_spans[side].add(i)


def _connected(edges: Edges) -> Iterator[Edges]:
    """Yield the edges in groups that share no span; in long texts each group is small."""
    group_of: dict[tuple[str, int], int] = {}
    groups: dict[int, dict[tuple[int, int], float]] = {}
    for n, ((g, p), weight) in enumerate(edges.items()):
        joined = {group_of[node] for node in (("g", g), ("p", p)) if node in group_of}
        merged = {pair: w for i in sorted(joined) for pair, w in groups.pop(i).items()} | {(g, p): weight}
        groups[n] = merged
        for row, column in merged:
            group_of["g", row] = group_of["p", column] = n
    yield from groups.values()


def _assign(edges: Edges, as_many_as_can_be: bool = True) -> list[IndexPair]:
    if len(edges) == 1:
        return list(edges)
    rows = sorted({g for g, _ in edges})
    columns = sorted({p for _, p in edges})
    one_more_pair = (min(len(rows), len(columns)) + 1.0) * as_many_as_can_be  # outweighs every sum of weights
    costs = [[-one_more_pair - edges[g, p] if (g, p) in edges else 0.0 for p in columns] for g in rows]
    if len(rows) > len(columns):
        chosen = [(r, c) for c, r in _cheapest([list(column) for column in zip(*costs, strict=True)])]
    else:
        chosen = _cheapest(costs)
    return sorted((rows[r], columns[c]) for r, c in chosen if (rows[r], columns[c]) in edges)


def _cheapest(costs: list[list[float]]) -> list[IndexPair]:
    """Assign every row to a column of its own at the lowest summed cost; return the pairs.

    There must be no more rows than columns. The Hungarian method with potentials (Kuhn 1955, Munkres
    1957) in its shortest-path form; the tests compare it with scipy's `linear_sum_assignment`.
    """
    n, m = len(costs), len(costs[0])
    row_of = [0] * (m + 1)  # of every column, counted from 1; column 0 is of the row being placed
    u, v = [0.0] * (n + 1), [0.0] * (m + 1)
    for row in range(1, n + 1):
        row_of[0], column = row, 0
        slack, came_from = [float("inf")] * (m + 1), [0] * (m + 1)
        used = [False] * (m + 1)
        while row_of[column]:
            used[column] = True
            here, delta, after = row_of[column], float("inf"), 0
            for c in range(1, m + 1):
                if used[c]:
                    continue
                reduced = costs[here - 1][c - 1] - u[here] - v[c]
                if reduced < slack[c]:
                    slack[c], came_from[c] = reduced, column
                if slack[c] < delta:
                    delta, after = slack[c], c
            for c in range(m + 1):
                if used[c]:
                    u[row_of[c]] += delta
                    v[c] -= delta
                else:
                    slack[c] -= delta
            column = after
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return [(row_of[c] - 1, c - 1) for c in range(1, m + 1) if row_of[c]]
