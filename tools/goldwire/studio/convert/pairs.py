"""Judgements of the candidates: a relation for each, and the passages that it shares with the article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldwire.model.records import Passage, Span
from goldwire.studio.candidates import Candidate
from goldwire.studio.convert.regions import Found, Malformed, id_of, of_candidate, shown, span_of, value_of
from goldwire.studio.labelling_config import PASSAGES

CONTROL = re.compile(r"(relation|passage|same)_([0-9]{1,4})")
OBJECTS = {"relation": "candidate", "passage": "candidate", "same": "own"}
"""The text that a control belongs to; `passage` marks the candidate, `same` the article beside it."""


@dataclass(slots=True)
class Judgement:
    """The judgement of one candidate: the choice, and the spans of each passage by its number."""

    choice: str | None = None
    passage: dict[str, Span] = field(default_factory=dict)
    same: dict[str, Span] = field(default_factory=dict)

    def passages(self, control: str) -> list[Passage]:
        """The passages, in the order of the candidate's text; raises Malformed for a number that only one text has."""
        for number in sorted(self.passage.keys() ^ self.same.keys()):
            raise Malformed(
                control, f"passage {number} is marked in only one of the two texts: mark it in the other, or delete it"
            )
        found = [Passage(a=self.passage[number], b=self.same[number]) for number in self.passage]
        return sorted(found, key=lambda p: (p.a.start, p.a.end, p.b.start, p.b.end))


def read_judgements(text: str, found: Found, candidates: Sequence[Candidate]) -> dict[int, Judgement]:
    """The judgement of every candidate that has one, by its position.

    `text` is the article's. Raises Malformed for a result that the labelling config cannot produce.
    """
    judgements: dict[int, Judgement] = {}
    for kind, result in _results(found):
        control = str(result.get("from_name"))
        part, index = _control(control, result, kind, len(candidates))
        if part == "relation" and value_of(control, result).get("choices") == []:
            continue  # the editor keeps a choice that was taken back as an empty one
        judgement = judgements.setdefault(index, Judgement())
        if part == "relation":
            if judgement.choice is not None:
                raise Malformed(control, "the candidate is judged twice")
            judgement.choice = _word(control, result, "choices")
            continue
        name, number = id_of(result), _word(control, result, "labels")
        side = judgement.passage if part == "passage" else judgement.same
        if number not in PASSAGES or number in side:
            raise Malformed(
                name,
                f"passage {shown(number)} is marked twice in a text, or is not in 1 to {PASSAGES[-1]}",
            )
        shown_text = str(candidates[index].get("text")) if part == "passage" else text
        side[number] = span_of(name, value_of(name, result), shown_text)
    return judgements


def _results(found: Found) -> Iterator[tuple[str, Mapping[str, object]]]:
    for kind, results in found.items():
        yield from ((kind, result) for result in results if of_candidate(result))


def _control(control: str, result: Mapping[str, object], kind: str, candidates: int) -> tuple[str, int]:
    named = CONTROL.fullmatch(control)
    if named is None or int(named[2]) >= candidates:
        raise Malformed(control, f"it judges a candidate that does not exist; the task has {candidates}")
    expected = "choices" if named[1] == "relation" else "labels"
    to = f"{OBJECTS[named[1]]}_{named[2]}"
    if kind != expected or result.get("to_name", to) != to:
        raise Malformed(control, f"it is {kind} of {shown(result.get('to_name'))}, expected {expected} of {to}")
    return named[1], int(named[2])


def _word(control: str, result: Mapping[str, object], key: str) -> str:
    words = value_of(control, result).get(key)
    if not isinstance(words, list) or len(words) != 1 or not isinstance(words[0], str):
        raise Malformed(control, f"its {key} are {shown(words)}, expected one")
    return words[0]
