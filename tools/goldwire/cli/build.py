"""`goldwire build`: build the documents from the pages and the gold blocks."""

import argparse
import sys

from goldwire.cli.corpus_command import add_corpus, corpus_locks
from goldwire.cli.terminal import plural, print_paths

TEXT = "build the documents from the pages and the gold blocks"
EXAMPLE = "goldwire build --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    add_corpus(command)


locks = corpus_locks


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.build import build_tree

    changed = build_tree(arguments.root, write=not arguments.check)
    status = print_paths(changed, arguments.check)
    verb = "not as built" if arguments.check else "written"
    print(f"{plural(len(changed), 'file')} {verb}", file=sys.stderr)
    return status
