"""`goldwire build`: make the documents from the pages and the gold blocks."""

import argparse
import sys
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "make the documents from the pages and the gold blocks"
EXAMPLE = "goldwire build --check"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if the tree differs by a byte")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.build import build_tree

    changed = build_tree(arguments.root, write=not arguments.check)
    for path in changed:
        print(path)
    verb = "differ from" if arguments.check else "written from"
    print(f"{len(changed)} files {verb} what the pages and the gold blocks make", file=sys.stderr)
    return FINDINGS if arguments.check and changed else CLEAN
