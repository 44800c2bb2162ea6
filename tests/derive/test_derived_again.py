"""A derived corpus is a corpus: it is edited, released and derived from, and its version says all of that."""

import json

import pytest

from repository import ROOT, git, in_process


@pytest.fixture(scope="module")
def derived(tmp_path_factory):
    place = tmp_path_factory.mktemp("derived") / "one"
    done = in_process(ROOT, "derive", str(place), "--n", "8", "--seed", "3")
    assert done.returncode == 0, done.stderr
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "one")
    return place


def version(place):
    return json.loads((place / "corpus/manifest.json").read_text())["version"]


def test_a_derived_corpus_is_edited_and_released(derived):
    first = version(derived)
    assert first.endswith("-derived.news.3.8")
    assert in_process(derived, "release", "--reopen").returncode == 0
    assert version(derived) == f"{first}-edited"
    assert in_process(derived, "check").stdout == "0 findings\n"
    assert in_process(derived, "show").returncode == 0
    assert in_process(derived, "accept").returncode == 0
    registry = derived / "annotations/registry.jsonl"
    registry.write_text(registry.read_text().replace('"wikidata":null', '"wikidata":"Q1"', 1))
    done = in_process(derived, "release", "--data", "minor")
    assert done.returncode == 0, done.stderr
    assert version(derived) == done.stdout.strip()
    assert version(derived).endswith(".0-derived.news.3.8")
    assert version(derived) != first
    assert in_process(derived, "check").stdout == "0 findings\n"


def test_a_corpus_is_derived_from_a_derived_one(derived, tmp_path):
    root = derived
    for name, difficulty in (("two", "easy"), ("three", "hostile")):
        done = in_process(tmp_path, "derive", name, "--n", "8", "--difficulty", difficulty, "--root", str(root))
        assert done.returncode == 0, done.stderr
        assert version(tmp_path / name) == f"{version(root).removesuffix('-edited')}-derived.{difficulty}.13.8"
        root = tmp_path / name
        assert in_process(root, "check").stdout == "0 findings\n"
