"""`goldwire schema`: write the JSON Schemas of the records."""

import argparse
from contextlib import AbstractContextManager

from goldwire.cli.corpus_command import add_corpus, corpus_locks
from goldwire.cli.terminal import note, print_paths

TEXT = "write the JSON Schemas of the records"
EXAMPLE = "goldwire schema --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    add_corpus(command)


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output
    from goldwire.corpus.schemas import SCHEMA

    found = corpus_locks(arguments)
    return [*found, output(arguments.root / SCHEMA, note)] if found else []


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.schemas import stale_schemas, write_schemas

    changed = stale_schemas(arguments.root) if arguments.check else write_schemas(arguments.root)
    return print_paths(changed, arguments.check)
