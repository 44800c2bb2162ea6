"""What `goldwire score` and `goldwire bench` share: how a score is asked for and shown."""

import argparse
import sys
from typing import get_args

from goldwire.status import CLEAN, FINDINGS


def add(command: argparse.ArgumentParser) -> None:
    """Say what every scoring command takes."""
    from goldwire.scorers.entities import Trim
    from goldwire.signature import Selection, Settings, Task

    default = Settings()
    command.add_argument("--task", choices=get_args(Task), required=True, help="what is scored")
    command.add_argument("--docs", choices=get_args(Selection), default=default.docs, help="repeats once, or all")
    command.add_argument("--trim", choices=get_args(Trim), default=default.trim, help="ignore leading articles")
    command.add_argument("--resamples", type=int, default=default.resamples, help="of the bootstrap")
    command.add_argument("--seed", type=int, default=default.seed, help="of the bootstrap")
    command.add_argument("--at-least", type=float, metavar="F1", help="exit 1 where the score lies under this")
    command.add_argument("--json", action="store_true", help="print the score as a JSON object")


def print_score(arguments: argparse.Namespace, system: object, gold: object, name: str) -> int:
    """Score a system, print the result, and return the exit status it asks for."""
    from goldwire.benchmark import score
    from goldwire.report.scores import score_json, score_text
    from goldwire.signature import Settings

    settings = Settings(arguments.task, arguments.docs, arguments.trim, arguments.resamples, arguments.seed)
    result = score(system, gold, settings)  # type: ignore[arg-type]
    print(score_json(result, name) if arguments.json else score_text(result, name))
    if arguments.at_least is not None and (result.f1 or 0) < arguments.at_least:
        print(f"goldwire: strict F1 {result.f1 or 0:.3f} lies under {arguments.at_least}", file=sys.stderr)
        return FINDINGS
    return CLEAN
