"""What the steps on a large corpus come to, and how far they are."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from goldwire.bench.unknown_keys import told
from goldwire.derive.scale.minhash import Found
from goldwire.derive.scale.run import read_run
from goldwire.derive.scale.score import Tally
from goldwire.derive.scale.shards import shard_count
from goldwire.report.words import number
from goldwire.scoring.counts import PairTable


def followed(steps: Iterator[int], what: str, out: Path, total: int | None = None) -> int:
    """Go through the steps, showing on a terminal how far they are; return the last number.

    `total` defaults to the number of shards of the corpus.
    """
    if not sys.stderr.isatty():
        return max(steps, default=0)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    last = 0
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=total)
        for last in steps:
            whole = total or shard_count(read_run(out).plan)
            progress.update(task, completed=last, total=whole)
    return last


def tally_text(tally: Tally, name: str) -> str:
    """The score of a system on a large corpus, as a table."""
    head = tally.lines[0]
    bounds = f" [{tally.interval[0]:.4f}, {tally.interval[1]:.4f}]" if tally.interval else ""
    lines = [f"{name}: {head.name} {number(head.counts.number(head.number))}{bounds}", ""]
    lines.append(f"{'':<34}{'precision':>10}{'recall':>8}{'F1':>8}{'hits':>12}{'predicted':>12}{'gold':>12}")
    for group, what, counts, _, shown in tally.lines:
        if not shown or isinstance(counts, PairTable):
            continue
        numbers = f"{number(counts.precision):>10}{number(counts.recall):>8}{number(counts.f1):>8}"
        lines.append(
            f"{f'{group}: {what}':<34}{numbers}{counts.hits:>12.9g}{counts.predicted:>12.9g}{counts.gold:>12.9g}"
        )
    if tally.ignored:
        ignored = ", ".join(f"{kind} {count}" for kind, count in tally.ignored.items())
        lines += ["", f"ignored, of types gold does not label: {ignored}"]
    if tally.unread:
        lines += ["", f"not read: {told(tally.unread, tally.signature.settings.task)}"]
    return "\n".join([*lines, str(tally.signature)])


def tally_json(tally: Tally, name: str) -> str:
    """The same as a JSON object."""
    rows = [
        {"group": group, "name": what, "value": counts.number(about), **asdict(counts)}
        for group, what, counts, about, shown in tally.lines
        if shown
    ]
    whole = {"system": name, "interval": tally.interval, "units": tally.units, "rows": rows, "ignored": tally.ignored}
    whole["unread"] = tally.unread
    return json.dumps({**whole, "signature": str(tally.signature)}, indent=2)


def found_text(found: Found) -> str:
    """What MinHash found, beside the gold's pairs."""
    counts = found.duplicates
    return "\n".join(
        [
            f"{found.documents:,} documents, {found.candidates:,} candidates, "
            f"{found.alike:,} pairs alike by {found.threshold:g} or more",
            f"duplicates (exact or near): precision {number(counts.precision)}, recall {number(counts.recall)}, "
            f"F1 {number(counts.f1)}; {counts.hits:,.0f} of {counts.gold:,.0f} found",
            f"of the others, {found.contained:,} are contained, {found.related:,} related in one group, "
            f"{found.strangers:,} in no pair listed",
            "related is not scored: pairs across groups that share a passage are not listed",
            *([f"{found.crowds:,} bands had a crowd, which was passed over"] if found.crowds else []),
        ]
    )
