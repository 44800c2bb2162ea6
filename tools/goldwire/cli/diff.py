"""`goldwire diff`: say in words what changed since a git revision."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN

TEXT = "say in words what changed since a git revision"
EXAMPLE = "goldwire diff HEAD~1"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument(
        "revision", metavar="REV", nargs="?", default="HEAD", help="what to compare with (default: HEAD)"
    )
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.tree import read_tree
    from goldwire.curate.history import changes, tree_at
    from goldwire.report.changes import changes_text

    with tree_at(arguments.root, arguments.revision) as old:
        print(changes_text(list(changes(old, read_tree(arguments.root)[0]))))
    return CLEAN
