"""The commands on a corpus: check, explain, show, schema, init, and which corpus a command is about."""

import json
import shutil

import pytest

from damage import BASE
from goldwire.cli.main import main
from goldwire.model.findings import CODES
from repository import ROOT, in_process, refused


@pytest.fixture
def tree(tmp_path):
    """A small corpus without faults."""
    return shutil.copytree(BASE, tmp_path / "tree")


def test_check_exits_0_without_faults_and_1_with_one(tree):
    clean = in_process(tree, "check")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "0 findings\n", "")
    place = tree / "annotations/gold/entities/p1-01.jsonl"
    place.write_text(place.read_text().replace('"type":"GPE"', '"type":"COUNTRY"', 1))
    faulty = in_process(tree, "check")
    assert faulty.returncode == 1
    assert faulty.stdout.startswith("annotations/gold/entities/p1-01.jsonl:")
    assert ': wrong-value: type is "COUNTRY": ' in faulty.stdout
    (fault,) = json.loads(in_process(tree, "check", "--json").stdout)
    assert (fault["code"], fault["line"]) == ("wrong-value", int(faulty.stdout.split(":")[1]))


def test_check_reads_the_tree_it_is_pointed_at(tree, tmp_path):
    (tree / "corpus/text/p1-01.txt").write_text("short")
    done = in_process(tmp_path, "check", str(tree))
    assert done.returncode == 1
    assert f"{tree}/corpus/text/p1-01.txt: stale-text: " in done.stdout
    assert in_process(tmp_path, "check", str(ROOT)).returncode == 0


def test_explain_says_what_a_code_means_and_what_to_do(capsys):
    for name, code in CODES.items():
        assert main(["explain", name]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"{name} ({code.level})\n")
        assert code.why in shown
        assert code.hint in shown


def test_show_counts_what_the_corpus_holds():
    done = in_process(ROOT, "show")
    assert done.returncode == 0
    rows = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert rows["pages"] == "5"
    assert rows["documents"] == "32 (25 different articles)"
    assert "(100%)" in rows["characters"]


def test_schema_check_names_what_is_missing_and_writes_nothing(tmp_path):
    assert in_process(ROOT, "schema", "--check").returncode == 0
    done = in_process(tmp_path, "schema", "--check")
    assert done.returncode == 1
    assert "schema/mention.schema.json" in done.stdout.split()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["show", "export web out", "bench sentence-ends --task segments --json"])
def test_a_command_called_in_a_corpus_is_about_that_corpus(tmp_path, command):
    assert in_process(tmp_path, "init").returncode == 0
    done = in_process(tmp_path, *command.split())
    told = done.stdout + "".join(path.read_text() for path in tmp_path.glob("out/**/*") if path.is_file())
    assert done.returncode == 0, done.stderr
    assert "ex-01" in told or "documents             2 " in told or '"ex"' in told
    assert "003-01" not in told


def test_a_corpus_without_frozen_systems_has_no_leaderboard(tmp_path):
    said = in_process(tmp_path, "init").stderr
    assert "goldwire add FILE" in said
    assert "put the address of goldwire into .pre-commit-config.yaml" in said
    done = in_process(tmp_path, "leaderboard")
    assert refused(done)
    assert "no stored labels" in done.stderr
