"""`goldwire records`: a path that it cannot place is an error, not 0 findings."""

import pytest

from goldwire.cli.main import main
from repository import ROOT


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
