"""Bad arguments and damaged files end with a line on stderr and exit status 2: no traceback, nothing endless."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from damage import BASE
from repository import in_process, refused

EVERY = ["check c", "show c", "score c/annotations/gold c/annotations/gold --task entities", "explain"]
GOLD = "c/annotations/gold"
SYSTEM = """
import sys
def leaves(text): sys.exit("text")
def leaves_with(text): sys.exit(7)
def closes(text):
    print("loud")
    sys.stdout.close()
    return []
"""
HALF = '{"id":"p1-01","entities":[{"start":0,"end":4,"type":"ORG","\\ud83d":"\\ud83d"}]}\n'


@pytest.fixture
def place(tmp_path):
    shutil.copytree(BASE, tmp_path / "c")
    (tmp_path / "leaving.py").write_text(SYSTEM)
    (tmp_path / "deep.jsonl").write_text("[" * 100_000)
    (tmp_path / "half.jsonl").write_text(HALF + "".join(f'{{"id":"p{n}","entities":[]}}\n' for n in ("1-02", "1-03")))
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "big.jsonl").open("wb") as file:
        file.truncate(6 << 30)  # a sparse file, which takes no space on the disk
    return tmp_path


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("stream", [">&-", "> /dev/full", ">&- 2>&- <&-"])
def test_a_closed_or_full_stdout_is_no_bug(place, command, stream):
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m goldwire {command} {stream}"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (2 if "full" in stream else 0)
    assert done.stderr.count("\n") <= 1
    assert ("No space left on device" in done.stderr) == ("full" in stream)


LINES = {
    f"score {GOLD} deep.jsonl --task entities": "deep.jsonl:1: not JSON (it is nested too deeply)",
    f"score {GOLD} big.jsonl --task entities": "big.jsonl has 6,442,450,944 bytes; expected at most 268,435,456",
    f"score {GOLD} fifo --task duplicates": "fifo is not a regular file",
    f"score {GOLD} loop --task duplicates": "loop",
    "add fifo c": "fifo is not a regular file",
    "add /dev/full c": "/dev/full is not a regular file",
    "add big.jsonl c": "big.jsonl has 6,442,450,944 bytes",
    "add / c": "/ is a folder; expected a scraped page",
    "import jsonl deep.jsonl new": "it is nested too deeply",
    "import brat fifo new": "fifo",
    "export jsonl / --root c": "which is not part of this export",
    "check loop": "loop",
    "bench leaving:leaves --task entities --root c": "the system failed on p1-01: SystemExit: text",
    "bench leaving:leaves_with --task duplicates --root c": "the system failed on the corpus: SystemExit: 7",
    "derive out --workers 0": "'0' is not a whole number, from 1 to 1,024",
    "scale check out --every 0": "'0' is not a whole number, 1 or more",
}


@pytest.mark.parametrize("line", LINES)
def test_bad_input_is_refused_in_a_line(place, line):
    done = in_process(place, *line.split())
    assert done.returncode == 2, done.stderr
    assert LINES[line] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", ["report c --bench leaving:closes", "bench leaving:closes --task entities --root c"]
)
def test_a_system_may_print_and_close_its_stdout(place, command):
    done = subprocess.run(
        [sys.executable, "-m", "goldwire", *command.split()], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "loud" not in done.stdout
    assert done.stdout


def test_half_a_surrogate_pair_in_a_hand_in_is_named_and_a_report_of_it_is_written(place):
    done = in_process(place, "report", "c", "--system", "half.jsonl", "--task", "entities", "--covered")
    assert done.returncode == 0, done.stderr
    assert "\\ud83d" in (place / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("damaged", ["{", "[]", '{"user": 5}', "[" * 100_000])
def test_damaged_credentials_are_named_with_the_way_out(place, damaged):
    folder = place / "c/.goldwire/studio"
    folder.mkdir(parents=True)
    (folder / "credentials.json").write_text(damaged)
    (folder / "address.json").write_text(damaged)
    done = in_process(place, "studio", "invite", "c")
    assert refused(done), done
    (folder / "address.json").unlink()
    assert in_process(place, "studio", "down", "c").returncode in (0, 2)


def test_damaged_shards_and_results_are_named(tmp_path):
    assert in_process(tmp_path, "derive", "out", "--n", "3", "--format", "parquet").returncode == 0
    score = ("scale", "score", "out", "clauses", "--task", "quotes")
    assert in_process(tmp_path, *score).returncode == 0
    (result,) = (tmp_path / "out/steps").glob("quotes-*/*.json")
    for damaged in ("{", "[" * 100_000, '{"lines": 5}'):
        result.write_text(damaged)
        done = in_process(tmp_path, *score)
        assert refused(done), done
        assert f"{result.relative_to(tmp_path)} is damaged" in done.stderr
    result.unlink()
    (tmp_path / "out/run.json").write_text(json.dumps({"n": "x"}))
    assert refused(in_process(tmp_path, *score))
