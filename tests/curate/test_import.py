"""`goldwire import`: labels of other formats arrive on the same words, and what cannot be represented is listed."""

import json
import re
import unicodedata
from dataclasses import replace

import pytest

from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.corpus.gold import load
from goldwire.corpus.jsonl import Table
from goldwire.formats.labelled import read_source
from goldwire.formats.registry import FORMATS
from goldwire.studio.export import LABEL_STUDIO
from importing import imported, write
from repository import ROOT

WRITERS = FORMATS | {"label-studio": LABEL_STUDIO}
DOCUMENTS = ("001-02", "003-01", "004-04")


@pytest.fixture(scope="module")
def source():
    """Three documents of the shipped corpus with many quotes, some in fragments and some in each other."""
    whole = read_source(ROOT, "gold")
    corpus = whole.tree.corpus
    chosen = Table(corpus.documents.path, [row for row in corpus.documents.rows if row[1].id in DOCUMENTS])
    return replace(whole, tree=replace(whole.tree, corpus=replace(corpus, documents=chosen)))


def spoken(document):
    numbers = {quote.id: i for i, quote in enumerate(document.quotes)}
    return [
        quote.model_dump(exclude={"id", "parent"}) | {"parent": numbers.get(quote.parent)} for quote in document.quotes
    ]


@pytest.mark.parametrize("form", ["brat", "jsonl", "parquet", "label-studio"])
def test_what_goldwire_exports_comes_back_as_it_was(source, form, tmp_path):
    source = read_source(ROOT, "gold") if form == "label-studio" else source  # a task has candidates of others
    if form == "label-studio":  # it has no heads and kinds that follow: a profile that requires them gets them derived
        assert main(["init", str(tmp_path / "corpus")]) == 0
    place = write(tmp_path / "source", WRITERS[form].write(source))
    assert main(["import", form, str(place), str(tmp_path / "corpus")]) == 0
    assert {fault.code for fault in check(tmp_path / "corpus")} <= {"ambiguous-surface"}
    gold, before = load(tmp_path / "corpus"), load(ROOT)
    made = [document for document in gold.documents.values() if document.page != "ex"]
    names = [document.id for document in source.tree.corpus.documents]
    for old, new in zip(names, made, strict=True):
        expected = before.documents[old]
        assert new.text == expected.text
        for layer in ("mentions", "decoys"):
            pairs = zip(getattr(new, layer), getattr(expected, layer), strict=True)
            assert all(a.model_dump(exclude={"id"}) == b.model_dump(exclude={"id"}) for a, b in pairs)
        assert spoken(new) == spoken(expected)


def test_columns_give_the_same_mentions_in_a_text_of_their_tokens(source, tmp_path):
    gold = imported(tmp_path, "conll", FORMATS["conll"].write(source))
    before = load(ROOT)
    for old, new in zip(DOCUMENTS, gold.documents.values(), strict=True):
        found = [("".join(m.text.split()), m.type) for m in new.mentions]
        assert found == [("".join(m.text.split()), m.type) for m in before.documents[old].mentions]
    assert not gold.documents[next(iter(gold.documents))].quotes


TEXT = "Mayor opens cafe\u0301\r\n\r\nAda\u00a0Sample said\u00a0that “the cafe\u0301 is open”, and left.\r\nBob met Ida in Zu\u0308rich.\r\n"
"""Carriage returns, decomposed letters and no-break spaces."""


def standoff(text=TEXT):
    """Lines of brat over a text, in which a span is its words between braces."""
    lines = """T1 PERSON {Ada Sample}
T2 PERSON {Bob}
T3 GPE {Zürich}
T4 Content {that “the café};{is open”}
T5 Source {Ada Sample}
T6 Attribution {said}
E1 Attribution:T6 Source:T5 Content:T4
T7 Meet {met}
T8 PERSON {Ida}
E2 Meet:T7 Who:T2 Whom:T8
T9 GPE {Bob};{Ida}
R1 Place Arg1:E2 Arg2:T3
A1 Negated E2
#1 AnnotatorNotes T2
* Equiv T1 T8
N1 Reference T1 Wikidata:Q42
N2 Reference T3 Wikidata:Q72
N3 Reference T3 GeoNames:2657896
"""
    words = unicodedata.normalize("NFD", lines).replace("{Ada Sample}", "{Ada\u00a0Sample}")
    return "\n".join(line(*row.split(" ", 1), text) for row in words.splitlines())


