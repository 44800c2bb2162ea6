"""Single faults made in the real gold, as hands and programs make them, and whether goldwire sees them.

    python tests/mutations.py 40

makes forty faults of every kind and prints the table: tried, caught, caught with a code that fits, unseen. Every fault
is written into a copy of the corpus and `goldwire.checks.check` runs on it, the whole of it; only what depends on
nothing but its arguments is remembered from one run to the next.
"""

import copy
import functools
import hashlib
import itertools
import json
import random
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import goldwire.checks
import goldwire.checks.completeness as completeness
import goldwire.checks.reuse as reuse
from goldwire import corpus, manifest, sets, spans
from goldwire.build import built_files, to_page
from goldwire.jsonl import Table, pretty, read_jsonl
from goldwire.marks import marked_spans
from goldwire.records import TEXT_ROLES
from goldwire.tree import read_tree

ROOT = Path(__file__).resolve().parents[1]
SEED = 20250903
GOLD = "annotations/gold"
OPEN, CLOSE = "“‘\"'«„", "”’\"'»"
REPEAT = "unlike-repeat"

INVISIBLE = {
    "swapped-ids-of-labels": "an id is a name without an order: any label of a file may have any of its ids",
    "doubled-quote-or-decoy-with-a-new-id": "KNOWN GAP: no check looks for two quotes or decoys of equal content",
    "dropped-quote-without-marks": "nothing in the text says that indirect speech was overlooked; reading does",
    "dropped-cue": "a quote may have no cue; whether it has is read",
    "dropped-speaker": "a quote may have no speaker; whether the sentence names one is read",
    "changed-stands-for": "what a place stands for in a sentence is judged",
    "dropped-stands-for": "whether a place stands for a government is judged",
    "added-stands-for": "whether a place stands for a government is judged",
    "changed-status-to-one-that-fits": "a group may have any number of entities, and none and unnamed have none",
    "dropped-speaker-entity-of-a-group": "who belongs to a group is judged; any number may",
    "changed-speaker-entity-of-a-nominal-or-pronoun": "whom a pronoun means is read; no name stands there",
    "changed-speaker-kind": "KNOWN GAP: only a name is compared with the mentions; a head that is none is not",
    "dropped-parent": "KNOWN GAP: no check asks a quote that lies inside another for its parent",
    "dropped-fragment-without-marks": "nothing in the text says that words outside marks belong to a content",
    "quote-edge-inside-a-word": "KNOWN GAP: no check asks that the spans of quotes and decoys end with whole words",
    "quote-edge-off-by-a-word": "where a content, cue or phrase ends is judged, as long as it keeps its marks",
    "changed-decoy-reason": "scare, title or term is judged",
    "block-outside-texts-merged-with-the-next-of-its-line": "a block is part of a line; where it ends is judged",
    "changed-role-of-the-same-text": "body or subheading, teaser or caption is judged; the text stays the same",
    "changed-document-of-a-block-outside-texts": "which article a caption belongs to is judged; no text changes",
    "dropped-document-of-a-block-of-the-page": "a teaser or boilerplate may be the page's own",
    "near-made-related": "near or related is judged; the labels of what is related are not compared",
    "passage-shrunk-by-a-word-of-its-own": "only a run of eight shared words must lie in a passage; its rim is judged",
    "passage-grown-by-a-word": "a passage may hold words that differ between the words that are shared",
    "changed-name-wikidata-or-note": "what the registry says of the world is not in the texts",
    "added-entity-without-alias": "an entity may be needed only as what another stands for, or as a speaker",
    "changed-words-about-a-page": "publisher, rights and dates of a page are not in its labels",
    "layer-declared-partial": "a set may say that less is done; then less is asked of it",
    "changed-words-about-the-set": "who labelled, and how, is not in the labels",
}
"""Kinds that no check can always see, with the reason; a KNOWN GAP is one that a check could see and none does."""


@dataclass(frozen=True)
class Mutation:
    """A fault: its kind, what was done where, the codes that fit, and the files as they then are (None: deleted)."""

    kind: str
    what: str
    path: str
    line: int
    fits: frozenset[str]
    files: dict[str, bytes | None]


