"""Fixtures of the report's tests: the gold, the report as a file, and one browser to read it in."""

import re

import pytest

from goldwire.corpus.gold import load
from goldwire.report.corpus_data import corpus_data
from goldwire.report.system_data import run_data, stored_runs
from goldwire.scoring.settings import Settings
from reading import Reader, write
from repository import ROOT

FROZEN = {"spacy": "entities", "textacy-clauses": "quotes", "exact-hash": "duplicates", "sentence-ends": "segments"}


def capitals(text):
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


@pytest.fixture(scope="session")
def gold():
    return load(ROOT)


@pytest.fixture(scope="session")
def report(gold, tmp_path_factory):
    return write(tmp_path_factory.mktemp("report") / "report.html", corpus_data(gold))


@pytest.fixture(scope="session")
def runs(gold):
    found = [
        run for name, task in FROZEN.items() for run in stored_runs(ROOT / f"annotations/system-{name}", gold, task)
    ]
    return [*found, {"system": "capitals", "says": "", "made": []} | run_data(capitals, gold, Settings())]


@pytest.fixture(scope="session")
def systems(gold, runs, tmp_path_factory):
    """A report of five systems, the good and the bad, of all tasks; entities are runs 0 and 4."""
    return write(tmp_path_factory.mktemp("systems") / "report.html", corpus_data(gold) | {"runs": runs})


@pytest.fixture
def reader(browser, request):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **getattr(request, "param", {}))
    reader = Reader(context)
    yield reader
    context.close()
    assert reader.said == []
    assert {url.split("#")[0].split(":")[0] for url in reader.asked} <= {"file", "about"}
    assert len({url.split("#")[0] for url in reader.asked if url.startswith("file")}) <= 1
