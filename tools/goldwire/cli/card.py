"""`goldwire card`: write the generated parts of the data card."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import note, print_paths

TEXT = "write the generated parts of the data card"
EXAMPLE = "goldwire card --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import writing

    return [] if arguments.check else [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.data_card import write_card

    return print_paths(write_card(arguments.root, write=not arguments.check), arguments.check)
