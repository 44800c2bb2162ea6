"""Where a system falls short: the worst units, and examples of what it missed and what it invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from goldwire.bench.judging import answers, texts_of
from goldwire.bench.outcomes import Outcome, Side, outcomes
from goldwire.bench.score import Score, headline_of, score
from goldwire.corpus.gold import Gold
from goldwire.scoring.counts import Counts
from goldwire.scoring.settings import Settings

WORST, EXAMPLES = 3, 3
AROUND = 40
"""Code points of the text shown on either side of an example."""
TITLE = 75
"""Code points of a title that are shown, of each of two documents."""
RIGHT = {
    "strict": ("hit",),
    "exact": ("hit", "type"),
    "type": ("hit", "bounds"),
    "partial": ("hit", "type", "bounds", "both"),
}
"""Outcomes of entities that a measure counts for right, at least in part."""
SAME = ("exact", "near")


@dataclass(frozen=True, slots=True)
class Example:
    """A label in its text: the unit and place it stands at, what is said of it, and the words around it."""

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
    """Score a system, asked once, and look up what it got wrong, beginning in the units where it is worst.

    Missed is what gold holds and the system has not, or has otherwise; invented is what stands beside
    nothing of gold. Units are documents, for segments pages, for duplicates pairs of documents.
    """
    labels = answers(system, gold, settings)
    result = score(labels, gold, settings)
    counts: dict[str, Any] = {unit: headline_of(c, settings).counts for unit, c in result.by_unit.items()}
    judged = {unit: held for unit, held in counts.items() if held.f1 is not None}
    order = sorted(judged, key=lambda unit: (judged[unit].f1 or 0, -judged[unit].gold, unit))
    wrong = [outcome for outcome in outcomes(labels, gold, settings) if _is_wrong(outcome, settings)]
    missed = [outcome for outcome in wrong if not _is_invented(outcome, settings)]
    invented = [outcome for outcome in wrong if _is_invented(outcome, settings)]
    return Assessment(
        result,
        judged,
        [unit for unit in order if (judged[unit].f1 or 0) < 1][:WORST],
        list(_examples(missed, order, gold, settings)),
        list(_examples(invented, order, gold, settings)),
    )


def _is_wrong(outcome: Outcome, settings: Settings) -> bool:
    """Whether the headline measure holds an outcome against the system."""
    if settings.task == "duplicates":
        said = [side is not None and side["type"] in SAME for side in (outcome.gold, outcome.given)]
        return said[0] != said[1]
    if settings.task == "quotes":
        return outcome.kind in ("miss", "invention")
    return outcome.kind not in RIGHT.get(settings.match or "", ("hit",))


def _is_invented(outcome: Outcome, settings: Settings) -> bool:
    """Whether nothing of gold stands behind what a system said; pairs that are no duplicates are nothing."""
    return outcome.gold is None or (settings.task == "duplicates" and outcome.gold["type"] not in SAME)


def _examples(wrong: list[Outcome], order: list[str], gold: Gold, settings: Settings) -> Iterator[Example]:
    """The first of every unit before the second of any, the worst units first."""
    units = [[outcome for outcome in wrong if outcome.unit == unit] for unit in order]
    turns = [outcome for turn in zip_longest(*units) for outcome in turn if outcome is not None]
    for outcome in turns[:EXAMPLES]:
        yield _example(outcome, gold, settings)


def _example(outcome: Outcome, gold: Gold, settings: Settings) -> Example:
    side: Side = outcome.gold or outcome.given or {}
    if settings.task == "duplicates":
        side = (outcome.given if _is_invented(outcome, settings) else outcome.gold) or {}
        held = (gold.documents[name].title for name in outcome.unit.split("_"))
        titles = " / ".join(title if len(title) <= TITLE else f"{title[:TITLE]}…" for title in held)
        return Example(outcome.unit, 0, side["type"], "", titles, "")
    text = texts_of(gold, settings)[outcome.unit]
    start, end = side["spans"][0][0], side["spans"][-1][1]
    says = side["type"]
    if outcome.gold and outcome.given:
        given = outcome.given["spans"]
        other = "" if given == side["spans"] else f" [{text[given[0][0] : given[-1][1]]}]"
        says = f"{says}, given as {outcome.given['type']}{other}"
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Example(outcome.unit, start, says, before, text[start:end], after)
