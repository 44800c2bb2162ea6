"""`goldwire score`: score a system's labels against gold."""

import argparse
from pathlib import Path

from goldwire.cli import scoring

TEXT = "score a system's labels against gold"
EXAMPLE = "goldwire score annotations/gold out/mine --task entities"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    scoring.add_gold(command)
    command.add_argument("system", type=Path, metavar="SYSTEM", help="folder or file with the system's labels")
    scoring.add(command)
    command.add_argument(
        "--tag-column", default="", metavar="NAME", help="column of the tag in CoNLL files: its name or number from 1"
    )
    scoring.add_threshold(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.submissions import read_system
    from goldwire.corpus.gold import load_set

    gold = load_set(arguments.gold)
    labels = read_system(arguments.system, gold, arguments.task, arguments.tag_column)
    return scoring.print_score(arguments, labels, gold, arguments.system.name)
