"""Suspects: gold labels that several unlike systems contradict in the same way, the most surprising first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from goldwire.bench.judging import judge, texts_of
from goldwire.bench.outcomes import Outcome, ShownLabel, outcomes
from goldwire.bench.selection import common
from goldwire.corpus.gold import Gold
from goldwire.scoring.settings import Settings

FEWEST, VOTES = 2, 1.5
"""Systems, and their votes together, that a suspect needs; two systems that are alike have one vote."""
MISSED = ("label", "none")
Claim = tuple[str, str]
"""What is contradicted (label, type, spans, cue, speaker, who), and what the system has instead."""
Label = tuple[str, str]
"""A unit, and the gold label there: its type and its spans; of a label that gold lacks, those of the systems."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A gold label, or a place where gold has none, and what several systems have instead.

    `strength` is the sum over the systems of the surprise in bits: how seldom the system contradicts gold in
    this part of labels of this type. Systems that contradict gold in the same places share a vote.
    """

    unit: str
    start: int
    end: int
    gold: str | None
    part: str
    instead: str
    systems: tuple[str, ...]
    strength: float
    text: str


def suspects(systems: Mapping[str, object], gold: Gold, settings: Settings) -> list[Suspect]:
    """Return the labels that two systems or more contradict in the same way, in the order to look at them."""
    judged = {
        name: judge(one, gold, settings) for name, one in zip(systems, common(list(systems.values())), strict=True)
    }
    found = {name: outcomes(one, gold, settings) for name, one in judged.items()}
    claims = {name: {claim: one for one in held for claim in _claims(one)} for name, held in found.items()}
    seldom = {name: _surprise(held, claims[name]) for name, held in found.items()}
    units = next(iter(judged.values())).selection.units if settings.task != "duplicates" else ()
    texts = texts_of(gold, settings.task, units) if units else {}
    made = []
    for claim in dict.fromkeys(claim for held in claims.values() for claim in held):
        names = tuple(name for name, held in claims.items() if claim in held)
        votes = {name: _vote(name, names, claims, claim) for name in names}
        if sum(votes.values()) >= VOTES:
            strength = sum(seldom[name][claim] * vote for name, vote in votes.items())
            made.append(_suspect(claim, claims[names[0]][claim], names, strength, texts))
    return sorted(made, key=lambda one: (-one.strength, one.unit, one.start, one.part))


Contradiction = tuple[Label, Claim]


def _claims(outcome: Outcome) -> Iterator[Contradiction]:
    """Yield what an outcome contradicts: the label itself, its type, its spans, or a part of it."""
    label = outcome.gold or outcome.given
    assert label is not None
    place = outcome.unit, f"{label.type} {_ends(label)}"
    if outcome.given is None or outcome.gold is None:
        yield place, ("label", "none" if outcome.given is None else outcome.given.type)
        return
    if outcome.kind in ("wrong type", "both wrong"):
        yield place, ("type", outcome.given.type)
    if outcome.kind in ("boundary error", "both wrong"):
        yield place, ("spans", str(_ends(outcome.given)))
    for part in outcome.parts:
        yield place, (part, str(outcome.given.parts[part]))


def _ends(label: ShownLabel) -> object:
    return label.spans or label.direction


def _surprise(found: Sequence[Outcome], claims: Mapping[Contradiction, Outcome]) -> dict[Contradiction, float]:
    """Return for each contradiction, in bits, how seldom the system makes one of this part and type."""
    labels = Counter(_type(one) for one in found)
    made = Counter((_type(one), claim[1][0]) for claim, one in claims.items())
    return {
        claim: -log2((made[_type(one), claim[1][0]] + 1) / (labels[_type(one)] + 2)) for claim, one in claims.items()
    }


def _type(outcome: Outcome) -> tuple[bool, str]:
    label = outcome.gold or outcome.given
    return outcome.gold is None, label.type if label else ""


def _vote(
    name: str, names: Sequence[str], claims: Mapping[str, Mapping[Contradiction, Outcome]], but: Contradiction
) -> float:
    """Return a system's vote: 1 if it shares no other contradiction with the others, less the more it shares.

    What is missed is not compared: every system misses most of what is hard.
    """
    given = {one: {claim for claim in claims[one] if claim[1] != MISSED and claim != but} for one in names}
    least = {one: max(1, min(len(given[one]), len(given[name]))) for one in names}
    return 1 / (1 + sum(len(given[one] & given[name]) / least[one] for one in names if one != name))


def _suspect(
    claim: Contradiction, outcome: Outcome, names: tuple[str, ...], strength: float, texts: Mapping[str, str]
) -> Suspect:
    label = outcome.gold or outcome.given
    assert label is not None
    start, end = (label.spans[0][0], label.spans[-1][1]) if label.spans else (0, 0)
    text, (part, instead) = texts.get(outcome.unit, ""), claim[1]
    if part == "spans" and outcome.given and outcome.given.spans:
        instead = " … ".join(text[a:b] for a, b in outcome.given.spans)
    elif part in ("cue", "speaker") and outcome.given and isinstance(place := outcome.given.parts[part], list):
        instead = text[place[0] : place[1]]
    gold = outcome.gold.type if outcome.gold else None
    return Suspect(outcome.unit, start, end, gold, part, instead, names, round(strength, 2), text[start:end])
