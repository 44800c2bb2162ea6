"""The outputs that README and docs show, made by the code. `python tests/readme.py` writes them again.

An HTML comment names what the block after it shows; a block that pytest or Python produces follows the code it runs.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from goldwire.bench.score import load
from goldwire.checks.examples import find_example
from goldwire.model.codes import CODES
from repository import ROOT

README = ROOT / "README.md"
PYTEST, CORPUS, SCORING, CONVENTIONS, FOOTGUNS = (
    ROOT / f"docs/{name}.md" for name in ("pytest", "corpus", "scoring", "conventions", "footguns")
)
BLOCK = r"<!-- {} -->\n```text\n(?P<shown>.*?)```"
PYTHON = re.compile(r"<!-- python -->\n```python\n(?P<given>.*?)```\n\n" + BLOCK.format("output"), re.S)
TEST = re.compile(r"```python\n(?P<given>(?:(?!```).)*?)```\n\n" + BLOCK.format("test: pytest -q"), re.S)
COMMAND = re.compile(BLOCK.format("command: (?P<given>.+?)"), re.S)
EXAMPLE = re.compile(BLOCK.format("example: (?P<given>.+?)"), re.S)
HELP = re.compile(BLOCK.format("help: (?P<given>.+?)"), re.S)
RECORDS = re.compile(r"<!-- records: (?P<given>.+?) -->\n(?P<shown>.*?)<!-- end -->", re.S)


def run(arguments, **more):
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True, **more)
    return done.stdout


def command_output(line):
    return run([sys.executable, "-m", *shlex.split(line)])


def python_output(code):
    return run([sys.executable, "-c", code])


def shown_by_pytest(code, python=sys.executable, **more):
    """What pytest prints of a test file, from its failure to the summary."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_mine.py").write_text(code)
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        env = more.pop("env", os.environ) | {"PYTEST_ADDOPTS": ""}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, **more)
    lines = done.stdout.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("____"))
    last = next(i for i, line in enumerate(lines) if line.startswith("===") and "summary" in line)
    return "\n".join(lines[first:last]) + "\n"


def pytest_help(heading):
    """A group of options as `pytest --help` prints it."""
    shown = run([sys.executable, "-m", "pytest", "--help"], env=os.environ | {"COLUMNS": "100"})
    return shown.split(f"\n{heading}:\n")[1].split("\n\n")[0] + "\n"


def example_finding(code):
    return f"{find_example(code).finding}\n    hint: {CODES[code].hint}\n"


def records_shown(ids):
    """The line of text in which records are, then the records, each as its file has it but for line breaks."""
    document = load(ROOT).documents[ids.split()[0].rpartition("-")[0]]
    found = {record.id: record for record in (*document.mentions, *document.quotes)}
    records = [found[name] for name in ids.split()]
    start = document.text.rfind("\n", 0, records[0].start) + 1
    shown = [f"> {document.text[start : document.text.index(chr(10), start)]}", "", "```json"]
    for record in records:
        line = record.line()
        parts = ",\n ".join(f"{json.dumps(k)}:{_compact(v)}" for k, v in json.loads(line).items())
        shown.append(line if len(line) < 120 else f"{{{parts}}}")
    return "\n".join([*shown, "```", ""])


def _compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


SHOWN = (
    (README, RECORDS, records_shown),
    (README, PYTHON, python_output),
    (PYTEST, TEST, shown_by_pytest),
    (PYTEST, HELP, pytest_help),
    (CORPUS, COMMAND, command_output),
    (CORPUS, EXAMPLE, example_finding),
    (SCORING, PYTHON, python_output),
    (CONVENTIONS, PYTHON, python_output),
    (FOOTGUNS, PYTHON, python_output),
)
"""The page, the block that it has of a kind, and what makes the block's text from what is given."""


def rewritten(block, make):
    whole, start = block[0], block.start("shown") - block.start()
    return whole[:start] + make(block["given"]) + whole[start + len(block["shown"]) :]


if __name__ == "__main__":
    for page, kind, make in SHOWN:
        page.write_text(kind.sub(lambda block, make=make: rewritten(block, make), page.read_text()))
