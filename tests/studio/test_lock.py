"""One push or pull of a corpus at a time, and one line on a system without file locks."""

import sys

import pytest

pytest.importorskip("label_studio_sdk")

from goldwire.cli.main import main
from goldwire.model.errors import GoldwireError
from goldwire.studio.session import exclusive
from small import small_corpus


def test_a_second_push_of_the_same_corpus_is_refused_until_the_first_ends(tmp_path):
    with exclusive(tmp_path), pytest.raises(GoldwireError, match="another push or pull of this corpus is running"):
        exclusive(tmp_path).__enter__()
    with exclusive(tmp_path):
        pass


def test_a_system_without_file_locks_is_named_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows
    folder = small_corpus(tmp_path / "corpus", "gold", ["k-01"])
    assert main(["studio", "push", str(folder)]) == 2
    message = "goldwire studio runs on Linux and macOS, not on this system; on Windows, use it inside WSL"
    assert capsys.readouterr().err == f"goldwire: {message}\n"
