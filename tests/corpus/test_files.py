"""Several files of a folder change at once, whoever looks and whenever the writer is killed."""

import os
import random
import signal
import time

import pytest

from goldwire.corpus import files
from goldwire.corpus.files import recover_folder, update_folder

FILES = [f"{layer}/{n}.jsonl" for layer in ("entities", "quotes") for n in range(8)]


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def version(n):
    return {path: f"{path} {n}\n".encode() * 50 for path in FILES}


@pytest.fixture
def place(tmp_path):
    update_folder(tmp_path / "set", version(0), tmp_path / "staging")
    (tmp_path / "set/README.md").write_text("kept")
    return tmp_path / "set", tmp_path / "staging"


def test_only_what_differs_is_told_and_other_files_stay(place):
    folder, staging = place
    assert update_folder(folder, version(0), staging) == []
    changed = {FILES[0]: b"other\n", FILES[3]: b"other\n", "new/file": b"new\n"}
    assert update_folder(folder, {**version(0), **changed}, staging) == sorted(changed)
    assert state(folder) == {**version(0), **changed, "README.md": b"kept"}
    assert not staging.exists()


def test_an_unchanged_file_is_the_same_file(place):
    folder, staging = place
    before = (folder / FILES[5]).stat().st_ino
    update_folder(folder, {FILES[0]: b"x", FILES[1]: b"y"}, staging)
    assert (folder / FILES[5]).stat().st_ino == before


def killed_while_updating(folder, staging, content, seconds):
    child = os.fork()
    if child == 0:
        try:
            update_folder(folder, content, staging)
        finally:
            os._exit(0)
    time.sleep(seconds)  # what is awaited is the moment itself
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("seed", range(20))
def test_a_kill_leaves_all_old_or_all_new(place, seed):
    folder, staging = place
    started = time.monotonic()
    update_folder(folder, version(1), staging)
    lasts = time.monotonic() - started
    killed_while_updating(folder, staging, version(2), random.Random(seed).uniform(0, 1.5 * lasts))
    kept = {"README.md": b"kept"}
    assert state(folder) in ({**version(1), **kept}, {**version(2), **kept})
    update_folder(folder, version(2), staging)
    assert state(folder) == {**version(2), **kept}
    assert not staging.exists()


@pytest.mark.parametrize("stop_at", range(1, 8, 2))
def test_without_an_exchange_the_next_run_finishes_what_a_kill_left(place, monkeypatch, stop_at):
    folder, staging = place
    monkeypatch.setattr(files, "_swap", lambda: None)
    write, written = files.write_bytes, []

    def dies(path, data):
        if folder in path.parents and len(written) == stop_at:
            raise KeyboardInterrupt
        written.extend([path] if folder in path.parents else [])
        return write(path, data)

    monkeypatch.setattr(files, "write_bytes", dies)
    with pytest.raises(KeyboardInterrupt):
        update_folder(folder, version(1), staging)
    monkeypatch.setattr(files, "write_bytes", write)
    recover_folder(folder, staging)
    assert state(folder) == {**version(1), "README.md": b"kept"}
