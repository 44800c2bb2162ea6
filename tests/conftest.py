"""Fixtures shared by the tests of several rooms, and the order of the tests."""

import os
import subprocess

import pytest
from hypothesis import settings

from repository import ROOT, copy_repository, git

settings.register_profile("goldwire", deadline=None)  # how long a case takes is no behaviour
settings.load_profile("goldwire")

LONG = {"test_postgresql", "test_wheel", "test_hooks", "test_kills", "test_mutations", "test_ray", "test_scale"}
"""Files that take longest: one that began last would run when all else has ended."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failed one: nothing may be left out unseen."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(tryfirst=True)  # before the names of groups are read
def pytest_collection_modifyitems(config, items):
    """All that the one server is for runs in one process, first; other files in whichever is free, the longest first."""
    items.sort(key=lambda item: ("studio" not in item.fixturenames, item.path.stem not in LONG))
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            group = "studio" if "studio" in item.fixturenames else item.path.stem
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture
def tree(tmp_path):
    """A small sound corpus to damage."""
    from damage import plant

    return plant(tmp_path / "tree")


@pytest.fixture(scope="module")
def shared_tree(tmp_path_factory):
    """One such corpus for many cases, each of which puts back what it damaged."""
    from damage import plant

    return plant(tmp_path_factory.mktemp("robust") / "tree")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def gold():
    """The gold that goldwire ships, loaded once."""
    from goldwire import load

    return load()


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A copy of the repository with its objects in one pack, of which a test may make its own cheaply."""
    folder = copy_repository(tmp_path_factory.mktemp("template") / "copy")
    git(folder, "gc", "-q")
    return folder


@pytest.fixture
def repository(template, tmp_path):
    subprocess.run(["cp", "-a", template, tmp_path / "copy"], check=True)
    return tmp_path / "copy"


@pytest.fixture(scope="session")
def browser():
    """The one browser of this process: Playwright cannot start twice in it."""
    from playwright.sync_api import sync_playwright

    from browsing import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
