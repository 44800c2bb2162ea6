"""Every command that writes, killed before its changes of files: nothing is torn, and the next run completes.

Twelve kills a command, spread over its changes; `tests/benchmarks/kills.py` kills before each.
"""

import os
import shutil

import pytest

from damage import BASE
from killed import CASES, Killed
from repository import in_process, refused

KILLS = 12


@pytest.mark.parametrize("case", [case for case in CASES if case != "scale score"])
def test_a_killed_command_tears_no_file_and_the_next_run_completes_it(case, tmp_path):
    killed = Killed(case, tmp_path)
    assert killed.survives(0)
    reached = 1
    while killed.survives(2 * reached):
        reached *= 2
    for step in range(1, 2 * reached, max(1, 2 * reached // KILLS)):
        killed.survives(step)


def test_a_pipe_in_place_of_the_holder_of_the_lock_is_refused(tmp_path):
    shutil.copytree(BASE, tmp_path / "c")
    (tmp_path / "c/.goldwire").mkdir()
    os.mkfifo(tmp_path / "c/.goldwire/lock.holder")
    assert refused(in_process(tmp_path, "accept", "--root", "c"))
