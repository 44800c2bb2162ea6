"""Documents that are generated are what is generated."""

from conftest import ROOT, goldwire
from goldwire.codes import CODES


def test_the_page_of_checks_is_what_explain_prints():
    assert goldwire(ROOT, "explain", "--markdown").stdout == (ROOT / "docs/checks.md").read_text()


def test_every_check_is_shown_with_an_example():
    page = (ROOT / "docs/checks.md").read_text()
    for code in CODES:
        section = page.split(f"\n### {code}\n")[1].split("\n### ")[0]
        assert f": {code}: " in section


def test_the_leaderboard_is_what_the_frozen_outputs_score():
    assert goldwire(ROOT, "leaderboard", "--markdown").stdout == (ROOT / "docs/leaderboard.md").read_text()
