"""The tutorials print what they show, and stay short."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from goldwire.bench.submit import add_labels, describe
from goldwire.corpus.annotation_sets import set_files
from goldwire.corpus.gold import load
from repository import ROOT
from tutorials import PAGES, steps


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_prints_what_it_shows(page, tmp_path):
    if "npm" in page.read_text() and not shutil.which(
        "npm", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ):
        pytest.skip("needs npm")
    for step, printed in steps(page, tmp_path):
        assert printed == (step["shown"] or ""), step["commands"]
    assert page.read_text().count("```text\n```") == 0
    if page.stem == "tutorial-javascript":
        _check_submission(tmp_path)


def _check_submission(folder):
    """Whether the stored labels of compromise are those that the tutorial and its README.md make."""
    script = (ROOT / "submissions/compromise/README.md").read_text().split("```")[1].removeprefix("js\n")
    (folder / "quotes.mjs").write_text(script)
    texts = (folder / "texts/documents.jsonl").read_bytes()
    done = subprocess.run(["node", "quotes.mjs"], cwd=folder, input=texts, stdout=subprocess.PIPE, check=True)
    (folder / "quotes.jsonl").write_bytes(done.stdout)
    gold = load(ROOT)
    labels = describe(gold, "compromise", {})
    made, _ = add_labels(labels, gold, folder / "mine.jsonl", "entities")
    made, _ = add_labels(made, gold, folder / "quotes.jsonl", "quotes")
    stored = ROOT / "submissions/compromise"
    assert {path: (stored / path).read_bytes() for path in set_files(made)} == set_files(made)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_is_short(page):
    assert len(page.read_text().splitlines()) <= 80
