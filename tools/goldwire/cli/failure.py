"""The text of a score that a test finds too low: where it is lowest, and what was missed."""

from collections.abc import Iterable, Iterator

from goldwire.bench.error_analysis import Assessment, Example
from goldwire.cli.terminal import number

LOWEST = 3
"""Slices that are shown."""
LONGEST = 160
"""Code points of a label that are shown."""


def details(assessment: Assessment) -> Iterator[str]:
    """The signature, the worst units, and examples of missed and spurious labels in their text."""
    yield from (*assessment.score.notes(), str(assessment.score.signature))
    yield ", ".join(f"{kind} {n}" for kind, n in assessment.errors.items())
    low = sorted((one for one in assessment.slices if one.recall not in (None, 1)), key=lambda one: one.recall or 0)
    for i, one in enumerate(low[:LOWEST]):
        yield from () if i else ("", "lowest recall")
        yield f"  {one.by} {one.name}  {number(one.recall)}  ({one.found} of {one.gold})"
    if assessment.worst:
        yield from ("", "worst")
    for unit in assessment.worst:
        counts = assessment.by_unit[unit]
        spurious = counts.predicted - counts.correct
        found = f"{counts.found:g} of {counts.gold:g} found, {spurious:g} spurious"
        yield f"  {unit}  F1 {number(counts.f1)}  ({found})"
    yield from _examples("missed", assessment.missed)
    yield from _examples("spurious", assessment.spurious)


def _examples(heading: str, examples: Iterable[Example]) -> Iterator[str]:
    for i, one in enumerate(examples):
        yield from () if i else ("", heading)
        words = one.words
        if len(words) > LONGEST:
            words = f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"
        before = f"…{one.before}" if one.before else ""
        after = f"{one.after}…" if one.after else ""
        shown = f"{before}[{words}]{after}".replace("\n", " ⏎ ")
        yield f"  {one.unit}:{one.start} {one.says}  {shown}"
