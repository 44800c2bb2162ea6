"""`goldwire show`: count what a corpus holds."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN

TEXT = "count what a corpus holds"
EXAMPLE = "goldwire show"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.report.gold import gold_text

    print(gold_text(load(corpus_root(arguments.root))))
    return CLEAN
