"""Errors by kind, and recall by what gold knows of its labels: who speaks, how long, how often seen."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldwire.bench.outcomes import Outcome, OutcomeKind, is_error
from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.model.records import Mention, Quote
from goldwire.scoring.counts import Counts, matched
from goldwire.scoring.intervals import Interval, counts_interval
from goldwire.scoring.settings import BY, Settings, Task

FEWEST = 20
"""Gold labels that a slice needs for a number; with fewer it has counts alone."""
PAIR = re.compile(r"(.+-[0-9]+)_(.+-[0-9]+)")
"""The unit of a pair: the ids of its documents."""
Trait = tuple[str, str]
"""What a slice is by, and its name."""
Traits = Callable[[Outcome], Iterable[Trait]]


@dataclass(frozen=True, slots=True)
class Slice:
    """The gold labels with a trait: how many there are and are found, and every kind of outcome.

    `found` is by the headline measure. `recall` and its interval are None for fewer than 20 labels; the
    interval also for fewer than eight clusters.
    """

    by: str
    name: str
    gold: int
    found: int
    kinds: dict[OutcomeKind, int]
    recall: float | None
    interval: Interval | None
    clusters: int


def error_table(found: Iterable[Outcome]) -> dict[OutcomeKind, int]:
    """Return how many outcomes there are of each kind; paired labels count once."""
    kinds = Counter(outcome.kind for outcome in found)
    every: tuple[OutcomeKind, ...] = ("correct", "wrong type", "boundary error", "both wrong", "missed", "spurious")
    return {kind: kinds[kind] for kind in every}


def slices(found: Sequence[Outcome], gold: Gold, settings: Settings, clusters: Sequence[Sequence[str]]) -> list[Slice]:
    """Return the slices of a task's gold labels, in the order of `BY`, each of them by its names.

    `clusters` has the units that are scored, with repeats of an article together.
    """
    traits = TRAITS[settings.task](gold, {outcome.unit for outcome in found})
    groups: dict[Trait, list[Outcome]] = {}
    for outcome in found:
        for trait in traits(outcome) if outcome.gold else ():
            groups.setdefault(trait, []).append(outcome)
    place = {unit: i for i, cluster in enumerate(clusters) for unit in cluster}
    order = sorted(groups, key=lambda trait: (BY[settings.task].index(trait[0]), _in_order(trait[1])))
    return [_slice(trait, groups[trait], place, settings) for trait in order]


def _slice(trait: Trait, labels: Sequence[Outcome], place: Mapping[str, int], settings: Settings) -> Slice:
    cells: dict[tuple[int, ...], Counts] = {}
    for outcome in labels:
        one = matched(int(not is_error(outcome, settings)), 0, 1)
        units = PAIR.fullmatch(outcome.unit) if settings.task == "duplicates" else None
        key = tuple(sorted({place[unit] for unit in (units.groups() if units else [outcome.unit])}))
        cells[key] = cells.get(key, Counts()) + one
    total = sum(cells.values(), Counts())
    bounds, clusters = counts_interval(cells, "recall", [1] * len(place))
    few = len(labels) < FEWEST
    kinds = error_table(labels)
    del kinds["spurious"]  # a spurious label is no gold label
    recall = None if few else total.recall
    return Slice(*trait, len(labels), int(total.found), kinds, recall, None if few else bounds, clusters)


def _in_order(name: str) -> tuple[int, str]:
    """Order names that begin with a number by it, the others by the alphabet."""
    number = name.split()[0]
    return (int(number), name) if number.isdigit() else (0, name)


def _entity_traits(gold: Gold, units: set[str]) -> Traits:
    often = _frequency(gold, units)
    has_referents = gold.profile.requires("entities", "stands_for")

    def traits(outcome: Outcome) -> Iterator[Trait]:
        document = gold.documents[outcome.unit]
        mention = _mention_at(document, *_ends(outcome))
        yield "type", mention.type
        yield _place(document, mention.start)
        if mention.entity:
            yield "frequency", _times(often[mention.entity])
        yield "length", _words(mention.text, (1, 2, 3))
        if has_referents:
            yield "stands for", "another entity" if mention.stands_for else "itself"

    return traits


def _mention_at(document: GoldDocument, start: int, end: int) -> Mention:
    """Return the mention with a span, or the one around it if the scorer took an article off."""
    return min(
        (m for m in document.mentions or () if m.start <= start and end <= m.end), key=lambda m: m.end - m.start
    )


def _quote_traits(gold: Gold, units: set[str]) -> Traits:
    often = _frequency(gold, units)
    has_kinds, has_parents = (gold.profile.requires("quotes", field) for field in ("kind", "parent"))

    def traits(outcome: Outcome) -> Iterator[Trait]:
        assert outcome.gold is not None
        document = gold.documents[outcome.unit]
        quote = next(q for q in document.quotes or () if _spans(q) == outcome.gold.spans)
        if has_kinds:
            yield "speaker", (quote.speaker.kind or "of no kind") if quote.speaker else "none"
        yield "type", quote.type
        if has_parents:
            yield "nested", "inner" if quote.parent else "outer"
        yield "fragments", "one" if len(quote.content) == 1 else "several"
        yield _place(document, quote.content[0].start)
        if quote.speaker_entities:
            yield "frequency", _times(max(often[name] for name in quote.speaker_entities))
        yield "length", _words(" ".join(part.text for part in quote.content), (1, 11, 26))

    return traits


def _spans(quote: Quote) -> list[list[int]]:
    return [[part.start, part.end] for part in quote.content]


def _segment_traits(gold: Gold, units: set[str]) -> Traits:
    def traits(outcome: Outcome) -> Iterator[Trait]:
        assert outcome.gold is not None
        start, end = _ends(outcome)
        yield "role", outcome.gold.type
        yield "length", _words(gold.page_texts[outcome.unit][start:end], (1, 11, 51))

    return traits


def _pair_traits(gold: Gold, units: set[str]) -> Traits:
    return lambda outcome: [("relation", outcome.gold.type)] if outcome.gold else []


TRAITS: dict[Task, Callable[[Gold, set[str]], Traits]] = {
    "entities": _entity_traits,
    "quotes": _quote_traits,
    "segments": _segment_traits,
    "duplicates": _pair_traits,
}


def _ends(outcome: Outcome) -> tuple[int, int]:
    assert outcome.gold is not None
    return outcome.gold.spans[0][0], outcome.gold.spans[-1][1]


def _place(document: GoldDocument, start: int) -> Trait:
    """Return whether a label is in the headline: a text begins with its title."""
    return "place", "headline" if document.text.startswith(document.title) and start < len(document.title) else "body"


def _frequency(gold: Gold, units: set[str]) -> Counter[str]:
    """Return how often each entity is mentioned in the documents that are scored."""
    mentions = (m for unit in units for m in gold.documents[unit].mentions or ())
    return Counter(mention.entity for mention in mentions if mention.entity)


def _times(times: int) -> str:
    return "10 times or more" if times >= 10 else "2 to 9 times" if times > 1 else "1 time" if times else "0 times"


def _words(text: str, steps: tuple[int, int, int]) -> str:
    first, second, third = steps
    words = len(text.split())
    if words >= third:
        return f"{third} words or more"
    low, high = (second, third - 1) if words >= second else (first, second - 1)
    return f"{low} to {high} words" if low < high else f"{low} word{'' if low == 1 else 's'}"
