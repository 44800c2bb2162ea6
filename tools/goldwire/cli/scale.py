"""`goldwire scale`: steps on a derived corpus in shards; each resumes where it was stopped."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, FINDINGS, as_json, interval, note, number, plural, stdout_on_stderr, whole

if TYPE_CHECKING:
    from goldwire.derive.scale.minhash import CandidateScore
    from goldwire.derive.scale.score import ScaleScore

TEXT = "score, deduplicate and check a derived corpus in shards; each step resumes where it was stopped"
EXAMPLE = "goldwire scale score /tmp/million clauses --task quotes --workers 2"


def add(command: argparse.ArgumentParser) -> None:
    """Define the steps and their arguments."""
    steps = command.add_subparsers(dest="step", metavar="STEP", required=True)
    score = steps.add_parser("score", help="run a system on every document and add up its counts")
    pair = steps.add_parser("candidates", help="find duplicates by MinHash and compare them with the gold's pairs")
    check = steps.add_parser("check", help="run all checks on some of the groups, each a corpus of its own")
    for step in (score, pair, check):
        step.add_argument("out", type=Path, help="folder that goldwire derive --format parquet wrote")
    score.add_argument("system", metavar="NAME|module:callable", help="a baseline, or a callable")
    scoring.add(score)
    pair.add_argument("--threshold", type=float, default=0.5, help="estimated similarity of a pair (default: 0.5)")
    pair.add_argument(
        "--rows", type=int, default=4, help="values of a signature in a band; 8 for millions (default: 4)"
    )
    check.add_argument("--every", type=whole(1), default=100, metavar="N", help="check one group in N (default: 100)")
    check.add_argument(
        "--root", type=Path, help="corpus it was derived from (default: the one here, or the one shipped)"
    )
    for step in (score, pair, check):
        add_engine(step)


def add_engine(command: argparse.ArgumentParser) -> None:
    """Define where the work is done."""
    command.add_argument(
        "--workers", type=whole(1, 1024), default=1, metavar="N", help="processes on this machine (default: 1)"
    )
    command.add_argument(
        "--engine", choices=["local", "ray"], default="local", help="ray: the cluster at RAY_ADDRESS (default: local)"
    )


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output

    return [output(arguments.out, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the step and return its exit status."""
    from goldwire.corpus.files import remove_temporary

    for place in arguments.out.glob("steps/*/"):  # what a killed run left
        remove_temporary(place)
    return {"score": _score, "candidates": _candidates, "check": _check}[arguments.step](arguments)


def _score(arguments: argparse.Namespace) -> int:
    from goldwire.derive.scale.score import score_shards, total_score

    settings = scoring.settings(arguments)
    steps = score_shards(arguments.out, arguments.system, settings, arguments.workers, arguments.engine, note)
    with stdout_on_stderr():
        follow(steps, "shards scored", arguments.out)
    found = total_score(arguments.out, arguments.system, settings)
    print(total_json(found, arguments.system) if arguments.json else total_text(found, arguments.system))
    return CLEAN


def _candidates(arguments: argparse.Namespace) -> int:
    from goldwire.derive.scale.minhash import find_pairs, sign_shards

    follow(sign_shards(arguments.out, arguments.workers, arguments.engine, note), "shards signed", arguments.out)
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


def follow(steps: Iterator[int], what: str, out: Path, total: int | None = None) -> None:
    """Run all steps; on a terminal, show progress. `total` defaults to the number of shards of the corpus."""
    if not sys.stderr.isatty():
        for _ in steps:
            pass
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from goldwire.derive.scale.run import read_run
    from goldwire.derive.scale.shards import shard_count

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=total)
        for done in steps:
            progress.update(task, completed=done, total=total or shard_count(read_run(out).plan))


def total_text(total: "ScaleScore", name: str) -> str:
    """The score of a system on a large corpus, as a table."""
    from goldwire.bench.unknown_keys import describe_unknown
    from goldwire.scoring.counts import PairTable

    head = total.lines[0]
    bounds = interval(total.interval, ".4f") or f"({plural(total.blocks, 'group')})"
    lines = [f"{name}: {head.name} {number(head.counts.number(head.number))} {bounds}".rstrip(), ""]
    lines.append(f"{'':<34}{'precision':>10}{'recall':>8}{'F1':>8}{'correct':>12}{'predicted':>12}{'gold':>12}")
    for group, what, counts, _, shown in total.lines:
        if not shown or isinstance(counts, PairTable):
            continue
        numbers = f"{number(counts.precision):>10}{number(counts.recall):>8}{number(counts.f1):>8}"
        lines.append(
            f"{f'{group}: {what}':<34}{numbers}{counts.correct:>12.9g}{counts.predicted:>12.9g}{counts.gold:>12.9g}"
        )
    if total.ignored:
        lines += ["", scoring.ignored_text(total.ignored)]
    if total.unread:
        lines += ["", f"unknown keys: {describe_unknown(total.unread, total.signature.settings.task)}"]
    return "\n".join([*lines, str(total.signature)])


def total_json(total: "ScaleScore", name: str) -> str:
    """The same as a JSON object."""
    rows = [
        {"group": group, "name": what, "value": counts.number(about), **counts.parts()}
        for group, what, counts, about, shown in total.lines
        if shown
    ]
    whole = {
        "system": name,
        "interval": total.interval,
        "blocks": total.blocks,
        "units": total.units,
        "rows": rows,
        "ignored": total.ignored,
    }
    return as_json({**whole, "unread": total.unread, "signature": str(total.signature)})


def found_text(found: "CandidateScore") -> str:
    """The pairs that MinHash found, compared with the gold's pairs."""
    counts = found.duplicates
    return "\n".join(
        [
            f"{found.documents:,} documents, {found.candidates:,} candidates, "
            f"{found.alike:,} pairs with similarity {found.threshold:g} or more",
            f"duplicates (exact or near): precision {number(counts.precision)}, recall {number(counts.recall)}, "
            f"F1 {number(counts.f1)}; {counts.correct:,.0f} of {counts.gold:,.0f} found",
            f"of the others, {found.contained:,} are contained, {found.related:,} related in one group, "
            f"{found.strangers:,} in no pair listed",
            "related is not scored: pairs across groups that share a passage are not listed",
            *([f"{found.crowds:,} bands with too many documents were skipped"] if found.crowds else []),
        ]
    )
