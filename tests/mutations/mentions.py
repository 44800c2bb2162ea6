"""Faults of mentions: another type, another entity, a part of the name."""

import re

from mutations.gold import GOLD, REPEAT, kind


def types_of(gold):
    return sorted({entity["type"] for entity in gold.registry})


@kind("entity-type-mismatch")
def changed_type_of_a_mention(gold):
    for path, line, record in gold.rows("entities"):
        record["type"] = gold.other(record["type"], types_of(gold))
        yield gold.edit(path, line, f"{record['id']} is {record['type']}", record)


def _entities(gold, record, same):
    return [e for e in gold.registry if (e["type"] == record["type"]) == same and e["id"] != record["entity"]]


@kind(f"unregistered-surface {REPEAT}")
def changed_entity_to_one_of_the_same_type(gold):
    for path, line, record in gold.rows("entities"):
        record["entity"] = gold.random.choice(_entities(gold, record, same=True) or gold.registry)["id"]
        yield gold.edit(path, line, f"{record['id']} {record['text']} is {record['entity']}", record)


@kind("entity-type-mismatch")
def changed_entity_to_one_of_another_type(gold):
    for path, line, record in gold.rows("entities"):
        record["entity"] = gold.random.choice(_entities(gold, record, same=False))["id"]
        yield gold.edit(path, line, f"{record['id']} {record['text']} is {record['entity']}", record)


@kind(f"unregistered-surface {REPEAT}")
def changed_entity_and_type(gold):
    for path, line, record in gold.rows("entities"):
        found = [e for e in _entities(gold, record, same=False) if record["text"] not in e["aliases"]]
        entity = gold.random.choice(found)
        record["entity"], record["type"] = entity["id"], entity["type"]
        yield gold.edit(path, line, f"{record['id']} {record['text']} is {entity['id']}", record)


@kind(f"unmarked-surface unused-alias speaker-not-mentioned {REPEAT}")
def mention_of_a_part_of_a_name(gold):
    """The nationality for the ministry: a part of a mention that is itself a form of another entity."""
    forms = {alias: e for e in gold.registry for alias in e["aliases"]}
    for path, line, record in gold.rows("entities"):
        parts = [
            form for form in forms if re.search(rf"\b{re.escape(form)}\b", record["text"]) and form != record["text"]
        ]
        if parts:
            form = gold.random.choice(parts)
            start = record["start"] + re.search(rf"\b{re.escape(form)}\b", record["text"]).start()
            new = {"start": start, "end": start + len(form), "text": form, "type": forms[form]["type"]}
            new |= {"entity": forms[form]["id"], "stands_for": None}
            yield gold.edit(path, line, f"{record['text']} is {form}", {**record, **new})


@kind("unknown-entity")
def mistyped_entity(gold):
    for path, line, record in gold.rows("entities", "quotes"):
        if path.startswith(f"{GOLD}/entities") or record["speaker_entities"]:
            key = "entity" if "entity" in record else "speaker_entities"
            wrong = f"{record[key] if key == 'entity' else record[key][0]}x"
            record[key] = wrong if key == "entity" else [wrong, *record[key][1:]]
            yield gold.edit(path, line, f"{record['id']} names {wrong}", record)


def _stands_for(gold, wanted, choose):
    for path, line, record in gold.rows("entities"):
        if wanted == (record["stands_for"] is not None) and (wanted or record["type"] == "GPE"):
            record["stands_for"] = choose(record["stands_for"])
            yield gold.edit(path, line, f"{record['id']} stands for {record['stands_for']}", record)


@kind(f"{REPEAT} speaker-not-mentioned")
def changed_stands_for(gold):
    yield from _stands_for(gold, True, lambda was: gold.other(was, [e["id"] for e in gold.registry]))


@kind(f"{REPEAT} speaker-not-mentioned")
def dropped_stands_for(gold):
    yield from _stands_for(gold, True, lambda was: None)


@kind(REPEAT)
def added_stands_for(gold):
    yield from _stands_for(gold, False, lambda was: gold.random.choice(gold.registry)["id"])
