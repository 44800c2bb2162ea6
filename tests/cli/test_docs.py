"""Documents that are generated are what is generated."""

import re

import conventions
import goldwire
from derived import derived_page
from goldwire.bench.label_tables import NUMBERS, TABLES
from goldwire.corpus.gold import load
from goldwire.model.codes import CODES
from goldwire.model.version import __version__ as VERSION
from goldwire.scoring.measures import MEASURES
from repository import ROOT, in_process


def test_the_page_of_checks_is_what_explain_prints():
    assert in_process(ROOT, "explain", "--markdown").stdout == (ROOT / "docs/checks.md").read_text()


def test_every_check_is_shown_with_an_example():
    page = (ROOT / "docs/checks.md").read_text()
    for code in CODES:
        section = page.split(f"\n### {code}\n")[1].split("\n### ")[0]
        assert f": {code}: " in section


def test_the_leaderboard_is_what_the_frozen_outputs_score():
    assert in_process(ROOT, "leaderboard", "--markdown").stdout == (ROOT / "docs/leaderboard.md").read_text()


def test_the_tables_of_types_are_described_as_they_are():
    page = (ROOT / "docs/systems.md").read_text()
    for name, table in TABLES.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        said = set(re.findall(r"\b[A-Z_]{3,}\b", row))
        assert {*table.system.values()} <= said or name == "none"
        assert said <= {*table.system, *table.system.values(), *table.gold, *table.gold.values(), *NUMBERS}


def test_the_versions_of_codes_and_measures_are_shown(gold):
    page = (ROOT / "docs/scoring.md").read_text()
    for task, groups in MEASURES.items():
        system = {"duplicates": []}.get(
            task, {name: [] for name in (gold.pages if task == "segments" else gold.documents)}
        )
        score = goldwire.score(system, gold, task=task)
        assert {line.group for line in score.counts.lines()} <= groups.keys()
        (since,) = {one.since for one in groups.values()}
        (changed,) = {one.changed_in for one in groups.values()}
        assert f"| {task} | {' · '.join(groups)} | {since} | {changed or '–'} |" in page
    parts = [
        [int(number) for number in one.split(".")]
        for code in CODES.values()
        for one in (code.since, code.changed_in or code.since)
    ]
    assert min(parts) == [0, 1, 0]
    assert max(parts) <= [int(number) for number in VERSION.split(".")]
    assert "since 0.1.0, changed in 0.2.0" in in_process(ROOT, "explain", "status-mismatch").stdout


def test_the_derived_articles_shown_are_what_is_derived():
    assert derived_page(load(ROOT)) == (ROOT / "docs/derived.md").read_text()


def test_the_differences_of_conventions_are_counted():
    (shown,) = conventions.TABLE.finditer(conventions.PAGE.read_text())
    assert shown[0] == shown[1] + conventions.table() + shown[2]
    rules = set(re.findall(r"^\*\*([EQ]\d+)\.", (ROOT / "annotations/GUIDELINES.md").read_text(), re.M))
    assert set(re.findall(r"\b[EQ]\d+\b", shown[0])) <= rules


def test_every_link_leads_to_a_file_and_a_heading():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "annotations/README.md"]
    for page in pages:
        for place, _, heading in re.findall(r"\]\(([^)#:\s]*)(#([^)\s]*))?\)", page.read_text()):
            target = (page.parent / place).resolve() if place else page
            assert target.exists(), f"{page.name}: {place}"
            if heading:
                titles = re.findall(r"^#+ (.*)", target.read_text(), re.M)
                assert heading in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
