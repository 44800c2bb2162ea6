"""Faults of whole records: exchanged ids, repeated, deleted or misfiled records."""

import re
from pathlib import Path

from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from goldwire.text.quotation_marks import marked_spans
from mutations.gold import GOLD, REPEAT, compact, kind

LABELS = ("entities", "quotes", "decoys", "segments")


@kind(f"misplaced-parent unknown-parent {REPEAT}")
def swapped_ids_of_labels(gold):
    for path, line, record in gold.rows(*LABELS):
        if len(gold.lines[path]) > 1:
            yield _swapped(gold, path, line, record)


@kind("unsorted-records misnamed-entity misnamed-pair")
def swapped_ids_of_entities_pairs_or_documents(gold):
    for path, line, record in gold.rows(sets.REGISTRY, "duplicates", corpus.DOCUMENTS, corpus.PAGES):
        yield _swapped(gold, path, line, record)


def _swapped(gold, path, line, record):
    n = gold.other(line - 1, range(len(gold.lines[path])))
    other = dict(gold.records[path][n])
    what = f"exchanged the ids {record['id']} and {other['id']}"
    record["id"], other["id"] = other["id"], record["id"]
    lines = [*gold.lines[path]]
    lines[line - 1], lines[n] = compact(record), compact(other)
    return gold.rewrite(path, what, "\n".join(lines) + "\n", line)


@kind("duplicate-id")
def doubled_record(gold):
    for path, line, record in gold.rows(*LABELS, "duplicates", sets.REGISTRY, corpus.DOCUMENTS, corpus.PAGES):
        yield gold.edit(path, line, f"doubled {record['id']}", record, record)


@kind("nested-mention overlapping-blocks")
def doubled_mention_or_block_with_a_new_id(gold):
    yield from _doubled(gold, "entities", "segments")


@kind("duplicate-quote overlapping-decoy")
def doubled_quote_or_decoy_with_a_new_id(gold):
    yield from _doubled(gold, "quotes", "decoys")


def _doubled(gold, *layers):
    for path, line, record in gold.rows(*layers):
        new = re.sub(r"\d+$", "999", record["id"])
        yield gold.edit(path, line, f"doubled {record['id']} as {new}", record, {**record, "id": new})


@kind(f"unmarked-surface unused-alias speaker-not-mentioned {REPEAT}")
def dropped_mention(gold):
    for path, line, record in gold.rows("entities"):
        yield gold.edit(path, line, f"dropped {record['id']} {record['text']}")


def lone_marks(gold, path, record):
    """The marks of a quote that no other quote or decoy of its document contains."""
    unit = Path(path).stem
    spans_ = [(s["start"], s["end"]) for s in record["content"]]
    others = [q for q in gold.records[path] if q["id"] != record["id"]]
    held = [(s["start"], s["end"]) for q in others for s in q["content"]]
    held += [(d["start"], d["end"]) for d in gold.records[f"{GOLD}/decoys/{unit}.jsonl"]]
    marks = {i for a, b in marked_spans(gold.texts[unit]) for i in (a, b - 1)}
    return {i for i in marks if any(a <= i < b for a, b in spans_) and not any(a <= i < b for a, b in held)}


@kind(f"unaccounted-mark unknown-parent {REPEAT}")
def dropped_quote_with_marks(gold):
    for path, line, record in gold.rows("quotes"):
        if lone_marks(gold, path, record):
            yield gold.edit(path, line, f"dropped {record['id']}")


@kind(f"unknown-parent {REPEAT}")
def dropped_quote_without_marks(gold):
    for path, line, record in gold.rows("quotes"):
        if not lone_marks(gold, path, record):
            yield gold.edit(path, line, f"dropped {record['id']}")


@kind(f"unaccounted-mark {REPEAT}")
def dropped_decoy(gold):
    for path, line, record in gold.rows("decoys"):
        yield gold.edit(path, line, f"dropped {record['id']} {record['text']}")


@kind("unknown-page unknown-document unexpected-file")
def dropped_page_or_document(gold):
    for path, line, record in gold.rows(corpus.PAGES, corpus.DOCUMENTS):
        yield gold.edit(path, line, f"dropped {record['id']}")


@kind("misfiled-record")
def record_in_the_file_of_another(gold):
    for path, line, record in gold.rows(*LABELS):
        layer = path.split("/")[2]
        target = gold.other(path, gold.paths(layer))
        there = gold.lines[target]
        what, path, line, files = gold.edit(path, line, f"moved {record['id']} to {target}")
        yield what, path, line, {**files, target: "".join(f"{item}\n" for item in [*there, compact(record)]).encode()}
