"""Fixtures shared by the tests: where the repository stands, and a running Label Studio on a copy of it."""

import json
import os
import signal
import subprocess
import sys

import pytest
from hypothesis import settings

from repository import ROOT, TAKEN_FROM, TAKEN_LINE, copy_repository, free_port, git, goldwire

settings.register_profile("goldwire", deadline=None)  # how long a case takes is no behaviour
settings.load_profile("goldwire")


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
    """All that the one server is for runs in one process, first; other files in whichever is free."""
    items.sort(key=lambda item: "studio" not in item.fixturenames)
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


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "copy")


class Studio:
    """A running `goldwire studio up` on a copy of the repository where one mention is not labelled yet."""

    def __init__(self, folder):
        self.folder = folder
        path = folder / "annotations/gold/entities" / f"{TAKEN_FROM}.jsonl"
        lines = path.read_text().splitlines(keepends=True)
        self.taken_out = json.loads(lines.pop(TAKEN_LINE - 1))
        path.write_text("".join(lines))
        goldwire(folder, "release", "--reopen")
        git(folder, "commit", "-aqm", "one mention less")
        port = free_port()
        self.errors = (folder.parent / "up.log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "goldwire", "studio", "up", "--port", str(port)],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        assert self.url, (folder.parent / "up.log").read_text()
        self.base = self.url.split("/projects")[0]
        self.credentials = json.loads((folder / ".goldwire/studio/credentials.json").read_text())

    def said(self):
        return (self.folder.parent / "up.log").read_text()

    def close(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=40)
        self.errors.close()


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    pytest.importorskip("label_studio_sdk")
    running = Studio(copy_repository(tmp_path_factory.mktemp("studio") / "copy"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def client(studio):
    from label_studio_sdk import LabelStudio

    return LabelStudio(base_url=studio.base, api_key=studio.credentials["token"])


@pytest.fixture
def page(studio):
    from playwright.sync_api import sync_playwright

    from browsing import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{studio.base}/user/login/")
        page.fill("input[name=email]", studio.credentials["user"])
        page.fill("input[name=password]", studio.credentials["password"])
        page.click("button[type=submit]")
        page.wait_for_url(f"{studio.base}/")
        yield page
        browser.close()
