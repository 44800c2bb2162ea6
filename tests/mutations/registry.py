"""Faults of the registry and of exemptions."""

import itertools

from goldwire.corpus import annotation_sets as sets
from mutations.gold import compact, kind
from mutations.mentions import types_of
from mutations.quotes import setting


def entries(gold, change, wanted=lambda record: True):
    for path, line, record in gold.rows(sets.REGISTRY):
        if wanted(record):
            name = record["id"]
            yield gold.edit(path, line, f"{name}: {change(record)}", record)


@kind("unregistered-surface")
def dropped_alias(gold):
    change = setting("aliases", lambda e: sorted(gold.shuffled(e["aliases"])[1:]))
    yield from entries(gold, change, lambda e: e["aliases"])


@kind("unused-alias")
def added_alias(gold):
    change = setting("aliases", lambda e: sorted([*e["aliases"], gold.random.choice(("Zembla", "the", "Zembla’s"))]))
    yield from entries(gold, change)


@kind("unused-alias")
def added_alias_of_another(gold):
    every = sorted({alias for e in gold.registry for alias in e["aliases"]})

    def choose(entity):
        return sorted([*entity["aliases"], gold.random.choice([a for a in every if a not in entity["aliases"]])])

    yield from entries(gold, setting("aliases", choose))


@kind("unsorted-aliases")
def doubled_or_unsorted_alias(gold):
    change = setting("aliases", lambda e: e["aliases"][::-1] if len(e["aliases"]) > 1 else e["aliases"] * 2)
    yield from entries(gold, change, lambda e: e["aliases"])


@kind("unknown-entity")
def dropped_entity(gold):
    for path, line, record in gold.rows(sets.REGISTRY):
        yield gold.edit(path, line, f"dropped {record['id']}")


@kind("unused-alias")
def added_entity(gold):
    for path, line, record in gold.rows(sets.REGISTRY):
        new = {**record, "id": f"{record['id']}-x", "aliases": ["Zembla"], "wikidata": None}
        yield _added(gold, path, line, new)


@kind("unused-entity shared-item")
def added_entity_without_alias(gold):
    for path, line, record in gold.rows(sets.REGISTRY):
        yield _added(gold, path, line, {**record, "id": f"{record['id']}-x", "aliases": []})


def _added(gold, path, line, new):
    text = "".join(f"{compact(e)}\n" for e in sorted([*gold.registry, new], key=lambda e: e["id"]))
    return gold.rewrite(path, f"added {new['id']}", text, line)


@kind("misnamed-entity")
def changed_type_of_an_entity(gold):
    yield from entries(gold, setting("type", lambda e: gold.other(e["type"], types_of(gold))))


@kind("unknown-entity")
def renamed_entity(gold):
    yield from entries(gold, setting("id", lambda e: f"{e['id']}-ii"))


@kind("")
def changed_name_wikidata_or_note(gold):
    values = {"name": "Somebody Else", "wikidata": "Q1", "note": "A note."}
    for key, value in values.items():
        yield from itertools.islice(entries(gold, setting(key, lambda e, value=value: value)), 10)


@kind("ambiguous-surface unmarked-surface unaccounted-mark quote-type-mismatch speaker-not-mentioned")
def dropped_exemption(gold):
    for path, line, record in gold.rows(sets.EXEMPTIONS):
        yield gold.edit(path, line, f"dropped the exemption of {record['text']}")


@kind("needless-exemption")
def exemption_of_something_else(gold):
    for path, line, record in gold.rows(sets.EXEMPTIONS):
        changes = {"text": "Zembla", "document": "003-03", "code": "unmarked-surface", "start": 7}
        for key, value in changes.items():
            yield gold.edit(path, line, f"{key} of the exemption is {value}", {**record, key: value})


@kind("needless-exemption")
def doubled_exemption(gold):
    for path, line, record in gold.rows(sets.EXEMPTIONS):
        yield gold.edit(path, line, f"doubled the exemption of {record['text']}", record, record)
