"""Scores of page segments: documents, block roles, boundaries, boilerplate, shingles of body text."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from goldwire.model.profile import news
from goldwire.scoring.counts import Counts, NamedCounts, matched
from goldwire.scoring.labels import BlockLike, PlainBlock
from goldwire.scoring.matching import best_pairs
from goldwire.text import spans

SegmentMeasure = Literal["iou.5", "iou.8"]
THRESHOLDS: dict[SegmentMeasure, float] = {"iou.5": 0.5, "iou.8": 0.8}
WORD = re.compile(r"\w+")
SHINGLE = 4


@dataclass(slots=True)
class SegmentCounts:
    """Counts of one page; counts of two pages add up.

    `documents` is by threshold of IoU over body characters. `blocks` requires span and role; `roles` is
    the same by role. `boundaries` is by tolerance in blocks. `boilerplate` counts characters. `shingles`
    sums precision and recall of four-word shingles over documents, so that documents have equal weight.
    """

    documents: dict[SegmentMeasure, Counts] = field(
        default_factory=lambda: {measure: Counts() for measure in THRESHOLDS}
    )
    blocks: Counts = field(default_factory=Counts)
    roles: dict[str, Counts] = field(default_factory=dict)
    boundaries: dict[int, Counts] = field(default_factory=lambda: {0: Counts(), 1: Counts()})
    boilerplate: Counts = field(default_factory=Counts)
    shingles: Counts = field(default_factory=Counts)

    def __add__(self, other: "SegmentCounts") -> "SegmentCounts":
        roles = sorted({*self.roles, *other.roles})
        return SegmentCounts(
            {measure: self.documents[measure] + other.documents[measure] for measure in THRESHOLDS},
            self.blocks + other.blocks,
            {role: self.roles.get(role, Counts()) + other.roles.get(role, Counts()) for role in roles},
            {near: self.boundaries[near] + other.boundaries[near] for near in self.boundaries},
            self.boilerplate + other.boilerplate,
            self.shingles + other.shingles,
        )

    def lines(self) -> list[NamedCounts]:
        """Return every measure, the headline first."""
        return [
            NamedCounts("documents", "matched@0.5", self.documents["iou.5"]),
            NamedCounts("documents", "matched@0.8", self.documents["iou.8"]),
            NamedCounts("documents", "4-word shingles", self.shingles),
            NamedCounts("boundaries", "exact", self.boundaries[0]),
            NamedCounts("boundaries", "within a block", self.boundaries[1]),
            NamedCounts("characters", "boilerplate", self.boilerplate),
            NamedCounts("blocks", "span and role", self.blocks),
            *(NamedCounts("by role", role, counts) for role, counts in self.roles.items()),
        ]


def score_segments(
    gold: Iterable[BlockLike], predicted: Iterable[BlockLike], page: str, text_roles: Collection[str] | None = None
) -> SegmentCounts:
    """Compare the blocks of one page; neither the order of blocks nor the names of documents matter.

    White space is not counted, at the ends of blocks or inside. Documents are paired one to one by IoU
    of their body characters. A boundary is the start of a document, except the first of the page;
    distances are counted in the blocks of both sides together, so that neither side can make them small
    by cutting finely. Boilerplate is every character outside the blocks of a text role: headline,
    standfirst, body or subheading. Shingles are those of the article-extraction benchmark (Zyte 2020).
    """
    wanted, given = _prepare(gold, page), _prepare(predicted, page)
    counts = SegmentCounts()
    text_roles = text_roles or news().text_roles
    body = [role for role in text_roles if role == "body"] or text_roles
    bodies = _bodies(wanted, page, body), _bodies(given, page, body)
    edges = {
        (g, p): len(a & b) / len(a | b)
        for g, a in enumerate(bodies[0])
        for p, b in enumerate(bodies[1])
        if not a.isdisjoint(b)
    }
    sizes = len(bodies[1]), len(bodies[0])
    for measure, threshold in THRESHOLDS.items():
        close = {pair: iou for pair, iou in edges.items() if iou >= threshold}
        counts.documents[measure] = matched(len(best_pairs(close)), *sizes)
    counts.shingles = _shingles(bodies[0], bodies[1], best_pairs(edges), page)
    counts.blocks = _shared(wanted, given)
    for role in sorted({block.role for block in (*wanted, *given)}):
        counts.roles[role] = _shared(*([b for b in side if b.role == role] for side in (wanted, given)))
    counts.boundaries = _boundaries(wanted, given, page)
    counts.boilerplate = _boilerplate(wanted, given, page, text_roles)
    return counts


def _prepare(blocks: Iterable[BlockLike], page: str) -> list[PlainBlock]:
    plain = (PlainBlock(*spans.trim(page, block.start, block.end), block.role, block.document) for block in blocks)
    return sorted((b for b in plain if b.start < b.end), key=lambda b: (b.start, b.end, b.role, b.document or ""))


def _points(blocks: Iterable[PlainBlock], page: str) -> frozenset[int]:
    return frozenset(i for block in blocks for i in range(block.start, block.end) if not page[i].isspace())


def _bodies(blocks: Sequence[PlainBlock], page: str, roles: Collection[str]) -> list[frozenset[int]]:
    """Return the body characters of every document, in page order."""
    documents: dict[str, list[PlainBlock]] = {}
    for block in blocks:
        if block.role in roles and block.document is not None:
            documents.setdefault(block.document, []).append(block)
    return sorted((_points(parts, page) for parts in documents.values()), key=sorted)


def _shared(wanted: Iterable[PlainBlock], given: Iterable[PlainBlock]) -> Counts:
    sides = [Counter(block[:3] for block in side) for side in (wanted, given)]
    return matched((sides[0] & sides[1]).total(), sides[1].total(), sides[0].total())


def _boundaries(wanted: Sequence[PlainBlock], given: Sequence[PlainBlock], page: str) -> dict[int, Counts]:
    first = len(page) - len(page.lstrip())
    ruler = sorted({block.start for block in (*wanted, *given)})
    sides = [[bisect_right(ruler, start) for start in _beginnings(side) if start > first] for side in (wanted, given)]
    counts = {}
    for tolerance in (0, 1):
        edges = {
            (g, p): 1.0 for g, a in enumerate(sides[0]) for p, b in enumerate(sides[1]) if abs(a - b) <= tolerance
        }
        counts[tolerance] = matched(len(best_pairs(edges)), len(sides[1]), len(sides[0]))
    return counts


def _beginnings(blocks: Iterable[PlainBlock]) -> list[int]:
    begins: dict[str, int] = {}
    for block in blocks:
        if block.document is not None:
            begins.setdefault(block.document, block.start)
    return sorted(begins.values())


def _boilerplate(
    wanted: Iterable[PlainBlock], given: Iterable[PlainBlock], page: str, text_roles: Collection[str]
) -> Counts:
    everything = frozenset(i for i, char in enumerate(page) if not char.isspace())
    rest = [everything - _points((b for b in side if b.role in text_roles), page) for side in (wanted, given)]
    return matched(len(rest[0] & rest[1]), len(rest[1]), len(rest[0]))


def _shingles(
    wanted: Sequence[frozenset[int]], given: Sequence[frozenset[int]], pairs: Iterable[tuple[int, int]], page: str
) -> Counts:
    sides = [[_count_shingles(points, page) for points in side] for side in (wanted, given)]
    correct = found = 0.0
    for g, p in pairs:
        a, b = sides[0][g], sides[1][p]
        shared = (a & b).total()
        correct += shared / b.total() if b else 0.0
        found += shared / a.total() if a else 0.0
    return Counts(correct, sum(map(bool, sides[1])), found, sum(map(bool, sides[0])))


def _count_shingles(points: frozenset[int], page: str) -> Counter[tuple[str, ...]]:
    """Count the four-word shingles of some characters of a page; one to three words are one shingle."""
    chars = (page[i] if i in points else " " for i in range(min(points), max(points) + 1))
    words = WORD.findall("".join(chars))
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)
