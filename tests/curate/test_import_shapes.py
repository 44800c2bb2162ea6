"""`goldwire import` of collections in the shape of well-known ones, and of articles that nobody labelled."""

import json

import pytest

from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.corpus.gold import load
from importing import imported, write

CONLL_2003 = """-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O

-DOCSTART- -X- -X- O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER
"""
CONLL_2012 = """#begin document (nw/wsj_0001); part 000
nw/wsj_0001 0 0 Pierre NNP (TOP(S(NP* - - - - (PERSON* * (0
nw/wsj_0001 0 1 Vinken NNP *) - - - - *) * 0)
nw/wsj_0001 0 2 , , * - - - - * * -

nw/wsj_0001 0 0 Elsevier NNP *)) - - - - (ORG) * -

#end document
#begin document (nw/wsj_0001); part 001
nw/wsj_0001 1 0 London NNP * - - - - (GPE) * -

#end document
"""
HIPE = """TOKEN\tNE-COARSE-LIT\tNE-FINE-LIT\tMISC
# document_id = GDL-1798
Paris\tB-loc\tB-loc.adm.town\tNoSpaceAfter
,\tO\tO\t_
"""
GERMEVAL = "1\tFC\tB-ORG\tO\n2\tBonn\tI-ORG\tB-LOC\n"
COLUMNS = {
    "CoNLL-2003": ("eng.train", CONLL_2003, [["EU ORG"], ["Peter Blackburn PER"]], set()),
    "CoNLL-2012": (
        "x.gold_conll",
        CONLL_2012,
        [["Pierre Vinken PERSON", "Elsevier ORG"], ["London GPE"]],
        set(),
    ),
    "HIPE": ("x.tsv", HIPE, [["Paris LOC"]], {"column 3 of tags; --tag-column 3 reads it instead"}),
    "GermEval": ("x.tsv", GERMEVAL, [["Bonn LOC"]], {"column 3 of tags; --tag-column 3 reads it instead"}),
}


@pytest.mark.parametrize("shape", COLUMNS)
def test_columns_of_well_known_corpora_are_read(tmp_path, shape, capsys):
    name, text, expected, left = COLUMNS[shape]
    gold = imported(tmp_path, "conll", {name: text, "LICENSE": "free"}, "--json")
    labels = [[f"{m.text} {m.type}" for m in document.mentions] for document in gold.documents.values()]
    assert labels == expected
    assert set(json.loads(capsys.readouterr().out)) == left | {"file LICENSE"}


@pytest.mark.parametrize(
    "relation", ["Source Arg1:T3 Arg2:T1", "attribution Arg1:T1 Arg2:T3", "SPEAKER Arg1:T3 Arg2:T1"]
)
def test_a_relation_of_a_content_and_its_source_is_read_by_any_name_and_direction(tmp_path, relation):
    lines = ["T1\tSource 0 3\tAda", "T2\tCue 4 8\tsaid", "T3\tContent 9 16\tit ends", f"R1\t{relation}"]
    lines.append("E1\tAttribution:T2 Content:T3")
    files = {"a.txt": "Ada said it ends.\n", "a.ann": "\n".join(lines)}
    (quote,) = imported(tmp_path, "brat", files).documents["a-01"].quotes
    assert (quote.speaker.text, quote.cue.text) == ("Ada", "said")


UNLABELLED = {
    "null": ("jsonl", [{"text": "Ada.", "label": [[0, 3, "PER"]]}, {"text": "Bob.", "label": None}]),
    "Prodigy": (
        "jsonl",
        [
            {"text": "Ada.", "spans": [{"start": 0, "end": 3, "label": "PER"}], "answer": "accept"},
            {"text": "Bob.", "spans": [{"start": 0, "end": 3, "label": "PER"}], "answer": "reject"},
        ],
    ),
    "goldwire": (
        "jsonl",
        [
            {"text": "Ada.", "mentions": [{"start": 0, "end": 3, "text": "Ada", "type": "PER"}]},
            {"text": "Bob.", "mentions": None},
        ],
    ),
    "Label Studio": (
        "label-studio",
        [
            {
                "data": {"text": "Ada."},
                "annotations": [
                    {
                        "result": [
                            {"id": "a", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["PER"]}},
                        ]
                    }
                ],
            },
            {"data": {"text": "Bob."}, "annotations": [{"was_cancelled": True, "result": []}]},
        ],
    ),
}


@pytest.mark.parametrize("shape", UNLABELLED)
def test_an_article_that_nobody_labelled_is_not_declared_complete(tmp_path, shape, capsys):
    form, rows = UNLABELLED[shape]
    name = "x.json" if form == "label-studio" else "x.jsonl"
    gold = imported(tmp_path, form, {name: json.dumps(rows)})
    assert [None if one.mentions is None else len(one.mentions) for one in gold.documents.values()] == [1, None]
    assert "1 × article without labels, not declared complete" in capsys.readouterr().out


