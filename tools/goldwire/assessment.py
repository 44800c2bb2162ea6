"""Where a system falls short: the worst units, and examples of what it missed and what it invented."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice, zip_longest
from typing import Any

from goldwire.benchmark import Score, headline_of, score
from goldwire.gold import Gold
from goldwire.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.scorers.counts import Counts
from goldwire.signature import Settings
from goldwire.tasks import COUNTERS, answers, texts_of

WORST, EXAMPLES = 3, 3
AROUND = 40
"""Code points of the text shown on either side of an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """A label in its text: the unit and place it stands at, what it says, and the words around it."""

    unit: str
    start: int
    says: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A score with what lies behind it."""

    score: Score
    by_unit: dict[str, Counts]
    """The counts of the headline number of every unit that there was something to judge in."""
    worst: list[str]
    missed: list[Example]
    invented: list[Example]


def assess(system: Any, gold: Gold, settings: Settings) -> Assessment:
    """Score a system, asked once, and look up what it got wrong, in the units where it is worst.

    Missed is what no single label of the system hits under the headline measure, invented what hits
    no single label of gold. For duplicates the units are pairs of documents.
    """
    labels = answers(system, gold, settings)
    result = score(labels, gold, settings)
    counts: dict[str, Any] = {unit: headline_of(c, settings).counts for unit, c in result.by_unit.items()}
    judged = {unit: held for unit, held in counts.items() if held.f1 is not None}
    order = sorted(judged, key=lambda unit: (judged[unit].f1 or 0, -judged[unit].gold, unit))
    if settings.task == "duplicates":
        missed, invented = _pairs(labels, gold, order)
    else:
        missed, invented = _spread(labels, gold, settings, order)
    worst = [unit for unit in order if (judged[unit].f1 or 0) < 1][:WORST]
    return Assessment(result, judged, worst, missed[:EXAMPLES], invented[:EXAMPLES])


def _spread(labels: Any, gold: Gold, settings: Settings, order: list[str]) -> tuple[list[Example], list[Example]]:
    """Examples from the worst units that have any, one of each unit before a second of the first."""
    found: tuple[list[list[Example]], list[list[Example]]] = ([], [])
    for unit in order:
        if all(len(units) >= EXAMPLES for units in found):
            break
        for units, examples in zip(found, _wrong(labels, gold, settings, unit), strict=True):
            if examples:
                units.append(examples)
    missed, invented = ([one for turn in zip_longest(*units) for one in turn if one] for units in found)
    return missed, invented


def _wrong(labels: Any, gold: Gold, settings: Settings, unit: str) -> tuple[list[Example], list[Example]]:
    """Examples from one unit, each label held against all of the other side."""
    text = texts_of(gold, settings)[unit]
    wanted = _items(_gold_labels(gold, settings, unit))
    given = _items(_read(labels[unit], settings, unit, text))

    def hits(ours: Any, theirs: Any) -> bool:
        counted = COUNTERS[settings.task](theirs, unit, text, _only(gold, settings, unit, ours), settings, {})
        counts: Any = headline_of(counted, settings).counts
        return counts.hits > 0 or not counts.gold or not counts.predicted  # what is not judged is not wrong

    everything = [label for item in given for label in item]
    missed = (item for item in wanted if not everything or not hits(item, everything))
    golden = [label for item in wanted for label in item]
    invented = (item for item in given if not golden or not hits(golden, item))
    return _examples(missed, unit, text), _examples(invented, unit, text)


def _examples(items: Iterable[list[Any]], unit: str, text: str) -> list[Example]:
    return [_example(item, unit, text) for item in islice(items, EXAMPLES)]


def _gold_labels(gold: Gold, settings: Settings, unit: str) -> Iterable[Any]:
    if settings.task == "segments":
        return gold.blocks[unit]
    return (gold.documents[unit].mentions if settings.task == "entities" else gold.documents[unit].quotes) or ()


def _only(gold: Gold, settings: Settings, unit: str, labels: Iterable[Any]) -> Gold:
    """Gold with just these labels in a unit."""
    if settings.task == "segments":
        return replace(gold, blocks={unit: tuple(labels)})
    layer: dict[str, Any] = {"mentions" if settings.task == "entities" else "quotes": tuple(labels)}
    return replace(gold, documents={unit: replace(gold.documents[unit], **layer)})


def _read(labels: Iterable[Any], settings: Settings, unit: str, text: str) -> list[Any]:
    one = {"entities": read_entity, "quotes": read_quote, "segments": read_block}[settings.task]
    return [one(label, unit, text) for label in labels]


def _items(labels: Iterable[Any]) -> list[list[Any]]:
    """What is hit or missed as one: a mention, a quote, the blocks of an article."""
    held = list(labels)
    if not held or not hasattr(held[0], "role"):
        return [[label] for label in held]
    articles = sorted((block for block in held if block.document), key=lambda block: (block.document, block.start))
    return [list(blocks) for _, blocks in groupby(articles, key=lambda block: block.document)]


def _example(item: list[Any], unit: str, text: str) -> Example:
    label = item[0]
    if hasattr(label, "content"):
        start, end, says = label.content[0].start, label.content[-1].end, label.type
    elif hasattr(label, "role"):
        start, end, says = label.start, item[-1].end, "article"
    else:
        start, end, says = label.start, label.end, label.type
    before, words, after = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    return Example(unit, start, says, before, words, after)


def _pairs(labels: Any, gold: Gold, order: list[str]) -> tuple[list[Example], list[Example]]:
    same = ("exact", "near")
    texts = {name: document.text for name, document in gold.documents.items()}
    given = {(pair.a, pair.b): pair for pair in read_pairs(labels, texts) if pair.relation in same}
    wanted = {(pair.a, pair.b): pair for pair in gold.pairs if pair.relation in same}

    def shown(pairs: Iterable[Any], other: Any) -> Iterator[Example]:
        for pair in pairs:
            if (pair.a, pair.b) not in other:
                titles = " / ".join(gold.documents[name].title for name in (pair.a, pair.b))
                yield Example(f"{pair.a}_{pair.b}", 0, pair.relation, "", titles, "")

    return list(shown(wanted.values(), given)), list(shown(given.values(), wanted))
