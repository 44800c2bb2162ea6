"""The command line as its users meet it: help, exit statuses, errors in one line."""

import os
import subprocess
import sys

import pytest

import goldwire as package
from goldwire.cli import COMMANDS
from goldwire.cli.main import main, parser
from repository import ROOT, goldwire, in_process, refused

VERBS = [[], *([name] for name in COMMANDS), ["studio", "up"], ["studio", "pull"]]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_help_ends_with_an_example_that_can_be_run(words, capsys):
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    *_, last = capsys.readouterr().out.splitlines()
    assert left.value.code == 0
    assert last.startswith(" ".join(["example: goldwire", *words]))
    arguments = last.split()[2:]
    assert parser().parse_args(arguments).command in COMMANDS


@pytest.mark.parametrize(
    "words", [["studio", "invite", "anna", "--layers", "entities"], ["studio", "adjudicate", "a", "b", "--pull"]]
)
def test_the_corpus_may_be_named_after_the_options(words, tmp_path, capsys):
    assert main([*words, str(tmp_path)]) == 2
    assert "unrecognized" not in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*words, str(tmp_path), "one-too-many"])


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


def test_help_loads_nothing_that_costs_time():
    code = (
        "import sys\nfrom goldwire.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "goldwire.cli.studio" in loaded
    assert loaded.isdisjoint({"json", "dataclasses", "inspect", "pydantic", "goldwire.model.records"})


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
    "bench sentence-ends --task segments --trim marks": "trim='marks' is not a setting of segments",
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
    "bench nltk --task entities": "expected spacy-md, spacy, gazetteer or module:callable",
    "bench nowhere:tag --task entities": "nowhere:tag",
    "bench json:tag --task entities": "json:tag",
    "bench os:sep --task entities": "os:sep is a str, expected a callable",
    "bench :tag --task entities": ":tag",
    "bench ..taggers:tag --task entities": "..taggers:tag",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_refused_in_one_line_that_helps(line):
    done = in_process(ROOT, *line.split())
    assert refused(done), done.stderr
    assert WRONG[line] in done.stderr


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_a_folder_without_a_corpus_is_refused(tmp_path, command):
    done = in_process(tmp_path, command, ".")
    assert refused(done), done.stderr
    assert "corpus" in done.stderr


@pytest.mark.parametrize("line", ["show", "check --help", "score {gold} {gold} --json"])
def test_a_reader_that_leaves_is_no_fault(line):
    arguments = line.format(gold=ROOT / "annotations/gold").split()
    if arguments[0] == "score":
        arguments += ["--task", "entities"]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "goldwire", *arguments],
            stdout=pipe, stderr=subprocess.PIPE, text=True, env=buffered, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("option", ["--resolve", "--take"])
def test_a_conflict_is_resolved_by_the_new_option_and_the_old(option):
    given = parser().parse_args(["studio", "pull", option, "git:003-01", "--resolve", "studio:003-02"])
    assert given.resolve == ["git:003-01", "studio:003-02"]
