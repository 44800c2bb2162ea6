"""Fixtures shared by the tests: where the repository stands, and a running Label Studio on a copy of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GIT_IDENTITY = ["-c", "user.name=Tester", "-c", "user.email=tester@localhost"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failed one: nothing may be left out unseen."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root():
    return ROOT


def git(folder, *arguments, check=True):
    done = subprocess.run(["git", *GIT_IDENTITY, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
    return done


def copy_repository(target):
    """A git repository with everything this one tracks or would track, as it stands, in one commit."""
    names = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    git(target, "init", "-q", "-b", "main")
    git(target, "add", "-A")
    git(target, "commit", "-q", "-m", "a copy")
    return target


def goldwire(folder, *arguments):
    """Run the command line as a user does, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "goldwire", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "copy")
