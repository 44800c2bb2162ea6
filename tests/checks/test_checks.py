"""Every code has a tree with only that fault, and a similar tree without it.

A tree is faults/base with an overlay copied over it; in an overlay, the file DELETE lists paths to delete, and the file
GROW lists paths with their sizes in bytes. With the file GIT the tree is a repository that has these attributes;
with SCHEMA it has the schemas of the base besides those of the overlay.
"""

import json
import os
import shutil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldwire.checks import check as findings_of
from goldwire.cli.explain import EXEMPTION
from goldwire.cli.main import main
from goldwire.corpus.schemas import write_schemas
from goldwire.model.findings import CODES
from goldwire.model.records import Exemption
from repository import ROOT, git

CHECKS = ROOT / "tests" / "faults"
FOLDERS = sorted(path.name for path in CHECKS.iterdir() if path.is_dir() and path.name != "base")
FILES = sorted(path.relative_to(CHECKS / "base").as_posix() for path in (CHECKS / "base").rglob("*") if path.is_file())
HASHED = [name for name in FILES if name.startswith(("corpus/pages/", "corpus/text/", "corpus/documents"))]


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run `goldwire check` in the base with an overlay; return its exit status and what it printed."""

    def run(overlay, *arguments):
        shutil.copytree(CHECKS / "base", tmp_path, dirs_exist_ok=True)
        if (CHECKS / overlay / "SCHEMA").exists():
            write_schemas(tmp_path)
        shutil.copytree(CHECKS / overlay, tmp_path, dirs_exist_ok=True)
        if (tmp_path / "DELETE").exists():
            for path in (tmp_path / "DELETE").read_text().splitlines():
                (tmp_path / path).unlink()
        if (tmp_path / "GROW").exists():
            for path, size in map(str.split, (tmp_path / "GROW").read_text().splitlines()):
                (tmp_path / path).touch()
                os.truncate(tmp_path / path, int(size))
        if (tmp_path / "GIT").exists():
            git(tmp_path, "init", "-q")
            (tmp_path / "GIT").rename(tmp_path / ".gitattributes")
        monkeypatch.chdir(tmp_path)
        return main(["check", *arguments]), capsys.readouterr().out

    return run


def test_every_code_has_a_folder_and_every_folder_a_code():
    assert sorted(CODES) == FOLDERS


def written(place):
    return f"{place['path']}:{place['line']}" if place["line"] else place["path"]


@pytest.mark.parametrize("code", FOLDERS)
def test_bad_has_only_this_fault_and_json_agrees_with_the_text(code, check):
    status, printed = check(f"{code}/bad")
    *lines, _ = [line for line in printed.splitlines() if not line.startswith("    hint: ")]
    assert "\n".join(lines) + "\n" == (CHECKS / code / "expected.txt").read_text()
    assert {line.split(": ")[1] for line in lines if not line.startswith("    also: ")} == {code}
    assert f"    hint: {CODES[code].hint}\n" in printed
    json_status, printed = check(f"{code}/bad", "--json")
    faults, told = json.loads(printed), []
    for fault in faults:
        told.append(f"{written(fault)}: {fault['code']}: {fault['message']}")
        told += [f"    also: {', '.join(map(written, fault['also']))}"] if fault["also"] else []
    assert told == lines
    assert {(fault["hint"], fault["level"]) for fault in faults} == {(CODES[code].hint, CODES[code].level)}
    assert status == json_status == 1


@pytest.mark.parametrize("code", FOLDERS)
def test_good_is_clean(code, check):
    assert check(f"{code}/good") == (0, "0 findings\n")


def test_json_of_a_clean_tree_is_an_empty_array(check):
    assert check("base", "--json") == (0, "[]\n")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return shutil.copytree(CHECKS / "base", tmp_path_factory.mktemp("checks") / "base")


def findings_with(base, name, data):
    """The findings in the base with other bytes in one file, or without the file; then the file is restored."""
    place = base / name
    before = place.read_bytes()
    try:
        place.unlink() if data is None else place.write_bytes(data)
        return findings_of(base)
    finally:
        place.write_bytes(before)


@pytest.mark.parametrize("name", FILES)
def test_a_deleted_file_is_found(name, base):
    assert findings_with(base, name, None)


@st.composite
def damaged(draw):
    """A file of the base, and its bytes with a few of them replaced."""
    name = draw(st.sampled_from(FILES))
    data = (CHECKS / "base" / name).read_bytes()
    start = draw(st.integers(0, len(data)))
    put = draw(st.sampled_from([b"", b"\n", b"\r\n", b'"', b"\xff", b"{" * 9999]) | st.binary(max_size=3))
    made = data[:start] + put + data[start + draw(st.integers(0, 3)) :]
    assume(made != data)
    return name, made


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_damage_never_raises_and_is_always_found_in_a_file_with_a_hash(base, made):
    name, data = made
    assert findings_with(base, name, data) or name not in HASHED


def test_a_number_of_any_length_is_found(base):
    name = "annotations/gold/decoys/p1-01.jsonl"
    data = (CHECKS / "base" / name).read_bytes().replace(b'"start":', b'"start":' + b"9" * 5000)
    assert [fault.code for fault in findings_with(base, name, data)] == ["not-json"]


def test_the_repository_is_clean(capsys):
    assert main(["check", str(ROOT)]) == 0
    assert capsys.readouterr().out == "0 findings\n"


def test_the_exemption_that_the_docs_show_is_one():
    assert Exemption.model_validate_json(EXEMPTION).code in CODES
