"""`goldwire card`: write what is generated in the data card."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "write what is generated in the data card"
EXAMPLE = "goldwire card --check"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.data_card import write_card

    changed = write_card(arguments.root, write=not arguments.check)
    for path in changed:
        print(path)
    return FINDINGS if arguments.check and changed else CLEAN
