"""A folder changes as a whole, whenever its writer is killed."""

import itertools
import os
import signal
import sys

import pytest

from goldwire.corpus import files
from goldwire.corpus.files import recover, update_folder

FILES = [f"{layer}/{n}.jsonl" for layer in ("entities", "quotes") for n in range(2)]


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def version(n):
    return {path: f"{path} {n}\n".encode() * 50 for path in FILES}


@pytest.fixture
def place(tmp_path):
    update_folder(tmp_path / "set", version(0), tmp_path / "staging")
    (tmp_path / "set/README.md").write_text("kept")
    return tmp_path / "set", tmp_path / "staging"


def test_only_changed_files_are_reported_and_other_files_stay(place):
    folder, staging = place
    assert update_folder(folder, version(0), staging) == []
    changed = {FILES[0]: b"other\n", FILES[2]: b"other\n", "new/file": b"new\n"}
    assert update_folder(folder, {**version(0), **changed}, staging) == sorted(changed)
    assert state(folder) == {**version(0), **changed, "README.md": b"kept"}
    assert not staging.exists()


def test_an_unchanged_file_is_the_same_file(place):
    folder, staging = place
    before = (folder / FILES[3]).stat().st_ino
    update_folder(folder, {FILES[0]: b"x", FILES[1]: b"y"}, staging)
    assert (folder / FILES[3]).stat().st_ino == before


CALLS = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.copytree", "shutil.rmtree"}


def killed_at(step, folder, content, staging):
    """Update a folder in a child that kills itself before a file system call; return whether it got that far."""
    child = os.fork()
    if child == 0:
        calls = itertools.count()

        def kill(event, _):
            if event in CALLS and next(calls) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        try:
            update_folder(folder, content, staging)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("exchange", [True, False], ids=["exchanged", "one by one"])
def test_a_kill_at_any_call_leaves_all_old_or_all_new(place, monkeypatch, exchange):
    folder, staging = place
    if not exchange:  # as on a system without such a call
        monkeypatch.setattr(files, "_swap", lambda: None)
    kept = {"README.md": b"kept"}
    old, new = {**version(0), **kept}, {**version(1), **kept}
    states, step = [], 0
    while killed_at(step, folder, version(1), staging):
        if not exchange:
            recover(staging)
        states.append(state(folder))
        assert states[-1] in (old, new), f"killed at call {step}"
        recover(staging)
        update_folder(folder, version(0), staging)
        assert state(folder) == old
        assert not staging.exists()
        step += 1
    assert step > 3 * len(FILES), "every file is written, linked and renamed"
    assert states.index(old) < states.index(new), "kills hit before and after the change"
    assert state(folder) == new
