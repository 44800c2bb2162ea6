"""`goldwire schema`: write the JSON Schemas of the records."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import note, print_paths

TEXT = "write the JSON Schemas of the records"
EXAMPLE = "goldwire schema --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: here, or the one above or below)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.lock import output, writing
    from goldwire.corpus.schemas import SCHEMA

    arguments.root = steward_root(arguments.root)
    if arguments.check:
        return []
    return [writing(arguments.root, note), output(arguments.root / SCHEMA, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.schemas import stale_schemas, write_schemas

    arguments.root = steward_root(arguments.root)
    changed = stale_schemas(arguments.root) if arguments.check else write_schemas(arguments.root)
    return print_paths(changed, arguments.check)
