"""An error in one document leaves the others checked, and the output says what was not."""

import shutil

import pytest

from damage import BASE
from goldwire.cli.main import main

GOLD = "annotations/gold"


@pytest.fixture
def tree(tmp_path):
    return shutil.copytree(BASE, tmp_path / "tree")


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def emptied(path):
    path.write_text("")


def checked(tree, capsys):
    assert main(["check", str(tree)]) == 1
    printed = capsys.readouterr()
    return printed.out, printed.err


EARLY = {
    "a line that is no record": lambda tree: (tree / f"{GOLD}/quotes/p1-01.jsonl").write_text("{}\n"),
    "a changed text": lambda tree: edit(tree / "corpus/text/p1-01.txt", "e", "é"),
    "a lost text": lambda tree: (tree / "corpus/text/p1-01.txt").unlink(),
    "a fault in another set": lambda tree: shutil.copytree(tree / GOLD, tree / "annotations/anna"),
    "a stray file": lambda tree: (tree / "corpus/notes.txt").write_text("mine"),
}


@pytest.mark.parametrize("early", EARLY)
def test_the_other_documents_are_still_checked_for_completeness(tree, early, capsys):
    EARLY[early](tree)
    before, _ = checked(tree, capsys)
    assert "unmarked-surface" not in before
    emptied(tree / f"{GOLD}/entities/p2-01.jsonl")
    emptied(tree / f"{GOLD}/quotes/p2-01.jsonl")
    after, _ = checked(tree, capsys)
    assert "entities/p2-01.jsonl: unmarked-surface" in after


def test_the_other_pages_are_still_compared_with_their_texts(tree, capsys):
    (tree / f"{GOLD}/quotes/p1-01.jsonl").write_text("{}\n")
    segments = tree / f"{GOLD}/segments/p2.jsonl"
    rows = segments.read_text().splitlines(keepends=True)
    segments.write_text("".join(row.replace('"body"', '"caption"') for row in rows))
    out, _ = checked(tree, capsys)
    assert "corpus/text/p2-01.txt: stale-build" in out
    assert "corpus/text/p1-01.txt: stale-build" not in out


def test_what_was_not_checked_is_said(tree, capsys):
    (tree / f"{GOLD}/quotes/p1-01.jsonl").write_text("{}\n")
    (tree / "annotations/registry.jsonl").write_text("{}\n")
    (tree / f"{GOLD}/duplicates.jsonl").write_text("{}\n")
    (tree / f"{GOLD}/segments/p2.jsonl").write_text("{}\n")
    _, said = checked(tree, capsys)
    assert "not checked for completeness" in said
    assert "p1-01" in said
    assert "not compared with their blocks, because of the faults above: 1 page (p2)" in said
    assert "relations of documents were not checked" in said
    assert "aliases were not checked" in said
    assert "not compared with the last release" in said


def test_an_exemption_that_cannot_be_read_reports_nothing_that_it_may_cover(tree, capsys):
    (tree / "annotations/exemptions.jsonl").write_text("{}\n")
    out, said = checked(tree, capsys)
    assert {line.split(": ")[1] for line in out.splitlines() if line.startswith(str(tree))} == {"missing-key"}
    assert "because annotations/exemptions.jsonl cannot be read: 4 documents" in said
