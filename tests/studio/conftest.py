"""One running Label Studio and one browser for all tests, and annotators' desks with a project of their own."""

import json
import signal
import subprocess
import sys
from itertools import count

import pytest

from repository import TAKEN_FROM, TAKEN_LINE, copy_repository, free_port, git, goldwire
from small import small_corpus

NUMBERS = count(1)
VIEW = {"width": 1440, "height": 900}


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


@pytest.fixture(scope="package")
def owner(studio, browser):
    """The windows of the server's owner, who is logged in; one for all tests, so that the scripts are read once."""
    context = browser.new_context(viewport=VIEW)
    page = context.new_page()
    page.goto(f"{studio.base}/user/login/")
    page.fill("input[name=email]", studio.credentials["user"])
    page.fill("input[name=password]", studio.credentials["password"])
    page.click("button[type=submit]")
    page.wait_for_url(f"{studio.base}/")
    page.evaluate("localStorage.clear()")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(owner):
    """A page of the owner's, logged in, in a browser that has no settings yet."""
    page = owner.new_page()
    yield page
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")
    page.close()


@pytest.fixture
def visitor(browser):
    """A page of somebody without an account."""
    context = browser.new_context(viewport=VIEW)
    yield context.new_page()
    context.close()


@pytest.fixture
def make_desk(tmp_path, studio, client, capsys, monkeypatch):
    from desk import A, B, C, Desk

    def make(documents=(A, B, C), **how):
        name = f"sync-{next(NUMBERS)}"
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        return Desk(small_corpus(tmp_path / name, name, documents, **how), name, studio, client, capsys)

    return make


@pytest.fixture
def desk(make_desk):
    made = make_desk()
    made("push")
    return made
