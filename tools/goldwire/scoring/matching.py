"""One-to-one matching of spans by maximum-weight assignment."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
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
    sides = gold, predicted
    events = sorted((span[0], side, i) for side in (0, 1) for i, span in enumerate(sides[side]) if span[1] > span[0])
    still_open: list[list[int]] = [[], []]
    for start, side, i in events:
        # Only the side that is read is pruned: each of its spans is then a pair or gone, so the cost is the pairs'.
        others = still_open[1 - side] = [j for j in still_open[1 - side] if sides[1 - side][j][1] > start]
        yield from ((i, j) if side == 0 else (j, i) for j in others)
        still_open[side].append(i)


def _connected(edges: Edges) -> Iterator[Edges]:
    """Yield the edges in groups that share no label; in long texts each group is small."""
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]
            node = above
        return node

    for g, p in edges:
        leader[find(2 * g)] = find(2 * p + 1)  # gold has the even numbers
    groups: dict[int, dict[IndexPair, float]] = {}
    for pair, weight in edges.items():
        groups.setdefault(find(2 * pair[0]), {})[pair] = weight
    yield from groups.values()


def _assign(edges: Edges, as_many_as_can_be: bool = True) -> list[IndexPair]:
    """Choose the pairs of one group with the highest summed weight, or as many as can be and of those the highest."""
    if len(edges) == 1:
        return list(edges)
    sizes = len({g for g, _ in edges}), len({p for _, p in edges})
    one_more_pair = (min(sizes) + 1.0) * as_many_as_can_be  # outweighs every sum of weights
    turned = sizes[0] > sizes[1]
    values: dict[int, dict[int, float]] = {}
    for (g, p), weight in sorted(edges.items()):
        row, column = (p, g) if turned else (g, p)
        values.setdefault(row, {})[column] = one_more_pair + weight
    chosen = _most_valuable(dict(sorted(values.items())))
    return sorted((c, r) if turned else (r, c) for r, c in chosen.items())


def _most_valuable(values: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """Give rows a column each, no column twice, so that the summed value is the highest; a row may go without.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957): each row in turn is placed by the
    shortest augmenting path, which is searched along the pairs that may be made and no further than
    needed. The tests compare it with scipy's `linear_sum_assignment`.
    """
    column_of: dict[int, int] = {}
    row_of: dict[int, int] = {}
    u: dict[int, float] = {}
    v: dict[int, float] = defaultdict(float)
    for row, near in values.items():
        u[row] = max(0.0, *(value - v[c] for c, value in near.items()))
        best, end, lengths, came_from = _shortest_path(row, values, row_of, u, v)
        for r, length in lengths.items():
            if length < best:
                u[r] = max(0.0, u[r] - (best - length))
                if r != row:
                    v[column_of[r]] += best - length
        column = column_of.pop(-1 - end, None) if end < 0 else end
        while column is not None:
            r = came_from[column]
            row_of[column] = r
            before = column_of.get(r)
            column_of[r] = column
            column = before
    return column_of


def _shortest_path(
    row: int,
    values: Mapping[int, Mapping[int, float]],
    row_of: Mapping[int, int],
    u: Mapping[int, float],
    v: Mapping[int, float],
) -> tuple[float, int, dict[int, float], dict[int, int]]:
    """Return the length of a row's shortest path and its end, the rows on the way, and each column's row before it.

    The end is a free column, or -1 minus the row that goes without.
    """
    lengths, came_from = {row: 0.0}, dict[int, int]()
    reached: dict[int, float] = {}
    queue: list[tuple[float, bool, int]] = []
    best, end = u[row], -1 - row
    here, length = row, 0.0
    while True:
        for c, value in values[here].items():
            through = length + max(0.0, u[here] + v[c] - value)
            if through < best and through < reached.get(c, best):
                reached[c], came_from[c] = through, here
                heappush(queue, (through, c in row_of, c))  # of equal ends, a free column is nearer
        while queue and (queue[0][0] > reached[queue[0][2]] or row_of.get(queue[0][2]) in lengths):
            heappop(queue)
        if not queue or queue[0][0] >= best:
            return best, end, lengths, came_from
        length, is_taken, c = heappop(queue)
        if not is_taken:
            return length, c, lengths, came_from
        here = row_of[c]
        lengths[here] = length
        if length + u[here] < best:
            best, end = length + u[here], -1 - here
