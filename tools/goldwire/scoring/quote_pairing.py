"""Pairs of quotes: which prediction is which gold quote, and which predictions are of nested gold."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, NamedTuple

from goldwire.scoring.labels import PlainSpan, PlainSpeaker, QuoteLike
from goldwire.scoring.matching import IndexPair, best_pairs, joined, left, match, overlapping
from goldwire.scoring.quote_content import Content, QuoteTrim, content, hull, without_blanks

Nested = Literal["outer", "all"]
QuoteMeasure = Literal["iou.5", "iou.8", "exact", "partial"]
THRESHOLDS: dict[QuoteMeasure, float] = {"iou.5": 0.5, "iou.8": 0.8, "exact": 1.0}
HEADLINE: QuoteMeasure = "iou.5"
MEASURES: tuple[QuoteMeasure, ...] = ("iou.5", "iou.8", "exact", "partial")


@dataclass(frozen=True, slots=True)
class QuoteOptions:
    """How quotes are compared.

    `trim="marks"` takes quotation marks and punctuation off the ends of every fragment, on both
    sides. `nested="outer"` leaves out gold quotes inside others, and those predictions that declare a
    parent or match nested gold. `pairing` is the measure whose pairs have their types, cues and speakers
    compared; it needs a threshold.
    """

    trim: QuoteTrim = "marks"
    nested: Nested = "outer"
    pairing: QuoteMeasure = HEADLINE


class JudgedQuote(NamedTuple):
    """A quote with its content, and its cue and speaker without blanks at their ends."""

    quote: QuoteLike
    content: Content
    cue: PlainSpan | None
    speaker: PlainSpeaker | None


class QuotePairing(NamedTuple):
    """The quotes of both sides that are judged, and their index pairs at every threshold."""

    gold: list[JudgedQuote]
    predicted: list[JudgedQuote]
    shared: dict[IndexPair, int]
    """How many code points two contents share, if any."""
    pairs: dict[QuoteMeasure, list[IndexPair]]
    aside: dict[QuoteMeasure, frozenset[int]]
    """The predictions that match nested gold at a threshold; there they are neither correct nor wrong."""
    options: QuoteOptions

    def kept(self, measure: QuoteMeasure) -> list[int]:
        """Return the predictions that count at a threshold."""
        return [p for p in range(len(self.predicted)) if p not in self.aside[measure]]

    def joined(self) -> list[tuple[JudgedQuote | None, JudgedQuote | None]]:
        """Return every quote that counts, of either side, beside the one it is paired with, or None."""
        measure = self.options.pairing
        kept = self.kept(measure)
        place = {p: i for i, p in enumerate(kept)}
        pairs = [(g, place[p]) for g, p in self.pairs[measure]]
        return joined(self.gold, [self.predicted[p] for p in kept], pairs)


def pair_quotes(
    gold: Iterable[QuoteLike], predicted: Iterable[QuoteLike], text: str, options: QuoteOptions
) -> QuotePairing:
    """Pair the quotes of both sides one to one, at every threshold.

    Nested gold comes after the other gold, but for equal contents, as in COCO's evaluation of regions to
    ignore: what a system finds of the gold that counts never depends on it.
    """
    wanted, given = _judged(gold, text, options), _judged(predicted, text, options)
    inner: list[JudgedQuote] = []
    if options.nested == "outer":
        nested = _nested(wanted)
        inner = [wanted[i] for i in sorted(nested)]
        wanted = [item for i, item in enumerate(wanted) if i not in nested]
        given = [item for item in given if item.quote.parent is None]
    shared = _shared(wanted, given)
    edges, inner_edges = _ious(wanted, given, shared), _ious(inner, given, _shared(inner, given))
    keys = [_key(item) for item in wanted], [_key(item) for item in given]
    equal = {p for _, p in match(*keys, SAME, {})}
    free = [p for p in range(len(given)) if p not in equal]
    same = match([_key(item) for item in inner], [keys[1][p] for p in free], SAME, {})
    exact = frozenset(free[p] for _, p in same)
    inner_left = set(left(len(inner), same, 0))
    pairs: dict[QuoteMeasure, list[IndexPair]] = {}
    aside: dict[QuoteMeasure, frozenset[int]] = {}
    for measure, least in THRESHOLDS.items():
        close = {pair: iou for pair, iou in edges.items() if iou >= least and pair[1] not in exact}
        pairs[measure] = match(*keys, SAME, close)
        taken = exact.union(p for _, p in pairs[measure])
        ignored = {(g, p): iou for (g, p), iou in inner_edges.items() if iou >= least and g in inner_left}
        spare = best_pairs({pair: iou for pair, iou in ignored.items() if pair[1] not in taken})
        aside[measure] = exact.union(p for _, p in spare)
    return QuotePairing(wanted, given, shared, pairs, aside, options)


def _nested(quotes: Sequence[JudgedQuote]) -> set[int]:
    """Return the quotes that declare a parent, or whose content is part of another's."""
    hulls = [hull(item.content) for item in quotes]
    inside = {i for i, j in overlapping(hulls, hulls) if quotes[i].content < quotes[j].content}
    return inside.union(i for i, item in enumerate(quotes) if item.quote.parent is not None)


def _judged(quotes: Iterable[QuoteLike], text: str, options: QuoteOptions) -> list[JudgedQuote]:
    found = []
    for quote in quotes:
        speaker = without_blanks(quote.speaker, text)
        head = without_blanks(quote.speaker.head, text) if quote.speaker else None
        phrase = None if speaker is None else PlainSpeaker(*speaker, head)
        points = content(quote.content, text, options.trim)
        found.append(JudgedQuote(quote, points, without_blanks(quote.cue, text), phrase))
    return sorted(found, key=_key)


SortKey = tuple[tuple[int, ...], str, tuple[int, ...], tuple[int, ...], tuple[int, ...], bool, tuple[str, ...], str]


def _key(item: JudgedQuote) -> SortKey:
    """Return all parts of a quote that are scored, so that ties are broken alike in any order."""
    quote = item.quote
    parts = (item.cue, item.speaker, item.speaker.head if item.speaker else None)
    cue, speaker, head = ((part.start, part.end) if part else () for part in parts)
    silent = quote.speaker_entities is None  # a system that names nobody differs from one that says "nobody"
    entities = tuple(quote.speaker_entities or ())
    points = tuple(sorted(item.content))
    return points, quote.type or "", cue, speaker, head, silent, entities, quote.parent or ""


SAME: tuple[Callable[[SortKey], Hashable], ...] = (lambda key: key, itemgetter(0))
"""Quotes are equal in all parts, or in their content."""


def _shared(wanted: Sequence[JudgedQuote], given: Sequence[JudgedQuote]) -> dict[IndexPair, int]:
    sides = [[hull(item.content) for item in side] for side in (wanted, given)]
    both = {(g, p): len(wanted[g].content & given[p].content) for g, p in overlapping(*sides)}
    return {pair: n for pair, n in both.items() if n}


def _ious(
    wanted: Sequence[JudgedQuote], given: Sequence[JudgedQuote], shared: Mapping[IndexPair, int]
) -> dict[IndexPair, float]:
    return {(g, p): n / (len(wanted[g].content) + len(given[p].content) - n) for (g, p), n in shared.items()}
