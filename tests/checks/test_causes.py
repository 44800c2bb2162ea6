"""One fault is one finding at its cause, however many errors it causes."""

import pytest

from goldwire.checks import check
from goldwire.cli.check import findings_github, findings_text
from repository import copy_corpus


@pytest.fixture
def tree(tmp_path):
    return copy_corpus(tmp_path, only_gold=True)


def replace(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


@pytest.mark.parametrize("path", ["corpus/text/003-01.txt", "corpus/pages/003.txt"])
def test_a_changed_character_is_one_finding(path, tree):
    replace(tree / path, b"Russia", b"Russja")
    (fault,) = check(tree)
    assert (fault.path, fault.code) in {(path, "stale-text"), (path, "stale-page")}
    assert fault.also[0].path in ("corpus/documents.jsonl", "corpus/pages.jsonl")


def test_a_renamed_entity_is_one_finding_with_the_nearest_id_and_every_place(tree):
    used = b"".join(path.read_bytes() for path in (tree / "annotations/gold").rglob("*.jsonl"))
    replace(tree / "annotations/registry.jsonl", b'"gpe-ukraine"', b'"gpe-ukraina"')
    (fault,) = check(tree)
    assert fault.code == "unknown-entity"
    assert "gpe-ukraina" in fault.message
    assert fault.also[0].path == "annotations/registry.jsonl"
    assert 100 < len(fault.also) <= used.count(b'"gpe-ukraine"')
    printed = findings_text([fault], tree)
    assert f"and {len(fault.also) - 3} more places" in printed
    assert "%0Aalso: annotations/registry.jsonl:" in findings_github([fault], tree)
    assert "%0Ahint: register the entity" in findings_github([fault], tree)


@pytest.mark.parametrize("path", ["annotations/gold/set.json", "annotations/registry.jsonl", "corpus/text/003-01.txt"])
def test_a_deleted_file_is_one_finding(path, tree):
    (tree / path).unlink()
    (fault,) = check(tree)
    assert (fault.path, fault.code) == (path, "missing-file")


def test_a_deleted_document_is_one_finding(tree):
    for path in tree.rglob("003-01.*"):
        path.unlink()
    documents = tree / "corpus/documents.jsonl"
    lines = documents.read_text().splitlines(keepends=True)
    documents.write_text("".join(line for line in lines if '"003-01"' not in line))
    (fault,) = check(tree)
    assert fault.code == "unknown-document"


def test_line_ends_converted_everywhere_are_one_finding(tree):
    for path in (tree / "annotations").rglob("*.jsonl"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (fault,) = check(tree)
    assert fault.code == "carriage-return"
