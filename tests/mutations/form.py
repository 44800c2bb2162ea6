"""Faults of form: keys, values, lines, bytes."""

import json
import unicodedata

from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from mutations.built import pages_of
from mutations.doubles import LABELS
from mutations.gold import compact, kind

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
    pages = pages_of(gold)
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
