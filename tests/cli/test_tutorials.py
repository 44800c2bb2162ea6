"""The tutorials print what they show, and stay short."""

import pytest

from tutorials import PAGES, steps


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_prints_what_it_shows(page, tmp_path):
    for step, printed in steps(page, tmp_path):
        assert printed == (step["shown"] or ""), step["commands"]
    assert page.read_text().count("```text\n```") == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_is_short(page):
    assert len(page.read_text().splitlines()) <= 80
