"""Error analysis: the units with the lowest score, and examples of what a system missed and of what is spurious."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from goldwire.bench.judging import judge, texts_of
from goldwire.bench.outcomes import SAME, Outcome, OutcomeKind, is_error, outcomes
from goldwire.bench.score import Score, headline_of, score_of
from goldwire.bench.slices import Slice, error_table, slices
from goldwire.corpus.gold import Gold
from goldwire.scoring.counts import Counts
from goldwire.scoring.settings import Settings

WORST, EXAMPLES = 3, 3
AROUND = 40
"""Code points of the text shown on either side of an example."""
TITLE = 75
"""Code points of a title that are shown, of each of two documents."""


@dataclass(frozen=True, slots=True)
class Example:
    """A label in its text: its unit, its start, a description, and the words around it."""

    unit: str
    start: int
    says: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A score with the errors behind it."""

    score: Score
    by_unit: dict[str, Counts]
    """The counts of the headline number of every unit that has something to judge."""
    worst: list[str]
    missed: list[Example]
    spurious: list[Example]
    errors: dict[OutcomeKind, int]
    """How many labels have each outcome; labels that are paired count once."""
    slices: list[Slice]


def assess(system: object, gold: Gold, settings: Settings) -> Assessment:
    """Score a system, asked once, and show its errors, beginning in the units with the lowest score.

    Missed are gold labels that the system lacks or has with an error; spurious are predictions that match
    no gold label. Units are documents, for segments pages, for duplicates pairs of documents.
    """
    judged = judge(system, gold, settings)
    headlines = {unit: headline_of(counts, settings).counts for unit, counts in judged.by_unit.items()}
    by_unit = {unit: c for unit, c in headlines.items() if isinstance(c, Counts) and c.f1 is not None}
    order = sorted(by_unit, key=lambda unit: (by_unit[unit].f1 or 0, -by_unit[unit].gold, unit))
    found = outcomes(judged, gold, settings)
    wrong = [outcome for outcome in found if is_error(outcome, settings)]
    missed = [outcome for outcome in wrong if not _is_spurious(outcome, settings)]
    spurious = [outcome for outcome in wrong if _is_spurious(outcome, settings)]
    return Assessment(
        score_of(judged, gold, settings),
        by_unit,
        [unit for unit in order if (by_unit[unit].f1 or 0) < 1][:WORST],
        list(_examples(missed, order, gold, settings)),
        list(_examples(spurious, order, gold, settings)),
        error_table(found),
        slices(found, gold, settings, judged.selection.clusters),
    )


def _is_spurious(outcome: Outcome, settings: Settings) -> bool:
    """Return whether a prediction matches no gold label; for duplicates, no pair of duplicates."""
    return outcome.gold is None or (settings.task == "duplicates" and outcome.gold.type not in SAME)


def _examples(wrong: list[Outcome], order: list[str], gold: Gold, settings: Settings) -> Iterator[Example]:
    """Yield the first error of every unit before the second of any, the worst units first."""
    units = [[outcome for outcome in wrong if outcome.unit == unit] for unit in order]
    turns = [outcome for turn in zip_longest(*units) for outcome in turn if outcome is not None]
    for outcome in turns[:EXAMPLES]:
        yield _example(outcome, gold, settings)


def _example(outcome: Outcome, gold: Gold, settings: Settings) -> Example:
    label = outcome.gold or outcome.given
    assert label is not None
    if settings.task == "duplicates":
        shown = outcome.given if outcome.given and _is_spurious(outcome, settings) else label
        titles = (gold.documents[name].title for name in outcome.unit.split("_"))
        short = " / ".join(title if len(title) <= TITLE else f"{title[:TITLE]}…" for title in titles)
        return Example(outcome.unit, 0, shown.type, "", short, "")
    text = texts_of(gold, settings.task, [outcome.unit])[outcome.unit]
    start, end = label.spans[0][0], label.spans[-1][1]
    says = label.type
    if outcome.gold and outcome.given:
        given = outcome.given.spans
        other = "" if given == label.spans else f" [{text[given[0][0] : given[-1][1]]}]"
        says = f"{says}, given as {outcome.given.type}{other}"
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Example(outcome.unit, start, says, before, text[start:end], after)
