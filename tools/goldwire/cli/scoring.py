"""What `goldwire score`, `bench` and `compare` share: how a score is asked for and shown."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from goldwire.cli.terminal import CLEAN, FINDINGS
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.scoring.settings import Settings

HELP = {
    "docs": "repeats once, or all",
    "match": "the measure of the headline number",
    "trim": "what is ignored at the ends of spans, on both sides",
    "nested": "quotes inside quotes too, or the outer ones alone",
    "labels": "name of the table that maps a system's types to gold's",
}


def add(command: argparse.ArgumentParser, needs_task: bool = True) -> None:
    """Say what every scoring command takes."""
    from goldwire.scoring.settings import CHOICES, SETTABLE, TASKS, Settings

    default = Settings()
    command.add_argument("--task", choices=TASKS, required=needs_task, help="what is scored")
    for name in SETTABLE:
        values = list(dict.fromkeys(value for task in TASKS for value in CHOICES[task].get(name, ())))
        command.add_argument(f"--{name}", choices=values or None, help=HELP[name])
    command.add_argument("--resamples", type=int, default=default.resamples, help="of the bootstrap")
    command.add_argument("--seed", type=int, default=default.seed, help="of the bootstrap")
    command.add_argument("--json", action="store_true", help="print the result as a JSON object")


def add_threshold(command: argparse.ArgumentParser) -> None:
    """Say what a command takes that scores one system."""
    command.add_argument("--at-least", type=_f1, metavar="F1", help="exit 1 where the score lies under this")


def _f1(said: str) -> float:
    try:
        least = float(said)
    except ValueError:
        least = -1
    if not 0 <= least <= 1:
        raise argparse.ArgumentTypeError(f"{said} is no F1; expected a number from 0 to 1")
    return least


def settings(arguments: argparse.Namespace) -> "Settings":
    """The settings a command line asks for; raises GoldwireError where the task does not know one."""
    from goldwire.scoring.settings import SETTABLE, Settings

    chosen: dict[str, Any] = {name: getattr(arguments, name) for name in SETTABLE}
    try:
        return Settings(arguments.task, **chosen, resamples=arguments.resamples, seed=arguments.seed)
    except ValueError as error:
        raise GoldwireError(str(error)) from None


def print_score(arguments: argparse.Namespace, system: object, gold: object, name: str) -> int:
    """Score a system, print the result, and return the exit status it asks for."""
    from goldwire.bench.score import score
    from goldwire.report.scores import score_json, score_text

    result = score(system, gold, settings(arguments))  # type: ignore[arg-type]
    print(score_json(result, name) if arguments.json else score_text(result, name))
    if arguments.at_least is not None and (result.f1 or 0) < arguments.at_least:
        print(f"goldwire: {result.headline} {result.f1 or 0:.3f} lies under {arguments.at_least}", file=sys.stderr)
        return FINDINGS
    return CLEAN
