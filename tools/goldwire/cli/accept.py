"""`goldwire accept`: add proposed entities to the registry."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, note

TEXT = "add entities that annotators proposed to the registry"
EXAMPLE = "goldwire accept person-jane-roe"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("ids", nargs="*", metavar="ID", help="ids in annotations/proposals.jsonl (default: all)")
    command.add_argument("--root", type=Path, default=Path(), help="the corpus (default: here)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import writing

    return [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.registry import accept

    accepted = accept(arguments.root, arguments.ids)
    for entity in accepted:
        print(f"{entity.id}: {entity.name} ({', '.join(entity.aliases)})")
    if accepted:
        note(f"{len(accepted)} added to the registry; goldwire studio push shows them in the project of gold,")
        note("goldwire studio push --new --set NAME in that of an annotator")
    else:
        note("nothing is proposed; the registry is unchanged")
    return CLEAN
