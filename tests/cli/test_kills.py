"""Every command that writes, killed before its changes of files: nothing is torn, and the next run completes.

Twelve kills a command, spread over its changes; `tests/benchmarks/kills.py` kills before each.
"""

import pytest

from killed import CASES, Killed

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
