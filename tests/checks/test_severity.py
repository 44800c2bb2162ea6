"""Checks that a profile switches off, or lowers to warnings."""

import json
import shutil

import pytest

from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.corpus.profiles import PROFILE, STRICT, STRICT_LEVELS
from goldwire.model.codes import CODES
from repository import ROOT

FAULTS = ROOT / "tests/faults"
ADJUSTABLE = [c for c, about in CODES.items() if about.level not in STRICT_LEVELS and c not in STRICT]


@pytest.fixture
def tree(tmp_path):
    """The tree with one finding of a code, and the level of that code."""

    def made(code, level, other=None):
        root = tmp_path / code
        shutil.copytree(FAULTS / "base", root)
        shutil.copytree(FAULTS / code / "bad", root, dirs_exist_ok=True)
        levels = {name: {"level": level, "reason": "Not judged here."} for name in (code, other) if name}
        (root / PROFILE).write_text(json.dumps({"checks": levels}))
        return root

    return made


@pytest.mark.parametrize("code", ["unmarked-surface", "nested-mention", "quote-type-mismatch", "relation-mismatch"])
def test_a_check_that_is_off_reports_nothing(tree, code):
    assert check(tree(code, "off")) == []


@pytest.mark.parametrize("code", ["unmarked-surface", "nested-mention", "missing-headline", "incomplete-record"])
def test_a_warning_is_printed_and_does_not_fail(tree, code, capsys):
    root = str(tree(code, "warning"))
    assert main(["check", root]) == 0
    shown = capsys.readouterr().out
    assert f": warning: {code}: " in shown
    assert "0 findings and 1 warning in 1 file" in shown
    assert main(["check", root, "--github"]) == 0
    assert capsys.readouterr().out.startswith("::warning file=")
    assert main(["check", root, "--json"]) == 0
    assert [found["severity"] for found in json.loads(capsys.readouterr().out)] == ["warning"]
    assert main(["check", root, "--sarif"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["level"] == "warning"


@pytest.mark.parametrize("code", ADJUSTABLE)
def test_later_checks_can_run_on_what_is_a_warning(tree, code):
    assert ("warning", code) in {(fault.severity, fault.code) for fault in check(tree(code, "warning"))}


def test_a_warning_does_not_stop_later_checks(tree):
    root = tree("nested-mention", "warning")
    line = (root / "annotations/registry.jsonl").read_text().splitlines()[0]
    unused = json.loads(line) | {
        "id": "person-zed",
        "type": "PERSON",
        "name": "Zed",
        "aliases": ["Zed"],
        "wikidata": None,
    }
    with (root / "annotations/registry.jsonl").open("a") as file:
        file.write(json.dumps(unused, separators=(",", ":"), ensure_ascii=False) + "\n")
    assert {(fault.code, fault.severity) for fault in check(root)} >= {
        ("nested-mention", "warning"),
        ("unused-alias", "error"),
    }


def test_an_error_of_another_code_still_fails(tree, capsys):
    root = tree("unmarked-surface", "warning")
    (root / "annotations/notes.txt").write_text("x")
    assert main(["check", str(root)]) == 1
    assert "1 finding" in capsys.readouterr().out


def test_a_subset_names_documents_of_the_corpus(tree):
    root = tree("unmarked-surface", "off")
    (root / PROFILE).write_text(json.dumps({"subsets": {"test": ["p1-01", "p9-01"]}}))
    (found,) = [fault for fault in check(root) if fault.path == PROFILE]
    assert found.code == "unknown-document"
    assert "p9-01" in found.message
