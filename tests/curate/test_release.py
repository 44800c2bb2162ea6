"""Releases of the data, on a copy of the repository."""

import json

import pytest

from goldwire.corpus.canonical import pretty
from goldwire.corpus.manifest import NEVER_RELEASED
from goldwire.model.records import Manifest
from repository import git, in_process

PATH = "annotations/gold/entities/003-01.jsonl"
MANIFEST = "corpus/manifest.json"


def version(folder):
    return json.loads((folder / MANIFEST).read_text())["version"]


@pytest.fixture
def released(repository):
    never = {"version": NEVER_RELEASED, "digest": "0" * 64, "files": []}
    (repository / MANIFEST).write_text(pretty(Manifest.model_validate(never)))
    done = in_process(repository, "release", "--data", "major")
    assert (done.returncode, done.stdout) == (0, "1.0.0\n"), done.stderr
    git(repository, "commit", "-aqm", "data 1.0.0")
    return repository


def change_label(folder):
    """Take one stands_for away: a label that is changed."""
    path = folder / PATH
    before = path.read_text()
    path.write_text(before.replace('"stands_for":"gpe-ukraine"', '"stands_for":null', 1))
    assert path.read_text() != before


def test_a_release_checks_clean_and_any_changed_byte_after_it_is_found(released):
    assert in_process(released, "check").stdout == "0 findings\n"
    assert "## Data 1.0.0\n" in (released / "CHANGELOG.md").read_text()
    change_label(released)
    done = in_process(released, "check")
    assert done.returncode == 1
    assert f"{PATH}: unreleased-change: " in done.stdout


def test_a_changed_exemption_is_found_too(released):
    path = released / "annotations/exemptions.jsonl"
    path.write_text(path.read_text().replace("(guideline E9)", "(see the guideline)"))
    assert "annotations/exemptions.jsonl: unreleased-change: " in in_process(released, "check").stdout


def test_reopened_data_is_checked_but_not_held_to_its_release(released):
    change_label(released)
    assert in_process(released, "release", "--reopen").returncode == 0
    assert version(released) == "1.0.0-edited"
    assert in_process(released, "check").stdout == "0 findings\n"


def test_a_bump_smaller_than_the_change_is_refused(released):
    change_label(released)
    done = in_process(released, "release", "--data", "minor")
    assert done.returncode == 2
    assert done.stderr == "goldwire: 1 changed in entities: expected a major release, not a minor one\n"
    assert version(released) == "1.0.0"
    assert in_process(released, "release", "--data", "major").stdout == "2.0.0\n"
    assert "## Data 2.0.0\n\n- 1 changed in entities.\n" in (released / "CHANGELOG.md").read_text()
    assert {fault["code"] for fault in json.loads(in_process(released, "check", "--json").stdout)} == {
        "stale-card",
        "stale-croissant",
    }
    assert in_process(released, "card").stdout == "annotations/README.md\nannotations/croissant.json\n"
    assert in_process(released, "check").stdout == "0 findings\n"


def test_an_outside_id_that_was_lacking_asks_for_a_minor_release(released):
    path = released / "annotations/registry.jsonl"
    path.write_text(path.read_text().replace('"wikidata":null', '"wikidata":"Q1"', 1))
    done = in_process(released, "release", "--data", "patch")
    assert done.stderr == "goldwire: 1 filled in registry: expected a minor release, not a patch one\n"
    assert in_process(released, "release", "--data", "minor").stdout == "1.1.0\n"


def test_nothing_to_release_and_faulty_data_are_refused(released):
    assert "nothing changed since 1.0.0" in in_process(released, "release", "--data", "patch").stderr
    path = released / PATH
    path.write_text(path.read_text().replace('"start":213', '"start":214', 1))
    done = in_process(released, "release", "--data", "major")
    assert done.returncode == 2
    assert "surface-mismatch" in done.stderr


def test_a_version_the_changelog_does_not_name_is_found(released):
    changelog = released / "CHANGELOG.md"
    changelog.write_text(changelog.read_text().replace("## Data 1.0.0", "## Data"))
    assert f"{MANIFEST}: undocumented-version: CHANGELOG.md has no heading" in in_process(released, "check").stdout


def test_diff_says_in_words_what_a_label_said_and_says(released):
    change_label(released)
    done = in_process(released, "diff")
    assert done.stdout == in_process(released, "diff", "HEAD").stdout
    assert done.stdout.splitlines() == [
        "entities 003-01 003-01-e007 changed",
        "  - [336:340] “Kiev” GPE gpe-kiev > gpe-ukraine",
        "  + [336:340] “Kiev” GPE gpe-kiev",
        "1 change",
    ]
    assert in_process(released, "diff", "no-such-revision").returncode == 2
