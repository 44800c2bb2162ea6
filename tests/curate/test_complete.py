"""`goldwire complete`: layers of gold are declared after their checks, together or not at all."""

import json
import shutil

import pytest

from damage import BASE, SET
from repository import in_process

LAYERS = ("entities", "quotes", "decoys")


def set_json(root):
    return json.loads((root / SET).read_text())


def declare(root, change):
    record = set_json(root)
    change(record)
    (root / SET).write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")


@pytest.fixture
def corpus(tmp_path):
    """A corpus with a document in part, p1-02, whose pairs are not judged."""
    shutil.copytree(BASE, tmp_path / "c")

    def change(record):
        for layer in LAYERS:
            record[layer]["p1-02"] = "partial"
        record["duplicates"] = dict.fromkeys(("p1-01", "p1-03", "p2-01"), "complete")

    declare(tmp_path / "c", change)
    return tmp_path / "c"


def damaged(corpus):
    """A quoted word of p1-01 loses its decoy, which a complete document needs."""
    (corpus / "annotations/gold/decoys/p1-01.jsonl").write_text("")
    declare(corpus, lambda record: [record[layer].update({"p1-01": "partial"}) for layer in LAYERS])


def test_a_document_is_declared_complete_in_all_layers_that_gold_has(corpus):
    done = in_process(corpus, "complete", "p1-02")
    assert (done.returncode, done.stdout) == (0, "p1-02: entities, quotes, decoys, duplicates\n"), done.stderr
    assert (corpus / SET).read_bytes() == (BASE / SET).read_bytes()  # every pair is judged, so it is said in one word
    again = in_process(corpus, "complete", "p1-02")
    assert (again.returncode, again.stdout) == (0, "")
    assert "declared complete already" in again.stderr


def test_only_the_layers_that_are_named_are_declared(corpus):
    assert in_process(corpus, "complete", "p1-02", "--layers", "entities").returncode == 0
    found = set_json(corpus)
    assert [found[layer]["p1-02"] for layer in LAYERS] == ["complete", "partial", "partial"]
    assert "p1-02" not in found["duplicates"]


def test_a_finding_keeps_everything_that_is_named_from_being_declared(corpus):
    damaged(corpus)
    before = (corpus / SET).read_bytes()
    done = in_process(corpus, "complete", "p1-01", "p1-02")
    assert done.returncode == 1
    assert "quotes/p1-01.jsonl: unaccounted-mark" in done.stdout
    assert (corpus / SET).read_bytes() == before


def test_all_declares_what_has_no_finding_and_reports_the_rest(corpus):
    damaged(corpus)
    done = in_process(corpus, "complete", "--all")
    assert done.returncode == 1
    assert "p1-02: entities, quotes, decoys, duplicates\n" in done.stdout
    assert "unaccounted-mark" in done.stdout
    assert [set_json(corpus)["quotes"][name] for name in ("p1-01", "p1-02")] == ["partial", "complete"]


def test_a_layer_without_a_file_is_not_taken_for_an_empty_one(corpus):
    (corpus / "annotations/gold/decoys/p1-02.jsonl").unlink()
    declare(corpus, lambda record: record["decoys"].pop("p1-02"))
    done = in_process(corpus, "complete", "p1-02")
    assert done.returncode == 1
    assert "undeclared-layer" in done.stdout
    done = in_process(corpus, "complete", "--all")
    assert done.stdout == "p1-02: entities, quotes, duplicates\n"


def test_text_shared_with_a_document_whose_pairs_are_declared_must_be_recorded(corpus):
    pairs = corpus / "annotations/gold/duplicates.jsonl"
    pairs.write_text("".join(line for line in pairs.read_text().splitlines(True) if "p1-02" not in line))
    assert in_process(corpus, "check").stdout == "0 findings\n"  # its pairs are not declared judged
    done = in_process(corpus, "complete", "p1-02", "--layers", "duplicates")
    assert done.returncode == 1
    assert "unrecorded-passage" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name the documents that are finished, or give --all"),
        (["p1-02", "--all"], "and not both"),
        (["p1-2"], "no document 'p1-2'; ids look like p1-01"),
        (["p1-02", "--layers", "quote"], "did you mean quotes"),
        (["--all", "--root", "nowhere"], "nowhere has no folder corpus/"),
    ],
)
def test_wrong_usage_is_refused_in_a_line(corpus, arguments, says):
    done = in_process(corpus, "complete", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_what_pairs_declare_by_document_is_checked(corpus):
    declare(corpus, lambda record: record.update(duplicates={"p2-01": "complete", "p1-99": "complete"}))
    found = in_process(corpus, "check").stdout
    assert f"{SET}: unknown-document" in found
    assert f"{SET}: unsorted-units" in found
    declare(corpus, lambda record: record.update(duplicates={"p1-01": "done"}))
    assert 'wrong-value: duplicates.p1-01 is "done"' in in_process(corpus, "check").stdout


@pytest.mark.parametrize(("name", "kind"), [("system-x", "system"), ("tagger", "annotator")])
def test_another_set_declares_what_it_attempted(corpus, name, kind):
    folder = corpus / "annotations" / name
    shutil.copytree(corpus / "annotations/gold", folder)
    (folder / "decoys/p1-02.jsonl").write_text("")  # gold must account for each mark, another set need not
    record = json.loads((folder / "set.json").read_text()) | {"name": name, "kind": kind}
    for layer in LAYERS:
        del record[layer]["p1-02"]
    (folder / "set.json").write_text(json.dumps(record, indent=2) + "\n")
    before = (corpus / SET).read_bytes()
    done = in_process(corpus, "complete", "--all", "--set", name)
    assert (done.returncode, done.stdout) == (0, "p1-02: entities, quotes, decoys, duplicates\n"), done.stderr
    assert (corpus / SET).read_bytes() == before
    found = json.loads((folder / "set.json").read_text())
    assert [found[layer]["p1-02"] for layer in LAYERS] == ["complete"] * 3
    assert in_process(corpus, "check").stdout == "0 findings\n"


def test_an_unknown_set_is_refused_with_the_names_of_those_there_are(corpus):
    done = in_process(corpus, "complete", "--all", "--set", "system-y")
    assert done.returncode == 2
    assert "no set 'system-y'; expected one of gold" in done.stderr