def line(name, rest, text):
    marked = re.findall(r"\{([^}]*)\}", rest)
    offsets = re.sub(r"\{([^}]*)\}", lambda found: "{} {}".format(*places(found[1], text)), rest)
    return "\t".join([name, offsets, *([" ".join(marked)] if marked else [])])


def places(words, text):
    start = text.index(words)
    return start, start + len(words)


def test_offsets_are_carried_through_normalisation_and_events_of_speech_are_quotes(tmp_path):
    gold = imported(tmp_path, "brat", {"town/one.txt": TEXT, "town/one.ann": standoff()})
    (document,) = gold.documents.values()
    assert document.text.split("\n")[0] == "Mayor opens café"
    assert gold.page_texts["town_one"] == TEXT
    assert [(m.text, m.type) for m in document.mentions] == [
        ("Ada Sample", "PERSON"),
        ("Bob", "PERSON"),
        ("Ida", "PERSON"),
        ("Zürich", "GPE"),
    ]
    (quote,) = document.quotes
    assert [fragment.text for fragment in quote.content] == ["that “the café", "is open”"]
    assert (quote.cue.text, quote.speaker.text, quote.type) == ("said", "Ada Sample", "mixed")
    assert {entity.id: entity.wikidata for entity in gold.entities.values()} == {
        "gpe-zurich": "Q72",
        "person-ada-sample": "Q42",
    }


def test_what_cannot_be_represented_is_listed_by_kind_with_its_places(tmp_path, capsys):
    imported(tmp_path, "brat", {"one.txt": TEXT, "one.ann": standoff()}, "--json")
    listed = json.loads(capsys.readouterr().out)
    assert {kind: len(places) for kind, places in listed.items()} == {
        "event Meet": 1,
        "relation Place": 1,
        "attribute Negated": 1,
        "note": 1,
        "equivalence": 1,
        "further reference of a span": 1,
        "GPE of several stretches": 1,
    }
    assert listed["GPE of several stretches"][0].endswith("one.ann:11")


@pytest.mark.parametrize(
    "counted", [TEXT.replace("\r", ""), "\ufeff" + TEXT], ids=["line feeds alone", "a byte order mark"]
)
def test_offsets_may_count_other_line_ends_and_marks_than_the_file_has(tmp_path, counted):
    stored = TEXT if "\r" not in counted else counted
    gold = imported(tmp_path, "brat", {"one.txt": stored, "one.ann": standoff(counted)})
    (document,) = gold.documents.values()
    assert [m.text for m in document.mentions] == ["Ada Sample", "Bob", "Ida", "Zürich"]
    assert document.title == "Mayor opens café"


