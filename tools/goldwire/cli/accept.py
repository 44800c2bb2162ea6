"""`goldwire accept`: take proposed entities into the registry."""

import argparse
import sys
from pathlib import Path

from goldwire.cli.terminal import CLEAN

TEXT = "take entities that annotators proposed into the registry"
EXAMPLE = "goldwire accept person-jane-roe"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("ids", nargs="*", metavar="ID", help="ids in annotations/proposals.jsonl (default: all)")
    command.add_argument("--root", type=Path, default=Path(), help="the corpus (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate.registry import accept

    accepted = accept(arguments.root, arguments.ids)
    for entity in accepted:
        print(f"{entity.id}: {entity.name} ({', '.join(entity.aliases)})")
    print(f"goldwire: {len(accepted)} taken into the registry; push brings them to annotators", file=sys.stderr)
    return CLEAN
