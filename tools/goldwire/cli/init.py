"""`goldwire init`: start a new corpus."""

import argparse
import sys
from pathlib import Path

from goldwire.cli.terminal import CLEAN

TEXT = "start a new corpus"
EXAMPLE = "goldwire init my-corpus"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="where (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.init import init

    for path in init(arguments.root):
        print(path)
    print("goldwire add FILE takes in a page of yours; the example, page ex, shows the layout", file=sys.stderr)
    print("put goldwire's address into .pre-commit-config.yaml, then: pre-commit install", file=sys.stderr)
    return CLEAN
