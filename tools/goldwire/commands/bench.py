"""`goldwire bench`: run a system on the texts and score it."""

import argparse
from pathlib import Path

from goldwire.commands import scoring

TEXT = "run a system on the texts and score it"
EXAMPLE = "goldwire bench spacy --task entities"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument(
        "system", metavar="NAME|module:callable", help="a baseline, or a callable from text to labels"
    )
    command.add_argument("--root", type=Path, help="the corpus (default: the one goldwire ships)")
    scoring.add(command)
    scoring.add_threshold(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.gold import load
    from goldwire.systems.catalogue import find_system

    return scoring.print_score(
        arguments, find_system(arguments.system, arguments.task), load(arguments.root), arguments.system
    )
