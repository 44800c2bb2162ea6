"""Runs the tutorials of docs/: their files are written, their commands run, in order, in one empty folder.

`python tests/tutorials.py` writes the outputs that they show again.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from repository import ROOT

GIT = {f"GIT_{who}_{what}": "tester@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

PAGES = sorted((ROOT / "docs").glob("tutorial-*.md"))
STEP = re.compile(
    r"<!-- file: (?P<name>\S+) -->\n```\w+\n(?P<content>.*?)```\n"
    r"|```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?",
    re.S,
)


def steps(page, folder):
    """Do what a page says in a folder; yield each step that runs commands, with what they print."""
    place = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = os.environ | GIT | {"PATH": place, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": "-p no:cacheprovider"}
    env.pop("CI", None)  # pytest shows more where it is set
    for step in STEP.finditer(page.read_text()):
        if step["name"]:
            (folder / step["name"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / step["name"]).write_text(step["content"])
            continue
        script = f"set -eo pipefail\n{step['commands']}"
        out, err = subprocess.PIPE, subprocess.STDOUT
        done = subprocess.run(["bash", "-c", script], cwd=folder, env=env, stdout=out, stderr=err, text=True)
        yield step, done.stdout


def rewritten(page):
    text, moved = page.read_text(), 0
    with tempfile.TemporaryDirectory() as folder:
        for step, printed in steps(page, Path(folder)):
            if step["shown"] is not None:
                start, end = step.span("shown")
                text, moved = (
                    text[: start + moved] + printed + text[end + moved :],
                    moved + len(printed) - (end - start),
                )
    return text


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(rewritten(path))