def compact(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


class Gold:
    """The files of a corpus with its gold set, and the ways to change one thing in them."""

    def __init__(self, root):
        tree, _ = read_tree(root)
        # A released version would have every change for an unreleased one; faults are to be seen for what they are.
        opened = pretty(manifest.opened(tree.corpus.manifest)).encode()
        gold, beside = f"{GOLD}/", {sets.REGISTRY, sets.EXEMPTIONS}
        found = [name for name in manifest.data_files(root) if name.startswith(("corpus/", gold)) or name in beside]
        self.files = {name: (root / name).read_bytes() for name in found} | {corpus.MANIFEST: opened}
        self.lines = {name: data.decode().splitlines() for name, data in self.files.items() if name.endswith(".jsonl")}
        self.records = {name: [json.loads(line) for line in lines] for name, lines in self.lines.items()}
        self.texts, self.pages = tree.corpus.texts, tree.corpus.page_texts
        self.documents = {document.id: document for document in tree.corpus.documents}
        self.tree = replace(tree, sets=[tree.gold])
        self.registry = self.records[sets.REGISTRY]
        self.random = random.Random(SEED)

    def shuffled(self, items):
        items = list(items)
        self.random.shuffle(items)
        return items

    def paths(self, *layers):
        """The files of some layers: those of the gold set, or others by their own path."""
        return [p for p in sorted(self.lines) if any(p == name or p.startswith(f"{GOLD}/{name}") for name in layers)]

    def rows(self, *layers):
        """Every record of some layers as (path, line, a copy of the record), the layers in turn."""
        found = [self.shuffled((p, n) for p in self.paths(name) for n in range(len(self.lines[p]))) for name in layers]
        for path, i in (row for turn in itertools.zip_longest(*found) for row in turn if row):
            yield path, i + 1, copy.deepcopy(self.records[path][i])

    def spans(self, *keys):
        """Spans that repeat their text, as (path, line, record, the span in it, text), the kinds of span in turn."""
        kinds = {"mention": "entities", "decoy": "decoys", "passage": "duplicates"}
        rows = [self._spans(key, self.rows(kinds.get(key, "quotes"))) for key in keys or SPANS]
        yield from (span for turn in itertools.zip_longest(*rows) for span in turn if span)

    def _spans(self, key, rows):
        for path, line, record in rows:
            text = self.texts.get(Path(path).stem, "")
            if key in ("mention", "decoy"):
                yield path, line, record, record, text
            elif key == "content":
                yield path, line, record, self.random.choice(record["content"]), text
            elif key == "passage":
                side = self.random.choice("ab")
                yield path, line, record, self.random.choice(record["passages"])[side], self.texts[record[side]]
            else:
                span = record["cue"] if key == "cue" else record["speaker"]
                span = span["head"] if span and key == "head" else span
                if span:
                    yield path, line, record, span, text

    def edit(self, path, line, what, *lines):
        """The file with one line replaced by any number of records, or of lines as they are."""
        new = [item if isinstance(item, str) else compact(item) for item in lines]
        old = self.lines[path]
        text = "".join(f"{item}\n" for item in [*old[: line - 1], *new, *old[line:]])
        return what, path, line, {path: text.encode()}

    def rewrite(self, path, what, data, line=0):
        return what, path, line, {path: data if data is None else data if isinstance(data, bytes) else data.encode()}

    def other(self, current, known):
        return self.random.choice([item for item in known if item != current])


SPANS = ("mention", "content", "cue", "speaker", "head", "decoy", "passage")
KINDS = {}


def kind(codes):
    """Register a generator of faults under its name, with the codes that fit them."""

    def register(function):
        KINDS[function.__name__.replace("_", "-")] = function, frozenset(codes.split())
        return function

    return register


def mutations(gold, name, number):
    """The first faults of a kind; the same ones for the same gold."""
    function, fits = KINDS[name]
    gold.random = random.Random(f"{SEED} {name}")
    for what, path, line, files in itertools.islice(function(gold), number):
        yield Mutation(name, what, path, line, fits, files)


# Offsets


def moved(gold, record, span, start, end, text=None):
    """What was done, after a span was moved; its text is read anew where one is given."""
    what = f"[{span['start']}:{span['end']}] to [{start}:{end}]"
    span["start"], span["end"] = start, end
    if text is not None:
        span["text"] = text[start:end]
    return f"{what} of {record['id']}{', text read anew' if text is not None else ''}"


@kind("surface-mismatch empty-span")
def start_off_by_one(gold):
    for path, line, record, span, _ in gold.spans():
        step = gold.random.choice((-1, 1)) if span["start"] else 1
        yield gold.edit(path, line, moved(gold, record, span, span["start"] + step, span["end"]), record)


@kind("surface-mismatch empty-span span-out-of-range")
def end_off_by_one(gold):
    for path, line, record, span, _ in gold.spans():
        step = gold.random.choice((-1, 1))
        yield gold.edit(path, line, moved(gold, record, span, span["start"], span["end"] + step), record)


@kind("surface-mismatch span-out-of-range")
def both_ends_off_by_one(gold):
    for path, line, record, span, _ in gold.spans():
        step = gold.random.choice((-1, 1)) if span["start"] else 1
        yield gold.edit(path, line, moved(gold, record, span, span["start"] + step, span["end"] + step), record)


@kind("empty-span")
def end_before_start(gold):
    for path, line, record, span, _ in gold.spans():
        yield gold.edit(path, line, moved(gold, record, span, span["end"], span["start"]), record)


@kind("empty-span")
def end_at_start(gold):
    for path, line, record, span, _ in gold.spans():
        yield gold.edit(path, line, moved(gold, record, span, span["start"], span["start"], ""), record)


@kind("surface-mismatch span-out-of-range")
def offsets_in_utf8_bytes(gold):
    for path, line, record, span, text in gold.spans():
        start, end = (len(text[: span[key]].encode()) for key in ("start", "end"))
        if (start, end) != (span["start"], span["end"]):
            yield gold.edit(path, line, moved(gold, record, span, start, end), record)


def with_emoji(gold):
    """The files of the corpus with an emoji early in some texts, where no label is: UTF-16 counts it as two."""
    pages, places = dict(gold.pages), {}
    repeats = {pair[side] for _, _, pair in gold.rows("duplicates") for side in "ab" if pair["relation"] != "related"}
    for name in sorted(set(gold.texts) - repeats):
        text, held = gold.texts[name], set()
        for _, _, _, span, where in gold.spans():
            held |= set(range(span["start"], span["end"])) if where is text else set()
        for passage in (p for _, _, pair in gold.rows("duplicates") for p in _passages(pair, name)):
            held |= set(range(passage["start"], passage["end"]))
        places[name] = next((i for i in range(len(text)) if text[i].isalpha() and i not in held), None)
        if places[name] is not None and places[name] < len(text) / 3:
            page, (at, _) = gold.documents[name].page, to_page(gold.documents[name], places[name], places[name] + 1)
            pages[page] = f"{pages[page][:at]}🎉{pages[page][at + 1 :]}"
    entries = [dict(record) for record in gold.records[corpus.PAGES]]
    for entry in entries:
        entry["sha256"] = hashlib.sha256(pages[entry["id"]].encode()).hexdigest()
    listed = "".join(f"{compact(entry)}\n" for entry in entries)
    files = {corpus.page_path(name): text.encode() for name, text in pages.items()}
    return {**files, corpus.PAGES: listed.encode(), **built_files(pages, gold.tree.gold.segments)}


def _passages(pair, document):
    return [passage[side] for side in "ab" if pair[side] == document for passage in pair["passages"]]


@kind("surface-mismatch span-out-of-range")
def offsets_in_utf16_units(gold):
    files = with_emoji(gold)
    for path, line, record, span, text in gold.spans("mention", "content", "cue", "speaker", "head"):
        text = files[corpus.text_path(Path(path).stem)].decode()
        start, end = (len(text[: span[key]].encode("utf-16-le")) // 2 for key in ("start", "end"))
        if start != span["start"]:
            what, path, line, changed = gold.edit(path, line, moved(gold, record, span, start, end), record)
            yield what, path, line, {**files, **changed}


@kind(f"unregistered-surface span-edge-space nested-mention {REPEAT}")
def mention_off_by_one_and_read_anew(gold):
    for path, line, record, span, text in gold.spans("mention"):
        start, end = gold.random.choice([(-1, 0), (1, 0), (0, -1), (0, 1)])
        start, end = max(0, span["start"] + start), min(len(text), span["end"] + end)
        if start < end and text[start:end] != span["text"]:
            yield gold.edit(path, line, moved(gold, record, span, start, end, text), record)


QUOTE_EDGES = f"{REPEAT} unaccounted-mark quote-type-mismatch misplaced-parent overlapping-fragments \
head-outside-speaker speaker-not-mentioned unsorted-records span-edge-space"


@kind(QUOTE_EDGES)
def quote_edge_inside_a_word(gold):
    for path, line, record, span, text in gold.spans("content", "cue", "speaker", "head", "decoy"):
        start, end = gold.random.choice([(1, 0), (0, -1)])
        start, end = span["start"] + start, span["end"] + end
        edge = start if start != span["start"] else end
        if text[edge - 1 : edge + 1].isalnum() and start < end:
            yield gold.edit(path, line, moved(gold, record, span, start, end, text), record)


@kind(QUOTE_EDGES)
def quote_edge_off_by_a_word(gold):
    for path, line, record, span, text in gold.spans("content", "cue", "speaker"):
        space = span["text"].rfind(" ")
        grown = re.compile(r" \w+").match(text, span["end"])
        end = grown.end() if grown and gold.random.random() < 0.5 else span["start"] + space
        if end > span["start"] and "head" not in span:
            yield gold.edit(path, line, moved(gold, record, span, span["start"], end, text), record)


@kind(f"unaccounted-mark quote-type-mismatch {REPEAT}")
def lost_closing_mark(gold):
    for path, line, record, span, text in gold.spans("content", "decoy"):
        if span["text"][-1] in CLOSE and (span["start"], span["end"]) in _own_marks(text, span):
            yield gold.edit(path, line, moved(gold, record, span, span["start"], span["end"] - 1, text), record)


@kind(f"unaccounted-mark quote-type-mismatch {REPEAT}")
def lost_opening_mark(gold):
    for path, line, record, span, text in gold.spans("content", "decoy"):
        if span["text"][0] in OPEN and (span["start"], span["end"]) in _own_marks(text, span):
            yield gold.edit(path, line, moved(gold, record, span, span["start"] + 1, span["end"], text), record)


def _own_marks(text, span):
    return [place for place in marked_spans(text) if span["start"] <= place[0] and place[1] <= span["end"]]


# Records: ids, doubles, deletions

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


@kind("unlike-repeat")
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


def _lone_marks(gold, path, record):
    """Marks of a quote that no other quote or decoy of its document holds."""
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
        if _lone_marks(gold, path, record):
            yield gold.edit(path, line, f"dropped {record['id']}")


@kind(f"unknown-parent {REPEAT}")
def dropped_quote_without_marks(gold):
    for path, line, record in gold.rows("quotes"):
        if not _lone_marks(gold, path, record):
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


# Mentions


def _types(gold):
    return sorted({entity["type"] for entity in gold.registry})


@kind("entity-type-mismatch")
def changed_type_of_a_mention(gold):
    for path, line, record in gold.rows("entities"):
        record["type"] = gold.other(record["type"], _types(gold))
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


# Quotes and decoys


def quotes(gold, change, wanted=lambda record: True):
    """Every quote that is wanted, after a change that says what it did."""
    for path, line, record in gold.rows("quotes"):
        if wanted(record):
            yield gold.edit(path, line, f"{record['id']}: {change(record)}", record)


def setting(key, choose):
    """A change of one key of a record to what is chosen for it."""

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


@kind(f"{REPEAT} speaker-not-mentioned")
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


@kind(f"speaker-not-mentioned {REPEAT}")
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


@kind(REPEAT)
def dropped_parent(gold):
    yield from quotes(gold, setting("parent", lambda q: None), lambda q: q["parent"])


def _outside(gold, record):
    """Quotes of the same document that do not hold this one."""
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
            if marks == bool(_lone_marks(gold, path, lost)):
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


# Blocks

COVER = "uncovered-text overlapping-blocks span-edge-space block-crosses-line empty-span span-out-of-range"


@kind(COVER)
def block_off_by_one(gold):
    for path, line, record in gold.rows("segments"):
        start, end = gold.random.choice([(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)])
        start = max(start, -record["start"])
        if start or end:
            what = moved(gold, record, record, record["start"] + start, record["end"] + end)
            yield gold.edit(path, line, what, record)


@kind(COVER)
def block_in_utf8_bytes(gold):
    for path, line, record in gold.rows("segments"):
        page = gold.pages[Path(path).stem]
        start, end = (len(page[: record[key]].encode()) for key in ("start", "end"))
        if (start, end) != (record["start"], record["end"]):
            yield gold.edit(path, line, moved(gold, record, record, start, end), record)


@kind("uncovered-text")
def dropped_block(gold):
    for path, line, record in gold.rows("segments"):
        yield gold.edit(path, line, f"dropped {record['id']}")


def _merged(gold, seen):
    for path, line, record in gold.rows("segments"):
        if line < len(gold.lines[path]):
            after, lines = gold.records[path][line], gold.lines[path]
            page = gold.pages[Path(path).stem]
            in_text = {record["role"], after["role"]} & TEXT_ROLES
            if seen == bool("\n" in page[record["start"] : after["end"]] or in_text):
                merged = compact({**record, "end": after["end"]})
                text = "".join(f"{item}\n" for item in [*lines[: line - 1], merged, *lines[line + 1 :]])
                yield gold.rewrite(path, f"merged {record['id']} with {after['id']}", text, line)


@kind("block-crosses-line stale-build")
def block_merged_with_the_next(gold):
    yield from _merged(gold, seen=True)


@kind("stale-build")
def block_outside_texts_merged_with_the_next_of_its_line(gold):
    yield from _merged(gold, seen=False)


ROLES = ("headline", "standfirst", "byline", "source", "timestamp", "body", "subheading", "caption", "teaser")


def _roles(gold, record, same_text):
    """Other roles; of two text roles a headline alone changes what is built, for it is the title."""
    role = record["role"]
    found = []
    for other in (*ROLES, "boilerplate"):
        same = (other in TEXT_ROLES) == (role in TEXT_ROLES) and "headline" not in (role, other)
        if other != role and same == same_text and (record["document"] or other in ("teaser", "boilerplate")):
            found.append(other)
    return found


def _changed_role(gold, same_text):
    for path, line, record in gold.rows("segments"):
        roles = _roles(gold, record, same_text)
        if roles and (record["document"] or same_text):
            record["role"] = gold.random.choice(roles)
            yield gold.edit(path, line, f"{record['id']} is {record['role']}", record)


@kind("stale-build")
def changed_role_with_the_text(gold):
    for fault in _changed_role(gold, same_text=False):
        was, now = gold.records[fault[1]][fault[2] - 1]["role"], fault[0].split()[-1]
        if (was in TEXT_ROLES) != (now in TEXT_ROLES):
            yield fault


@kind("misplaced-block")
def changed_role_of_the_page_s_own_to_one_of_an_article(gold):
    for path, line, record in gold.rows("segments"):
        if record["document"] is None:
            record["role"] = gold.random.choice(ROLES[:-1])
            yield gold.edit(path, line, f"{record['id']} is {record['role']}", record)


@kind("stale-build")
def changed_role_of_the_same_text(gold):
    yield from _changed_role(gold, same_text=True)


def _changed_document(gold, choose, wanted):
    for path, line, record in gold.rows("segments"):
        if wanted(record):
            others = choose(Path(path).stem, record["document"])
            if others:
                record["document"] = gold.random.choice(others)
                yield gold.edit(path, line, f"{record['id']} belongs to {record['document']}", record)


def _of_page(gold, page, current):
    return [name for name, document in gold.documents.items() if document.page == page and name != current]


@kind("stale-build missing-file")
def changed_document_of_a_text_block(gold):
    choose = functools.partial(_of_page, gold)
    yield from _changed_document(gold, choose, lambda b: b["role"] in TEXT_ROLES)


@kind("stale-build")
def changed_document_of_a_block_outside_texts(gold):
    choose = functools.partial(_of_page, gold)
    yield from _changed_document(gold, choose, lambda b: b["role"] not in TEXT_ROLES)


@kind("misplaced-block")
def changed_document_to_one_of_another_page(gold):
    def choose(page, current):
        return [name for name, document in gold.documents.items() if document.page != page]

    yield from _changed_document(gold, choose, lambda b: True)


@kind("unknown-document")
def changed_document_to_an_unknown_one(gold):
    yield from _changed_document(gold, lambda page, current: [f"{page}-77"], lambda b: True)


@kind("misplaced-block")
def dropped_document_of_a_block_of_an_article(gold):
    free = ("teaser", "boilerplate")
    yield from _changed_document(gold, lambda page, current: [None], lambda b: b["role"] not in free)


@kind("stale-build")
def dropped_document_of_a_block_of_the_page(gold):
    def wanted(block):
        return block["document"] and block["role"] in ("teaser", "boilerplate")

    yield from _changed_document(gold, lambda page, current: [None], wanted)


# Pairs and passages


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


@kind(REPEAT)
def related_made_near(gold):
    yield from pairs(gold, setting("relation", lambda p: "near"), lambda p: p["relation"] == "related")


@kind("")
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


# The registry and the exemptions


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
        new = {**record, "id": f"{record['id']}-x", "aliases": ["Zembla"]}
        yield _added(gold, path, line, new)


@kind("unused-alias")
def added_entity_without_alias(gold):
    for path, line, record in gold.rows(sets.REGISTRY):
        yield _added(gold, path, line, {**record, "id": f"{record['id']}-x", "aliases": []})


def _added(gold, path, line, new):
    text = "".join(f"{compact(e)}\n" for e in sorted([*gold.registry, new], key=lambda e: e["id"]))
    return gold.rewrite(path, f"added {new['id']}", text, line)


@kind("misnamed-entity")
def changed_type_of_an_entity(gold):
    yield from entries(gold, setting("type", lambda e: gold.other(e["type"], _types(gold))))


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


# What is built, and what it is built from


def _texts(gold):
    return gold.shuffled(p for p in gold.files if p.startswith("corpus/text/"))


def _pages(gold):
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
    yield from (_changed_character(gold, path) for path in _pages(gold) * 8)


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


# Form: keys, values, lines, bytes

JSONL = (*LABELS, "duplicates", sets.REGISTRY, sets.EXEMPTIONS, corpus.DOCUMENTS, corpus.PAGES)
NULLABLE = {"cue", "speaker", "stands_for", "parent", "direction", "wikidata", "note", "site", "date", "date_note"}


def _keys(gold, wanted=lambda key, value: True):
    for path, line, record in gold.rows(*JSONL):
        keys = [key for key, value in record.items() if wanted(key, value)]
        if keys:
            yield path, line, record, gold.random.choice(keys)


@kind("unknown-key")
def renamed_key(gold):
    for path, line, record, key in _keys(gold):
        new = gold.random.choice((key.capitalize(), f"{key}s", f"{key} "))
        yield gold.edit(path, line, f"{key} is {new!r}", {new if k == key else k: v for k, v in record.items()})


@kind("missing-key not-canonical")
def dropped_key(gold):
    for path, line, record, key in _keys(gold):
        yield gold.edit(path, line, f"dropped {key}", {k: v for k, v in record.items() if k != key})


@kind("unknown-key")
def added_key(gold):
    for path, line, record, _ in _keys(gold):
        yield gold.edit(path, line, "added a key", {**record, gold.random.choice(("comment", "score")): 1})


@kind("unknown-key")
def added_key_without_a_name(gold):
    for path, line, record, _ in _keys(gold):
        yield gold.edit(path, line, "added the key “”", {**record, "": 1})


@kind("key-order")
def swapped_keys(gold):
    for path, line, record in gold.rows(*JSONL):
        keys = list(record)
        i = gold.random.randrange(len(keys) - 1)
        keys[i], keys[i + 1] = keys[i + 1], keys[i]
        yield gold.edit(path, line, f"{keys[i]} before {keys[i + 1]}", {key: record[key] for key in keys})


@kind("duplicate-key")
def doubled_key(gold):
    for path, line, record, key in _keys(gold):
        text = compact(record)
        yield gold.edit(path, line, f"{key} twice", f"{text[:-1]},{compact({key: record[key]})[1:]}")


@kind("wrong-value incomplete-record")
def value_null(gold):
    exempted = {"document", "start"}  # of a block of the page's own, and of an exemption of everywhere
    for path, line, record, key in _keys(gold, lambda k, v: v is not None and k not in NULLABLE | exempted):
        yield gold.edit(path, line, f"{key} is null", {**record, key: None})


@kind("wrong-value")
def value_of_another_type(gold):
    for path, line, record, key in _keys(gold, lambda k, v: v is not None):
        value = record[key]
        wrong = str(value) if isinstance(value, int) else 7 if isinstance(value, str) else {"x": value}
        wrong = gold.random.choice((wrong, value + 0.5, True)) if isinstance(value, int) else wrong
        yield gold.edit(path, line, f"{key} is {str(wrong)[:20]}", {**record, key: wrong})


@kind("not-canonical")
def spaces_or_escapes(gold):
    for path, line, record in gold.rows(*JSONL):
        text = json.dumps(record, ensure_ascii=False)
        escaped = json.dumps(record, separators=(",", ":"))
        use = gold.random.random() < 0.5 and escaped != gold.lines[path][line - 1]
        yield gold.edit(path, line, "characters escaped" if use else "spaces", escaped if use else text)


@kind("unsorted-records")
def swapped_lines(gold):
    for path, line, record in gold.rows(*JSONL):
        if line < len(gold.lines[path]):
            lines = [*gold.lines[path]]
            lines[line - 1 : line + 1] = lines[line], lines[line - 1]
            what = f"{record.get('id')} and the line after it"
            yield gold.rewrite(path, what, "\n".join(lines) + "\n", line)


@kind("blank-line")
def blank_line(gold):
    for path, line, record in gold.rows(*JSONL):
        yield gold.edit(path, line, "a blank line", gold.random.choice(("", "  ", "\t")), record)


@kind("not-json")
def merge_marker(gold):
    for path, line, record in gold.rows(*JSONL):
        markers = ("<<<<<<< HEAD", record, "=======", record, ">>>>>>> theirs")
        yield gold.edit(path, line, "a merge conflict", *markers)


@kind("not-json")
def line_cut_off(gold):
    for path, line, _ in gold.rows(*JSONL):
        text = gold.lines[path][line - 1]
        yield gold.edit(path, line, "cut off", text[: gold.random.randrange(1, len(text))])


def _bytes(gold, change, *paths):
    files = paths or [path for path in sorted(gold.lines) if gold.lines[path]]
    for path in gold.shuffled(files):
        data = change(gold.files[path])
        if data != gold.files[path]:
            yield gold.rewrite(path, "the whole file", data, 1)


def _text_files(gold):
    return [p for p in gold.files if not p.startswith("corpus/pages/") and gold.files[p]]


@kind("carriage-return")
def crlf(gold):
    yield from _bytes(gold, lambda data: data.replace(b"\n", b"\r\n"), *_text_files(gold))


@kind("byte-order-mark")
def bom(gold):
    yield from _bytes(gold, lambda data: b"\xef\xbb\xbf" + data, *_text_files(gold))


@kind("stale-page")
def crlf_or_bom_in_a_page(gold):
    pages = _pages(gold)
    yield from _bytes(gold, lambda data: data.replace(b"\n", b"\r\n"), *pages)
    yield from _bytes(gold, lambda data: b"\xef\xbb\xbf" + data, *pages)


@kind("not-utf8")
def another_encoding(gold):
    for name in ("utf-16", "cp1252"):
        yield from _bytes(gold, lambda data, name=name: data.decode().encode(name, "replace"), *_non_ascii(gold))


def _non_ascii(gold):
    """Files that another encoding leaves no UTF-8."""
    return [p for p in gold.files if not gold.files[p].decode().encode("cp1252", "replace").isascii()]


@kind("not-nfc stale-text")
def decomposed(gold):
    def change(data):
        return unicodedata.normalize("NFD", data.decode()).encode()

    yield from _bytes(gold, change, *_text_files(gold))


@kind("missing-final-newline")
def no_final_newline(gold):
    yield from _bytes(gold, lambda data: data[:-1])


# The set and its files


def _set_json(gold, change):
    info = json.loads(gold.files[f"{GOLD}/set.json"])
    what = change(info)
    return gold.rewrite(f"{GOLD}/set.json", what, json.dumps(info, indent=2, ensure_ascii=False) + "\n", 1)


def _declared(gold, value):
    info = json.loads(gold.files[f"{GOLD}/set.json"])
    for layer, unit in gold.shuffled([(name, unit) for name in LABELS for unit in info[name]]):

        def change(info, layer=layer, unit=unit):
            info[layer][unit] = value
            if value is None:
                del info[layer][unit]
            return f"{layer} of {unit} is {value or 'left out'}"

        yield _set_json(gold, change)


@kind("undeclared-layer")
def layer_declared_none_or_left_out(gold):
    yield from (fault for both in zip(_declared(gold, "none"), _declared(gold, None), strict=True) for fault in both)


@kind("")
def layer_declared_partial(gold):
    yield from _declared(gold, "partial")


@kind("unknown-document unknown-page")
def unknown_unit_declared(gold):
    for layer in ("segments", "entities", "quotes", "decoys"):
        for value in ("complete", "none"):
            unit = "999" if layer == "segments" else "999-01"
            yield _set_json(gold, lambda i, a=layer, u=unit, v=value: i[a].update({u: v}) or f"{a} of {u} is {v}")


@kind("misnamed-set")
def changed_name_of_the_set(gold):
    yield _set_json(gold, lambda info: info.update(name="pass-a") or "name is pass-a")


@kind("")
def changed_words_about_the_set(gold):
    for key, value in {"description": "x", "annotators": [], "guidelines": None, "kind": "annotator"}.items():
        yield _set_json(gold, lambda info, k=key, v=value: info.update({k: v}) or f"{k} is {v}")


@kind("undeclared-layer missing-file ambiguous-surface")
def deleted_file(gold):
    for path in gold.shuffled(gold.files):
        yield gold.rewrite(path, "deleted", None)


@kind(
    "unaccounted-mark unmarked-surface uncovered-text unrecorded-passage not-json unknown-page unknown-document \
unknown-entity stale-text stale-page ambiguous-surface unlike-repeat"
)
def emptied_file(gold):
    for path in gold.shuffled(path for path in gold.files if gold.files[path]):
        if not path.startswith(f"{GOLD}/quotes") or any(
            _lone_marks(gold, path, record) for record in gold.records[path]
        ):
            yield gold.rewrite(path, "emptied", b"")


def _moved_file(gold, rename):
    for path in gold.shuffled(gold.files):
        target = rename(path)
        if target is not None and target not in gold.files:
            yield f"moved to {target}", path, 0, {path: None, target: gold.files[path]}


@kind("undeclared-layer missing-file unexpected-file unknown-document unknown-page ambiguous-surface")
def renamed_file(gold):
    endings = (".orig", "~", " copy.jsonl", ".JSONL", ".json", "-old.jsonl", ".txt")
    yield from _moved_file(gold, lambda path: path.rsplit(".", 1)[0] + gold.random.choice(endings))


@kind("unexpected-file unknown-document unknown-page misfiled-record")
def misplaced_file(gold):
    def rename(path):
        place = Path(path)
        folders = (place.parent.parent, place.parent / "sub", Path(GOLD) / "other", Path("annotations"))
        target = (gold.random.choice(folders) / place.name).as_posix()
        return target if path.startswith(("annotations/gold/", "corpus/")) and "/" in target else None

    yield from _moved_file(gold, rename)


@kind("unexpected-file unknown-document unknown-page")
def copy_left_beside(gold):
    for path in gold.shuffled(gold.files):
        place = Path(path)
        names = (f"{place.name}.orig", f".{place.name}.swp", f"{place.stem}-copy{place.suffix}", f"{place.stem} (1)")
        target = place.with_name(gold.random.choice(names)).as_posix()
        yield f"a copy as {target}", path, 0, {target: gold.files[path]}


@kind("misfiled-record unknown-document unknown-page stale-text stale-page")
def swapped_files(gold):
    for path in gold.shuffled(gold.files):
        beside = [p for p in gold.files if Path(p).parent == Path(path).parent and gold.files[p] != gold.files[path]]
        if len(Path(path).parts) == 4 or path.startswith(("corpus/text/", "corpus/pages/")):
            other = gold.random.choice(beside)
            yield f"exchanged with {other}", path, 0, {path: gold.files[other], other: gold.files[path]}


# Trying


@contextmanager
def remembered():
    """Remember what depends on nothing but its arguments, or on the bytes of one file, from check to check."""
    tables = {}

    def read(root, path, model, *rest, **options):
        try:
            data = (root / path).read_bytes()
        except OSError:
            return read_jsonl(root, path, model, *rest, **options)
        key = path, data, rest, *options.items()
        if key not in tables:
            tables[key] = read_jsonl(root, path, model, *rest, **options)
        table, findings = tables[key]
        return Table(table.path, table.rows, table.whole), [*findings]  # callers add to the findings

    shared = functools.cache(lambda texts: reuse_pairs(dict(texts)))
    reuse_pairs = reuse.sharing_pairs
    with ExitStack() as stack:
        for place, name, new in (
            (sets, "read_jsonl", read),
            (corpus, "read_jsonl", read),
            (completeness, "marked_spans", functools.cache(completeness.marked_spans)),
            (reuse, "shared_runs", functools.cache(reuse.shared_runs)),
            (reuse, "sharing_pairs", lambda texts: shared(tuple(texts.items()))),
            (reuse, "Projection", functools.cache(reuse.Projection)),
            (spans, "normalise", functools.cache(spans.normalise)),
        ):
            stack.enter_context(patch.object(place, name, new))
        yield


class Bench:
    """A folder with the corpus in it, in which one fault after another is made, checked and undone."""

    def __init__(self, gold, folder):
        self.gold, self.folder = gold, folder
        for path, data in gold.files.items():
            self._put(path, data)

    def _put(self, path, data):
        place = self.folder / path
        if data is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            return
        place.unlink()
        for folder in place.relative_to(self.folder).parents:  # as git does: a folder without a file is none
            if folder.parts and not any((self.folder / folder).iterdir()):
                (self.folder / folder).rmdir()

    def codes(self, files):
        """The codes found with some files changed; all is as it was afterwards."""
        try:
            for path, data in files.items():
                self._put(path, data)
            return {fault.code for fault in goldwire.checks.check(self.folder)}
        finally:
            for path in files:
                if path in self.gold.files or (self.folder / path).exists():
                    self._put(path, self.gold.files.get(path))

    def trial(self, name, number):
        """Every fault of a kind with the codes that were found."""
        return [(fault, self.codes(fault.files)) for fault in mutations(self.gold, name, number)]


def main(number):
    gold = Gold(ROOT)
    total = Counter()
    print(f"{'kind':<55}{'tried':>6}{'caught':>7}{'fitting':>8}{'unseen':>7}")
    with tempfile.TemporaryDirectory() as folder, remembered():
        bench = Bench(gold, Path(folder))
        for name in KINDS:
            found = bench.trial(name, number)
            caught = sum(bool(codes) for _, codes in found)
            fitting = sum(bool(codes & fault.fits) for fault, codes in found)
            row = {"tried": len(found), "caught": caught, "fitting": fitting, "unseen": len(found) - caught}
            total.update(row)
            known = f"  {INVISIBLE[name]}" if name in INVISIBLE else ""
            print(f"{name:<55}{row['tried']:>6}{caught:>7}{fitting:>8}{row['unseen']:>7}{known}")
            if not known:
                for fault, codes in (item for item in found if not item[1] & item[0].fits):
                    print(f"    {fault.path}:{fault.line}: {fault.what}; found {sorted(codes) or 'nothing'}")
    print(f"{'all':<55}{total['tried']:>6}{total['caught']:>7}{total['fitting']:>8}{total['unseen']:>7}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
