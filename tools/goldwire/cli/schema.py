"""`goldwire schema`: write the JSON Schemas of the records."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "write the JSON Schemas of the records"
EXAMPLE = "goldwire schema --check"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="where schema/ stands (default: here)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.schemas import stale_schemas, write_schemas

    changed = stale_schemas(arguments.root) if arguments.check else write_schemas(arguments.root)
    for path in changed:
        print(path)
    return FINDINGS if arguments.check and changed else CLEAN
