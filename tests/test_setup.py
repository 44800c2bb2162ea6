"""The set-up: which Python, registry, browser and PostgreSQL a machine gives, and what is said where one is missing."""

import os
import subprocess
import sys

import pytest

import install
import programs
from repository import ROOT

HIDDEN = "import sys, pytest; sys.prefix = '/nowhere'; sys.exit(pytest.main(sys.argv[1:]))"
"""Runs pytest in an environment that no set-up linked a browser into."""


PAGE = """
from playwright.sync_api import sync_playwright
from browsing import launch

def test_page():
    with sync_playwright() as playwright:
        launch(playwright)
"""


def executable(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A machine with nothing on PATH, in an environment without a browser."""
    (tmp_path / "path").mkdir()
    (tmp_path / "env/bin").mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def test_a_browser_is_found_by_name_then_in_the_environment_then_on_the_path(bare, monkeypatch):
    assert programs.chromium() is None
    found = executable(bare / "path/google-chrome", "exit 0")
    assert programs.chromium() == found
    assert programs.provide_chromium() == found
    assert programs.chromium() == str(bare / "env/bin/chromium")  # linked, for every later run
    monkeypatch.setenv("CHROMIUM", "/opt/mine")
    assert programs.chromium() == "/opt/mine"
    with pytest.raises(SystemExit, match="CHROMIUM=/opt/mine does not start"):
        programs.provide_chromium()


def test_a_browser_that_does_not_start_is_passed_over(bare):
    executable(bare / "path/chromium", "echo 'requires the chromium snap'; exit 1")
    works = executable(bare / "path/google-chrome-stable", "exit 0")
    assert programs.provide_chromium() == works


def test_playwright_takes_the_node_that_the_set_up_brought(bare, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "")  # so that it is taken back afterwards
    monkeypatch.delenv("PLAYWRIGHT_NODEJS_PATH")
    programs.use_node()
    assert "PLAYWRIGHT_NODEJS_PATH" not in os.environ
    node = executable(bare / "env/bin/node", "exit 0")
    programs.use_node()
    assert os.environ["PLAYWRIGHT_NODEJS_PATH"] == node


@pytest.mark.parametrize(("ci", "status", "outcome"), [("", 0, "1 skipped"), ("1", 1, "1 failed")])
def test_without_a_browser_one_line_says_what_is_not_tested_and_ci_fails(tmp_path, ci, status, outcome):
    (tmp_path / "test_page.py").write_text(PAGE)
    hidden = {"PATH": str(tmp_path), "CHROMIUM": "", "PYTEST_ADDOPTS": ""}
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT / "tests"), **hidden}
    command = [sys.executable, "-c", HIDDEN, "-q", "-p", "conftest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, "-c", ROOT / "pyproject.toml", tmp_path / "test_page.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1].split(" in ")[0]) == (status, outcome), done.stdout
    assert "not run: no browser here; make test brings one, or name it in CHROMIUM" in done.stdout


def test_the_wheels_postgresql_runs_here():
    """Also on a machine with Debian's, which comes first: the wheel is what other machines test with."""
    initdb = programs.postgresql_of_the_wheel() / "initdb"
    assert install.answers(initdb, "--version")


def test_uv_gets_the_registry_that_pip_is_set_to(tmp_path, monkeypatch):
    for name in (
        "PIP_INDEX_URL",
        "PIP_EXTRA_INDEX_URL",
        "PIP_FIND_LINKS",
        "UV_DEFAULT_INDEX",
        "UV_INDEX",
        "UV_FIND_LINKS",
    ):
        monkeypatch.delenv(name, raising=False)
    settings = tmp_path / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://mirror.example/simple\nextra-index-url = https://a.example\n  https://b.example\n"
        "find-links = /wheels\n  /more\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    environment = install.uv_environment(sys.executable)
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["UV_INDEX"] == "https://a.example https://b.example"
    assert environment["UV_FIND_LINKS"] == "/wheels,/more"


def test_a_python_that_is_too_old_or_too_new_gives_way_to_one_that_fits(bare):
    executable(bare / "path/python3.13", "exit 1")  # as a shim of pyenv for a version that is switched off
    fits = executable(bare / "path/python3.12", "exit 0")
    assert install.choose_python((3, 14)) == fits
    (bare / "path/python3.12").unlink()
    with pytest.raises(install.SetupError, match=r"python3 is 3\.9, and no python3\.11 to python3\.13 is on PATH"):
        install.choose_python((3, 9))
    assert install.choose_python((3, 11)) == sys.executable


def test_a_failure_of_the_set_up_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, ROOT / "tools/install.py", tmp_path / "file", "studio"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("set-up: ")
    assert "Traceback" not in done.stderr
