"""`goldwire init`: start a new corpus."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, note

TEXT = "start a new corpus, with an example page"
EXAMPLE = "goldwire init my-corpus --profile entities"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the folder of the corpus (default: here)")
    command.add_argument(
        "--profile",
        metavar="FILE|NAME",
        help="what the corpus labels: a profile.json, or news, entities, quotes or duplicates (default: news)",
    )


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import writing

    return [writing(arguments.root, note, new=True)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.init import init

    for path in init(arguments.root, arguments.profile):
        print(path)
    note("page ex is an example of the layout; goldwire add FILE adds a page of yours")
    note("to check every commit, put the address of goldwire into .pre-commit-config.yaml and run pre-commit install")
    return CLEAN
