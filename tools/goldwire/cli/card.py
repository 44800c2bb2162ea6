"""`goldwire card`: write the generated parts of the data card."""

import argparse

from goldwire.cli.corpus_command import add_corpus, corpus_locks
from goldwire.cli.terminal import print_paths

TEXT = "write the generated parts of the data card"
EXAMPLE = "goldwire card --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    add_corpus(command)


locks = corpus_locks


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.data_card import write_card

    return print_paths(write_card(arguments.root, write=not arguments.check), arguments.check)
