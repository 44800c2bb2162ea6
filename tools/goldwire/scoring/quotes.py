"""Scores of quotes: content, cue, speaker, and who speaks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from goldwire.scoring.counts import Counts, NamedCounts, matched
from goldwire.scoring.labels import PlainSpeaker, QuoteLike
from goldwire.scoring.quote_content import QuoteTrim, content
from goldwire.scoring.quote_pairing import (
    HEADLINE,
    MEASURES,
    THRESHOLDS,
    JudgedQuote,
    QuoteMeasure,
    QuoteOptions,
    QuotePairing,
    pair_quotes,
)
from goldwire.text import spans

NAMES = {"iou.5": "matched@0.5", "iou.8": "matched@0.8", "exact": "exact", "partial": "partial"}
"""The measures of content with the names they are shown under."""
DEFAULTS = QuoteOptions()
Entities = Mapping[tuple[int, int], str]
"""The entity that each gold mention names or stands for, by start and end."""


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
    options: QuoteOptions = DEFAULTS,
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


def count_quotes(
    pairing: QuotePairing, text: str, entities: Entities, decoys: Iterable[spans.SpanLike] = ()
) -> QuoteCounts:
    """Count what is correct in a pairing."""
    wanted, given, options = pairing.gold, pairing.predicted, pairing.options
    counts = QuoteCounts()
    for measure, found in pairing.pairs.items():
        counts.content[measure] = matched(len(found), len(pairing.kept(measure)), len(wanted))
    counts.content["partial"] = _partial(pairing)
    kept = pairing.kept(options.pairing)
    counts.types = _types(pairing, kept)
    both = [(wanted[g], given[p]) for g, p in pairing.pairs[options.pairing]]
    _score_parts(counts, both)
    _score_entities(counts, both, wanted, [given[p] for p in kept], entities)
    counts.decoys = _decoys(decoys, given, text, options.trim)
    return counts


def _partial(pairing: QuotePairing) -> Counts:
    """Sum up the largest share of each quote that one of the other side contains; blank ones contain each other."""
    kept = set(pairing.kept("exact"))  # the rest of what matches nested gold lies inside a quote that counts
    sides = [item.content for item in pairing.gold], [item.content for item in pairing.predicted]
    found: dict[int, float] = {}
    correct: dict[int, float] = {}
    for (g, p), n in pairing.shared.items():
        if p in kept:
            found[g] = max(found.get(g, 0.0), n / len(sides[0][g]))
            correct[p] = max(correct.get(p, 0.0), n / len(sides[1][p]))
    blank = [g for g, points in enumerate(sides[0]) if not points], [p for p in kept if not sides[1][p]]
    if all(blank):
        found |= dict.fromkeys(blank[0], 1.0)
        correct |= dict.fromkeys(blank[1], 1.0)
    return Counts(sum(correct.values()), len(kept), sum(found.values()), len(sides[0]))


def _types(pairing: QuotePairing, kept: Sequence[int]) -> dict[str, Counts]:
    """Count quotes by type; a prediction without a type finds gold of any type and is of none."""
    counts: dict[str, Counts] = {}
    pairs = pairing.pairs[pairing.options.pairing]
    rows, columns = {g for g, _ in pairs}, {p for _, p in pairs}
    for g, item in enumerate(pairing.gold):
        if kind := item.quote.type:
            counts[kind] = counts.get(kind, Counts()) + Counts(0, 0, int(g in rows), 1)
    for p in kept:
        if kind := pairing.predicted[p].quote.type:
            counts[kind] = counts.get(kind, Counts()) + Counts(int(p in columns), 1, 0, 0)
    return counts


def _score_parts(counts: QuoteCounts, both: Iterable[tuple[JudgedQuote, JudgedQuote]]) -> None:
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


def _has_head(wanted: PlainSpeaker | None, given: PlainSpeaker | None) -> bool:
    """Return whether a phrase lies inside the gold phrase and contains its head."""
    if wanted is None or given is None:
        return False
    return spans.contains(wanted, given) and spans.contains(given, wanted.head or wanted)


def _score_entities(
    counts: QuoteCounts,
    both: Iterable[tuple[JudgedQuote, JudgedQuote]],
    wanted: Sequence[JudgedQuote],
    given: Sequence[JudgedQuote],
    entities: Entities,
) -> None:
    answers = {id(item): frozenset(_speaker_entities(item, entities)) for item in given}
    named = sum(map(bool, answers.values()))
    correct = left_open = 0
    for item, answer in both:
        known = frozenset(item.quote.speaker_entities or ())
        same = known == answers[id(answer)]
        if known:
            counts.attribution += matched(int(same), 1, 1)
        correct += bool(known) and same
        left_open += not known and same
    resolved = sum(bool(item.quote.speaker_entities) for item in wanted)
    counts.end_to_end = matched(correct, named, resolved)
    counts.unresolved = matched(left_open, len(given) - named, len(wanted) - resolved)


def _speaker_entities(item: JudgedQuote, entities: Entities) -> Iterable[str]:
    if item.quote.speaker_entities is not None:
        return item.quote.speaker_entities
    if item.speaker is None:
        return ()
    phrase = item.speaker.head or item.speaker
    shared = {place: min(phrase.end, place[1]) - max(phrase.start, place[0]) for place in entities}
    best = max(sorted(shared), key=lambda place: shared[place], default=None)
    return (entities[best],) if best is not None and shared[best] > 0 else ()


def _decoys(decoys: Iterable[spans.SpanLike], given: Sequence[JudgedQuote], text: str, trim: QuoteTrim) -> Counts:
    total = Counts()
    for decoy in decoys:
        points = content([decoy], text, trim)
        taken = any(
            len(points & item.content) >= THRESHOLDS[HEADLINE] * len(points | item.content)
            for item in given
            if item.content
        )
        total += matched(int(taken), 0, 1)
    return total
