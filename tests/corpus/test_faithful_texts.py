"""A text is scored, exported and derived from only if it is the one that its hash says, inside the corpus."""

import pytest

from goldwire import load
from goldwire.model.errors import GoldwireError
from repository import in_process

TEXT, PAGE = "corpus/text/p1-01.txt", "corpus/pages/p2.txt"
COMMANDS = ("show", "bench sentence-ends --task segments", "report", "derive out", "export jsonl out", "leaderboard")


@pytest.mark.parametrize("path", [TEXT, PAGE])
@pytest.mark.parametrize("command", [*COMMANDS, "add ../page.txt"])
def test_a_text_that_differs_from_its_hash_is_refused(tree, path, command):
    place = tree / path
    place.write_text(place.read_text().replace("e", "o", 1))
    (tree.parent / "page.txt").write_text("A page\n")
    done = in_process(tree, *command.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{path} differs from its recorded sha256" in done.stderr
    assert not (tree / "out").exists()
    with pytest.raises(GoldwireError, match="differs from its recorded sha256; run goldwire check"):
        load(tree).compared()


@pytest.mark.parametrize("path", [TEXT, PAGE, "corpus/text", "corpus/pages", "corpus"])
def test_a_link_out_of_the_corpus_is_neither_read_nor_written(tree, tmp_path, path):
    outside = tmp_path / "outside"
    (tree / path).rename(outside)
    (tree / path).symlink_to(outside)
    done = in_process(tree, "check")
    assert done.returncode == 1
    assert f"{path}" in done.stdout
    assert "the path is a link out of the corpus" in done.stdout
    before = {file: file.read_bytes() for file in [outside, *outside.rglob("*")] if file.is_file()}
    for command in ("show", "build"):
        done = in_process(tree, command)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), command
    assert {file: file.read_bytes() for file in before} == before


def test_a_link_inside_the_corpus_is_read(tree):
    (tree / TEXT).rename(tree / "elsewhere.txt")
    (tree / TEXT).symlink_to("../../elsewhere.txt")
    assert "link out" not in in_process(tree, "check").stdout
    assert in_process(tree, "show").returncode == 0


def test_accept_changes_nothing_if_the_manifest_cannot_be_read(tree):
    proposal = '{"id":"gpe-arda","type":"GPE","name":"Arda","aliases":[],"wikidata":null,"note":null}\n'
    (tree / "annotations/proposals.jsonl").write_text(proposal)
    (tree / "corpus/manifest.json").write_text("{")
    before = {path: path.read_bytes() for path in (tree / "annotations").rglob("*.jsonl")}
    done = in_process(tree, "accept")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert {path: path.read_bytes() for path in before} == before
