"""What the README shows, made by the code. `python tests/readme.py` writes it anew."""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from repository import ROOT

README = ROOT / "README.md"
COMMAND = re.compile(r"<!-- command: (.+?) -->\n```text\n(.*?)```", re.S)
TEST = re.compile(r"(```python\n(?:(?!```).)*?```)\n\n<!-- test: pytest -q -->\n```text\n(.*?)```", re.S)
PYTHON = re.compile(r"<!-- python -->\n```python\n(.*?)```\n\n<!-- output -->\n```text\n(.*?)```", re.S)


def run(arguments):
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def command_output(line):
    return run([sys.executable, "-m", *shlex.split(line)])


def python_output(code):
    return run([sys.executable, "-c", code])


def shown_by_pytest(block, python=sys.executable, **more):
    """What pytest shows of a test file, from its failure to the line that counts."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_mine.py").write_text(block.removeprefix("```python\n").removesuffix("```"))
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **more)
    lines = done.stdout.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("____"))
    last = next(i for i, line in enumerate(lines) if line.startswith("===") and "summary" in line)
    return "\n".join(lines[first:last]) + "\n"


if __name__ == "__main__":
    text = COMMAND.sub(lambda m: f"<!-- command: {m[1]} -->\n```text\n{command_output(m[1])}```", README.read_text())
    text = PYTHON.sub(lambda m: m[0].replace(m[2] + "```", python_output(m[1]) + "```") if m[2] else
                      m[0][:-3] + python_output(m[1]) + "```", text)  # fmt: skip
    text = TEST.sub(lambda m: f"{m[1]}\n\n<!-- test: pytest -q -->\n```text\n{shown_by_pytest(m[1])}```", text)
    README.write_text(text)
