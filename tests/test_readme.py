"""What the README shows is what the code prints. `python tests/test_readme.py` writes it anew."""

import re
import shlex
import subprocess
import sys

import pytest

from conftest import ROOT

README = ROOT / "README.md"
COMMAND = re.compile(r"<!-- command: (.+?) -->\n```text\n(.*?)```", re.S)
PYTHON = re.compile(r"<!-- python -->\n```python\n(.*?)```\n\n<!-- output -->\n```text\n(.*?)```", re.S)


def run(arguments):
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def command_output(line):
    return run([sys.executable, "-m", *shlex.split(line)])


def python_output(code):
    return run([sys.executable, "-c", code])


@pytest.mark.parametrize(("line", "shown"), COMMAND.findall(README.read_text()))
def test_commands_print_what_is_shown(line, shown):
    assert command_output(line) == shown


def test_the_three_lines_print_what_is_shown():
    ((code, shown),) = PYTHON.findall(README.read_text())
    assert python_output(code) == shown


if __name__ == "__main__":
    text = COMMAND.sub(lambda m: f"<!-- command: {m[1]} -->\n```text\n{command_output(m[1])}```", README.read_text())
    text = PYTHON.sub(lambda m: m[0].replace(m[2] + "```", python_output(m[1]) + "```") if m[2] else
                      m[0][:-3] + python_output(m[1]) + "```", text)  # fmt: skip
    README.write_text(text)
