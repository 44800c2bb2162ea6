"""Every command that writes, killed before each of its changes of files: `python tests/benchmarks/kills.py [CASE…]`.

After each kill every file is as before or as after the command, none is gone, and the command run again completes.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from killed import CASES, Killed


def main(*cases):
    total, faults = 0, 0
    for case in cases or CASES:
        with tempfile.TemporaryDirectory() as folder:
            killed, step, wrong = Killed(case, Path(folder)), 0, []
            while True:
                try:
                    if not killed.survives(step):
                        break
                except AssertionError as error:
                    wrong.append(f"change {step}: {str(error)[:300]}")
                step += 1
        total, faults = total + step, faults + len(wrong)
        print(f"{case:22} {step:4} kills, faults {len(wrong)}", *wrong[:3], sep="\n  ", flush=True)
    print(f"{total} kills, faults {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
