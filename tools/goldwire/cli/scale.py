"""`goldwire scale`: steps on a derived corpus in shards, each of which goes on where it was stopped."""

import argparse
import sys
from pathlib import Path

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "score, pair and check a derived corpus in shards, going on where it was stopped"
EXAMPLE = "goldwire scale score /tmp/million clauses --task quotes --workers 2"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    steps = command.add_subparsers(dest="step", metavar="STEP", required=True)
    score = steps.add_parser("score", help="run a system on every document and add up its counts")
    score.add_argument("out", type=Path, help="what goldwire derive --format parquet made")
    score.add_argument("system", metavar="NAME|module:callable", help="a baseline, or a callable")
    scoring.add(score)
    pair = steps.add_parser("candidates", help="find duplicates by MinHash and compare them with the gold's pairs")
    pair.add_argument("out", type=Path, help="what goldwire derive --format parquet made")
    pair.add_argument("--threshold", type=float, default=0.5, help="estimated similarity of a pair (default: 0.5)")
    pair.add_argument(
        "--rows", type=int, default=4, help="values of a signature in a band; 8 for millions (default: 4)"
    )
    check = steps.add_parser("check", help="run all checks on some of the groups, each a corpus of its own")
    check.add_argument("out", type=Path, help="what goldwire derive --format parquet made")
    check.add_argument("--every", type=int, default=100, metavar="N", help="check one group in N (default: 100)")
    check.add_argument("--root", type=Path, help="derived from what (default: the corpus here, or the one shipped)")
    for step in (score, pair, check):
        add_engine(step)


def add_engine(command: argparse.ArgumentParser) -> None:
    """Say where the work is done."""
    command.add_argument("--workers", type=int, default=1, metavar="N", help="processes on this machine (default: 1)")
    command.add_argument(
        "--engine", choices=["local", "ray"], default="local", help="ray: the cluster at RAY_ADDRESS (default: local)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the step and return its exit status."""
    return {"score": _score, "candidates": _candidates, "check": _check}[arguments.step](arguments)


def _score(arguments: argparse.Namespace) -> int:
    from goldwire.derive.scale.score import score_shards, tally
    from goldwire.report.scale import followed, tally_json, tally_text

    settings = scoring.settings(arguments)
    steps = score_shards(arguments.out, arguments.system, settings, arguments.workers, arguments.engine)
    followed(steps, "shards scored", arguments.out)
    found = tally(arguments.out, arguments.system, settings)
    print(tally_json(found, arguments.system) if arguments.json else tally_text(found, arguments.system))
    return CLEAN


def _candidates(arguments: argparse.Namespace) -> int:
    from goldwire.derive.scale.minhash import find_pairs, sign_shards
    from goldwire.report.scale import followed, found_text

    followed(sign_shards(arguments.out, arguments.workers, arguments.engine), "shards signed", arguments.out)
    print(found_text(find_pairs(arguments.out, arguments.threshold, arguments.rows)))
    return CLEAN


def _check(arguments: argparse.Namespace) -> int:
    from goldwire.corpus.locate import corpus_root
    from goldwire.derive.scale.check import check_groups

    groups = faults = 0
    root = corpus_root(arguments.root)
    for found in check_groups(arguments.out, root, arguments.every, arguments.workers, arguments.engine):
        groups += 1
        faults += len(found)
        for fault in found:
            print(fault)
    print(f"{faults} findings in {groups} groups", file=sys.stderr if faults else sys.stdout)
    return FINDINGS if faults else CLEAN
