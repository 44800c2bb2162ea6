"""Scores of page segments: documents, block roles, boundaries, boilerplate, shingles of body text."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from goldwire.model.records import TEXT_ROLES
from goldwire.scoring.counts import Counts, Line, matched
from goldwire.scoring.matching import best_pairs
from goldwire.text import spans

Measure = Literal["iou.5", "iou.8"]
THRESHOLDS: dict[Measure, float] = {"iou.5": 0.5, "iou.8": 0.8}
WORD = re.compile(r"\w+")
SHINGLE = 4


class BlockLike(Protocol):
    """A span of a page with its role and, unless it belongs to the page itself, its document."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def document(self) -> str | None: ...


class Segment(NamedTuple):
    """A block as the scorer sees it."""

    start: int
    end: int
    role: str
    document: str | None = None


@dataclass(slots=True)
class SegmentCounts:
    """Counts of one page; counts of two pages add up.

    `documents` by threshold of IoU over body characters. `blocks` ask for span and role, `roles` by
    role. `boundaries` by tolerance in blocks. `boilerplate` counts characters. `shingles` sums
    precision and recall of four-word shingles over documents, so that each document weighs the same.
    """

    documents: dict[Measure, Counts] = field(default_factory=lambda: {measure: Counts() for measure in THRESHOLDS})
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

    def lines(self) -> list[Line]:
        """Every measure, the headline first."""
        return [
            Line("documents", "matched@0.5", self.documents["iou.5"]),
            Line("documents", "matched@0.8", self.documents["iou.8"]),
            Line("documents", "4-word shingles", self.shingles),
            Line("boundaries", "exact", self.boundaries[0]),
            Line("boundaries", "within a block", self.boundaries[1]),
            Line("characters", "boilerplate", self.boilerplate),
            Line("blocks", "span and role", self.blocks),
            *(Line("by role", role, counts) for role, counts in self.roles.items()),
        ]


def score_segments(gold: Iterable[BlockLike], predicted: Iterable[BlockLike], page: str) -> SegmentCounts:
    """Compare the blocks of one page; the order of either side never matters, nor what documents are called.

    White space is no character here, at the ends of blocks or inside. Documents are paired one to one
    by IoU of their body characters. A boundary is where a document begins, the beginning of the page
    aside; distances are counted in the blocks of both sides together, so that neither side's cutting
    makes them small. Boilerplate is every character in no block of a text role: headline, standfirst,
    body or subheading. Shingles are those of the article-extraction benchmark (Zyte 2020).
    """
    wanted, given = _prepare(gold, page), _prepare(predicted, page)
    counts = SegmentCounts()
    bodies = _bodies(wanted, page), _bodies(given, page)
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
    counts.boilerplate = _boilerplate(wanted, given, page)
    return counts


def _prepare(blocks: Iterable[BlockLike], page: str) -> list[Segment]:
    plain = (Segment(*spans.trim(page, block.start, block.end), block.role, block.document) for block in blocks)
    return sorted((b for b in plain if b.start < b.end), key=lambda b: (b.start, b.end, b.role, b.document or ""))


def _points(blocks: Iterable[Segment], page: str) -> frozenset[int]:
    return frozenset(i for block in blocks for i in range(block.start, block.end) if not page[i].isspace())


def _bodies(blocks: Sequence[Segment], page: str) -> list[frozenset[int]]:
    """The body characters of every document, in page order."""
    documents: dict[str, list[Segment]] = {}
    for block in blocks:
        if block.role == "body" and block.document is not None:
            documents.setdefault(block.document, []).append(block)
    return sorted((_points(held, page) for held in documents.values()), key=sorted)


def _shared(wanted: Iterable[Segment], given: Iterable[Segment]) -> Counts:
    sides = [Counter(block[:3] for block in side) for side in (wanted, given)]
    return matched((sides[0] & sides[1]).total(), sides[1].total(), sides[0].total())


def _boundaries(wanted: Sequence[Segment], given: Sequence[Segment], page: str) -> dict[int, Counts]:
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


def _beginnings(blocks: Iterable[Segment]) -> list[int]:
    begins: dict[str, int] = {}
    for block in blocks:
        if block.document is not None:
            begins.setdefault(block.document, block.start)
    return sorted(begins.values())


def _boilerplate(wanted: Iterable[Segment], given: Iterable[Segment], page: str) -> Counts:
    everything = frozenset(i for i, char in enumerate(page) if not char.isspace())
    rest = [everything - _points((b for b in side if b.role in TEXT_ROLES), page) for side in (wanted, given)]
    return matched(len(rest[0] & rest[1]), len(rest[1]), len(rest[0]))


def _shingles(
    wanted: Sequence[frozenset[int]], given: Sequence[frozenset[int]], pairs: Iterable[tuple[int, int]], page: str
) -> Counts:
    sides = [[_count_shingles(held, page) for held in side] for side in (wanted, given)]
    hits = found = 0.0
    for g, p in pairs:
        a, b = sides[0][g], sides[1][p]
        shared = (a & b).total()
        hits += shared / b.total() if b else 0.0
        found += shared / a.total() if a else 0.0
    return Counts(hits, sum(map(bool, sides[1])), found, sum(map(bool, sides[0])))


def _count_shingles(held: frozenset[int], page: str) -> Counter[tuple[str, ...]]:
    """The four-word shingles of some characters of a page; fewer words are one shingle, no word is none."""
    chars = (page[i] if i in held else " " for i in range(min(held), max(held) + 1))
    words = WORD.findall("".join(chars))
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)
