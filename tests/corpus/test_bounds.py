"""Files and records that are too large are not read, so that memory stays bounded."""

import os
import subprocess
import sys

import pytest

from goldwire.corpus.jsonl import LARGEST_FILE, LARGEST_RECORD

GIGABYTE = 1 << 30
MEGABYTES = 1200
"""The memory that a check may use, whatever the size of a file."""
LIMITED = f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20,) * 2)
sys.argv = ["goldwire", "check"]
runpy.run_module("goldwire", run_name="__main__")
"""


def limited_check(tree):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=tree, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1, done.stderr[-500:]
    return done.stdout


@pytest.mark.parametrize(
    "path", ["annotations/gold/entities/p1-01.jsonl", "annotations/gold/set.json", "corpus/text/p1-01.txt"]
)
def test_a_line_of_a_gigabyte_is_one_finding(path, tree):
    os.truncate(tree / path, GIGABYTE)  # a sparse file, which takes no space on the disk
    printed = limited_check(tree)
    assert f"{path}: too-large: the file has 1,073,741,824 bytes, expected at most {LARGEST_FILE:,}" in printed
    assert printed.endswith("1 finding in 1 file\n")


@pytest.mark.parametrize(
    "line",
    [b"[" + b"1," * (LARGEST_RECORD // 2 - 2) + b"1]", b"[" * (LARGEST_RECORD + 1)],
    ids=["longest", "longer"],  # pytest puts a test's id, else these megabytes, in the environment
)
def test_the_longest_line_that_is_parsed_and_the_first_that_is_not(line, tree):
    path = tree / "annotations/gold/entities/p1-01.jsonl"
    path.write_bytes(line + b"\n")
    assert ("too-large" in limited_check(tree)) == (len(line) > LARGEST_RECORD)
