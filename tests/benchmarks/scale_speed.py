"""The cost of deriving, scoring, pairing and checking by number of documents, each step in a process of its own.

Prints a JSON object for each step: documents, wall and processor seconds, and the largest memory of one process. `python tests/benchmarks/scale_speed.py 1000 10000` takes two minutes; docs/scale-study.md has a
table made from it. `--on FOLDER` measures the steps on an existing corpus.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from measuring import keep

HERE = Path(__file__).parent
CHECKED = 16
"""Groups that are checked, whatever the size of the corpus."""
SPENT: dict[str, dict[int, float]] = {}
"""Processor seconds a document, by step and number of documents."""


def capitals(text):
    """A cheap system, so that goldwire is measured and not the system: every capitalised word is a person."""
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


def measured(step, documents, *command):
    """Run the command line and print its cost."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
    begun = time.monotonic()
    process = os.posix_spawn(sys.executable, [sys.executable, "-m", "goldwire", *command], environment)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    line = {
        "step": step,
        "documents": documents,
        "seconds": round(time.monotonic() - begun, 2),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": round(used.ru_maxrss / 1024),
    }
    print(json.dumps(line), flush=True)
    SPENT.setdefault(step, {})[documents] = line["processor_seconds"] / documents


def steps(out, n, workers):
    where = ["--workers", str(workers)]
    groups = -(-n // 16)
    measured("score", n, "scale", "score", str(out), "scale_speed:capitals", "--task", "entities", *where)
    measured("candidates", n, "scale", "candidates", str(out), *where)
    every = max(1, groups // CHECKED)
    measured("check", len(range(0, groups, every)) * 16, "scale", "check", str(out), "--every", str(every), *where)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--on", type=Path)
    arguments = parser.parse_args()
    if arguments.on:
        return steps(arguments.on, json.loads((arguments.on / "run.json").read_text())["n"], arguments.workers)
    for n in arguments.sizes:
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / "shards"
            derive = ["derive", str(out), "--n", str(n), "--format", "parquet", "--workers", str(arguments.workers)]
            measured("derive", n, *derive)
            steps(out, n, arguments.workers)
    for step, spent in SPENT.items():
        few, many = min(spent), max(spent)
        if many >= 2 * few:  # check reads the same number of groups, whatever the size
            keep(f"scale {step}, a document of {many:,} beside one of {few:,}", spent[many] / spent[few])
    return None


if __name__ == "__main__":
    main()
