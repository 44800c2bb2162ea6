"""The labels that a system may hand in for each task, and the messages for those it may not."""

import json
from dataclasses import replace

import pytest

import goldwire
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.scoring.settings import Settings
from repository import ROOT
from repository import in_process as command

TEXT = "𝕏 said: “Zoë goes.” So it went, ’tis told."


def quick(task):
    return Settings(task, resamples=10)


def test_quotes_may_be_records_mappings_or_places(gold):
    records = {name: document.quotes for name, document in gold.documents.items()}
    mappings = {name: [quote.model_dump() for quote in held] for name, held in records.items()}
    by_text = {gold.documents[name].text: held for name, held in records.items()}
    expected = goldwire.score(records, gold, quick("quotes"))
    assert expected.f1 == 1.0
    for system in (mappings, by_text.__getitem__):
        assert goldwire.score(system, gold, quick("quotes")) == expected
    places = {name: [(q.content[0].start, q.content[0].end, q.type) for q in held] for name, held in records.items()}
    alone = {name: [place[:2] for place in held] for name, held in places.items()}
    for system in (places, alone):
        assert 0.8 < goldwire.score(system, gold, quick("quotes")).f1 < 1.0  # but for the fragments


def test_blocks_may_be_records_mappings_or_tuples(gold):
    mappings = {page: [block.model_dump() for block in held] for page, held in gold.blocks.items()}
    tuples = {p: [(b.start, b.end, b.role, b.document) for b in held] for p, held in gold.blocks.items()}
    by_text = {gold.page_texts[page]: held for page, held in tuples.items()}
    for system in (gold.blocks, mappings, tuples, by_text.__getitem__):
        result = goldwire.score(system, gold, quick("segments"))
        assert {row.value for row in result.rows()} == {1.0}


def test_pairs_may_be_records_mappings_or_tuples_in_either_order(gold):
    tuples = [(p.a, p.b, p.relation, p.direction, p.passages) for p in gold.pairs]
    turned = [(p.b, p.a, p.relation, p.direction, [{"a": x.b, "b": x.a} for x in p.passages]) for p in gold.pairs]
    mappings = [p.model_dump() for p in gold.pairs]
    for system in (gold.pairs, tuples, turned, mappings, lambda texts: iter(tuples)):
        result = goldwire.score(system, gold, quick("duplicates"))
        assert (result.f1, result.counts.passages.f1, result.counts.clusters.ari) == (1.0, 1.0, 1.0)
    couples = [(p.a, p.b) for p in gold.pairs if p.relation in ("exact", "near")]
    assert goldwire.score(couples, gold, quick("duplicates")).f1 == 1.0


def test_duplicates_stand_beside_singletons_and_hashes(gold):
    result = goldwire.score([], gold, quick("duplicates"))
    assert list(result.baselines) == ["all singletons", "exact hash"]
    assert result.baselines["all singletons"].duplicates.f1 == 0.0
    exact = result.baselines["exact hash"]
    assert (exact.relations["exact"].recall, exact.relations["exact"].precision) == (1.0, 1.0)
    assert exact.largest_false == 0


WRONG_QUOTES = [
    None,
    "He goes",
    (1,),
    (1, 2, "direct", 4),
    {"type": "direct"},
    {"content": []},
    {"content": [(5, 2)]},
    (0, 999),
    {"content": [(0, 5)], "speaker_entities": "zelensky"},
]


@pytest.mark.parametrize("label", WRONG_QUOTES, ids=str)
def test_what_is_no_quote_is_refused(label):
    with pytest.raises(
        goldwire.GoldwireError, match=r"000-01: .* is not a valid quote .* expected (content|its (speaker|content's))"
    ):
        read_quote(label, "000-01", TEXT)


WRONG_BLOCKS = [
    None,
    (0, 3),
    (0, 3, "title", None),
    (3, 0, "body", None),
    ("0", "3", "body", None),
    (0, 999, "body", "1"),
]


@pytest.mark.parametrize("label", WRONG_BLOCKS, ids=str)
def test_what_is_no_block_is_refused(label):
    with pytest.raises(goldwire.GoldwireError, match=r"000: .* is not a valid block .*(headline|its start|its end)"):
        read_block(label, "000", TEXT)


WRONG_PAIRS = {
    "one document": ([("a", "a")], "two different documents"),
    "an unknown one": ([("a", "z")], "'z', which is not a document"),
    "one id": (["a"], "is not a valid pair of documents; expected two document ids"),
    "an unknown relation": ([("a", "b", "same")], "exact, near, contained, related"),
    "a direction that is none": ([("a", "b", "contained", "left")], "a_in_b or b_in_a"),
    "two that contradict each other": (
        [("a", "b", "near"), ("b", "a", "exact")],
        "a and b are paired twice, as near and as exact",
    ),
    "a passage past the text": ([("a", "b", "related", None, [((0, 3), (0, 99))])], "is not a passage"),
}


