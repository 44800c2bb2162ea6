"""The report's data and file: every label of the gold is in it, and the command writes it or says why not."""

import json
import re
import shutil

import pytest

from goldwire.model.vocabulary import DOCUMENT_LAYERS
from goldwire.report.corpus_data import card_sections, corpus_data
from goldwire.report.html import embedded, report_html
from goldwire.report.system_data import bench_run, stored_runs
from repository import ROOT, in_process


def test_the_data_hold_every_label_of_the_gold(gold):
    data = corpus_data(gold)
    for document, told in zip(gold.documents.values(), data["documents"], strict=True):
        assert told["text"] == document.text
        assert [(*m["span"], m["type"], m["entity"]) for m in told["mentions"]] == [
            (m.start, m.end, m.type, m.entity) for m in document.mentions
        ]
        assert [q["content"] for q in told["quotes"]] == [
            [[s.start, s.end] for s in q.content] for q in document.quotes
        ]
        assert [d["reason"] for d in told["decoys"]] == [d.reason for d in document.decoys]
    assert [(p["a"], p["b"], p["relation"]) for p in data["pairs"]] == [(p.a, p.b, p.relation) for p in gold.pairs]
    assert [note["title"] for note in data["notes"]][:2] == ["Contested content", "Who labelled, and how"]
    assert "language model, pass-a" in data["corpus"]["set"]["annotators"]


def test_the_same_data_give_the_same_bytes_under_a_budget(gold):
    first = report_html(corpus_data(gold))
    assert first == report_html(corpus_data(gold))
    assert len(first.encode()) < 1_500_000
    assert first.count(gold.canary) == 1


def test_what_is_embedded_cannot_leave_its_element_and_reads_back():
    hostile = ["</script><!--<script>&amp;\u2028\u2029\r\n\x00", {"</SCRIPT>": "🇺🇦"}]
    text = embedded(hostile)
    assert not re.search("[<>&\u2028\u2029\r\n\x00]", text)
    assert json.loads(text) == hostile


def test_a_corpus_without_a_data_card_has_no_notes(tmp_path):
    assert card_sections(tmp_path, ["Rights"]) == []


def test_the_command_writes_the_file_and_says_where(tmp_path, gold):
    done = in_process(tmp_path, "report", str(ROOT), "-o", "out/corpus.html")
    assert (done.returncode, done.stdout) == (0, "out/corpus.html\n"), done.stderr
    assert (tmp_path / "out/corpus.html").read_bytes() == report_html(corpus_data(gold)).encode()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["corpus.html"]


def test_a_corpus_that_is_none_leaves_no_file(tmp_path):
    done = in_process(tmp_path, "report", ".")
    assert done.returncode == 2
    assert done.stderr.startswith("goldwire: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_set_is_scored_on_every_task_that_it_holds(gold):
    assert [run["task"] for run in stored_runs(ROOT / "annotations/pass-a", gold)] == [
        "entities",
        "quotes",
        "duplicates",
        "segments",
    ]
    assert bench_run("singletons", gold)["task"] == "duplicates"


@pytest.mark.parametrize(
    "line", [["--system", "nowhere"], ["--bench", "spacyy"], ["--bench", "spacy", "--task", "quotes"], ["-o", "."]]
)
def test_a_report_that_cannot_be_made_is_refused_in_a_line(tmp_path, line):
    done = in_process(tmp_path, "report", str(ROOT), *line)
    assert done.returncode == 2
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_set_is_scored_on_what_it_declares_and_the_report_names_the_rest(tmp_path):
    partial = shutil.copytree(ROOT / "annotations/pass-c", tmp_path / "partial")
    info = json.loads((partial / "set.json").read_text())
    for layer in DOCUMENT_LAYERS:
        del info[layer]["000-01"]
        (partial / layer / "000-01.jsonl").unlink()
    (partial / "set.json").write_text(json.dumps(info, indent=2) + "\n")
    done = in_process(tmp_path, "report", str(ROOT), "--system", str(partial))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "report.html").read_text()
    assert page.count('"left_out":["leaving out 1 document not covered by the system (000-01)"]') == 2
    assert page.count("|docs:unique:24of25:") == 2


def test_a_report_of_a_subset_shows_and_scores_its_documents_alone(tmp_path):
    root = tmp_path / "corpus"
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    (root / "corpus/profile.json").write_text(json.dumps({"subsets": {"test": ["003-01", "000-01"]}}))
    system = ["--system", "annotations/system-spacy", "annotations/system-segmenter"]
    done = in_process(root, "report", ".", "--docs", "test", *system, "-o", "r.html")
    assert done.returncode == 0, done.stderr
    text = (root / "r.html").read_text(encoding="utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    assert [one["id"] for one in data["documents"]] == ["000-01", "003-01"]
    assert [one["id"] for one in data["pages"]] == ["000", "003"]
    (run,) = data["runs"]  # blocks of pages are in no subset
    assert set(run["units"]) == {"000-01", "003-01"}
    assert "docs:test:2" in run["signature"]
