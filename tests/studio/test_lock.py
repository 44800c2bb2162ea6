"""One push, pull or other writer of a corpus at a time, and one line on a system without file locks."""

import sys

import pytest

pytest.importorskip("label_studio_sdk")

from goldwire.cli.main import main
from small import small_corpus


def test_a_system_without_file_locks_is_named_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows
    folder = small_corpus(tmp_path / "corpus", "gold", ["k-01"])
    assert main(["studio", "up", str(folder)]) == 2
    message = "goldwire studio runs on Linux and macOS, not on this system; on Windows, use it inside WSL"
    assert f"goldwire: {message}\n" in capsys.readouterr().err
