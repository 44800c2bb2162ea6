"""The repository the tests are about: where it is, a copy of it, and its command line."""

import contextlib
import io
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GIT_IDENTITY = ["-c", "user.name=Tester", "-c", "user.email=tester@localhost"]
TAKEN_FROM, TAKEN_LINE = "003-01", 6
"""The mention that the studio's copy of the gold lacks, for a test to label anew."""


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


def copy_corpus(target, only_gold=False):
    """The corpus with its annotation sets, or with gold alone, outside git: all that `check` and `build` read."""
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, target / folder)
    for folder in (target / "annotations").iterdir() if only_gold else ():
        if folder.is_dir() and folder.name != "gold":
            shutil.rmtree(folder)
    shutil.copy(ROOT / "CHANGELOG.md", target)
    return target


def goldwire(folder, *arguments):
    """Run the command line as a user does, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "goldwire", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def in_process(folder, *arguments):
    """Run the command line in a folder, inside this process: the same answer without the time to start Python."""
    from goldwire.cli.main import run

    out, err = io.StringIO(), io.StringIO()
    status, argv = None, ["goldwire", *map(str, arguments)]
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        before, sys.argv = sys.argv, argv
        try:
            run()
        except SystemExit as left:
            status = left.code
        finally:
            sys.argv = before
    return subprocess.CompletedProcess(argv, status, out.getvalue(), err.getvalue())


def refused(done):
    """Whether a run was refused in one line on stderr, with nothing on stdout."""
    return (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def edit_first_record(folder, path, change):
    """Change a record of a JSON file, or the first one of a JSONL file."""
    place = folder / path
    if path.endswith(".json"):
        record = json.loads(place.read_text())
        change(record)
        place.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    else:
        first, *rest = place.read_text().splitlines(keepends=True)
        record = json.loads(first)
        change(record)
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        place.write_text("".join([line, *rest]))
