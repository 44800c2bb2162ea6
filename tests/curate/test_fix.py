"""`goldwire fix`: what needs no person is fixed, the rest is named, and no label that somebody made changes."""

import json
import shutil

import pytest

from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.curate.fix import fix
from repository import ROOT, git

BASE = ROOT / "tests/faults/base"
QUOTES, MENTIONS = "annotations/gold/quotes/p1-01.jsonl", "annotations/gold/entities/p1-01.jsonl"
BLOCKS, PAIRS = "annotations/gold/segments/p1.jsonl", "annotations/gold/duplicates.jsonl"
SET, REGISTRY, PAGES = "annotations/gold/set.json", "annotations/registry.jsonl", "corpus/pages.jsonl"
SYSTEM, SYSTEM_SET = "annotations/system-x/entities/p1-01.jsonl", "annotations/system-x/set.json"


@pytest.fixture
def corpus(tmp_path):
    """The corpus of the faults, with the output of a system that writes plain JSON."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    mentions = [json.loads(line) for line in (tmp_path / MENTIONS).read_text().splitlines()]
    (tmp_path / SYSTEM).parent.mkdir(parents=True)
    plain = [{"type": one["type"], "text": one["text"], "end": one["end"], "start": one["start"]} for one in mentions]
    (tmp_path / SYSTEM).write_text("".join(json.dumps(one) + "\n" for one in reversed(plain)))
    info = json.loads((tmp_path / SET).read_text())
    info |= {"name": "system-x", "kind": "system", "quotes": {}, "decoys": {}, "segments": {}, "duplicates": "none"}
    info["entities"] = {"p1-01": "complete"}
    (tmp_path / SYSTEM_SET).write_text(json.dumps(info, indent=2, ensure_ascii=False) + "\n")
    return tmp_path


def lines(change):
    """An edit of the parsed lines of a file, written in their own form."""

    def edit(data):
        found = change([json.loads(line) for line in data.decode().splitlines()])
        return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in found).encode()

    return edit


def turned(records):
    return [dict(reversed(one.items())) for one in records]


def first(**values):
    return lines(lambda records: [{**records[0], **values}, *records[1:]])


def without(*keys):
    return lines(lambda records: [{key: one[key] for key in one if key not in keys} for one in records])


def setting(**values):
    return lambda data: json.dumps(json.loads(data) | values, indent=2, ensure_ascii=False).encode() + b"\n"


FIXED = {
    "a byte order mark": (MENTIONS, lambda data: b"\xef\xbb\xbf" + data),
    "line ends of Windows": (QUOTES, lambda data: data.replace(b"\n", b"\r\n")),
    "line ends of a page list": (PAGES, lambda data: data.replace(b"\n", b"\r\n")),
    "decomposed letters": (MENTIONS, lambda data: data.decode().replace("é", "e\u0301").encode()),
    "no final line feed": (BLOCKS, lambda data: data[:-1]),
    "blank lines": (MENTIONS, lambda data: data.replace(b"\n", b"\n\n")),
    "spaces": (MENTIONS, lambda data: data.replace(b'":', b'": ')),
    "escapes": (MENTIONS, lambda data: data.decode().replace("é", "\\u00e9").encode()),
    "keys in another order": (QUOTES, lines(turned)),
    "lines in another order": (MENTIONS, lines(lambda records: records[::-1])),
    "blocks in another order": (BLOCKS, lines(lambda records: records[::-1])),
    "the registry in another order": (REGISTRY, lines(lambda records: records[::-1])),
    "keys left out": (
        MENTIONS,
        lines(lambda records: [{key: one[key] for key in one if one[key]} for one in records]),
    ),
    "a set in one line": (SET, lambda data: json.dumps(json.loads(data)).encode()),
    "a system's set in one line": (SYSTEM_SET, lambda data: json.dumps(json.loads(data)).encode()),
    "line ends of a system": (SYSTEM, lambda data: data.replace(b"\n", b"\r\n")),
    "blank lines of a system": (SYSTEM, lambda data: data.replace(b"\n", b"\n\n")),
}
REFUSED = {
    "no JSON": (MENTIONS, lambda data: data.replace(b"{", b"", 1)),
    "half a line": (QUOTES, lambda data: data[:-20]),
    "a system's half line": (SYSTEM, lambda data: data[:-20]),
    "a key that is missing": (MENTIONS, without("type")),
    "a system's key that is missing": (SYSTEM, without("type")),
    "an unknown key": (MENTIONS, first(more=1)),
    "a value of another type": (MENTIONS, first(start="0")),
    "a value of no list": (MENTIONS, first(type="CITY")),
    "a key twice": (MENTIONS, lambda data: data.replace(b'{"id"', b'{"type":"LOC","id"', 1)),
    "not UTF-8": (MENTIONS, lambda data: data + b"\xff\n"),
    "a conflict of git": (QUOTES, lambda data: b"<<<<<<< HEAD\n" + data),
    "a set of an unknown kind": (SET, setting(kind="x")),
}
SOUND = {
    "nothing": (MENTIONS, lambda data: data),
    "plain JSON of a system": (SYSTEM, lambda data: data.replace(b'": ', b'":   ')),
}


def edited(corpus, path, edit):
    before = (corpus / path).read_bytes()
    (corpus / path).write_bytes(edit(before))
    return before


def verdicts(corpus, path, capsys):
    """The verdicts of records, check and fix on one file: whether there is anything to say about it."""
    by_records = main(["records", str(corpus / path)])
    by_check = any(fault.path == path for fault in check(corpus))
    fixed = fix(corpus, write=False)
    capsys.readouterr()
    return by_records != 0, by_check, path in fixed.changed or path in {fault.path for fault in fixed.refused}


@pytest.mark.parametrize("case", FIXED)
def test_what_needs_no_person_is_fixed_and_the_labels_are_the_same(case, corpus, capsys):
    path, edit = FIXED[case]
    before = edited(corpus, path, edit)
    assert (corpus / path).read_bytes() != before
    assert verdicts(corpus, path, capsys) == (True, True, True)
    fixed = fix(corpus)
    assert not fixed.refused
    assert list(fixed.changed) == [path]
    assert all(fixed.changed.values())
    assert "system" in path or (corpus / path).read_bytes() == before
    assert verdicts(corpus, path, capsys) == (False, False, False)


@pytest.mark.parametrize("case", REFUSED)
def test_what_needs_a_person_is_named_and_the_file_stays(case, corpus, capsys):
    path, edit = REFUSED[case]
    edited(corpus, path, edit)
    assert verdicts(corpus, path, capsys) == (True, True, True)
    before = (corpus / path).read_bytes()
    assert main(["fix", str(corpus)]) == 1
    assert path in capsys.readouterr().out
    assert (corpus / path).read_bytes() == before


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_stays(case, corpus, capsys):
    path, edit = SOUND[case]
    edited(corpus, path, edit)
    assert verdicts(corpus, path, capsys) == (False, False, False)


def test_ids_and_derived_fields_are_filled_in_and_said(corpus, capsys):
    quotes = (corpus / QUOTES).read_bytes()
    bare = []
    for one in map(json.loads, quotes.decode().splitlines()):
        speaker = one["speaker"] and {**one["speaker"], "head": None, "kind": None}
        is_named = bool(one["speaker"]) and one["speaker"]["kind"] == "name"
        named = {"speaker_entities": None} if is_named else {}
        bare.append({**one, "id": None, "parent": None, "status": None, "speaker": speaker, **named})
    (corpus / QUOTES).write_text("".join(json.dumps(one) + "\n" for one in bare))
    assert main(["fix", str(corpus)]) == 0
    said = capsys.readouterr().out
    assert (corpus / QUOTES).read_bytes() == quotes
    assert said.startswith(f"{QUOTES}: ")
    assert all(f" {name}" in said for name in ("id", "kind", "head", "status"))


def test_a_pair_is_turned_round_and_gets_its_id(corpus):
    before = (corpus / PAIRS).read_bytes()
    (pair, *rest) = map(json.loads, before.decode().splitlines())
    passages = [{"a": one["b"], "b": one["a"]} for one in pair["passages"]]
    turn = {"a_in_b": "b_in_a", "b_in_a": "a_in_b", None: None}
    pair |= {"id": None, "a": pair["b"], "b": pair["a"], "passages": passages, "direction": turn[pair["direction"]]}
    (corpus / PAIRS).write_text("".join(json.dumps(one) + "\n" for one in (pair, *rest)))
    fix(corpus)
    assert (corpus / PAIRS).read_bytes() == before


def test_an_id_of_a_record_that_is_gone_is_not_given_again(corpus):
    git(corpus, "init", "-q")
    git(corpus, "add", "-A")
    git(corpus, "commit", "-qm", "all")
    *kept, last = (corpus / MENTIONS).read_text().splitlines(keepends=True)
    number = int(json.loads(last)["id"].rsplit("e", 1)[1])
    (corpus / MENTIONS).write_text("".join(kept) + last.replace(f'"{json.loads(last)["id"]}"', "null"))
    fix(corpus)
    assert json.loads((corpus / MENTIONS).read_text().splitlines()[-1])["id"] == f"p1-01-e{number + 1:03}"


def test_what_a_person_set_is_not_derived_again(corpus):
    odd = [json.loads(line) | {"status": "unnamed"} for line in (corpus / QUOTES).read_text().splitlines()]
    (corpus / QUOTES).write_text("".join(json.dumps(one) + "\n" for one in odd))
    fix(corpus)
    assert {json.loads(line)["status"] for line in (corpus / QUOTES).read_text().splitlines()} == {"unnamed"}


def test_the_corpus_itself_needs_no_fix(capsys):
    assert main(["fix", "--check", str(ROOT)]) == 0
    assert capsys.readouterr().out == ""
