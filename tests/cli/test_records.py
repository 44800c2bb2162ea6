"""`goldwire records`: a path that it cannot place is an error, not 0 findings."""

import pytest

from goldwire.cli.main import main
from repository import ROOT, git


@pytest.mark.parametrize("path", ["quotes/003-01.jsonl", "notes.txt", "./nowhere/pages.jsonl"])
def test_a_path_that_is_no_file_of_records_is_an_error(path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["records", path]) == 2
    printed = capsys.readouterr()
    assert "is no file of records; expected" in printed.err
    assert "0 findings" not in printed.out


def test_files_of_records_and_the_metadata_that_the_hook_passes_are_clean(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["records", "corpus/pages.jsonl", "annotations/croissant.json"]) == 0
    assert capsys.readouterr().out == "0 findings\n"


@pytest.fixture
def subfolder(tmp_path):
    """A repository whose corpus is in a folder of it."""
    assert main(["init", str(tmp_path / "data")]) == 0
    git(tmp_path, "init", "-q")
    return tmp_path


@pytest.mark.parametrize(
    ("here", "spelled"),
    [
        (".", "data/corpus/pages.jsonl"),
        ("data", "./corpus/../corpus/pages.jsonl"),
        ("data/annotations", "../corpus/pages.jsonl"),
        ("/", "{root}/data/corpus/pages.jsonl"),
        (".", "linked/corpus/pages.jsonl"),
    ],
    ids=["from above", "with dots", "from inside", "absolute", "through a link"],
)
def test_a_file_is_checked_wherever_it_is_named_from_and_however(subfolder, here, spelled, monkeypatch, capsys):
    pages = subfolder / "data/corpus/pages.jsonl"
    pages.write_text(pages.read_text().replace('"language":"en"', '"language":"EN"'))
    (subfolder / "linked").symlink_to(subfolder / "data")
    monkeypatch.chdir(subfolder / here)
    path = spelled.format(root=subfolder)
    assert main(["records", path]) == 1
    printed = capsys.readouterr().out
    assert "wrong-value" in printed
    assert (subfolder / here / printed.split(":")[0]).samefile(pages)


def test_a_file_of_a_corpus_that_is_no_record_is_a_finding_as_it_is_for_check(subfolder, monkeypatch, capsys):
    stray = subfolder / "data/annotations/gold/extra.jsonl"
    stray.write_text("{}\n")
    monkeypatch.chdir(subfolder)
    assert main(["records", str(stray)]) == main(["check", "data"]) == 1
    assert capsys.readouterr().out.count("unexpected-file") == 2


@pytest.mark.parametrize("command", [["check"], ["schema", "--check"], ["build", "--check"]])
@pytest.mark.parametrize("here", [".", "data/annotations/gold"])
def test_the_commands_of_the_hooks_find_the_corpus_of_a_repository(subfolder, command, here, monkeypatch):
    monkeypatch.chdir(subfolder / here)
    assert main(command) == 0


def test_of_several_corpora_one_must_be_named(subfolder, monkeypatch, capsys):
    assert main(["init", str(subfolder / "other")]) == 0
    monkeypatch.chdir(subfolder)
    assert main(["check"]) == 2
    assert "data, other; name one" in capsys.readouterr().err
