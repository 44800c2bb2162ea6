"""What the commands share that write files of one corpus, or with --check only compare them."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import note


def add_corpus(command: argparse.ArgumentParser, check: str = "write nothing; exit 1 if a file differs") -> None:
    """Define the arguments for the corpus and for --check."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: here, or the one above or below)")
    command.add_argument("--check", action="store_true", help=check)


def corpus_locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """Find the corpus, and return its lock if files are written."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.lock import writing

    arguments.root = steward_root(arguments.root)
    return [] if arguments.check else [writing(arguments.root, note)]
