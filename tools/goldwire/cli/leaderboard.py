"""`goldwire leaderboard`: score the stored labels of baselines and submissions."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, interval, number
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.bench.leaderboard import Board, Standing
    from goldwire.bench.score import Score, ScoreRow
    from goldwire.scoring.settings import Task

TEXT = "score the stored labels of baselines and submissions, task by task"
EXAMPLE = "goldwire leaderboard"
OPENING = """# Leaderboard

The scores of stored labels, those of the baselines that goldwire runs itself (`annotations/system-<name>/`) and those
that others handed in (`submissions/<name>/`): every number of every task, with its 95 % interval over the different
articles. This page is the output of `goldwire leaderboard --markdown`, and a test compares the two. `make bench` runs
every baseline again and reports whether its output is still the stored one.

A rank is one more than the number of systems that are better by a paired test on the same articles, at 5 % over all
pairs of the task together (Holm 1979). Systems that no test separates share a rank. Intervals are wide because the
corpus is small. A number from fewer than eight articles or pages has no interval and no rank; how many there are is in
its place. The segmenter was written with these five pages in view, so its score shows that it works and not how well.
`tests/pages/README.md` has its scores on invented pages of other layouts.
The gazetteer has the names that gold labels in the other articles, which are of one publisher and often of the same
days: what it finds is what a system can know from memory.
"""
CLOSING = """## A system of your own

`goldwire bench module:callable --task entities` scores any callable that takes a text. To add a system to this page,
hand in its labels, in any format that `goldwire score` reads, and open a pull request with the folder that this makes:

```sh
goldwire submit NAME labels.jsonl --task entities --description "what it is" --trained-on "what it was trained on"
```
"""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")
    command.add_argument("--markdown", action="store_true", help="print docs/leaderboard.md, with every number")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.leaderboard import boards
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root

    root = corpus_root(arguments.root)
    found = boards(load(root).compared())
    if not found:
        raise GoldwireError(
            f"{root} has no stored labels of a system, annotations/system-<name>/ or submissions/<name>/; run "
            "goldwire bench --freeze or goldwire submit"
        )
    if arguments.markdown:
        print(leaderboard_markdown(found), end="")
    else:
        print(leaderboard_text(found))
    return CLEAN


def leaderboard_text(boards: "Mapping[Task, Board]") -> str:
    """One line a system, task by task, above the signature that all systems of a task share."""
    lines: list[str] = []
    for task, board in boards.items():
        headline = f"{task}, {board.rows[0].score.headline}" if board.rows else task
        lines.append(f"rank  {headline:<32}{'precision':>11}{'recall':>8}{'F1':>8}{'95 % interval':>17}")
        lines += [f"{standing.rank or '–':>4}{_line(standing)}" for standing in board.rows]
        lines += [f"   –  {system.name}: {' '.join(reason.split())}" for system, reason in board.unscored]
        if board.detectable:
            low, high = (f"{one:.3f}" for one in board.detectable)
            span = low if low == high else f"{low} to {high}, by pair"
            lines.append(f"      difference detectable with 80 % power: {span}")
        lines += [f"      * {_began(standing)}" for standing in board.rows if standing.began]
        for first in (row.score for row in board.rows[:1]):
            lines += [f"      {first.signature}", *(f"      {n}" for n in first.selection.notes())]
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _line(standing: "Standing") -> str:
    from goldwire.scoring.counts import Counts

    name = standing.score.headline.removesuffix(" F1")
    row = next(row for row in standing.score.rows() if row.name == name)
    precision, recall = (row.counts.precision, row.counts.recall) if isinstance(row.counts, Counts) else (None, None)
    numbers = (
        f"{number(precision):>11}{number(recall):>8}{number(row.value):>8}{_bounds(row, standing.score) or '–':>17}"
    )
    return f"  {standing.system.name + '*' * bool(standing.began):<30}{numbers}"


def _began(standing: "Standing") -> str:
    return f"{standing.began:,} gold labels began as suggestions of {standing.system.name}: its score is favoured"


def _bounds(row: "ScoreRow", score: "Score") -> str:
    from goldwire.bench.score import shown_interval

    return "" if row.value is None else shown_interval(row.interval, score.task, row.clusters)


def leaderboard_markdown(boards: "Mapping[Task, Board]") -> str:
    """The page docs/leaderboard.md: for every task the systems, all their numbers, and the signature."""
    overview = f"```text\n{leaderboard_text(boards)}\n```\n"
    sections = ("\n".join(_section(task, board)) for task, board in boards.items())
    return "\n".join([OPENING, overview, *sections, CLOSING])


def _section(task: "Task", board: "Board") -> Iterator[str]:
    rows = board.rows
    yield f"## {task.capitalize()}\n"
    if rows:
        yield f"```text\n{rows[0].score.signature}\n```\n"
    yield "| rank | system | what it is | trained on | made with |"
    yield "| --- | --- | --- | --- | --- |"
    scored = [(str(row.rank or "–"), row.system, _began(row) if row.began else "") for row in rows]
    for place, about, remark in [*scored, *(("–", system, f"no score: {why}") for system, why in board.unscored)]:
        yield (
            f"| {place} | {about.name} | {_plain(about.says)}{f' ({_plain(remark)})' if remark else ''} "
            f"| {_plain(about.training_data or 'not known')} | {_plain(', '.join(about.made_with))} |"
        )
    yield ""
    if not rows:
        return
    names = [standing.system.name for standing in rows]
    yield from _pairs(board, names)
    yield f"| | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"
    tables = [{(row.group, row.name): row for row in standing.score.rows()} for standing in rows]
    for key in dict.fromkeys(key for table in tables for key in table):
        cells = [_cell(table.get(key), rows[0].score) for table in tables]
        yield f"| {key[0]}: {key[1]} | {' | '.join(cells)} |"
    yield ""


def _plain(text: str) -> str:
    """The words of others as a cell of a table: one line, without Markdown's bars and HTML."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _cell(row: "ScoreRow | None", score: "Score") -> str:
    return "" if row is None else f"{number(row.value)} {_bounds(row, score)}".rstrip()


def _pairs(board: "Board", names: "Sequence[str]") -> Iterator[str]:
    """The tests of every two systems, as a table; nothing if no test is possible."""
    if not any(pair.p is not None for pair in board.pairs):
        return
    yield "| better | worse | difference | 95 % interval | p, Holm | detectable |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for pair in board.pairs:  # the better system comes first in its board
        row = pair.delta
        bounds = (-row.interval[1], -row.interval[0]) if row.interval else None
        numbers = f"{-(row.delta or 0):.3f} | {interval(bounds) or '–'} | {number(pair.p)} | {number(row.detectable)}"
        yield f"| {names[pair.a]} | {names[pair.b]} | {numbers} |"
    yield ""
