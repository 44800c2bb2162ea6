"""`goldwire import`: faults of a source are listed, and what no record can have is left out by name."""

import json

import pytest

from goldwire.cli.main import main
from importing import imported, write

FAULTY = {
    "brat, every file with a fault": (
        "brat",
        {"a.txt": "Ada", "a.ann": "T1\tPER 0 9\tAda", "b.txt": "Bob", "b.ann": "T1\tPER 0 3\tBen", "c.ann": ""},
        ["a.ann:1", "b.ann:1", "c.ann: there is no c.txt", "3 in all"],
    ),
    "a span outside its text": (
        "jsonl",
        {"x.jsonl": '{"text":"Ada","label":[[0,9,"PER"]]}'},
        ["x.jsonl:1", "1 in all"],
    ),
    "no JSON": ("jsonl", {"x.jsonl": '{"text":'}, ["x.jsonl:1: not JSON"]),
    "no labels": ("jsonl", {"x.jsonl": '{"text":"Ada"}'}, ["x.jsonl:1: found 'text'; expected spans"]),
    "numbers without names": ("jsonl", {"x.jsonl": '{"tokens":["Ada"],"ner_tags":[1]}'}, ["--tags O,B-PER"]),
    "no articles": ("brat", {"README": ""}, ["has no articles"]),
    "no text": ("label-studio", {"x.json": '[{"data":{"image":1},"annotations":[]}]'}, ["have no text"]),
    "no bytes of UTF-8": ("brat", {"a.txt": b"\xff", "a.ann": ""}, ["a.txt: byte 0 is not valid UTF-8"]),
    "a NUL": ("jsonl", {"x.jsonl": '{"text":"A\\u0000","label":[]}'}, ["a NUL"]),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_faults_of_the_source_are_listed_and_nothing_is_written(tmp_path, fault, capsys):
    form, files, expected = FAULTY[fault]
    place = write(tmp_path / "source", files)
    assert main(["import", form, str(place), str(tmp_path / "corpus")]) == 2
    printed = capsys.readouterr().err
    assert all(words in printed for words in expected), printed
    assert not (tmp_path / "corpus/corpus").exists()


def test_a_value_that_no_record_can_have_is_listed_and_the_rest_imported(tmp_path, capsys):
    lines = [
        "T1\tContent 0 3\tAda",
        "T2\tSpeaker 11 14\tBob",
        "T3\tDecoy 15 17\tin",
        "R1\tSpeaker Arg1:T1 Arg2:T2",
        "A1\tStatus T1 final",
        "A2\tKind T2 Person",
    ]
    gold = imported(tmp_path, "brat", {"a.txt": "Ada, says, Bob in\n", "a.ann": "\n".join(lines)}, "--json")
    listed = json.loads(capsys.readouterr().out)
    assert set(listed) == {"status final", "kind Person", "decoys: a record whose reason is None"}
    (quote,) = gold.documents["a-01"].quotes
    assert (quote.content[0].text, quote.speaker.text, quote.status) == ("Ada", "Bob", None)


def test_class_labels_of_a_data_set_in_parquet_have_their_names(tmp_path):
    datasets = pytest.importorskip("datasets")
    labels = datasets.ClassLabel(names=["O", "B-PERSON", "I-PERSON"])
    features = datasets.Features(
        {"tokens": datasets.Sequence(datasets.Value("string")), "ner_tags": datasets.Sequence(labels)}
    )
    rows = {"tokens": [["Ada", "Sample", "left"]], "ner_tags": [[1, 2, 0]]}
    place = tmp_path / "rows.parquet"
    datasets.Dataset.from_dict(rows, features=features).to_parquet(place)
    gold = imported(tmp_path, "parquet", {"rows.parquet": place.read_bytes()})
    (document,) = gold.documents.values()
    assert [(m.text, m.type) for m in document.mentions] == [("Ada Sample", "PERSON")]


@pytest.mark.parametrize(
    ("form", "row"),
    [
        ("jsonl", {"text": "Ada", "label": 7}),
        ("jsonl", {"text": "Ada", "mentions": [{"start": 0}]}),
        ("jsonl", {"text": "Ada", "mentions": [{"start": 0, "end": 3, "text": "Bob", "type": "PERSON"}]}),
        ("jsonl", {"text": "Ada", "ents": [{"start": 0, "end": 3, "label": ["A", "B"]}]}),
        ("jsonl", {"id": "\ud800", "text": "Ada", "label": []}),
        ("jsonl", 7),
        ("label-studio", [{"data": {"text": "Ada"}, "annotations": ["x"]}]),
        ("label-studio", [{"data": {"text": "Ada"}, "annotations": [{"result": [7]}]}]),
        ("label-studio", {"data": 7}),
    ],
)
def test_values_of_another_form_than_the_format_are_one_line_each(tmp_path, form, row, capsys):
    name = "x.jsonl" if form == "jsonl" else "x.json"
    place = write(tmp_path / "source", {name: json.dumps(row)})
    assert main(["import", form, str(place), str(tmp_path / "corpus")]) == 2
    assert "nothing was imported; 1 in all" in capsys.readouterr().err


def test_a_language_that_is_no_code_is_refused(tmp_path):
    place = write(tmp_path / "source", {"a.txt": "Ada\n", "a.ann": "T1\tPERSON 0 3\tAda\n"})
    assert main(["import", "brat", str(place), str(tmp_path / "corpus"), "--language", "english"]) == 2
