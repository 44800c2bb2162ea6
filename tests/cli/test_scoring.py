"""`goldwire score` and `goldwire bench`: what they print of a system, and what they refuse."""

import json
import sys

import pytest

import goldwire as package
from goldwire.bench.score import load
from goldwire.corpus.annotation_sets import LabelSet, write_set
from goldwire.corpus.jsonl import Table
from goldwire.scoring.settings import Settings
from repository import ROOT, goldwire, in_process, refused
from small import info

ENTITIES = ["--task", "entities"]
QUICK = Settings(resamples=20)


@pytest.fixture(scope="module")
def gold():
    return load()


@pytest.fixture(scope="module")
def half(gold):
    """Every other mention of gold, as a system gives it: without ids."""
    bare = {"id": None, "entity": None, "stands_for": None}
    return {
        name: [mention.model_copy(update=bare) for mention in document.mentions[::2]]
        for name, document in gold.documents.items()
    }


@pytest.fixture
def mine(tmp_path, half):
    tables = {name: Table.numbered("", mentions) for name, mentions in half.items()}
    write_set(tmp_path, LabelSet("mine", info("mine", "system", half, layers=["entities"]), entities=tables))
    return tmp_path / "mine"


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Put a module `taggers` on the path."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "taggers", raising=False)
    yield (tmp_path / "taggers.py").write_text
    sys.modules.pop("taggers", None)


def test_score_compares_a_folder_with_gold(mine, gold, half):
    result = package.score(half, gold, QUICK)
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    low, high = result.interval
    assert first == f"mine: strict F1 {result.f1:.3f} [{low:.3f}, {high:.3f}]"
    assert last == str(result.signature)
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.strip()}
    counts = result.counts.modes["strict"]
    assert rows["strict"] == [
        "1.000", f"{counts.recall:.3f}", f"{counts.f1:.3f}", f"[{low:.3f},", f"{high:.3f}]",
        str(counts.correct), str(counts.predicted), str(counts.gold),
    ]  # fmt: skip


def test_score_in_json_holds_the_same_numbers(mine, gold, half):
    result = package.score(half, gold, QUICK)
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["system"], told["f1"], told["macro"]) == ("mine", result.f1, result.macro)
    assert tuple(told["interval"]) == result.interval
    assert told["signature"] == str(result.signature)
    assert told["units"].keys() == result.by_unit.keys()
    strict = told["rows"][0]
    assert (strict["name"], strict["precision"], strict["recall"]) == ("strict", 1.0, result.rows()[0].counts.recall)
    assert sum(row["gold"] for row in told["rows"] if row["group"] == "by type, strict") == strict["gold"]


def test_a_folder_may_leave_out_the_keys_that_a_system_does_not_predict(mine, half):
    with_nulls = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES).stdout
    for name, mentions in half.items():
        lines = [mention.model_dump_json(exclude_none=True) for mention in mentions]
        (mine / f"entities/{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert (done.returncode, done.stdout) == (0, with_nulls), done.stderr


def test_an_empty_file_found_nothing_and_a_missing_one_is_refused(mine):
    (mine / "entities/003-01.jsonl").write_text("")
    assert in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES).returncode == 0
    (mine / "entities/003-01.jsonl").unlink()
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert refused(done)
    assert "003-01" in done.stderr


def test_a_label_that_does_not_fit_its_text_is_named(mine, half):
    first, *rest = half["003-01"]
    shifted = first.model_copy(update={"start": first.start + 1, "end": first.end + 1})
    lines = [mention.line() for mention in (shifted, *rest)]
    (mine / "entities/003-01.jsonl").write_text("".join(f"{line}\n" for line in lines))
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert refused(done)
    assert "mine/entities/003-01.jsonl:1: surface-mismatch: " in done.stderr


def test_score_measures_by_the_set_it_is_given(mine):
    shown = {}
    for name in ("gold", "pass-c"):  # the two differ
        *shown[name], signature = in_process(
            ROOT, "score", f"annotations/{name}", str(mine), *ENTITIES
        ).stdout.splitlines()
        assert f"|set:{name}|" in signature
    assert shown["gold"] != shown["pass-c"]


@pytest.mark.parametrize(("least", "status"), [("0.5", 0), ("0.9", 1)])
def test_a_score_under_the_one_asked_for_exits_1(mine, least, status):
    done = in_process(ROOT, "score", "annotations/gold", str(mine), *ENTITIES, "--at-least", least)
    assert done.returncode == status
    assert done.stdout.startswith("mine: strict F1 0.6")
    assert (f"is below {least}" in done.stderr) == bool(status)


def test_bench_runs_a_callable_of_a_module(module):
    module(
        "import re\n"
        "def tag(text):\n"
        "    return [(*m.span(), 'GPE') for m in re.finditer('Russia|Ukraine', text)] + [(0, 1, 'DATE')]\n"
    )
    done = in_process(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("taggers:tag: strict F1 0.")
    told = json.loads(in_process(ROOT, "bench", "taggers:tag", *ENTITIES, "--json", "--at-least", "0").stdout)
    assert 0 < told["f1"] < told["rows"][0]["precision"] <= 1
    assert told["ignored"] == {"DATE": 25}


@pytest.mark.parametrize(
    "prints",
    [
        "print('loading')",
        "__import__('os').write(1, b'loading')",
        "__import__('subprocess').run(['echo', 'loading'])",
        "__import__('ctypes').CDLL(None).puts(b'loading')",
    ],
    ids=["Python", "a file descriptor", "a child process", "a C library"],
)
def test_what_a_system_prints_does_not_spoil_the_json(module, tmp_path, prints):
    module(f"{prints}\ndef tag(text):\n    {prints}\n    return []\n")
    done = goldwire(tmp_path, "bench", "taggers:tag", *ENTITIES, "--json")
    assert json.loads(done.stdout)["f1"] == 0
    assert done.stderr.count("loading") == 26


def test_bench_refuses_what_are_no_labels(module):
    module("def tag(text):\n    return ['Russia']\n")
    done = in_process(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert refused(done)
    assert "000-01: 'Russia' is not a valid entity" in done.stderr


def test_a_fault_of_a_system_is_not_called_one_of_goldwire(module):
    module("def tag(text):\n    return 1 / 0\n")
    done = in_process(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert "division by zero" in done.stderr
    assert "bug of goldwire" not in done.stderr
    assert done.returncode == 2


def test_an_interrupt_ends_quietly(module):
    module("def tag(text):\n    raise KeyboardInterrupt\n")
    done = in_process(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_predictions_are_scored_where_there_is_nothing_but_the_wheel(tmp_path):
    labels = [{"document": name, "entities": []} for name in package.load().documents]
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(line) + "\n" for line in labels))
    done = in_process(tmp_path, "score", "gold", "mine.jsonl", "--task", "entities")
    assert done.stdout.startswith("mine.jsonl: strict F1 0.000"), done.stderr


def test_bench_runs_a_baseline_on_its_own_task():
    done = in_process(ROOT, "bench", "exact-hash", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["task"], told["system"]) == (0, "duplicates", "exact-hash")
    assert told["f1"] == pytest.approx(12 / 13)
