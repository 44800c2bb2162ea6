"""The leaderboard as text, and as the page docs/leaderboard.md."""

from collections.abc import Iterator

from goldwire.bench.leaderboard import Standing
from goldwire.bench.score import Row
from goldwire.report.words import number
from goldwire.scoring.counts import Counts
from goldwire.scoring.settings import Task

OPENING = """# Leaderboard

What the baselines score that goldwire runs itself: every number of every task, with its 95 % interval by bootstrap
over the different articles. The numbers come from the outputs frozen in `annotations/system-<name>/`; this page is
what `goldwire leaderboard --markdown` prints, and a test compares them. `make bench` runs every system anew and says
whether it still gives what is frozen.

Intervals are wide because the corpus is small. Where those of two systems overlap, `goldwire compare` tests the
difference on the same articles.
"""
CLOSING = """## A system of your own

`goldwire bench module:callable --task entities` scores anything that can be called with a text. To appear here, a
system needs an entry in `tools/goldwire/bench/baselines/__init__.py`, an extra that installs it, and
`goldwire bench --freeze`.
"""


def leaderboard_text(standings: dict[Task, list[Standing]]) -> str:
    """A line a system, task by task, under the signature that all systems of a task share."""
    lines: list[str] = []
    for task, rows in standings.items():
        headline = f"{task}, {rows[0].score.headline}"
        lines.append(f"{headline:<32}{'precision':>11}{'recall':>8}{'F1':>8}{'95 % interval':>17}")
        lines += [_line(standing) for standing in rows]
        lines += [f"  {rows[0].score.signature}", ""]
    return "\n".join(lines).rstrip("\n")


def _line(standing: Standing) -> str:
    row = _headline(standing)
    precision, recall = (row.counts.precision, row.counts.recall) if isinstance(row.counts, Counts) else (None, None)
    numbers = f"{number(precision):>11}{number(recall):>8}{number(row.value):>8}{_bounds(row):>17}"
    return f"  {standing.baseline.name:<30}{numbers}"


def _headline(standing: Standing) -> Row:
    name = standing.score.headline.removesuffix(" F1")
    return next(row for row in standing.score.rows() if row.name == name)


def _bounds(row: Row) -> str:
    return f"[{row.interval[0]:.3f}, {row.interval[1]:.3f}]" if row.interval else "–"


def leaderboard_markdown(standings: dict[Task, list[Standing]]) -> str:
    """The page: for every task the systems, every number of each, and the signature."""
    parts = [OPENING]
    for task, rows in standings.items():
        parts.append("\n".join(_section(task, rows)))
    return "\n".join([*parts, CLOSING])


def _section(task: Task, rows: list[Standing]) -> Iterator[str]:
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


def _cell(row: Row | None) -> str:
    return "" if row is None else number(row.value) + (f" {_bounds(row)}" if row.interval else "")
