"""Why the proposal for a page is as it is: its unsure lines, and the cues that decide one line."""

from pathlib import Path

from goldwire.corpus import segmenter
from goldwire.curate.add_page import read_page
from goldwire.model.errors import GoldwireError

SHOWN = 70
"""Code points of a line that an explanation quotes."""
REASONS = 12
"""Cues that an explanation lists."""


def unsure_lines(file: Path) -> list[int]:
    """Numbers of the page's lines that the segmenter is unsure of, the least sure first."""
    unsure = [choice for choice in segmenter.choices(read_page(file)) if choice.margin < segmenter.UNSURE]
    return list(dict.fromkeys(choice.line.number for choice in sorted(unsure, key=lambda choice: choice.margin)))


def explain_line(file: Path, number: int) -> list[str]:
    """For each piece of a line of a page: its role, the second best, and the cues that decided.

    Raises GoldwireError if the page has no such line or it is blank.
    """
    chosen = segmenter.choices(read_page(file), thorough=True)
    rows: list[str] = []
    for choice in chosen:
        if choice.line.number == number:
            rows += [f"line {number}: {choice.line.text[:SHOWN]}", f"  {_verdict(choice)}"]
            rows += [f"  {gain:+5.1f}  {cue}" for cue, gain in segmenter.reasons(chosen, choice)[:REASONS]]
    if not rows:
        last = chosen[-1].line.number
        raise GoldwireError(f"{file} has no text on line {number}; expected a line from 1 to {last} that is not blank")
    return rows


def _verdict(choice: segmenter.Choice) -> str:
    owner = "the page" if choice.state.of_page else f"article {choice.article}"
    verdict = f"{choice.state.role} of {owner} ({choice.state.name})"
    if choice.second is None:
        return f"{verdict}; nothing else was possible"
    return f"{verdict} by {choice.margin:.1f} before {choice.second.role} ({choice.second.name})"
