"""The table of weights: what each cue adds to each column of the page model, and each state to the one it follows.

`page_weights.tsv` has a header with the columns, a row for each cue, and below a blank line the pairs of
states with what each transition adds; `-` stands for the start and the end of the page.
tests/benchmarks/segmenter_training.py fits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import Struct

from goldwire.corpus.page_model import COLUMNS, FIRST, INDEX, STATES, may_follow

TABLE = Path(__file__).with_name("page_weights.tsv")
EDGE = "-"
NO_ARTICLE = 8.0
"""What a page without an article costs: people add pages for their articles, however short."""
NEVER = float("-inf")


UNIT, SHIFT = 100, 1 << 20
"""Steps of a weight in one, and what makes every weight of a cue positive."""
PARTS = Struct(f"<{len(COLUMNS)}I")
"""The weights of a cue in all columns as one number, so that one sum adds all columns (three times as fast)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Cue to its weight in each column, and the same as one number; state to state, by the later state first;
    state to start with, and to end with."""

    cues: dict[str, tuple[float, ...]]
    packed: dict[str, int]
    follows: tuple[tuple[float, ...], ...]
    start: tuple[float, ...]
    end: tuple[float, ...]

    def emissions(self, cues: Sequence[str]) -> list[float]:
        """What the cues of a line add up to in each column."""
        found = [self.packed[cue] for cue in cues if cue in self.packed]
        shift = len(found) * SHIFT
        return [(part - shift) / UNIT for part in PARTS.unpack(sum(found).to_bytes(PARTS.size, "little"))]


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
    packed = {cue: _packed(values) for cue, values in cues.items()}
    return Weights(cues, packed, follows, start, end)


def _packed(values: Sequence[float]) -> int:
    return int.from_bytes(PARTS.pack(*(round(value * UNIT) + SHIFT for value in values)), "little")