def test_a_labelled_article_without_labels_is_complete(tmp_path):
    rows = [{"text": "Ada.", "spans": [{"start": 0, "end": 3, "label": "PER"}], "answer": "accept"}]
    gold = imported(tmp_path, "jsonl", {"x.json": json.dumps([*rows, {"text": "No.", "answer": "accept"}])})
    assert [len(one.mentions) for one in gold.documents.values()] == [1, 0]


def test_a_text_that_several_annotators_labelled_is_one_document(tmp_path, capsys):
    row = {"id": 1, "text": "Ada.", "annotation_id": 1, "label": [{"start": 0, "end": 3, "labels": ["PER"]}]}
    gold = imported(tmp_path, "label-studio", {"x.json": json.dumps([row, {**row, "annotation_id": 2}])})
    assert len(gold.documents) == 1
    assert "1 × further labels of an article" in capsys.readouterr().out


def test_names_that_differ_in_case_alone_become_pages_that_do_not(tmp_path):
    rows = [{"id": name, "text": f"{name}.", "label": []} for name in ("News", "news")]
    gold = imported(tmp_path, "jsonl", {"x.json": json.dumps(rows)})
    assert list(gold.pages) == ["News", "news_2"]


@pytest.mark.parametrize(("tag", "code"), [("de-DE", "de"), ("zh_Hans", "zh"), ("DE", "de"), ("german", "en")])
def test_a_language_tag_gives_its_language(tmp_path, tag, code, capsys):
    gold = imported(tmp_path, "jsonl", {"x.jsonl": json.dumps({"text": "Ja.", "label": [], "lang": tag})})
    assert [page.language for page in gold.pages.values()] == [code]
    assert ("1 × language german" in capsys.readouterr().out) == (tag == "german")


def test_each_column_of_class_labels_has_its_own_names(tmp_path):
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    features = {
        "pos_tags": {"feature": {"names": ["NN", "VB", "B-X", "B-Y"], "_type": "ClassLabel"}, "_type": "Sequence"},
        "ner_tags": {"feature": {"names": ["O", "B-PER", "I-PER", "B-ORG"], "_type": "ClassLabel"}, "_type": "List"},
    }
    table = pa.table({"tokens": [["EU", "ends"]], "pos_tags": [[0, 1]], "ner_tags": [[3, 0]]})
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    parquet.write_table(table.replace_schema_metadata(metadata), write(tmp_path, {}) / "rows.parquet")
    gold = imported(tmp_path, "parquet", {"rows.parquet": (tmp_path / "rows.parquet").read_bytes()})
    assert [(m.text, m.type) for m in gold.documents["rows_1-01"].mentions] == [("EU", "ORG")]


def test_a_data_card_is_made_for_any_corpus_and_keeps_what_people_write(tmp_path):
    pytest.importorskip("mlcroissant")
    imported(tmp_path, "jsonl", {"x.jsonl": json.dumps({"text": "Ada.", "label": [[0, 3, "PER"]]})})
    root = tmp_path / "corpus"
    assert main(["card", str(root)]) == 0
    card = root / "annotations/README.md"
    assert "| entities | mentions PER | 1 | 1 |" in card.read_text().replace("duplicates not judged", "1")
    card.write_text(card.read_text().replace("Say here", "We say here"))
    croissant = root / "annotations/croissant.json"
    assert "MIT" not in croissant.read_text()
    croissant.write_text(croissant.read_text().replace('"name": "corpus"', '"name": "ours"'))
    assert main(["card", str(root)]) == 0
    assert '"name": "ours"' in croissant.read_text()
    assert main(["card", str(root), "--check"]) == 0
    assert main(["check", str(root)]) == 0
    assert load(root).documents


OWN_TYPES = {"layers": {"quotes": ["type", "cue"]}, "quote_types": [{"name": "spoken"}, {"name": "written"}]}


@pytest.mark.parametrize(("given", "left"), [("A1\tQuoteType T1 spoken\n", False), ("", True)])
def test_a_type_that_does_not_follow_from_marks_is_read_and_never_made_up(tmp_path, given, left, capsys):
    (tmp_path / "own.json").write_text(json.dumps(OWN_TYPES))
    root = tmp_path / "corpus"
    assert main(["init", str(root), "--profile", str(tmp_path / "own.json")]) == 0
    files = {"a.txt": "Ada said it ends.\n", "a.ann": f"T1\tContent 9 16\tit ends\nT2\tCue 4 8\tsaid\n{given}"}
    gold = imported(tmp_path, "brat", files)
    assert [quote.type for quote in gold.documents["a-01"].quotes] == ([] if left else ["spoken"])
    assert ("1 × quote without a type, of which the profile has spoken, written" in capsys.readouterr().out) == left
    if not left:
        assert main(["derive", str(tmp_path / "derived"), "--n", "8", "--root", str(root)]) == 0
        assert check(tmp_path / "derived") == []
        kinds = {quote.type for one in load(tmp_path / "derived").documents.values() for quote in one.quotes}
        assert kinds == {"spoken"}
