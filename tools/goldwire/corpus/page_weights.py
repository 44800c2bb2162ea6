"""The table of weights: what each cue adds to each column of the page model, and each state to the one it follows.

`page_weights.tsv` has a header with the columns, a row for each cue, and below a blank line the pairs of
states with what each transition adds; `-` stands for the start and the end of the page.
tests/benchmarks/segmenter_training.py fits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goldwire.corpus.page_model import COLUMNS, FIRST, INDEX, STATES, may_follow

TABLE = Path(__file__).with_name("page_weights.tsv")
EDGE = "-"
NO_ARTICLE = 8.0
"""What a page without an article costs: people add pages for their articles, however short."""
NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Weights:
    """Cue to its weight in each column; state to state, by the later state first; state to start with,
    and to end with."""

    cues: dict[str, tuple[float, ...]]
    follows: tuple[tuple[float, ...], ...]
    start: tuple[float, ...]
    end: tuple[float, ...]

    def emissions(self, cues: Sequence[str]) -> list[float]:
        """What the cues of a line add up to in each column."""
        return list(map(sum, zip(*(self.cues[cue] for cue in cues if cue in self.cues), strict=True)))


@cache
def weights() -> Weights:
    """The table as it ships."""
    table, _, pairs = TABLE.read_text(encoding="utf-8").partition("\n\n")
    header, *rows = table.splitlines()
    if tuple(header.split("\t")[1:]) != COLUMNS:
        raise ValueError(f"{TABLE.name} has other columns than the page model; fit it again")
    cues = {name: tuple(map(float, values)) for name, *values in (row.split("\t") for row in rows)}
    added = {(before, after): float(value) for before, after, value in (row.split("\t") for row in pairs.splitlines())}
    follows = tuple(
        tuple(added.get((before.name, after.name), 0.0) if may_follow(before, after) else NEVER for before in STATES)
        for after in STATES
    )
    start = tuple(added.get((EDGE, state.name), 0.0) if INDEX[state.name] in FIRST else NEVER for state in STATES)
    end = tuple(added.get((state.name, EDGE), 0.0) - NO_ARTICLE * (state.phase == "-") for state in STATES)
    return Weights(cues, follows, start, end)
