"""Faults of pairs and passages: relation, direction, ends."""

import itertools
import re

import goldwire.checks.duplicates as reuse
from goldwire.text import spans
from mutations.gold import REPEAT, kind
from mutations.offsets import moved
from mutations.quotes import setting


def pairs(gold, change, wanted=lambda record: True):
    for path, line, record in gold.rows("duplicates"):
        if wanted(record):
            name = record["id"]
            yield gold.edit(path, line, f"{name}: {change(record)}", record)


@kind("unrecorded-passage")
def dropped_pair(gold):
    for path, line, record in gold.rows("duplicates"):
        yield gold.edit(path, line, f"dropped {record['id']}")


@kind("relation-mismatch misplaced-direction")
def changed_relation(gold):
    def choose(pair):
        alike = {pair["relation"]} | ({"near", "related"} if pair["relation"] in ("near", "related") else set())
        return gold.random.choice([r for r in ("exact", "near", "contained", "related") if r not in alike])

    yield from itertools.chain.from_iterable(pairs(gold, setting("relation", choose)) for _ in range(3))


@kind(f"relation-mismatch {REPEAT}")
def related_made_near(gold):
    yield from pairs(gold, setting("relation", lambda p: "near"), lambda p: p["relation"] == "related")


@kind("relation-mismatch")
def near_made_related(gold):
    yield from pairs(gold, setting("relation", lambda p: "related"), lambda p: p["relation"] == "near")


@kind("relation-mismatch")
def contained_with_a_direction(gold):
    def change(pair):
        pair["relation"], pair["direction"] = "contained", gold.random.choice(("a_in_b", "b_in_a"))
        return f"contained {pair['direction']}"

    yield from pairs(gold, change)


@kind("misplaced-direction")
def added_direction(gold):
    yield from pairs(gold, setting("direction", lambda p: gold.random.choice(("a_in_b", "b_in_a"))))


@kind("unordered-pair")
def documents_of_a_pair_exchanged(gold):
    def change(pair):
        pair["a"], pair["b"] = pair["b"], pair["a"]
        pair["passages"] = [{"a": p["b"], "b": p["a"]} for p in pair["passages"]]
        return "a and b exchanged"

    yield from pairs(gold, change)


@kind("misnamed-pair surface-mismatch")
def pair_of_another_document(gold):
    yield from pairs(gold, setting("b", lambda p: gold.other(p["b"], [d for d in gold.documents if d > p["a"]])))


@kind("unrecorded-passage")
def dropped_passage(gold):
    for path, line, record in gold.rows("duplicates"):
        for i, passage in enumerate(record["passages"]):
            left = [p for n, p in enumerate(record["passages"]) if n != i]
            what = f"{record['id']}: dropped passage {i + 1}, {passage['a']['text'][:30]}"
            yield gold.edit(path, line, what, {**record, "passages": left})


@kind("surface-mismatch span-out-of-range")
def passage_shifted(gold):
    for path, line, record, span, _ in gold.spans("passage"):
        step = gold.random.choice((-7, 3, 12)) if span["start"] > 7 else 5
        yield gold.edit(path, line, moved(gold, record, span, span["start"] + step, span["end"] + step), record)


def _shrunk(gold, shared):
    """Passages without their first or last word, which the two documents share or do not."""
    for path, line, record in gold.rows("duplicates"):
        passage, side = gold.random.choice(record["passages"]), gold.random.choice("ab")
        span, text = passage[side], gold.texts[record[side]]
        first, last = span["text"].index(" "), span["text"].rindex(" ")
        runs = reuse.shared_runs(passage["a"]["text"], passage["b"]["text"])
        at_start = any(getattr(run, f"{side}_start") < first for run in runs)
        at_end = any(getattr(run, f"{side}_end") > last for run in runs)
        places = [(span["start"] + first + 1, span["end"])] if at_start == shared else []
        places += [(span["start"], span["start"] + last)] if at_end == shared else []
        if places:
            place = spans.trim(text, *gold.random.choice(places))
            yield gold.edit(path, line, moved(gold, record, span, *place, text), record)


@kind("unrecorded-passage unshared-passage")
def passage_shrunk_by_a_shared_word(gold):
    yield from _shrunk(gold, shared=True)


@kind("unrecorded-passage unshared-passage")
def passage_shrunk_by_a_word_of_its_own(gold):
    yield from itertools.chain.from_iterable(_shrunk(gold, shared=False) for _ in range(4))


@kind("unrecorded-passage span-edge-space")
def passage_grown_by_a_word(gold):
    for path, line, record, span, text in gold.spans("passage"):
        word = re.compile(r"\W+\w+").match(text, span["end"])
        if word:
            yield gold.edit(path, line, moved(gold, record, span, span["start"], word.end(), text), record)


@kind("unshared-passage unrecorded-passage")
def passage_beside_the_one_it_belongs_to(gold):
    for path, line, record, span, text in gold.spans("passage"):
        size = span["end"] - span["start"]
        start = span["end"] if span["end"] + size < len(text) else span["start"] - size
        if start >= 0:
            place = spans.trim(text, start, start + size)
            yield gold.edit(path, line, moved(gold, record, span, *place, text), record)
