"""`goldwire compare`: test whether two systems differ."""

import argparse
from pathlib import Path

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN

TEXT = "test whether two systems differ, on the same gold"
EXAMPLE = "goldwire compare annotations/gold out/old out/new --task quotes"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument(
        "gold", type=Path, metavar="GOLD", help="folder of the gold set, inside its corpus; gold: what goldwire ships"
    )
    command.add_argument("a", type=Path, metavar="A", help="folder or file with a system's labels")
    command.add_argument("b", type=Path, metavar="B", help="folder or file with another system's labels")
    scoring.add(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.compare import compare
    from goldwire.bench.submissions import read_system
    from goldwire.corpus.gold import load_set
    from goldwire.report.comparison import comparison_json, comparison_text

    gold = load_set(arguments.gold)
    a, b = (read_system(folder, gold, arguments.task) for folder in (arguments.a, arguments.b))
    result = compare(a, b, gold, scoring.settings(arguments))
    show = comparison_json if arguments.json else comparison_text
    print(show(result, arguments.a.name, arguments.b.name))
    return CLEAN
