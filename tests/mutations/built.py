"""Faults of built files and of the pages they are built from."""

import hashlib

from goldwire.corpus import documents as corpus
from mutations.gold import kind


def _texts(gold):
    return gold.shuffled(p for p in gold.files if p.startswith("corpus/text/"))


def pages_of(gold):
    return gold.shuffled(p for p in gold.files if p.startswith("corpus/pages/"))


def _changed_character(gold, path):
    text = gold.files[path].decode()
    at = gold.random.randrange(len(text))
    how = gold.random.choice(("changed", "dropped", "doubled"))
    new = {"changed": "x" if text[at] != "x" else "y", "dropped": "", "doubled": text[at] * 2}[how]
    what = f"{how} character {at}, {text[at]!r}"
    return gold.rewrite(path, what, text[:at] + new + text[at + 1 :], text.count("\n", 0, at) + 1)


@kind("stale-text")
def changed_character_of_a_text(gold):
    yield from (_changed_character(gold, path) for path in _texts(gold) * 2)


@kind("stale-page")
def changed_character_of_a_page(gold):
    yield from (_changed_character(gold, path) for path in pages_of(gold) * 8)


@kind("stale-text stale-page")
def changed_hash(gold):
    for path, line, record in gold.rows(corpus.DOCUMENTS, corpus.PAGES):
        record["sha256"] = hashlib.sha256(record["sha256"].encode()).hexdigest()
        yield gold.edit(path, line, f"another hash of {record['id']}", record)


@kind("stale-build unknown-page")
def changed_title_length_map_or_page_of_a_document(gold):
    for path, line, record in gold.rows(corpus.DOCUMENTS):
        key = gold.random.choice(("title", "length", "map", "page"))
        if key == "map":
            run = gold.random.choice(record["map"])
            run["page_start"] += 1
        elif key == "page":
            record["page"] = gold.other(record["page"], gold.pages)
        else:
            record[key] = record[key] + (1 if key == "length" else "!")
        yield gold.edit(path, line, f"another {key} of {record['id']}", record)


@kind("")
def changed_words_about_a_page(gold):
    for path, line, record in gold.rows(corpus.PAGES):
        key, value = gold.random.choice([("publisher", "X"), ("rights", "none"), ("date", "1999")])
        yield gold.edit(path, line, f"{key} of {record['id']} is {value}", {**record, key: value})
