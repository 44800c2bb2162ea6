"""Files, folders and links of the wrong kind: `goldwire check` and `build` report them and do not crash."""

import os
import shutil
from pathlib import Path

import pytest

from damage import ANSWERED, LABELS, RECORDS, TEXTS, answer, apart, assert_answers, everything
from goldwire.cli import terminal as exits
from goldwire.model.vocabulary import UNIT_LAYERS

FOLDERS = ["corpus", "corpus/pages", "corpus/text", "annotations", "annotations/gold"]
FOLDERS += [f"annotations/gold/{layer}" for layer in UNIT_LAYERS]


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS])
def test_a_folder_where_a_file_should_be(path, tree):
    (tree / path).unlink()
    (tree / path).mkdir()
    assert_answers(tree)


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS])
def test_a_folder_that_is_not_empty_where_a_file_should_be(path, tree):
    (tree / path).unlink()
    (tree / path / "sub").mkdir(parents=True)
    (tree / path / "sub" / "x.jsonl").write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_file_where_a_folder_should_be(path, tree):
    shutil.rmtree(tree / path)
    (tree / path).write_text("a file\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_that_is_missing(path, tree):
    shutil.rmtree(tree / path)
    statuses = (*ANSWERED, exits.CLEAN) if path in ("annotations/gold",) else ANSWERED
    assert_answers(tree, statuses)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_that_does_not_belong(path, tree):
    (tree / path / "sub").mkdir()
    (tree / path / "sub" / "x.jsonl").write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
@pytest.mark.parametrize(
    "name", ["x\ny.jsonl", "x y.jsonl", ".jsonl", "..jsonl", "é.jsonl", "[x].jsonl", "%s{}.jsonl"]
)
def test_a_file_with_an_odd_name(path, name, tree):
    (tree / path / name).write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
@pytest.mark.parametrize("option", ["--json", "--github", None])
def test_a_file_whose_name_is_no_utf8(path, option, tree):
    with open(os.fsencode(tree / path) + b"/\xff\xfe.jsonl", "wb") as file:  # noqa: PTH123 - Path takes no bytes
        file.write(b"{}\n")
    done = apart("check", tree, *([option] if option else []))
    assert done.returncode in ANSWERED, done.stderr[-2000:].decode()


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS, *FOLDERS])
@pytest.mark.parametrize("target", ["itself", "nothing", "outside", "the root", "/dev/null"])
def test_a_link_where_something_should_be(path, target, tree):
    place = tree / path
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("not yours")
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    goals = {"itself": place, "nothing": tree / "nothing", "the root": tree, "/dev/null": Path("/dev/null")}
    place.symlink_to(goals.get(target, outside if path in FOLDERS else outside / "x.txt"))
    status, out, err = answer("check", tree)
    assert status in (exits.CLEAN, *ANSWERED), err or out
    status, out, err = answer("build", "--check", tree)
    assert status in (exits.CLEAN, *ANSWERED), err or out
    assert (outside / "x.txt").read_text() == "not yours"


def test_building_into_a_linked_folder_leaves_what_is_outside(tree):
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("not yours")
    shutil.rmtree(tree / "corpus/text")
    (tree / "corpus/text").symlink_to(outside)
    status, _, err = answer("build", tree)
    assert status != exits.BUG, err
    assert everything(outside) == {outside / "x.txt": b"not yours"}


@pytest.mark.parametrize("path", FOLDERS)
def test_links_in_a_circle(path, tree):
    (tree / path / "up").symlink_to(tree)
    (tree / path / "here").symlink_to(".")
    assert_answers(tree)


if os.geteuid() != 0:  # root reads every file

    @pytest.mark.parametrize("path", [*RECORDS, *TEXTS, *FOLDERS])
    def test_what_may_not_be_read(path, tree):
        (tree / path).chmod(0)
        try:
            assert_answers(tree)
        finally:
            (tree / path).chmod(0o755)


def test_a_pipe_where_a_file_should_be_is_not_waited_for(tree):
    for path in (LABELS[1], TEXTS[0]):
        place = tree / path
        before = place.read_bytes()
        place.unlink()
        os.mkfifo(place)
        done = apart("check", tree)
        assert done.returncode in ANSWERED
        place.unlink()
        place.write_bytes(before)


@pytest.mark.parametrize("name", ["", "nothing", "x.txt"])
def test_a_root_that_is_none(name, tmp_path):
    (tmp_path / "x.txt").write_text("a file")
    for command in ("check", "build"):
        status, _, err = answer(command, tmp_path / name)
        assert status in ANSWERED, err
