"""Changes of a corpus as text."""

from collections.abc import Sequence

from goldwire.curate.history import Change
from goldwire.model.findings import shorten
from goldwire.report.words import plural

LONG = 400
"""Code points of a text that a list of changes shows."""


def changes_text(changes: Sequence[Change]) -> str:
    """Changes one under another: where, which record, what it said (-) and what it says (+)."""
    lines = []
    for change in changes:
        lines.append(f"{change.place} {change.record} {change.kind}")
        lines += [f"  - {_line(change.before)}"] if change.before is not None else []
        lines += [f"  + {_line(change.after)}"] if change.after is not None else []
    return "\n".join([*lines, plural(len(changes), "change")])


def _line(text: str) -> str:
    return text if len(text) < LONG else shorten(text, LONG)
