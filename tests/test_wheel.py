"""The wheel, installed by itself in an empty environment, away from the source it was built from."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from site import getsitepackages
from typing import NamedTuple

import pytest

import goldwire as package
from install import answers
from readme import PYTEST, PYTHON, README, TEST, shown_by_pytest
from repository import ROOT, copy_repository, goldwire

PIP = [sys.executable, "-m", "pip"]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
NEEDED = {
    "goldwire",
    "filelock",
    "pydantic",
    "pydantic-core",
    "annotated-types",
    "typing-extensions",
    "typing-inspection",
}
THAT_MATTER = ("test_plugin.py", "scoring/test_vectors.py", "text/test_spans.py")
"""Tests that need no checkout: what a user of the wheel would notice first."""


def other_pythons():
    """Of every other minor version that goldwire supports, a Python of this machine: on PATH, or pyenv's newest."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for minor in set(range(11, 15)) - {sys.version_info[1]}:
        patches = sorted(pyenv.glob(f"versions/3.{minor}.*/bin/python"), reverse=True)
        for python in filter(None, [shutil.which(f"python3.{minor}"), *patches]):
            if answers(python, "-c", "import venv, ensurepip"):  # a shim of pyenv may not run
                yield pytest.param(str(python), id=f"3.{minor}")
                break


def run(*command, cwd):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Installed(NamedTuple):
    """The environment with the wheel in it, an empty folder to work in, what the source showed, and the wheel."""

    bin: Path
    folder: Path
    shown: str
    wheel: Path

    def python(self, code):
        return run(self.bin / "python", "-c", code, cwd=self.folder)

    def goldwire(self, *arguments):
        return run(self.bin / "goldwire", *arguments, cwd=self.folder)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    place = tmp_path_factory.mktemp("wheel")
    source = copy_repository(place / "source")
    shown = goldwire(source, "show", ".").stdout
    run(*PIP, "wheel", source, "--no-deps", "--wheel-dir", place, cwd=place)
    shutil.rmtree(source)
    run(sys.executable, "-m", "venv", "--without-pip", place / "env", cwd=place)
    (wheel,) = place.glob("*.whl")
    run(*PIP, "--python", place / "env/bin/python", "install", wheel, cwd=place)
    (place / "elsewhere").mkdir()
    return Installed(place / "env/bin", place / "elsewhere", shown, wheel)


def test_only_filelock_and_pydantic_come_with_it(installed):
    listed = json.loads(run(*PIP, "--python", installed.bin / "python", "list", "--format", "json", cwd="/"))
    assert {re.sub(r"[-_.]+", "-", entry["name"]).lower() for entry in listed} == NEEDED


def test_it_runs_from_the_wheel_and_knows_its_version(installed):
    assert installed.goldwire("--version") == f"goldwire {package.__version__}\n"
    home = installed.python("import goldwire; print(goldwire.__file__)")
    assert Path(home.strip()).is_relative_to(installed.bin.parent)


def test_it_shows_the_corpus_it_was_built_with(installed):
    assert "32 (25 different articles)" in installed.shown
    assert installed.goldwire("show") == installed.shown


def test_the_tree_it_ships_is_clean(installed):
    root = installed.python("from goldwire.corpus.locate import data_root; print(data_root())").strip()
    assert installed.goldwire("check", root) == "0 findings\n"


def test_gold_loads_and_a_system_is_scored_without_scipy(installed):
    told = installed.python(
        "import goldwire, sys\n"
        "gold = goldwire.load()\n"
        "labels = {name: document.mentions for name, document in gold.documents.items()}\n"
        "print(len(gold.documents), goldwire.score(labels), 'scipy' in sys.modules)"
    )
    assert told.startswith("32 strict F1 1.000 [0.863, 1.000]  goldwire|task:entities|")
    assert told.endswith(
        "|docs:unique:25|match:strict|trim:none|labels:none|ci:cluster-beta|v:" + package.__version__ + " False\n"
    )


def test_a_stranger_scores_a_regex_as_the_readme_shows(installed):
    ((code, shown),) = PYTHON.findall(README.read_text())
    assert installed.python(code) == shown


def test_a_strangers_test_fails_as_the_docs_show(installed):
    run(*PIP, "--python", installed.bin / "python", "install", "pytest", cwd=installed.folder)
    ((code, shown),) = TEST.findall(PYTEST.read_text())
    assert shown_by_pytest(code, installed.bin / "python", env=CLEAN) == shown


def test_the_report_ships_with_its_page(installed):
    assert installed.goldwire("report", "--bench", "exact-hash") == "report.html\n"
    assert "<title>goldwire report</title>" in (installed.folder / "report.html").read_text()


def test_the_tests_that_matter_pass_on_the_wheel(installed, tmp_path):
    """The libraries come from the environment of the tests, goldwire from the wheel alone."""
    (site,) = installed.bin.parent.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text("".join(f"{path}\n" for path in getsitepackages()))
    (tmp_path / "tests").mkdir()
    for name in ("conftest.py", "repository.py", "scores", "faults/base", *THAT_MATTER):
        (tmp_path / "tests" / name).parent.mkdir(exist_ok=True)
        (shutil.copytree if (ROOT / "tests" / name).is_dir() else shutil.copy)(
            ROOT / "tests" / name, tmp_path / "tests" / name
        )
    shown = run(
        installed.bin / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *THAT_MATTER, cwd=tmp_path / "tests"
    )
    assert re.search(r"^\d{3} passed", shown, re.M), shown
    home = run(installed.bin / "python", "-c", "import goldwire; print(goldwire.__file__)", cwd=tmp_path)
    assert Path(home.strip()).is_relative_to(site)


def test_the_vectors_come_with_it(installed):
    assert int(installed.python("import goldwire; print(len(goldwire.vectors()))")) >= 60


@pytest.mark.parametrize("python", list(other_pythons()) or [sys.executable])
def test_the_core_works_on_every_python_of_this_machine(python, installed, tmp_path):
    run(python, "-m", "venv", "--without-pip", tmp_path / "env", cwd=tmp_path)
    run(*PIP, "--python", tmp_path / "env/bin/python", "install", "--quiet", installed.wheel, cwd=tmp_path)
    (tmp_path / "elsewhere").mkdir()
    other = installed._replace(bin=tmp_path / "env/bin", folder=tmp_path / "elsewhere")
    assert other.goldwire("--version") == f"goldwire {package.__version__}\n"
    assert other.goldwire("show") == installed.shown
    assert other.goldwire(
        "check", other.python("import goldwire.corpus.locate as l; print(l.data_root())").strip()
    ) == ("0 findings\n")
    ((code, shown),) = PYTHON.findall(README.read_text())
    assert other.python(code) == shown  # the same number, interval and signature
