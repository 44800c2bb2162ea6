"""`goldwire schema`: write the JSON Schemas of the records."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import print_paths

TEXT = "write the JSON Schemas of the records"
EXAMPLE = "goldwire schema --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the folder of schema/ (default: here)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.schemas import stale_schemas, write_schemas

    changed = stale_schemas(arguments.root) if arguments.check else write_schemas(arguments.root)
    return print_paths(changed, arguments.check)