@pytest.mark.parametrize("wrong", WRONG_PAIRS)
def test_what_is_no_pair_is_refused(wrong):
    labels, said = WRONG_PAIRS[wrong]
    with pytest.raises(goldwire.GoldwireError, match=said):
        read_pairs(labels, {"a": "some text", "b": "more text"})


NAME = "Zoë"
BEGIN = TEXT.index(NAME)
END = BEGIN + len(NAME)
UNITS = {
    "UTF-8 bytes": tuple(len(TEXT[:i].encode()) for i in (BEGIN, END)),
    "UTF-16 units": tuple(len(TEXT[:i].encode("utf-16-le")) // 2 for i in (BEGIN, END)),
    "counts the last character": (BEGIN, END - 1),
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("read", [read_entity, read_quote])
def test_offsets_in_another_unit_give_themselves_away(unit, read):
    span = dict(zip(("start", "end"), UNITS[unit], strict=True)) | {"text": NAME}
    label = {**span, "type": "PERSON"} if read is read_entity else {"content": [span]}
    with pytest.raises(goldwire.GoldwireError, match=f"{unit}, expected"):
        read(label, "000-01", TEXT)


def test_an_unknown_id_gets_a_suggestion(gold):
    labels = {f"{name}.txt": [] for name in gold.documents}
    with pytest.raises(goldwire.GoldwireError, match=r"'000-01.txt', which is not a document.*did you mean 000-01\?"):
        goldwire.score(labels, gold)
    with pytest.raises(goldwire.GoldwireError, match=r"'000-01', which is not a page.*ids look like 003"):
        goldwire.score({name: [] for name in gold.documents}, gold, task="segments")


def test_task_and_settings_must_not_contradict_each_other(gold):
    with pytest.raises(goldwire.GoldwireError, match="the task is quotes, but the settings are of entities"):
        goldwire.score({}, gold, Settings(), task="quotes")


@pytest.mark.parametrize("task", ["entities", "quotes", "duplicates", "segments"])
def test_a_set_is_scored_on_every_task_from_the_command_line(task):
    done = command(ROOT, "score", "annotations/gold", "annotations/gold", "--task", task)
    assert (done.returncode, done.stderr) == (0, "")
    bounds = {"duplicates": "(7 articles)", "segments": "(5 pages)"}.get(task, "[0.8")
    assert f" F1 1.000 {bounds}" in done.stdout.splitlines()[0]
    told = json.loads(command(ROOT, "score", "annotations/gold", "annotations/gold", "--task", task, "--json").stdout)
    assert (told["task"], told["f1"]) == (task, 1.0)
    assert (told["interval"] is None) == (told["clusters"] < 8) == (task in ("duplicates", "segments"))
    assert {row["value"] for row in told["rows"]} <= {1.0, None, 0.0}


def test_offsets_in_bytes_are_recognised_in_a_folder(tmp_path):
    lines = (ROOT / "annotations/gold/entities/003-01.jsonl").read_text().splitlines()
    text = (ROOT / "corpus/text/003-01.txt").read_text()
    (tmp_path / "entities").mkdir()
    (tmp_path / "set.json").write_text((ROOT / "annotations/gold/set.json").read_text())
    with (tmp_path / "entities/003-01.jsonl").open("w") as out:
        for line in lines:
            record = json.loads(line)
            for key in ("start", "end"):
                record[key] = len(text[: record[key]].encode())
            out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    done = command(ROOT, "score", "annotations/gold", str(tmp_path), "--task", "entities")
    assert done.returncode == 2
    assert "the offsets count UTF-8 bytes, expected code points" in done.stderr


def test_the_error_for_a_set_without_the_layer_names_the_missing_file(tmp_path):
    (tmp_path / "set.json").write_text((ROOT / "annotations/gold/set.json").read_text())
    for task, missing in (("quotes", "quotes/"), ("duplicates", "duplicates.jsonl"), ("segments", "segments/")):
        done = command(ROOT, "score", "annotations/gold", str(tmp_path), "--task", task)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"has no {missing}" in done.stderr


def test_an_empty_span_names_the_end_it_may_come_of_and_a_long_label_is_cut():
    with pytest.raises(goldwire.GoldwireError, match="if the end counts the last character"):
        read_entity((3, 3, "GPE"), "000-01", TEXT)
    with pytest.raises(goldwire.GoldwireError) as refused:
        read_entity((5, 3, "GPE" * 9999), "000-01", TEXT)
    assert len(str(refused.value)) < 500


SAID = {
    "a cue that is a word": ({"content": [(0, 5)], "cue": "said"}, "its cue, 'said', to be one span"),
    "one speaker": (
        {"content": [(0, 5)], "speaker_entities": "zoe"},
        "its speaker_entities, 'zoe', to be a list of ids",
    ),
    "a type that is a number": ((0, 5, 1), "its type, 1, to be a word"),
    "content that is one span": ({"content": {"start": 0, "end": 5}}, "content as a list of spans"),
    "misspelt offsets": ({"content": [{"Start": 0, "End": 5}]}, "did you mean 'start' for 'Start', 'end' for 'End'?"),
}


@pytest.mark.parametrize("case", SAID)
def test_the_part_of_a_quote_that_is_at_fault_is_named(case):
    label, told = SAID[case]
    with pytest.raises(goldwire.GoldwireError) as refused:
        read_quote(label, "000-01", TEXT)
    assert told in str(refused.value)


def test_a_misspelt_key_and_an_offset_that_is_not_a_number_are_named():
    with pytest.raises(goldwire.GoldwireError, match=r"did you mean 'type' for 'Type'\?"):
        read_entity({"start": 0, "end": 3, "Type": "GPE"}, "000-01", TEXT)
    with pytest.raises(goldwire.GoldwireError, match=r"its end, 3\.0, to be a whole number; 3\.0 is a float"):
        read_entity((0, 3.0, "GPE"), "000-01", TEXT)
    with pytest.raises(goldwire.GoldwireError, match=r"did you mean 'role' for 'Role'\?"):
        read_block({"start": 0, "end": 3, "Role": "body"}, "000", TEXT)


def test_a_quote_of_one_fragment_may_be_start_and_end_by_name():
    assert read_quote({"start": 0, "end": 5, "type": "mixed"}, "000-01", TEXT) == read_quote(
        (0, 5, "mixed"), "000-01", TEXT
    )


def renamed(record, old, new):
    return {new if key == old else key: held for key, held in record.items()}


UNREAD = {
    "entities": ("entity", "Entity", "Entity 1086 (entity?)"),
    "quotes": ("speaker", "speakr", "speakr 258 (speaker?)"),
    "segments": ("document", "doc", "doc 364 (document?)"),
    "duplicates": ("relation", "Relation", "Relation 24 (relation?)"),
}


@pytest.mark.parametrize("task", UNREAD)
def test_unknown_keys_are_listed_next_to_the_score(gold, task):
    old, new, said = UNREAD[task]
    records = {
        "entities": {name: document.mentions for name, document in gold.documents.items()},
        "quotes": {name: document.quotes for name, document in gold.documents.items()},
        "segments": gold.blocks,
        "duplicates": {"": gold.pairs},
    }[task]
    labels = {name: [renamed(record.model_dump(), old, new) for record in held] for name, held in records.items()}
    result = goldwire.score(labels[""] if task == "duplicates" else labels, gold, quick(task))
    assert list(result.unread) == [new]
    assert f", not reading {said}  goldwire|" in str(result)


def test_keys_inside_a_quote_and_beside_a_label_of_a_library(gold):
    quote = {"content": [{"start": 0, "end": 5, "txt": "x"}], "speaker": {"start": 0, "end": 2, "headd": None}}
    labels = {name: [] for name in gold.documents}
    told = goldwire.score({**labels, "000-01": [quote]}, gold, quick("quotes")).unread
    assert told == {"headd": 1, "txt": 1}
    library = {"start": 0, "end": 4, "word": "x", "score": 0.9}
    for key in ("label", "entity_group"):
        mine = [{**library, key: "GPE", "kind": "new"}, {**library, key: "GPE"}]
        assert goldwire.score({**labels, "000-01": mine}, gold, quick("entities")).unread == {"kind": 1}


def test_quote_types_that_gold_does_not_have_are_listed(gold):
    for form in (lambda q: {"content": q.content, "type": "Direct"}, lambda q: (0, 5, "Direct")):
        labels = {name: [form(q) for q in document.quotes] for name, document in gold.documents.items()}
        result = goldwire.score(labels, gold, quick("quotes"))
        assert result.unread == {"type Direct": 258}
        assert "not reading type Direct 258 (direct?)" in str(result)


def test_speaker_ids_outside_the_registry_are_listed(gold):
    quotes = [{"content": [(0, 5)], "speaker_entities": ["person-lavrow", "person-sergey-lavrov"]}]
    labels = dict.fromkeys(gold.documents, quotes)
    assert goldwire.score(labels, gold, quick("quotes")).unread == {"id person-lavrow": 25}
    bare = replace(gold, entities={})
    assert goldwire.score(labels, bare, quick("quotes")).unread == {}
