"""Files that operating systems and editors leave, or that git ignores, are no part of a corpus."""

import pytest

import goldwire
from goldwire.checks import check
from goldwire.cli.main import main
from repository import git

FOREIGN = (".DS_Store", "._pages.jsonl", "Thumbs.db", "notes~", ".ipynb_checkpoints/x.jsonl", ".pages.jsonl.swp")
PLACES = ("corpus", "corpus/pages", "corpus/text", "annotations", "annotations/gold", "annotations/gold/segments")


@pytest.fixture
def corpus(tmp_path):
    root = tmp_path / "repo/data"
    assert main(["init", str(root)]) == 0
    assert main(["release", "--data", "minor", str(root)]) == 0
    git(tmp_path / "repo", "init", "-q")
    git(tmp_path / "repo", "add", "-A")
    git(tmp_path / "repo", "commit", "-qm", "a corpus")
    return root


def leave(root, place, name):
    path = root / place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x00\x01")


@pytest.mark.parametrize("name", FOREIGN)
def test_what_systems_and_editors_leave_is_passed_over(corpus, name):
    before = goldwire.load(corpus).digest
    for place in PLACES:
        leave(corpus, place, name)
    assert check(corpus) == []
    assert goldwire.load(corpus).digest == before


@pytest.mark.parametrize("place", [*PLACES, "annotations/scratch"])
def test_what_git_ignores_is_passed_over_and_no_part_of_the_version(corpus, place):
    before = goldwire.load(corpus).digest
    leave(corpus, place, "mine.tmp.jsonl" if place == "annotations/scratch" else "mine.scratch")
    assert [fault.code for fault in check(corpus)] != []
    (corpus.parent / ".gitignore").write_text("*.scratch\n/data/annotations/scratch/\n")
    assert check(corpus) == []
    assert goldwire.load(corpus).digest == before


def test_a_corpus_in_a_folder_that_git_ignores_is_still_checked(corpus):
    (corpus.parent / ".gitignore").write_text("/data/\n")
    git(corpus.parent, "rm", "-rq", "--cached", "data")
    leave(corpus, "corpus", "mine.txt")
    assert [fault.code for fault in check(corpus)] == ["unexpected-file"]
