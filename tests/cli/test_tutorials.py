"""The tutorials print what they show, and stay short."""

import os
import shutil
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_is_short(page):
    assert len(page.read_text().splitlines()) <= 80
