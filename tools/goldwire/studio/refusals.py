"""Refusals: the faults of a save in the words of the labelling page, in the order of the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldwire.model.findings import Finding, shorten
from goldwire.model.records import Pair, Quote, Record
from goldwire.studio.convert.regions import Malformed

AROUND = 28
"""The characters of the text that a refusal shows on each side of the words at fault."""
LAST = 10**9
"""The position of faults of comparisons, which are below the text."""
WORDS = {
    "nested-mention": "two names overlap, the other is {other}: keep the longer one",
    "overlapping-fragments": "two fragments of this quote overlap: move their ends",
    "head-outside-speaker": "the head {head} is outside its speaker: delete one of them, or mark it again",
    "unknown-entity": "{id} is not in the registry: choose another entity (Enter)",
    "entity-type-mismatch": "it is marked {found}, but {id} is {expected}: choose another, or mark it {expected}",
    "misplaced-parent": "its relation “inside” leads to a content that does not contain it: delete the relation",
    "status-mismatch": "“Its speaker is” says {status}, but “Who speaks?” has {found}: expected {expected}",
    "missing-passage": "you chose {relation}: mark the passages that both texts share, or choose distinct",
    "unsorted-passages": "passage {number} {problem} passage {other}: delete one of them",
    "unaccounted-mark": "this quotation mark is in no quote and no decoy: mark one (q or t)",
    "quote-type-mismatch": "in “Its marks”, choose {expected} instead of {found}",
    "span-edge-word": "{key} starts or ends inside a word: move its end",
    "duplicate-quote": "this quote is marked twice: delete one of the two",
    "overlapping-decoy": "a decoy overlaps a quote or another decoy: delete one of them",
    "missing-parent": "it is inside another quote, and not related to it: select it, press l, click the other",
    "speaker-kind-mismatch": "in “The head is a”, choose {expected} instead of {kind}",
    "unmarked-surface": "{alias} names an entity elsewhere, but is not marked here: mark it",
    "speaker-not-mentioned": "no name in the speaker is one of “Who speaks?” ({entities}): mark it, or choose another",
    "overlapping-attribution": "{shown} overlaps {other}: move their ends",
    "distant-attribution": "{shown} is in another paragraph than the content: delete it, or relate it elsewhere",
    "speaker-type-mismatch": "{id} is {type} and cannot speak: in “Who speaks?”, choose who is behind it",
    "absent-speaker": "no name in the article is {id}: mark the name, or choose another in “Who speaks?”",
    "repeated-speaker": "“Who speaks?” has {id} twice: delete one",
    "unmarked-decoy": "this decoy has no quotation marks: mark them too, or delete it",
    "stands-for-mismatch": "in “It stands for”, {id} is not possible: expected {expected}",
    "relation-mismatch": "you chose {found}, but the texts are {expected}",
    "unshared-passage": "passage {number} does not share eight words in a row: move its ends, or delete it",
}
"""What a finding means on the page, by its code, with the values of the finding."""
MISSING = {
    "entity": "choose its entity (Enter)",
    "speaker_entities": "in “Who speaks?”, choose who it is",
    "status": "in “Its speaker is”, choose resolved, group, unnamed or none",
    "speaker.head": "mark the head of the speaker (r), and relate the speaker to it (l)",
    "speaker.kind": "in “The head is a”, choose name, nominal or pronoun",
}
"""What to do about a value that is missing, by its key."""


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A fault of a save: the position in the text, the sentence for the page, and the code of a finding."""

    at: int
    sentence: str
    code: str = "malformed"

    def __str__(self) -> str:
        return f"{self.sentence} ({self.code})"


def of_malformed(error: Malformed, text: str, results: object) -> Refusal:
    """The refusal of a result that is not part of a label, with the words of its region."""
    for result in results if isinstance(results, list) else ():
        is_it = isinstance(result, Mapping) and (result.get("id"), result.get("to_name")) == (error.region, "text")
        value = result.get("value") if is_it else None
        start, end = (value.get("start"), value.get("end")) if isinstance(value, Mapping) else (None, None)
        if type(start) is int and type(end) is int and 0 <= start < end <= len(text) and text[start:end].strip():
            return Refusal(start, f"{around(text, start, end)}: {error.reason}")
    return Refusal(LAST, error.reason if error.region.startswith("relation_") else str(error))


def of_finding(fault: Finding, record: Record | None, text: str) -> Refusal:
    """The refusal that a finding of a record means."""
    values = fault.values
    key = str(values.get("key"))
    sentence = MISSING.get(key, "") if fault.code == "incomplete-record" else WORDS.get(fault.code, "")
    sentence = sentence.format(**values) or fault.message
    if isinstance(record, Pair):
        return Refusal(LAST, f"the comparison with {record.a}: {sentence}", fault.code)
    start, end = _place(fault, record)
    return Refusal(start, f"{around(text, start, end)}: {sentence}", fault.code)


def _place(fault: Finding, record: Record | None) -> tuple[int, int]:
    """The words at fault: those that the finding names, or the record's first."""
    start, end, at = (fault.values.get(key) for key in ("start", "end", "at"))
    if isinstance(start, int) and isinstance(end, int):
        return start, end
    if isinstance(at, int):
        return at, at + 1
    first = record.content[0] if isinstance(record, Quote) else record
    return getattr(first, "start", 0), getattr(first, "end", 0)


def around(text: str, start: int, end: int) -> str:
    """Words in brackets, with what is around them in their line."""
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    if start > AROUND and len(before) == AROUND:
        before = "…" + before.partition(" ")[2]
    if len(after) == AROUND:
        after = after.rpartition(" ")[0] + "…"
    return f"{before}[{shorten(text[start:end], 60)[1:-1]}]{after}"


def in_order(found: Iterable[Refusal]) -> list[Refusal]:
    """Refusals in the order of the text, each once."""
    return sorted(set(found))