SENTENCE = "Ada Sample met Bob in Paris."
SPANS = [("Ada Sample", "PERSON"), ("Bob", "PERSON"), ("Paris", "GPE")]
EDGES = [(SENTENCE.index(words), SENTENCE.index(words) + len(words), kind) for words, kind in SPANS]
SHAPES = {
    "spaCy": {"text": SENTENCE, "ents": [{"start": a, "end": b, "label": kind} for a, b, kind in EDGES]},
    "spaCy's training data": [SENTENCE, {"entities": EDGES}],
    "span groups": {"text": SENTENCE, "spans": {"sc": [{"start": a, "end": b, "label": k} for a, b, k in EDGES]}},
    "doccano": {"id": 7, "text": SENTENCE, "label": EDGES},
    "doccano with relations": {
        "id": 7,
        "text": SENTENCE,
        "entities": [{"id": n, "start_offset": a, "end_offset": b, "label": k} for n, (a, b, k) in enumerate(EDGES)],
        "relations": [],
    },
    "Hugging Face": {
        "id": "0",
        "tokens": ["Ada", "Sample", "met", "Bob", "in", "Paris", "."],
        "ner_tags": ["B-PERSON", "I-PERSON", "O", "B-PERSON", "O", "B-GPE", "O"],
    },
    "Hugging Face with numbers": {
        "tokens": ["Ada", "Sample", "met", "Bob", "in", "Paris", "."],
        "ner_tags": [1, 2, 0, 1, 0, 3, 0],
    },
    "Hugging Face with sentences": {
        "id": "0",
        "sentences": [["Ada", "Sample", "met", "Bob"], ["in", "Paris", "."]],
        "ner_tags": [["B-PERSON", "I-PERSON", "O", "B-PERSON"], ["O", "B-GPE", "O"]],
    },
    "one object with an array": {"data": [{"text": SENTENCE, "entities": EDGES}]},
    "a control of another name": {
        "text": SENTENCE,
        "ner": [{"start": a, "end": b, "text": SENTENCE[a:b], "labels": [k]} for a, b, k in EDGES],
    },
    "Label Studio's short form": {
        "text": SENTENCE,
        "label": [{"start": a, "end": b, "text": SENTENCE[a:b], "labels": [k]} for a, b, k in EDGES],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_json_lines_are_read_in_the_shapes_of_other_tools(tmp_path, shape):
    row = json.dumps(SHAPES[shape], indent=2 if shape == "spaCy" else None) + "\n"
    gold = imported(tmp_path, "jsonl", {"rows.jsonl": row}, "--tags", "O,B-PERSON,I-PERSON,B-GPE")
    (document,) = gold.documents.values()
    assert [(m.text, m.type) for m in document.mentions] == SPANS


def test_nested_mentions_and_unknown_keys_are_listed(tmp_path, capsys):
    spans = [*EDGES, [0, 3, "PERSON"], [22, 28, "GPE"]]
    imported(tmp_path, "jsonl", {"rows.jsonl": json.dumps({"text": SENTENCE, "label": spans, "cats": {"a": 1}})})
    printed = capsys.readouterr().out
    assert "1 × key cats" in printed
    assert "2 × mention inside or across a longer one, or repeated: " in printed


def test_types_that_the_profile_of_a_corpus_lacks_are_refused_at_once_with_the_lines_to_add(tmp_path, capsys):
    root = tmp_path / "corpus"
    assert main(["init", str(root)]) == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".goldwire" not in path.parts}
    rows = [{"text": SENTENCE, "label": [[0, 10, "Person"], [22, 27, "Town"]]}] * 2
    place = write(tmp_path / "source", {"rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    assert main(["import", "jsonl", str(place), str(root)]) == 2
    printed = capsys.readouterr().err
    assert 'entity_types: {"name": "Person"} (2 labels, the first in' in printed
    assert 'entity_types: {"name": "Town"} (2 labels' in printed
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".goldwire" not in path.parts}
    assert after == before
    renames = ["--rename", "Person=PERSON", "--rename", "Town=GPE"]
    assert main(["import", "jsonl", str(place), str(root), *renames]) == 0
    gold = load(root)
    assert [m.type for m in gold.documents["rows_1-01"].mentions] == ["PERSON", "GPE"]
    assert gold.documents["ex-01"].mentions is None


def test_what_the_corpus_has_is_passed_over(tmp_path, capsys):
    files = {"one.txt": TEXT, "one.ann": standoff()}
    imported(tmp_path, "brat", files)
    before = load(tmp_path / "corpus").digest
    write(tmp_path / "source", {"two.txt": SENTENCE, "two.ann": "T1\tPERSON 0 10\tAda Sample\n"})
    assert main(["import", "brat", str(tmp_path / "source"), str(tmp_path / "corpus")]) == 0
    assert "1 article passed over" in capsys.readouterr().err
    assert list(load(tmp_path / "corpus").documents) == ["one-01", "two-01"]
    write(tmp_path / "source", {"two.txt": f"{SENTENCE} Again.", "two.ann": "T1\tPERSON 0 10\tAda Sample\n"})
    assert main(["import", "brat", str(tmp_path / "source"), str(tmp_path / "corpus")]) == 2
    assert "the corpus has a page from two with another text" in capsys.readouterr().err
    assert load(tmp_path / "corpus").digest != before


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_other_tables_of_an_export_are_listed(source, form, tmp_path, capsys):
    imported(tmp_path, form, FORMATS[form].write(source), "--json")
    listed = json.loads(capsys.readouterr().out)
    assert {kind for kind in listed if kind.startswith("table ")} == {"table entities", "table pages", "table pairs"}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("\ufeff\ufeffAda\n", "Ada"),
        ("\n \ufeff \ufeffAda", "Ada"),
        ("Ada\r\rAda\u2028Bob\x85", "Ada\nAda\nBob"),
        ("\u200b\nAda", "\u200b\nAda"),
        ("\u1112\u1161\u11ab Ada", "한 Ada"),
    ],
)
def test_any_line_end_and_invisible_character_gives_a_text_without_findings(tmp_path, page, text):
    start = page.rindex("Ada")
    gold = imported(
        tmp_path, "jsonl", {"x.jsonl": json.dumps({"text": page, "label": [[start, start + 3, "PERSON"]]})}
    )
    (document,) = gold.documents.values()
    assert document.text == text
    assert [(m.start, m.text) for m in document.mentions] == [(text.rindex("Ada"), "Ada")]
