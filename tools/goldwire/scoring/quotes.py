"""Scores of quotes: content, cue, speaker, and who that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from goldwire.scoring.content import Content, Trim, content
from goldwire.scoring.counts import Counts, Line, Number, matched
from goldwire.scoring.ggt import score_ggt
from goldwire.scoring.matching import Pair, couples, match
from goldwire.text import spans

Nested = Literal["outer", "all"]
Measure = Literal["iou.5", "iou.8", "exact", "partial"]
MEASURES: tuple[Measure, ...] = ("iou.5", "iou.8", "exact", "partial")
THRESHOLDS: dict[Measure, float] = {"iou.5": 0.5, "iou.8": 0.8, "exact": 1.0}
HEADLINE: Measure = "iou.5"


class SpeakerPhrase(spans.SpanLike, Protocol):
    """The phrase that names the speaker, with its head where it is known."""

    @property
    def head(self) -> spans.SpanLike | None: ...


class QuoteLike(Protocol):
    """A quote as the scorer sees it; what a system leaves out is None."""

    @property
    def type(self) -> str: ...
    @property
    def content(self) -> Sequence[spans.SpanLike]: ...
    @property
    def cue(self) -> spans.SpanLike | None: ...
    @property
    def speaker(self) -> SpeakerPhrase | None: ...
    @property
    def speaker_entities(self) -> Sequence[str] | None: ...
    @property
    def parent(self) -> str | None: ...


@dataclass(slots=True)
class QuoteCounts:
    """Counts of quotes; counts of two documents add up.

    `content` by measure; `types` by type, where precision is over predictions of the type against
    all of gold and recall over gold of the type against all predictions. `cue_…` and `speaker_…`
    are over matched quotes. `attribution` is over those whose gold speaker is resolved: accuracy
    given a match is its recall. `end_to_end` asks for content and entities both, over quotes whose
    speaker is resolved; `unresolved` asks for content and an open speaker, over the others.
    `decoys` counts those extracted as quotes (found) out of all (gold).
    """

    content: dict[Measure, Counts] = field(default_factory=lambda: {measure: Counts() for measure in MEASURES})
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
    ggt: dict[str, Counts] = field(default_factory=dict)
    """What the Gender Gap Tracker would say, where it was asked for."""

    def __add__(self, other: "QuoteCounts") -> "QuoteCounts":
        total = QuoteCounts()
        total.content = {measure: self.content[measure] + other.content[measure] for measure in MEASURES}
        kinds = sorted({*self.types, *other.types})
        total.types = {kind: self.types.get(kind, Counts()) + other.types.get(kind, Counts()) for kind in kinds}
        names = dict.fromkeys([*self.ggt, *other.ggt])
        total.ggt = {name: self.ggt.get(name, Counts()) + other.ggt.get(name, Counts()) for name in names}
        for name in SINGLE:
            setattr(total, name, getattr(self, name) + getattr(other, name))
        return total

    def lines(self) -> list[Line]:
        """Every measure, the content first."""
        as_ggt: list[tuple[str, Counts, Number]] = [
            (name, counts, "f1" if name.startswith("overlap") else "recall") for name, counts in self.ggt.items()
        ]
        return [
            *(Line("Gender Gap Tracker", *told) for told in as_ggt),
            *(Line("content", NAMES[measure], counts) for measure, counts in self.content.items()),
            *(Line("by type", kind, counts) for kind, counts in self.types.items()),
            Line("cue of matched", "exact", self.cue_exact),
            Line("cue of matched", "overlap", self.cue_overlap),
            Line("speaker of matched", "exact", self.speaker_exact),
            Line("speaker of matched", "inside, with head", self.speaker_overlap),
            Line("speaker of matched", "none named", self.speaker_null),
            Line("attribution", "accuracy given a match", self.attribution, "recall"),
            Line("attribution", "end to end", self.end_to_end),
            Line("attribution", "left open", self.unresolved),
            Line("decoys", "taken for quotes", self.decoys, "recall"),
        ]


SINGLE = (
    *("cue_exact", "cue_overlap", "speaker_exact", "speaker_overlap", "speaker_null"),
    *("attribution", "end_to_end", "unresolved", "decoys"),
)
NAMES: dict[Measure, str] = {
    "iou.5": "matched@0.5",
    "iou.8": "matched@0.8",
    "exact": "exact",
    "partial": "partial",
}
Q = TypeVar("Q", bound=QuoteLike)


def score_quotes(
    gold: Iterable[QuoteLike],
    predicted: Iterable[QuoteLike],
    text: str,
    mentions: Mapping[tuple[int, int], str] | None = None,
    decoys: Iterable[spans.SpanLike] = (),
    trim: Trim = "marks",
    nested: Nested = "outer",
    pairing: Measure = HEADLINE,
    as_ggt: bool = False,
) -> QuoteCounts:
    """Compare the quotes of one document; the order of either side never matters.

    The content of a quote is the set of code points of its fragments that are not white space;
    `trim="marks"` takes quotation marks and punctuation off the ends of every fragment, on both
    sides. Quotes are paired one to one by IoU of these sets; those paired at the threshold of
    `pairing` have their types, cues and speakers compared. `partial` is Pareti's (2015, section
    5.1): each side by the largest share of it that one quote of the other side holds.
    `nested="outer"` leaves out quotes inside quotes. `mentions` maps spans to what they name or
    stand for: a system that gives only a speaker's span is resolved through the one it overlaps most.
    `as_ggt` adds the Gender Gap Tracker's counts of all quotes, untrimmed, in the order given.
    """
    handed_in = list(gold), list(predicted)
    wanted, given = (_prepare(side, text, trim, nested) for side in handed_in)
    pairs = _pairs(wanted, given)
    counts = QuoteCounts()
    for measure, found in pairs.items():
        counts.content[measure] = matched(len(found), len(given), len(wanted))
    counts.content["partial"] = _partial([c for _, c in wanted], [c for _, c in given])
    counts.types = _types(wanted, given, pairs[pairing])
    joined = [(wanted[g][0], given[p][0]) for g, p in pairs[pairing]]
    _score_parts(counts, joined)
    _score_entities(counts, joined, [quote for quote, _ in wanted], [quote for quote, _ in given], mentions or {})
    counts.decoys = _decoys(decoys, given, text, trim)
    counts.ggt = score_ggt(*handed_in, text) if as_ggt else {}
    return counts


def pair_quotes(
    gold: Iterable[QuoteLike],
    predicted: Iterable[QuoteLike],
    text: str,
    trim: Trim = "marks",
    nested: Nested = "outer",
    pairing: Measure = HEADLINE,
) -> list[tuple[tuple[QuoteLike, Content] | None, tuple[QuoteLike, Content] | None]]:
    """Every quote of either side that is judged, with its content, beside the one that `pairing` pairs it with."""
    wanted, given = _prepare(gold, text, trim, nested), _prepare(predicted, text, trim, nested)
    return couples(wanted, given, _pairs(wanted, given)[pairing])


def _pairs(
    wanted: Sequence[tuple[QuoteLike, Content]], given: Sequence[tuple[QuoteLike, Content]]
) -> dict[Measure, list[Pair]]:
    """Index pairs of quotes at every threshold."""
    edges = _edges([held for _, held in wanted], [held for _, held in given])
    sides = [_key(*item) for item in wanted], [_key(*item) for item in given]
    found: dict[Measure, list[Pair]] = {}
    for measure, threshold in THRESHOLDS.items():
        close = {pair: iou for pair, iou in edges.items() if iou >= threshold}
        found[measure] = match(*sides, [lambda key: key, lambda key: key[0]], close)
    return found


def _prepare(quotes: Iterable[Q], text: str, trim: Trim, nested: Nested) -> list[tuple[Q, Content]]:
    found = [(quote, content(quote.content, text, trim)) for quote in quotes]
    if nested == "outer":
        contents = [held for _, held in found]
        found = [
            item
            for item in found
            if item[0].parent is None and not any(item[1] and item[1] < other for other in contents)
        ]
    return sorted(found, key=lambda item: _key(*item))


def _key(quote: QuoteLike, held: Content) -> tuple[Any, ...]:
    """All that is scored of a quote, to sort by: ties fall the same way whatever the order."""
    spans_ = (quote.cue, quote.speaker, quote.speaker.head if quote.speaker else None)
    parts = [(span.start, span.end) if span else () for span in spans_]
    silent = quote.speaker_entities is None  # a system that does not say is not one that says nobody
    return tuple(sorted(held)), quote.type, *parts, silent, tuple(quote.speaker_entities or ()), quote.parent or ""


def _edges(wanted: Sequence[Content], given: Sequence[Content]) -> dict[tuple[int, int], float]:
    return {
        (g, p): len(a & b) / len(a | b)
        for g, a in enumerate(wanted)
        for p, b in enumerate(given)
        if not a.isdisjoint(b)
    }


def _partial(wanted: Sequence[Content], given: Sequence[Content]) -> Counts:
    hits = sum(max((len(b & a) / len(b) for a in wanted), default=0.0) for b in given if b)
    found = sum(max((len(a & b) / len(a) for b in given), default=0.0) for a in wanted if a)
    return Counts(hits, len(given), found, len(wanted))


def _types(
    wanted: Sequence[tuple[QuoteLike, Content]],
    given: Sequence[tuple[QuoteLike, Content]],
    pairs: Sequence[Pair],
) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    rows, columns = {g for g, _ in pairs}, {p for _, p in pairs}
    for g, (quote, _) in enumerate(wanted):
        counts[quote.type] = counts.get(quote.type, Counts()) + Counts(0, 0, int(g in rows), 1)
    for p, (quote, _) in enumerate(given):
        counts[quote.type] = counts.get(quote.type, Counts()) + Counts(int(p in columns), 1, 0, 0)
    return counts


def _score_parts(counts: QuoteCounts, couples: Iterable[tuple[QuoteLike, QuoteLike]]) -> None:
    for wanted, given in couples:
        cue = wanted.cue, given.cue
        sides = int(cue[1] is not None), int(cue[0] is not None)
        counts.cue_exact += matched(int(_same(*cue)), *sides)
        counts.cue_overlap += matched(int(bool(cue[0] and cue[1] and spans.overlap(cue[0], cue[1]))), *sides)
        speaker = wanted.speaker, given.speaker
        sides = int(speaker[1] is not None), int(speaker[0] is not None)
        counts.speaker_exact += matched(int(_same(*speaker)), *sides)
        counts.speaker_overlap += matched(int(_holds_head(*speaker)), *sides)
        nulls = speaker[0] is None, speaker[1] is None
        counts.speaker_null += matched(int(all(nulls)), int(nulls[1]), int(nulls[0]))


def _same(a: spans.SpanLike | None, b: spans.SpanLike | None) -> bool:
    return a is not None and b is not None and (a.start, a.end) == (b.start, b.end)


def _holds_head(wanted: SpeakerPhrase | None, given: spans.SpanLike | None) -> bool:
    """Whether a phrase lies inside the gold one and holds its head."""
    if wanted is None or given is None:
        return False
    return spans.contains(wanted, given) and spans.contains(given, wanted.head or wanted)


def _score_entities(
    counts: QuoteCounts,
    couples: Iterable[tuple[QuoteLike, QuoteLike]],
    wanted: Sequence[QuoteLike],
    given: Sequence[QuoteLike],
    mentions: Mapping[tuple[int, int], str],
) -> None:
    said = {id(quote): frozenset(_entities(quote, mentions)) for quote in given}
    named = sum(bool(said[id(quote)]) for quote in given)
    right = left_open = 0
    for quote, answer in couples:
        known = frozenset(quote.speaker_entities or ())
        same = known == said[id(answer)]
        if known:
            counts.attribution += matched(int(same), 1, 1)
        right += bool(known) and same
        left_open += not known and same
    resolved = sum(bool(quote.speaker_entities) for quote in wanted)
    counts.end_to_end = matched(right, named, resolved)
    counts.unresolved = matched(left_open, len(given) - named, len(wanted) - resolved)


def _entities(quote: QuoteLike, mentions: Mapping[tuple[int, int], str]) -> Iterable[str]:
    if quote.speaker_entities is not None:
        return quote.speaker_entities
    if quote.speaker is None:
        return ()
    phrase = quote.speaker.head or quote.speaker
    shared = {place: min(phrase.end, place[1]) - max(phrase.start, place[0]) for place in mentions}
    best = max(sorted(shared), key=lambda place: shared[place], default=None)
    return (mentions[best],) if best is not None and shared[best] > 0 else ()


def _decoys(
    decoys: Iterable[spans.SpanLike], given: Sequence[tuple[QuoteLike, Content]], text: str, trim: Trim
) -> Counts:
    total = Counts()
    for decoy in decoys:
        held = content([decoy], text, trim)
        taken = any(len(held & other) / len(held | other) >= THRESHOLDS[HEADLINE] for _, other in given)
        total += matched(int(taken), 0, 1)
    return total
