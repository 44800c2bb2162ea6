"""The ratios of `make perf` beside those of the last release; reports each that is worse by more than 20 %.

    python tests/benchmarks/perf_report.py RESULTS [--store]

RESULTS is the JSON that the other scripts wrote (see measuring.keep): every ratio is a cost beside that of a peer or a
lower bound in the same run, so results of different machines compare. `--store` makes them those of this release.
"""

import argparse
import json
from pathlib import Path

from goldwire.model.version import __version__

LAST = Path(__file__).with_name("last_release.json")
WORSE = 1.2


def report(now, last):
    """The lines of a table of ratios, and the names of those that are worse or missing."""
    lines, bad = [f"{'':<52}{'now':>9}{last['version']:>9}"], []
    for name in sorted({*now, *last["ratios"]}):
        new, old = now.get(name), last["ratios"].get(name)
        is_bad = old is not None and (new is None or new > WORSE * old)
        bad += [name] if is_bad else []
        shown = "".join(f"{'-' if value is None else f'{value:.2f}':>9}" for value in (new, old))
        lines.append(f"{name:<52}{shown}{'  worse' if is_bad and new else '  not measured' if is_bad else ''}")
    return lines, bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results", type=Path)
    parser.add_argument("--store", action="store_true")
    arguments = parser.parse_args()
    now = json.loads(arguments.results.read_text())
    if arguments.store:
        LAST.write_text(json.dumps({"version": __version__, "ratios": dict(sorted(now.items()))}, indent=2) + "\n")
    lines, bad = report(now, json.loads(LAST.read_text()))
    print("\n".join(lines))
    return f"{len(bad)} worse than in the last release by more than 20 %, or not measured" if bad else None


if __name__ == "__main__":
    raise SystemExit(main())
