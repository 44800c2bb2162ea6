"""Faults of quotes and decoys: type, speaker, status, parent, fragments."""

from mutations.doubles import lone_marks
from mutations.gold import GOLD, REPEAT, kind


def quotes(gold, change, wanted=lambda record: True):
    """The matching quotes, each after a change, with a description of the change."""
    for path, line, record in gold.rows("quotes"):
        if wanted(record):
            yield gold.edit(path, line, f"{record['id']}: {change(record)}", record)


def setting(key, choose):
    """A change of one key of a record to a chosen value."""

    def change(record):
        record[key] = choose(record)
        return f"{key} is {record[key]}"

    return change


@kind(f"quote-type-mismatch {REPEAT}")
def changed_quote_type(gold):
    yield from quotes(gold, setting("type", lambda q: gold.other(q["type"], ("direct", "indirect", "mixed"))))


STATUS = {"resolved": lambda n: n == 1, "group": lambda n: True, "unnamed": lambda n: not n, "none": lambda n: not n}


def _statuses(record, fitting):
    number = len(record["speaker_entities"])
    return [s for s, fits in STATUS.items() if s != record["status"] and fits(number) == fitting]


@kind("status-mismatch")
def changed_status_to_one_that_contradicts(gold):
    yield from quotes(gold, setting("status", lambda q: gold.random.choice(_statuses(q, False))))


@kind(REPEAT)
def changed_status_to_one_that_fits(gold):
    change = setting("status", lambda q: gold.random.choice(_statuses(q, True)))
    yield from quotes(gold, change, lambda q: _statuses(q, True))


@kind("status-mismatch")
def dropped_speaker_entity(gold):
    yield from quotes(gold, setting("speaker_entities", lambda q: []), lambda q: q["status"] == "resolved")


@kind("status-mismatch")
def added_speaker_entity(gold):
    change = setting("speaker_entities", lambda q: [*q["speaker_entities"], gold.random.choice(gold.registry)["id"]])
    yield from quotes(gold, change, lambda q: q["status"] != "group")


@kind(f"{REPEAT} speaker-not-mentioned status-mismatch")
def dropped_speaker_entity_of_a_group(gold):
    for left in (slice(1, None), slice(0, -1)):
        change = setting("speaker_entities", lambda q, left=left: q["speaker_entities"][left])
        yield from quotes(gold, change, lambda q: q["status"] == "group" and q["speaker_entities"])


def _other_speaker(gold, wanted):
    people = [e["id"] for e in gold.registry if e["type"] in ("PERSON", "GPE", "ORG")]
    change = setting("speaker_entities", lambda q: [gold.other(q["speaker_entities"][0], people)])
    yield from quotes(
        gold, change, lambda q: q["speaker"] and len(q["speaker_entities"]) == 1 and wanted(q["speaker"]["kind"])
    )


@kind(f"speaker-not-mentioned {REPEAT}")
def changed_speaker_entity_of_a_name(gold):
    yield from _other_speaker(gold, lambda kind: kind == "name")


@kind(REPEAT)
def changed_speaker_entity_of_a_nominal_or_pronoun(gold):
    yield from _other_speaker(gold, lambda kind: kind != "name")


@kind("speaker-kind-mismatch speaker-not-mentioned")
def changed_speaker_kind(gold):
    def change(record):
        record["speaker"]["kind"] = gold.other(record["speaker"]["kind"], ("name", "nominal", "pronoun"))
        return f"kind is {record['speaker']['kind']}"

    yield from quotes(gold, change, lambda q: q["speaker"])


@kind("incomplete-record")
def dropped_head_or_kind(gold):
    def change(record):
        key = gold.random.choice(("head", "kind"))
        record["speaker"][key] = None
        return f"no {key}"

    yield from quotes(gold, change, lambda q: q["speaker"])


@kind(REPEAT)
def dropped_cue(gold):
    yield from quotes(gold, setting("cue", lambda q: None), lambda q: q["cue"])


@kind(REPEAT)
def dropped_speaker(gold):
    yield from quotes(gold, setting("speaker", lambda q: None), lambda q: q["speaker"])


@kind("missing-parent")
def dropped_parent(gold):
    yield from quotes(gold, setting("parent", lambda q: None), lambda q: q["parent"])


def _outside(gold, record):
    """Quotes of the same document that do not contain this one."""
    found = gold.records[f"{GOLD}/quotes/{record['id'].rsplit('-', 1)[0]}.jsonl"]
    return [q["id"] for q in found if q["id"] == record["id"] or not _holds(q, record)]


def _holds(outer, inner):
    return all(
        any(o["start"] <= i["start"] and i["end"] <= o["end"] for o in outer["content"]) for i in inner["content"]
    )


@kind("misplaced-parent")
def parent_that_does_not_hold_the_quote(gold):
    yield from quotes(gold, setting("parent", lambda q: gold.random.choice(_outside(gold, q))))


@kind("unknown-parent")
def parent_in_another_document(gold):
    everywhere = [q["id"] for _, _, q in gold.rows("quotes")]

    def elsewhere(quote):
        unit = quote["id"].rsplit("-", 1)[0]
        return gold.random.choice([name for name in everywhere if not name.startswith(unit)])

    yield from quotes(gold, setting("parent", elsewhere))


def _fragments(gold, marks):
    for path, line, record in gold.rows("quotes"):
        for i, fragment in enumerate(record["content"]) if len(record["content"]) > 1 else ():
            lost = {**record, "content": [fragment]}
            if marks == bool(lone_marks(gold, path, lost)):
                left = [f for n, f in enumerate(record["content"]) if n != i]
                what = f"dropped the fragment {fragment['text'][:30]} of {record['id']}"
                yield gold.edit(path, line, what, {**record, "content": left})


@kind(f"unaccounted-mark quote-type-mismatch misplaced-parent unsorted-records {REPEAT}")
def dropped_fragment_with_marks(gold):
    yield from _fragments(gold, marks=True)


@kind(f"quote-type-mismatch misplaced-parent unsorted-records {REPEAT}")
def dropped_fragment_without_marks(gold):
    yield from _fragments(gold, marks=False)


@kind("overlapping-fragments unsorted-records misplaced-parent")
def swapped_fragments(gold):
    change = setting("content", lambda q: q["content"][::-1])
    yield from quotes(gold, change, lambda q: len(q["content"]) > 1)


@kind("head-outside-speaker surface-mismatch empty-span")
def head_of_another_speaker(gold):
    heads = [q["speaker"]["head"] for _, _, q in gold.rows("quotes") if q["speaker"]]

    def change(record):
        record["speaker"]["head"] = gold.random.choice([h for h in heads if h != record["speaker"]["head"]])
        return f"head is {record['speaker']['head']['text']}"

    yield from quotes(gold, change, lambda q: q["speaker"])


@kind(REPEAT)
def changed_decoy_reason(gold):
    for path, line, record in gold.rows("decoys"):
        record["reason"] = gold.other(record["reason"], ("scare", "title", "term"))
        yield gold.edit(path, line, f"{record['id']} is {record['reason']}", record)
