"""`goldwire release`: release the data as a new version."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, note

TEXT = "release the data as a new version"
EXAMPLE = "goldwire release --data minor"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", choices=("major", "minor", "patch"), help="the part of the version to raise")
    what.add_argument("--reopen", action="store_true", help="mark the data as edited since its release")
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import writing

    return [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.release import release, reopen

    if arguments.reopen:
        reopen(arguments.root)
    else:
        print(release(arguments.root, arguments.data))
    return CLEAN
