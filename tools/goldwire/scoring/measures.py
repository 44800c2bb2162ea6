"""The version of goldwire that first had each measure, and the last one that changed its numbers."""

from typing import NamedTuple

from goldwire.scoring.settings import Task

FIRST = "0.1.0"


class History(NamedTuple):
    """`changed_in` is None if the same labels always had the same number; intervals are not numbers here."""

    since: str = FIRST
    changed_in: str | None = None


CONTENT = History(changed_in="0.2.0")
"""Measures of quotes: which predictions inside others count, and when contents are equal."""
MEASURES: dict[Task, dict[str, History]] = {
    "entities": dict.fromkeys(("mentions", "by type, strict", "entity ids"), History()),
    "quotes": dict.fromkeys(
        ("content", "by type", "cue of matched", "speaker of matched", "attribution", "decoys"), CONTENT
    ),
    "duplicates": dict.fromkeys(("pairs", "by relation", "passages", "clusters"), History()),
    "segments": dict.fromkeys(("documents", "boundaries", "characters", "blocks", "by role"), History()),
}
"""By task and group of measures, as `goldwire score` prints them."""
