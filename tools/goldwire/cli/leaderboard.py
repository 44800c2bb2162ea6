"""`goldwire leaderboard`: score the stored outputs of the baselines."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, interval, number
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.bench.leaderboard import Standing
    from goldwire.bench.score import ScoreRow
    from goldwire.scoring.settings import Task

TEXT = "score the stored outputs of the baselines, task by task"
EXAMPLE = "goldwire leaderboard"
OPENING = """# Leaderboard

The scores of the baselines that goldwire runs itself: every number of every task, with its 95 % interval by bootstrap
over the different articles. The numbers come from the outputs stored in `annotations/system-<name>/`. This page is the
output of `goldwire leaderboard --markdown`, and a test compares the two. `make bench` runs every system again and
reports whether its output is still the stored one.

Intervals are wide because the corpus is small. If those of two systems overlap, `goldwire compare` tests the
difference on the same articles. The segmenter was written with these five pages in view, so its score shows that it
works and not how well. Seven pairs of repeats are few to rank systems that find duplicates.
"""
CLOSING = """## A system of your own

`goldwire bench module:callable --task entities` scores any callable that takes a text. To add a system to this page,
add a line to `tools/goldwire/bench/baselines/__init__.py` and an extra that installs it, then run
`goldwire bench --freeze`.
"""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")
    command.add_argument("--markdown", action="store_true", help="print docs/leaderboard.md, with every number")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.leaderboard import standings
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root

    root = corpus_root(arguments.root)
    found = standings(load(root))
    if not found:
        raise GoldwireError(
            f"{root} has no stored output of a baseline, annotations/system-<name>/; run goldwire bench --freeze"
        )
    if arguments.markdown:
        print(leaderboard_markdown(found), end="")
    else:
        print(leaderboard_text(found))
    return CLEAN


def leaderboard_text(standings: "Mapping[Task, Sequence[Standing]]") -> str:
    """One line a system, task by task, above the signature that all systems of a task share."""
    lines: list[str] = []
    for task, rows in standings.items():
        headline = f"{task}, {rows[0].score.headline}"
        lines.append(f"{headline:<32}{'precision':>11}{'recall':>8}{'F1':>8}{'95 % interval':>17}")
        lines += [_line(standing) for standing in rows]
        lines += [f"  {rows[0].score.signature}", *(f"  {n}" for n in rows[0].score.selection.notes()), ""]
    return "\n".join(lines).rstrip("\n")


def _line(standing: "Standing") -> str:
    from goldwire.scoring.counts import Counts

    name = standing.score.headline.removesuffix(" F1")
    row = next(row for row in standing.score.rows() if row.name == name)
    precision, recall = (row.counts.precision, row.counts.recall) if isinstance(row.counts, Counts) else (None, None)
    numbers = f"{number(precision):>11}{number(recall):>8}{number(row.value):>8}{interval(row.interval) or '–':>17}"
    return f"  {standing.baseline.name:<30}{numbers}"


def leaderboard_markdown(standings: "Mapping[Task, Sequence[Standing]]") -> str:
    """The page docs/leaderboard.md: for every task the systems, all their numbers, and the signature."""
    overview = f"```text\n{leaderboard_text(standings)}\n```\n"
    sections = ("\n".join(_section(task, rows)) for task, rows in standings.items())
    return "\n".join([OPENING, overview, *sections, CLOSING])


def _section(task: "Task", rows: "Sequence[Standing]") -> Iterator[str]:
    yield f"## {task.capitalize()}\n"
    yield f"```text\n{rows[0].score.signature}\n```\n"
    yield "| system | what it is | made with |"
    yield "| --- | --- | --- |"
    for standing in rows:
        yield f"| {standing.baseline.name} | {standing.baseline.says} | {', '.join(standing.versions)} |"
    yield ""
    names = [standing.baseline.name for standing in rows]
    yield f"| | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"
    tables = [{(row.group, row.name): row for row in standing.score.rows()} for standing in rows]
    for key in dict.fromkeys(key for table in tables for key in table):
        cells = [_cell(table.get(key)) for table in tables]
        yield f"| {key[0]}: {key[1]} | {' | '.join(cells)} |"
    yield ""


def _cell(row: "ScoreRow | None") -> str:
    return "" if row is None else f"{number(row.value)} {interval(row.interval)}".rstrip()
