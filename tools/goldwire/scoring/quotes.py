"""Scores of quotes: content, cue, speaker, and who speaks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, NamedTuple

from goldwire.scoring.counts import Counts, NamedCounts, matched
from goldwire.scoring.labels import QuoteLike, SpeakerLike
from goldwire.scoring.matching import IndexPair, joined, match
from goldwire.text import spans

QuoteTrim = Literal["marks", "none"]
Nested = Literal["outer", "all"]
QuoteMeasure = Literal["iou.5", "iou.8", "exact", "partial"]
THRESHOLDS: dict[QuoteMeasure, float] = {"iou.5": 0.5, "iou.8": 0.8, "exact": 1.0}
HEADLINE: QuoteMeasure = "iou.5"
NAMES = {"iou.5": "matched@0.5", "iou.8": "matched@0.8", "exact": "exact", "partial": "partial"}
"""The measures of content with the names they are shown under."""
MEASURES: tuple[QuoteMeasure, ...] = ("iou.5", "iou.8", "exact", "partial")
TRIMMED = frozenset("“”„‟‘’‚‛\"'«»‹›`´,.;:!?…–—-")
Content = frozenset[int]
"""The code points of a quote that are compared."""
Entities = Mapping[tuple[int, int], str]
"""The entity that each gold mention names or stands for, by start and end."""


@dataclass(frozen=True, slots=True)
class QuoteOptions:
    """How quotes are compared.

    `trim="marks"` takes quotation marks and punctuation off the ends of every fragment, on both
    sides. `nested="outer"` leaves out quotes inside quotes. `pairing` is the measure whose pairs have
    their types, cues and speakers compared; it needs a threshold.
    """

    trim: QuoteTrim = "marks"
    nested: Nested = "outer"
    pairing: QuoteMeasure = HEADLINE


class JudgedQuote(NamedTuple):
    """A quote with its content."""

    quote: QuoteLike
    content: Content


class QuotePairing(NamedTuple):
    """The quotes of both sides that are judged, and their index pairs at every threshold."""

    gold: list[JudgedQuote]
    predicted: list[JudgedQuote]
    pairs: dict[QuoteMeasure, list[IndexPair]]
    options: QuoteOptions

    def joined(self) -> list[tuple[JudgedQuote | None, JudgedQuote | None]]:
        """Return every quote of either side beside the one it is paired with, or None."""
        return joined(self.gold, self.predicted, self.pairs[self.options.pairing])


@dataclass(slots=True)
class QuoteCounts:
    """Counts of quotes; counts of two documents add up.

    `content` is by measure. `types` is by type: precision is over predictions of the type against all
    of gold, recall over gold of the type against all predictions. `cue_…` and `speaker_…` are over
    matched quotes. `attribution` is over those whose gold speaker is resolved: accuracy given a match
    is its recall. `end_to_end` requires content and entities, over quotes whose speaker is resolved;
    `unresolved` requires content and an open speaker, over the others. `decoys` counts those extracted
    as quotes (found) out of all (gold).
    """

    content: dict[QuoteMeasure, Counts] = field(default_factory=lambda: {measure: Counts() for measure in MEASURES})
    types: dict[str, Counts] = field(default_factory=dict)
    cue_exact: Counts = field(default_factory=Counts)
    cue_overlap: Counts = field(default_factory=Counts)
    speaker_exact: Counts = field(default_factory=Counts)
    speaker_overlap: Counts = field(default_factory=Counts)
    speaker_null: Counts = field(default_factory=Counts)
    attribution: Counts = field(default_factory=Counts)
    end_to_end: Counts = field(default_factory=Counts)
    unresolved: Counts = field(default_factory=Counts)
    decoys: Counts = field(default_factory=Counts)

    def __add__(self, other: "QuoteCounts") -> "QuoteCounts":
        total = QuoteCounts()
        total.content = {measure: self.content[measure] + other.content[measure] for measure in MEASURES}
        kinds = sorted({*self.types, *other.types})
        total.types = {kind: self.types.get(kind, Counts()) + other.types.get(kind, Counts()) for kind in kinds}
        for name in SINGLE:
            setattr(total, name, getattr(self, name) + getattr(other, name))
        return total

    def lines(self) -> list[NamedCounts]:
        """Return every measure, the content first."""
        return [
            *(NamedCounts("content", NAMES[measure], counts) for measure, counts in self.content.items()),
            *(NamedCounts("by type", kind, counts) for kind, counts in self.types.items()),
            NamedCounts("cue of matched", "exact", self.cue_exact),
            NamedCounts("cue of matched", "overlap", self.cue_overlap),
            NamedCounts("speaker of matched", "exact", self.speaker_exact),
            NamedCounts("speaker of matched", "inside, with head", self.speaker_overlap),
            NamedCounts("speaker of matched", "none named", self.speaker_null),
            NamedCounts("attribution", "accuracy given a match", self.attribution, "recall"),
            NamedCounts("attribution", "end to end", self.end_to_end),
            NamedCounts("attribution", "left open", self.unresolved),
            NamedCounts("decoys", "taken for quotes", self.decoys, "recall"),
        ]


SINGLE = tuple(part.name for part in fields(QuoteCounts) if part.name not in ("content", "types"))


def score_quotes(
    gold: Iterable[QuoteLike],
    predicted: Iterable[QuoteLike],
    text: str,
    options: QuoteOptions = QuoteOptions(),
    *,
    entities: Entities | None = None,
    decoys: Iterable[spans.SpanLike] = (),
) -> QuoteCounts:
    """Compare the quotes of one document; the order of either side never matters.

    The content of a quote is the set of code points of its fragments that are not white space.
    Quotes are paired one to one by IoU of these sets. `partial` is Pareti's (2015, section 5.1): each
    side by the largest share of it that one quote of the other side contains. If a system gives only a
    speaker's span, its entity is the one in `entities` whose span overlaps it most.
    """
    return count_quotes(pair_quotes(gold, predicted, text, options), text, entities or {}, decoys)


def pair_quotes(
    gold: Iterable[QuoteLike], predicted: Iterable[QuoteLike], text: str, options: QuoteOptions
) -> QuotePairing:
    """Pair the quotes of both sides one to one, at every threshold."""
    wanted, given = _judged(gold, text, options), _judged(predicted, text, options)
    edges = _edges(wanted, given)
    keys = [_key(*item) for item in wanted], [_key(*item) for item in given]
    pairs: dict[QuoteMeasure, list[IndexPair]] = {}
    for measure, threshold in THRESHOLDS.items():
        close = {pair: iou for pair, iou in edges.items() if iou >= threshold}
        pairs[measure] = match(*keys, [lambda key: key, lambda key: key[0]], close)
    return QuotePairing(wanted, given, pairs, options)


def count_quotes(
    pairing: QuotePairing, text: str, entities: Entities, decoys: Iterable[spans.SpanLike] = ()
) -> QuoteCounts:
    """Count what is correct in a pairing."""
    wanted, given, pairs, options = pairing
    counts = QuoteCounts()
    for measure, found in pairs.items():
        counts.content[measure] = matched(len(found), len(given), len(wanted))
    counts.content["partial"] = _partial([c for _, c in wanted], [c for _, c in given])
    counts.types = _types(wanted, given, pairs[options.pairing])
    both = [(wanted[g].quote, given[p].quote) for g, p in pairs[options.pairing]]
    _score_parts(counts, both)
    _score_entities(counts, both, pairing, entities)
    counts.decoys = _decoys(decoys, given, text, options.trim)
    return counts


def content(fragments: Iterable[spans.SpanLike], text: str, trim: QuoteTrim) -> Content:
    """Return the code points of some fragments that are not white space, with their ends trimmed."""
    points: set[int] = set()
    for fragment in fragments:
        start, end = fragment.start, fragment.end
        if trim == "marks":
            start, end = _without_marks(text, start, end)
        points.update(i for i in range(start, end) if not text[i : i + 1].isspace())
    return frozenset(points)


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    while first < last and (text[first] in TRIMMED or text[first].isspace()):
        first += 1
    while first < last and (text[last - 1] in TRIMMED or text[last - 1].isspace()):
        last -= 1
    return (first, last) if first < last else (start, end)


def _judged(quotes: Iterable[QuoteLike], text: str, options: QuoteOptions) -> list[JudgedQuote]:
    found = [JudgedQuote(quote, content(quote.content, text, options.trim)) for quote in quotes]
    if options.nested == "outer":
        contents = [item.content for item in found]
        found = [
            item
            for item in found
            if item.quote.parent is None and not any(item.content and item.content < other for other in contents)
        ]
    return sorted(found, key=lambda item: _key(*item))


SortKey = tuple[tuple[int, ...], str, tuple[int, ...], tuple[int, ...], tuple[int, ...], bool, tuple[str, ...], str]


def _key(quote: QuoteLike, points: Content) -> SortKey:
    """Return all parts of a quote that are scored, so that ties are broken alike in any order."""
    parts = (quote.cue, quote.speaker, quote.speaker.head if quote.speaker else None)
    cue, speaker, head = ((part.start, part.end) if part else () for part in parts)
    silent = quote.speaker_entities is None  # a system that names nobody differs from one that says "nobody"
    entities = tuple(quote.speaker_entities or ())
    return tuple(sorted(points)), quote.type, cue, speaker, head, silent, entities, quote.parent or ""


def _edges(wanted: Sequence[JudgedQuote], given: Sequence[JudgedQuote]) -> dict[IndexPair, float]:
    return {
        (g, p): len(a & b) / len(a | b)
        for g, (_, a) in enumerate(wanted)
        for p, (_, b) in enumerate(given)
        if not a.isdisjoint(b)
    }


def _partial(wanted: Sequence[Content], given: Sequence[Content]) -> Counts:
    correct = sum(max((len(b & a) / len(b) for a in wanted), default=0.0) for b in given if b)
    found = sum(max((len(a & b) / len(a) for b in given), default=0.0) for a in wanted if a)
    return Counts(correct, len(given), found, len(wanted))


def _types(
    wanted: Sequence[JudgedQuote], given: Sequence[JudgedQuote], pairs: Sequence[IndexPair]
) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    rows, columns = {g for g, _ in pairs}, {p for _, p in pairs}
    for g, (quote, _) in enumerate(wanted):
        counts[quote.type] = counts.get(quote.type, Counts()) + Counts(0, 0, int(g in rows), 1)
    for p, (quote, _) in enumerate(given):
        counts[quote.type] = counts.get(quote.type, Counts()) + Counts(int(p in columns), 1, 0, 0)
    return counts


def _score_parts(counts: QuoteCounts, both: Iterable[tuple[QuoteLike, QuoteLike]]) -> None:
    for wanted, given in both:
        cue = wanted.cue, given.cue
        sides = int(cue[1] is not None), int(cue[0] is not None)
        counts.cue_exact += matched(int(_is_same(*cue)), *sides)
        counts.cue_overlap += matched(int(bool(cue[0] and cue[1] and spans.overlap(cue[0], cue[1]))), *sides)
        speaker = wanted.speaker, given.speaker
        sides = int(speaker[1] is not None), int(speaker[0] is not None)
        counts.speaker_exact += matched(int(_is_same(*speaker)), *sides)
        counts.speaker_overlap += matched(int(_has_head(*speaker)), *sides)
        nulls = speaker[0] is None, speaker[1] is None
        counts.speaker_null += matched(int(all(nulls)), int(nulls[1]), int(nulls[0]))


def _is_same(a: spans.SpanLike | None, b: spans.SpanLike | None) -> bool:
    return a is not None and b is not None and (a.start, a.end) == (b.start, b.end)


def _has_head(wanted: SpeakerLike | None, given: spans.SpanLike | None) -> bool:
    """Return whether a phrase lies inside the gold phrase and contains its head."""
    if wanted is None or given is None:
        return False
    return spans.contains(wanted, given) and spans.contains(given, wanted.head or wanted)


def _score_entities(
    counts: QuoteCounts, both: Iterable[tuple[QuoteLike, QuoteLike]], pairing: QuotePairing, entities: Entities
) -> None:
    wanted, given = pairing.gold, pairing.predicted
    answers = {id(quote): frozenset(_speaker_entities(quote, entities)) for quote, _ in given}
    named = sum(bool(answers[id(quote)]) for quote, _ in given)
    correct = left_open = 0
    for quote, answer in both:
        known = frozenset(quote.speaker_entities or ())
        same = known == answers[id(answer)]
        if known:
            counts.attribution += matched(int(same), 1, 1)
        correct += bool(known) and same
        left_open += not known and same
    resolved = sum(bool(quote.speaker_entities) for quote, _ in wanted)
    counts.end_to_end = matched(correct, named, resolved)
    counts.unresolved = matched(left_open, len(given) - named, len(wanted) - resolved)


def _speaker_entities(quote: QuoteLike, entities: Entities) -> Iterable[str]:
    if quote.speaker_entities is not None:
        return quote.speaker_entities
    if quote.speaker is None:
        return ()
    phrase = quote.speaker.head or quote.speaker
    shared = {place: min(phrase.end, place[1]) - max(phrase.start, place[0]) for place in entities}
    best = max(sorted(shared), key=lambda place: shared[place], default=None)
    return (entities[best],) if best is not None and shared[best] > 0 else ()


def _decoys(decoys: Iterable[spans.SpanLike], given: Sequence[JudgedQuote], text: str, trim: QuoteTrim) -> Counts:
    total = Counts()
    for decoy in decoys:
        points = content([decoy], text, trim)
        taken = any(len(points & other) / len(points | other) >= THRESHOLDS[HEADLINE] for _, other in given)
        total += matched(int(taken), 0, 1)
    return total
