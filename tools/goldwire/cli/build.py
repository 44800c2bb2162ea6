"""`goldwire build`: build the documents from the pages and the gold blocks."""

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import note, plural, print_paths

TEXT = "build the documents from the pages and the gold blocks"
EXAMPLE = "goldwire build --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: here, or the one above or below)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.lock import writing

    arguments.root = steward_root(arguments.root)
    return [] if arguments.check else [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.build import build_tree
    from goldwire.corpus.locate import steward_root

    arguments.root = steward_root(arguments.root)
    changed = build_tree(arguments.root, write=not arguments.check)
    status = print_paths(changed, arguments.check)
    verb = "not as built" if arguments.check else "written"
    print(f"{plural(len(changed), 'file')} {verb}", file=sys.stderr)
    return status
