"""Valid trees to damage, and the command line that must handle any damage.

The command line runs in this process with a time limit (exit status 3 means a traceback); a test that might end the
process itself, or block on its output, runs it in a process of its own.
"""

import contextlib
import io
import json
import re
import shutil
import signal
import subprocess
import sys
from unittest.mock import patch

import pytest

from goldwire.cli import main as cli
from goldwire.cli import terminal as exits
from goldwire.model.vocabulary import UNIT_LAYERS
from repository import ROOT

BASE = ROOT / "tests" / "faults" / "base"
EXEMPTION = '{"code":"unmarked-surface","document":null,"start":null,"text":"Moscow","reason":"A case."}\n'
PAGES, DOCUMENTS, MANIFEST = "corpus/pages.jsonl", "corpus/documents.jsonl", "corpus/manifest.json"
REGISTRY, EXEMPTIONS = "annotations/registry.jsonl", "annotations/exemptions.jsonl"
SET, PAIRS = "annotations/gold/set.json", "annotations/gold/duplicates.jsonl"
SECONDS = 60  # far above any run on a busy machine; what waits for a pipe never ends
ANSWERED = (exits.FINDINGS, exits.USAGE)


def first_with_records(layer):
    """The first file of a layer that has a record."""
    found = sorted((BASE / "annotations/gold" / layer).glob("*.jsonl"))
    return next(path for path in found if path.stat().st_size).relative_to(BASE).as_posix()


LABELS = [first_with_records(layer) for layer in UNIT_LAYERS]
RECORDS = [PAGES, DOCUMENTS, MANIFEST, REGISTRY, EXEMPTIONS, SET, PAIRS, *LABELS]
TEXTS = [f"corpus/{kind}/{sorted((BASE / 'corpus' / kind).iterdir())[0].name}" for kind in ("pages", "text")]


def plant(folder):
    """Copy the base of the check fixtures to a folder and add an exemption."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    (folder / EXEMPTIONS).write_text(EXEMPTION)
    return folder


def too_slow(*_):
    raise TimeoutError(f"no answer in {SECONDS} seconds")


def answer(*arguments):
    """Run the command line here; return its exit status and what it printed to stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    before = signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with (
            patch.object(sys, "argv", ["goldwire", *map(str, arguments)]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as exited,
        ):
            cli.run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return exited.value.code, out.getvalue(), err.getvalue()


def assert_answers(tree, statuses=ANSWERED):
    """Assert that check prints findings or a one-line error, and that build does not crash."""
    status, out, err = answer("check", tree)
    assert status in statuses, err or out
    assert "Traceback" not in err
    assert status != exits.FINDINGS or re.fullmatch(r"[1-9][\d,]* findings? in [\d,]+ files?", out.splitlines()[-1])
    assert status != exits.USAGE or len(err.splitlines()) == 1
    for arguments in (("build", "--check", tree), ("build", tree)):
        built, out, err = answer(*arguments)
        assert built in (0, *ANSWERED), f"{arguments[:-1]}: {err[-2000:]}"


def apart(*arguments):
    """Run the command line in a process of its own and return it; fail after the time limit."""
    command = [sys.executable, "-m", "goldwire", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)


DEEP = 100_000
"""More nested brackets than any parser accepts."""
MARK = "@@"


def places(value, at=()):
    """The path of every value inside a value, without the value itself."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def sound(path):
    """The first record of a file."""
    text = EXEMPTION if path == EXEMPTIONS else (BASE / path).read_text()
    return json.loads(text if path.endswith(".json") else text.splitlines()[0])


def damaged(path, place, written):
    """The text of a file in whose first record one value is replaced by raw JSON."""
    record = holder = sound(path)
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = MARK
    if path.endswith(".json"):
        return json.dumps(record, indent=2, ensure_ascii=False).replace(f'"{MARK}"', written) + "\n"
    text = EXEMPTION if path == EXEMPTIONS else (BASE / path).read_text()
    line = json.dumps(record, separators=(",", ":"), ensure_ascii=False).replace(f'"{MARK}"', written)
    return "".join(f"{item}\n" for item in [line, *text.splitlines()[1:]])


def some_places(path):
    """The paths of all values of a record; of list items and of the units of a set only the first."""
    seen = set()
    for place in places(sound(path)):
        shape = tuple("*" if isinstance(key, int) or (path == SET and i == 1) else key for i, key in enumerate(place))
        if shape not in seen:
            seen.add(shape)
            yield place


@contextlib.contextmanager
def replaced(tree, path, data):
    """A tree with one file replaced, which is restored afterwards."""
    before = (tree / path).read_bytes()
    (tree / path).write_bytes(data)
    try:
        yield
    finally:
        (tree / path).write_bytes(before)


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
