"""The arguments and the output that `goldwire score`, `bench`, `compare` and `scale score` share."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, FINDINGS, as_json, note, number, stdout_on_stderr
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.bench.outcomes import OutcomeKind
    from goldwire.bench.score import Labels, Score, ScoreRow, System
    from goldwire.bench.selection import Covered
    from goldwire.bench.slices import Slice
    from goldwire.corpus.gold import Gold
    from goldwire.scoring.counts import NamedCounts
    from goldwire.scoring.settings import Settings, Task

HELP = {
    "docs": "documents to score: unique (one of each set of repeats), all, or a subset of the profile",
    "match": "the measure of the headline number",
    "trim": "what is ignored at the ends of spans, on both sides",
    "nested": "the outer quotes alone, or quotes inside quotes too",
    "labels": "name of the table that maps a system's types to gold's",
}
HEADER = f"{'precision':>10}{'recall':>8}{'F1':>8}{'95 % interval':>17}{'correct':>9}{'predicted':>11}{'gold':>7}"
SHORT = {"wrong type": "type", "boundary error": "boundary", "both wrong": "both"}
"""The kinds of outcomes whose heading is not their name."""
NO_ERRORS: "Mapping[OutcomeKind, int]" = {}
MOST = 8
"""Confusions that a table names; the JSON has them all."""


def add_gold(command: argparse.ArgumentParser) -> None:
    """Define the argument that names the gold set."""
    command.add_argument(
        "gold", type=Path, metavar="GOLD", help="folder of the gold set in its corpus; gold: the one goldwire ships"
    )


def add(command: argparse.ArgumentParser, needs_task: bool = True) -> None:
    """Define the task and its settings."""
    from goldwire.scoring.settings import CHOICES, SETTABLE, TASKS

    command.add_argument("--task", choices=TASKS, required=needs_task, help="the task that is scored")
    for name in SETTABLE:
        values = list(dict.fromkeys(value for task in TASKS for value in CHOICES[task].get(name, ())))
        command.add_argument(f"--{name}", choices=None if name == "docs" else values or None, help=HELP[name])
    command.add_argument("--json", action="store_true", help="print the result as a JSON object")


def add_covered(command: argparse.ArgumentParser) -> None:
    """Define the option that restricts a score to what handed-in labels cover."""
    command.add_argument(
        "--covered", action="store_true", help="score the documents or pages that the labels name, and no others"
    )


def add_threshold(command: argparse.ArgumentParser) -> None:
    """Define the score that a single system must reach."""
    command.add_argument("--at-least", type=_f1, metavar="F1", help="exit 1 if the score is below this")


def add_slices(command: argparse.ArgumentParser) -> None:
    """Define what the gold labels are sliced by."""
    from goldwire.scoring.settings import BY

    command.add_argument(
        "--by",
        action="append",
        default=[],
        choices=[*dict.fromkeys(name for names in BY.values() for name in names), "all"],
        help="recall of the gold labels by what gold knows of them, such as the kind of speaker (repeatable)",
    )


def _f1(given: str) -> float:
    try:
        least = float(given)
    except ValueError:
        least = -1
    if not 0 <= least <= 1:
        raise argparse.ArgumentTypeError(f"{given} is not an F1; expected a number from 0 to 1")
    return least


def settings(arguments: argparse.Namespace) -> "Settings":
    """The settings that a command line asks for; raises GoldwireError if the task does not have one of them."""
    from goldwire.scoring.settings import SETTABLE, Settings

    names = (*SETTABLE, "resamples", "seed")  # the last two are those of a comparison
    try:
        return Settings(arguments.task, **{name: getattr(arguments, name) for name in names if name in arguments})
    except ValueError as error:
        raise GoldwireError(str(error)) from None


def print_score(arguments: argparse.Namespace, system: "System | Labels | Covered", gold: "Gold", name: str) -> int:
    """Score a system, print the result, and return the exit status."""
    from goldwire.bench.judging import judge
    from goldwire.bench.outcomes import outcomes
    from goldwire.bench.score import score_of
    from goldwire.bench.slices import error_table, slices
    from goldwire.cli.twins import twins_object, twins_text
    from goldwire.derive.twin_scores import twin_scores

    chosen = settings(arguments)
    with stdout_on_stderr():
        judged = judge(system, gold, chosen)
        result = score_of(judged, gold, chosen)
        twins = twin_scores(system, gold, result, arguments.seed) if getattr(arguments, "twins", False) else []
    found = outcomes(judged, gold, chosen)
    parts = slices(found, gold, chosen, judged.selection.clusters)
    if arguments.json:
        print(score_json(result, name, error_table(found), parts, {"twins": twins_object(twins)} if twins else {}))
    else:
        shown = [part for part in parts if {part.by, "all"} & set(arguments.by)]
        print(score_text(result, name, error_table(found), shown))
        print(f"\n{twins_text(twins)}" if twins else "", end="\n" if twins else "")
    if arguments.at_least is not None and (result.f1 or 0) < arguments.at_least:
        note(f"{result.headline} {result.f1 or 0:.3f} is below {arguments.at_least}")
        return FINDINGS
    return CLEAN


def score_text(
    score: "Score", name: str, errors: "Mapping[OutcomeKind, int]" = NO_ERRORS, parts: "Sequence[Slice]" = ()
) -> str:
    """A score as a table: every measure with its interval, group by group, then errors, slices, and the rest."""
    lines = [f"{name}: {score}".split("  goldwire|")[0]]
    group = None
    for row in score.rows():
        if row.group != group:
            lines += ["", f"{row.group:<23}{HEADER if group is None else ''}".rstrip()]
            group = row.group
        lines.append(_line(row, score.task))
    more = [*_errors(errors), *_slices(parts, score.task)]
    return "\n".join([*lines, "", *more, *_baselines(score), *_rest(score), str(score.signature)])


def _errors(errors: "Mapping[OutcomeKind, int]") -> list[str]:
    """The number of labels with each outcome; labels that are paired count once."""
    if not errors:
        return []
    return [f"{'errors':<23}{_heads(errors)}", f"  {'all labels':<21}{_kinds(errors.values())}", ""]


def _heads(kinds: "Iterable[OutcomeKind]") -> str:
    return "".join(f"{SHORT.get(kind, kind):>10}" for kind in kinds)


def _kinds(numbers: "Iterable[int]") -> str:
    return "".join(f"{n:>10}" for n in numbers)


def _slices(parts: "Sequence[Slice]", task: "Task") -> Iterator[str]:
    """Slices, one group after the other; one of fewer than 20 labels has no number."""
    from goldwire.bench.score import shown_interval

    for by, group in groupby(parts, key=lambda part: part.by):
        yield f"{f'by {by}':<23}{'recall':>8}{'95 % interval':>17}{'gold':>7}{_heads(parts[0].kinds)}"
        for part in group:
            bounds = "" if part.recall is None else shown_interval(part.interval, task, part.clusters)
            numbers = f"{number(part.recall):>8}{bounds or '–':>17}{part.gold:>7}"
            yield f"  {part.name:<21}{numbers}{_kinds(part.kinds.values())}"
        yield ""


def _line(row: "ScoreRow", task: "Task") -> str:
    from goldwire.bench.score import shown_interval
    from goldwire.scoring.counts import PairTable

    counts, bounds = row.counts, shown_interval(row.interval, task, row.clusters) or "–"
    if isinstance(counts, PairTable):
        return f"  {row.name:<21}{'':18}{number(row.value):>8}{bounds:>17}"
    shown = (("precision", counts.precision, 10), ("recall", counts.recall, 8), ("f1", counts.f1, 8))
    numbers = "".join(
        f"{number(value) if row.number in (what, 'f1') else '':>{width}}" for what, value, width in shown
    )
    return f"  {row.name:<21}{numbers}{bounds:>17}{counts.correct:>9.6g}{counts.predicted:>11g}{counts.gold:>7g}"


def _baselines(score: "Score") -> list[str]:
    if not score.baselines:
        return []
    lines = [f"{'beside':<23}{'duplicates F1':>18}{'adjusted Rand':>15}{'largest false cluster':>23}"]
    for name, counts in {"this system": score.counts, **score.baselines}.items():
        f1, ari = number(counts.duplicates.f1), number(counts.clusters.ari)
        lines.append(f"  {name:<21}{f1:>18}{ari:>15}{counts.largest_false:>23}")
    return [*lines, ""]


def _rest(score: "Score") -> Iterator[str]:
    if score.macro is not None:
        units = "pages" if score.task == "segments" else "documents"
        yield f"macro {score.headline} over {units} {score.macro:.3f}"
    if score.task == "entities" and (confused := _confused(score)):
        yield f"types confused, gold as predicted: {confused}"
    if score.ignored:
        yield ignored_text(score.ignored)


def ignored_text(ignored: dict[str, int]) -> str:
    """How many predictions are ignored, by type."""
    return f"ignored, of types gold does not label: {', '.join(f'{kind} {n}' for kind, n in ignored.items())}"


def _confused(score: "Score") -> str:
    """The types that overlapping mentions were confused in, the most frequent first."""
    cells = [(-n, a, b) for (a, b), n in score.counts.confusion.items() if a and b and a != b]
    shown = [f"{a} as {b} {-n}" for n, a, b in sorted(cells)]
    return ", ".join(shown[:MOST]) + (f" and {len(shown) - MOST} more" if len(shown) > MOST else "")


def score_json(
    score: "Score",
    name: str,
    errors: "Mapping[OutcomeKind, int]" = NO_ERRORS,
    parts: "Sequence[Slice]" = (),
    more: Mapping[str, object] | None = None,
) -> str:
    """A score as one JSON object: headline, rows with intervals and counts, errors, slices, units, signature."""
    from dataclasses import asdict  # here, so that goldwire --help does not wait for it

    from goldwire.scoring.measures import MEASURES

    whole: dict[str, object] = {
        "system": name,
        "task": score.task,
        "headline": score.headline,
        "f1": score.f1,
        "interval": score.interval,
        "clusters": score.clusters,
        "macro": score.macro,
        "rows": [_object(row) | _measured(row) | MEASURES[score.task][row.group]._asdict() for row in score.rows()],
        "errors": dict(errors),
        "slices": [asdict(part) for part in parts],
        "units": {unit: _objects(counts.lines()) for unit, counts in score.by_unit.items()},
        "baselines": {unit: _objects(counts.lines()) for unit, counts in score.baselines.items()},
        "ignored": score.ignored,
        "unread": score.unread,
        "left_out": {
            "not complete in gold": score.selection.unfinished,
            "not covered by the system": score.selection.uncovered,
        },
        "signature": str(score.signature),
    }
    if score.task == "entities":
        pairs = sorted(score.counts.confusion.items(), key=lambda item: (item[0][0] or "", item[0][1] or ""))
        whole["confusion"] = [{"gold": a, "predicted": b, "count": n} for (a, b), n in pairs]
    if score.task == "duplicates":
        whole["largest_false_cluster"] = score.counts.largest_false
    return as_json({**whole, **(more or {})})


def _measured(row: "ScoreRow") -> dict[str, object]:
    return {"value": row.value, "interval": row.interval, "clusters": row.clusters}


def _objects(lines: "Iterable[NamedCounts]") -> list[dict[str, object]]:
    return [_object(line) for line in lines]


def _object(line: "ScoreRow | NamedCounts") -> dict[str, object]:
    from goldwire.scoring.counts import Counts

    counts = line.counts
    whole: dict[str, object] = {"group": line.group, "name": line.name, "number": line.number}
    if isinstance(counts, Counts):
        whole |= {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return whole | counts.parts()
