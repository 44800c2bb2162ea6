"""One command writes a corpus at a time; a second one waits, and names the first one if it does not end."""

import os
import stat
import subprocess
import sys

import pytest

from goldwire.corpus import lock
from goldwire.corpus.files import write_bytes
from goldwire.corpus.lock import output, reading, writing
from goldwire.model.errors import GoldwireError
from repository import ROOT, git, goldwire, in_process

HOLD = """
import sys
from pathlib import Path
from goldwire.corpus.lock import {lock}
sys.argv = ["goldwire", "add", "page.txt"]
with {lock}(Path({place!r}), print):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(kind, place):
    """A process that holds a lock until its input is closed."""
    code = HOLD.format(lock=kind, place=str(place))
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize("command", ["accept", "build .", "release --reopen", "schema", "init", "export web out"])
def test_a_second_writer_names_the_first_one_and_changes_nothing(tree, command, monkeypatch):
    monkeypatch.setattr(lock, "WAIT", 0.2)
    monkeypatch.setattr(lock, "NOTICE", 0.1)
    first = holder("writing", tree)
    try:
        before = sorted(tree.rglob("*"))
        done = in_process(tree, *command.split())
    finally:
        first.communicate()
    assert (done.returncode, done.stdout) == (2, "")
    waits, refused = done.stderr.splitlines()
    assert waits.startswith(f"goldwire: waiting for another command that writes the corpus {tree}: ")
    assert f"goldwire add page.txt (process {first.pid} on " in refused
    assert refused.endswith("nothing changed, run this again later")
    assert sorted(tree.rglob("*")) == before


def test_a_second_writer_waits_until_the_first_one_ends(tree):
    first = holder("writing", tree)
    second = subprocess.Popen(
        [sys.executable, "-m", "goldwire", "accept"], cwd=tree, stderr=subprocess.PIPE, text=True
    )
    assert second.stderr.readline().startswith(
        f"goldwire: waiting for another command that writes the corpus {tree}: "
    )
    first.communicate()
    assert second.communicate()[1] == "goldwire: nothing is proposed; the registry is unchanged\n"
    assert second.returncode == 0


def test_the_lock_of_a_killed_writer_is_free(tree):
    first = holder("writing", tree)
    first.kill()
    first.communicate()
    assert in_process(tree, "accept").returncode == 0


def test_two_exports_take_turns_in_a_folder(tree, tmp_path, monkeypatch):
    first = holder("output", tmp_path / "out")
    second = subprocess.Popen(
        [sys.executable, "-m", "goldwire", "export", "jsonl", tmp_path / "out"],
        cwd=tree,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert f"waiting for another command that writes {tmp_path / 'out'}" in second.stderr.readline()
    first.communicate()
    assert "5 files written" in second.communicate()[1]


def test_a_command_takes_its_own_lock_again(tree):
    with writing(tree, print), writing(tree, print):
        pass


def test_a_corpus_that_cannot_be_written_and_one_that_is_none_are_read_without_a_lock(tmp_path):
    with reading(tmp_path, print), writing(tmp_path, print):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_for_locks_that_others_may_write_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: str(tmp_path))
    place = tmp_path / f"goldwire-{os.getuid()}"
    place.mkdir()
    place.chmod(0o777)
    with pytest.raises(GoldwireError, match="is open to other users; remove it"), output(tmp_path / "out", print):
        pass


def test_git_never_adds_the_private_folder(tmp_path):
    git(tmp_path, "init", "-q")
    assert in_process(tmp_path, "init").returncode == 0
    assert ".goldwire/" in (tmp_path / ".gitignore").read_text()
    (tmp_path / ".gitignore").unlink()
    (tmp_path / ".goldwire/studio").mkdir()
    (tmp_path / ".goldwire/studio/credentials.json").write_text("secret")
    git(tmp_path, "add", "-A")
    assert ".goldwire" not in git(tmp_path, "ls-files").stdout


def test_a_file_keeps_its_mode_and_a_new_one_has_that_of_the_umask(tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("old")
    kept.chmod(0o600)
    before = os.umask(0o027)
    try:
        write_bytes(kept, b"new")
        write_bytes(tmp_path / "fresh", b"new")
        assert goldwire(tmp_path, "derive", "derived", "--n", "1").returncode == 0
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"kept": 0o600, "fresh": 0o640, "derived": 0o750}


def test_a_write_goes_through_links(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real/report.html")
    for data in (b"one", b"two"):
        write_bytes(tmp_path / "link", data)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real/report.html").read_bytes() == data


def test_files_and_folders_behind_links_are_updated_and_the_links_stay(tree, tmp_path):
    texts = tmp_path / "texts"
    (tree / "corpus/text").rename(tree / "texts")
    (tree / "corpus/text").symlink_to("../texts")
    one = tree / "texts/p1-01.txt"
    one.rename(tree / "one.txt")
    one.symlink_to("../one.txt")
    expected = {path.name: path.read_bytes() for path in (tree / "texts").iterdir()}
    for path in (tree / "texts").iterdir():
        path.write_text("old")
    done = in_process(tree, "build")
    assert done.returncode == 0, done.stderr
    assert not texts.exists()
    assert (tree / "corpus/text").is_symlink()
    assert one.is_symlink()
    assert {path.name: path.read_bytes() for path in (tree / "texts").iterdir()} == expected


@pytest.mark.parametrize("kind", ["device", "pipe", "folder", "loop", "link to a device"])
def test_what_is_not_a_regular_file_is_refused_and_stays(tmp_path, kind):
    place = tmp_path / "place"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "loop":
        place.symlink_to("place")
    elif kind == "link to a device":
        place.symlink_to(os.devnull)
    target = os.devnull if kind == "device" else str(place)
    before = os.lstat(target)
    done = in_process(ROOT, "report", "-o", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"goldwire: {target} is not a regular file; expected a file, or the name of a new one\n"
    assert os.lstat(target).st_ino == before.st_ino
    assert stat.S_IFMT(os.lstat(target).st_mode) == stat.S_IFMT(before.st_mode)


@pytest.mark.parametrize("option", ["--output=FILE", "-v", "--remote=."])
def test_no_revision_reaches_git_as_an_option(tmp_path, option):
    assert in_process(tmp_path, "init").returncode == 0
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    (tmp_path / "FILE").write_text("mine")
    done = in_process(tmp_path, "diff", "--", option)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"git has no corpus at '{option}'" in done.stderr
    assert (tmp_path / "FILE").read_text() == "mine"
