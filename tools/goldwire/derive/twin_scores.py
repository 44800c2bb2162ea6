"""What a system scores on twins of a corpus: how much of its score it owes to the names."""

from dataclasses import dataclass, replace
from typing import Any

from goldwire.bench.compare import Delta, compare_scores
from goldwire.bench.score import Score, score
from goldwire.corpus.gold import Gold
from goldwire.derive.twin_names import NAMINGS
from goldwire.derive.twins import Twin, make_twin


@dataclass(frozen=True, slots=True)
class TwinScore:
    """A system's score on a twin, and the difference of the headline number, twin minus corpus, paired by article."""

    twin: Twin
    score: Score
    difference: Delta


def twin_scores(system: Any, gold: Gold, first: Score, seed: int) -> list[TwinScore]:
    """Score a system on both twins of a corpus, given its score there; the system is called again for each.

    The differences are tested as `compare` tests those of two systems.
    """
    found = []
    for naming in NAMINGS:
        twin = make_twin(gold, naming, seed)
        second = score(system, twin.gold, first.signature.settings)
        paired = replace(second, signature=first.signature)  # the texts differ in their names alone
        found.append(TwinScore(twin, second, compare_scores(first, paired, every=False).headline))
    return found
