"""Faults of offsets: off by one, counted in another unit, at a wrong edge."""

import hashlib
import re
from pathlib import Path

from goldwire.corpus import documents as corpus
from goldwire.corpus.build import built_files, to_page
from goldwire.text.quotation_marks import marked_spans
from mutations.gold import CLOSE, OPEN, REPEAT, compact, kind


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


@kind("span-edge-word head-outside-speaker overlapping-fragments")
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
