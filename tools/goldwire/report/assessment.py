"""What a system falls short of, as the text of a test that fails."""

from collections.abc import Iterable

from goldwire.bench.error_analysis import Assessment, Example
from goldwire.report.words import number, plural

LONGEST = 160
"""Code points of a label that are shown."""


def assessment_text(assessment: Assessment, verdict: str) -> str:
    """The verdict, the signature, the worst units, and examples of what was missed and invented, in their text."""
    lines = [verdict, *assessment.score.notes(), str(assessment.score.signature)]
    if assessment.worst:
        lines += ["", "worst", *(_unit(assessment, name) for name in assessment.worst)]
    for name, examples in (("missed", assessment.missed), ("invented", assessment.invented)):
        if examples:
            lines += ["", name, *_examples(examples)]
    return "\n".join(lines)


def _unit(assessment: Assessment, name: str) -> str:
    counts = assessment.by_unit[name]
    invented = counts.predicted - counts.hits
    return f"  {name}  F1 {number(counts.f1)}  ({counts.found:g} of {counts.gold:g} found, {invented:g} invented)"


def _examples(examples: Iterable[Example]) -> list[str]:
    return [f"  {one.unit}:{one.start} {one.says}  {_shown(one)}" for one in examples]


def _shown(example: Example) -> str:
    words = example.words
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"
    before = f"…{example.before}" if example.before else ""
    after = f"{example.after}…" if example.after else ""
    return f"{before}[{words}]{after}".replace("\n", " ⏎ ")


def below_text(assessment: Assessment, least: float, units: list[str]) -> str:
    """The verdict on units that lie under what each must reach."""
    return f"{plural(len(units), 'document')} under {assessment.score.headline} {least}: {', '.join(units)}"
