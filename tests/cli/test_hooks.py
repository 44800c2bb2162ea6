"""The hooks, pulled by another repository with a pinned revision, as a steward of another corpus would."""

import re
import subprocess
import sys

import pytest

from repository import copy_repository, git, goldwire

CONFIG = """\
repos:
  - repo: {url}
    rev: v0.1.0
    hooks:
      - id: goldwire-check
      - id: goldwire-records
      - id: goldwire-schema
      - id: goldwire-build
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A tagged copy of this repository, which others pull the hooks from."""
    folder = copy_repository(tmp_path_factory.mktemp("hooks") / "goldwire")
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, source):
    """A corpus of its own, made by `goldwire init`, guarded by the hooks at a pinned revision."""
    folder = tmp_path_factory.mktemp("other")
    done = goldwire(folder, "init")
    assert done.returncode == 0, done.stderr
    git(folder, "init", "-q", "-b", "main")
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(url=source))
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=folder, check=True, capture_output=True)
    git(folder, "add", "-A")
    first = git(folder, "commit", "-qm", "a new corpus", check=False)
    assert first.returncode == 0, first.stdout + first.stderr
    return folder


def commit(folder):
    git(folder, "add", "-A")
    done = git(folder, "commit", "-m", "an edit", check=False)
    return done.returncode, done.stdout + done.stderr


FAULTS = {
    "shifted block": ("annotations/gold/segments/ex.jsonl", lambda t: t.replace(b'"start":89', b'"start":88'), "uncovered-text|span-edge-space"),
    "edited text": ("corpus/text/ex-01.txt", lambda t: t.replace(b"Monday", b"Sunday", 1), "stale-text"),
    "edited page": ("corpus/pages/ex.txt", lambda t: t.replace(b"Monday", b"Sunday", 1), "stale-page"),
    "carriage returns": ("annotations/gold/segments/ex.jsonl", lambda t: t.replace(b"\n", b"\r\n"), "carriage-return"),
    "byte order mark": ("corpus/pages.jsonl", lambda t: b"\xef\xbb\xbf" + t, "byte-order-mark"),
    "merge conflict": ("annotations/registry.jsonl", lambda t: b"<<<<<<< HEAD\n" + t + b"=======\n>>>>>>> x\n", "not-json"),
    "deleted file": ("annotations/gold/segments/ex.jsonl", None, "undeclared-layer"),
    "edited schema": ("schema/pair.schema.json", lambda t: t.replace(b"pair", b"pear", 1), "schema/pair.schema.json"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_refused(corpus, fault):
    path, damage, code = FAULTS[fault]
    before = (corpus / path).read_bytes()
    if damage is None:
        (corpus / path).unlink()
    else:
        (corpus / path).write_bytes(damage(before))
    try:
        status, said = commit(corpus)
        assert status == 1, said
        assert re.search(code, said), said
        assert "Traceback" not in said
    finally:
        (corpus / path).write_bytes(before)
        git(corpus, "add", "-A")
    assert git(corpus, "status", "--porcelain").stdout == ""  # the state of the first commit, which was accepted


def test_the_commit_of_a_mended_fault_is_accepted(corpus):
    page = corpus / "corpus/pages/ex.txt"
    before = page.read_bytes()
    page.write_bytes(before + b"More\n")
    assert commit(corpus)[0] == 1
    page.write_bytes(before)
    (corpus / "note.txt").write_text("A sound change.")
    assert commit(corpus)[0] == 0


def test_a_renamed_file_is_refused(corpus):
    git(corpus, "mv", "corpus/text/ex-01.txt", "corpus/text/ex-09.txt")
    status, said = commit(corpus)
    assert status == 1
    assert "missing-file" in said
    git(corpus, "reset", "-q", "--hard")


def test_try_repo_gives_the_verdict_without_a_configuration(corpus, source):
    path = corpus / "corpus/text/ex-01.txt"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"Monday", b"Sunday", 1))
    git(corpus, "add", "-A")  # what is not staged is put aside while hooks run
    try_repo = [sys.executable, "-m", "pre_commit", "try-repo", str(source), "goldwire-check"]
    done = subprocess.run(try_repo, cwd=corpus, capture_output=True, text=True, check=False)
    git(corpus, "reset", "-q", "--hard")
    assert done.returncode == 1, done.stderr
    assert "corpus/text/ex-01.txt: stale-text" in done.stdout
    assert "also: corpus/documents.jsonl:1" in done.stdout
