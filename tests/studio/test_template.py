"""The migrated database that first starts share: what may be kept, what is used, and that the server takes it."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

pytest.importorskip("label_studio_sdk")

from goldwire.studio.server.template import VARIABLE, cache, is_empty, keep


def database(path, users):
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE htx_user (id INTEGER)")
        made.executemany("INSERT INTO htx_user VALUES (?)", [(user,) for user in range(users)])
        made.execute(
            "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n"
        )
        made.commit()
    return path


def test_only_a_sound_database_without_accounts_is_shared(tmp_path):
    assert is_empty(database(tmp_path / "empty", users=0))
    assert not is_empty(database(tmp_path / "used", users=1))
    assert not is_empty(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()
    cut = (tmp_path / "empty").read_bytes()[:40_000]
    (tmp_path / "cut").write_bytes(cut)
    assert not is_empty(tmp_path / "cut")
    (tmp_path / "text").write_text("no database")
    assert not is_empty(tmp_path / "text")


def test_a_cache_that_cannot_be_written_stops_no_start(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    keep(database(tmp_path / "empty", users=0), tmp_path / "file/kept")
    assert "is not kept for the next first start" in capsys.readouterr().out


def test_the_first_start_keeps_a_database_without_accounts_and_says_what_it_does(studio):
    kept = sorted(cache().glob("label-studio-*.sqlite3"))
    assert kept
    assert all(map(is_empty, kept))
    assert re.search(r"^ +\d+ s  loading Label Studio$", studio.said(), re.M), studio.said()
    assert re.search(r"^ +\d+ s  starting the server$", studio.said(), re.M), studio.said()


def test_the_next_first_start_migrates_nothing(studio, tmp_path):
    shutil.copytree(cache(), tmp_path / "cache")
    data = tmp_path / "data"
    environment = {**os.environ, "HOME": str(tmp_path), VARIABLE: str(tmp_path / "cache"), "SENTRY_DSN": "",
                   "LABEL_STUDIO_BASE_DATA_DIR": str(data), "GOLDWIRE_ROOT": str(studio.folder)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "goldwire.studio.server.serve", "version"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Applying" not in done.stdout
    assert "Initializing database" not in done.stdout  # its own check finds nothing left to do
    assert is_empty(data / "label_studio.sqlite3")
