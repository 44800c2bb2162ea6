"""Time and memory of the segmenter on pages of 100, 1,000 and 10,000 lines.

`python tests/benchmarks/segmenter_speed.py`; best of three by processor time, each in a process of its own.
"""

import resource
import subprocess
import sys
import time

from invented_pages import invented
from measuring import keep

from goldwire.corpus.segmenter import propose

LINES = (100, 1_000, 10_000)
RUNS = 3
MEGABYTE = 1024


def page_of(lines):
    """Invented pages below each other, as many lines as wanted."""
    found, seed = [], 50_000
    while len(found) < lines:
        found += [line for line in invented(seed)[0].split("\n") if line]
        seed += 1
    return "\n".join(found[:lines])


def measure(lines):
    """Print processor milliseconds and megabytes of one proposal, without those of the start."""
    page = page_of(lines)
    propose("warm", page_of(20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = min(_seconds(page) for _ in range(RUNS))
    print(best * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / MEGABYTE)


def _seconds(page):
    began = time.process_time()
    propose("page", page)
    return time.process_time() - began


def main():
    if len(sys.argv) > 1:
        return measure(int(sys.argv[1]))
    print(f"{'lines':>7}{'milliseconds':>14}{'a 100 lines':>13}{'megabytes':>11}")
    each = []
    for lines in LINES:
        done = subprocess.run([sys.executable, __file__, str(lines)], capture_output=True, text=True, check=True)
        spent, memory = map(float, done.stdout.split())
        each.append(spent / lines)
        print(f"{lines:>7,}{spent:>14.1f}{spent * 100 / lines:>13.1f}{memory:>11.1f}")
    keep("a line of 10,000 beside one of 1,000, segmenter", each[-1] / each[-2])
    return None


if __name__ == "__main__":
    main()
