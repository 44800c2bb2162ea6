"""`goldwire complete`: declare labels of gold complete, or attempted by another set."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS, note
from goldwire.model.errors import GoldwireError

TEXT = "declare labels of gold complete, after their checks, so that systems are scored on them"
EXAMPLE = "goldwire complete 005-01"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from typing import get_args

    from goldwire.model.vocabulary import Layer

    command.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help="documents: all of them or none are declared"
    )
    command.add_argument("--all", action="store_true", help="all documents with labels, except those with findings")
    command.add_argument("--layers", nargs="+", choices=get_args(Layer), default=[], help="default: those the set has")
    command.add_argument("--set", default="gold", help="the set that declares them (default: gold)")
    command.add_argument("--root", type=Path, default=Path(), help="the corpus (default: here)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import writing

    return [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.cli.check import findings_text
    from goldwire.curate.complete import complete

    if bool(arguments.documents) == arguments.all:
        raise GoldwireError("name the documents that are finished, or give --all, and not both")
    if not (arguments.root / "corpus").is_dir():
        raise GoldwireError(f"{arguments.root} has no folder corpus/; expected the root of a corpus")
    result = complete(arguments.root, arguments.documents, arguments.layers, arguments.set)
    for unit, layers in result.declared.items():
        print(f"{unit}: {', '.join(layers)}")
    if result.findings:
        print(findings_text(result.findings, arguments.root))
        note(
            "documents with findings are not declared complete" if result.declared else "nothing is declared complete"
        )
        return FINDINGS
    if not result.declared:
        note("all of this is declared complete already; nothing changed")
    return CLEAN
