"""`goldwire diff`: list what changed in a corpus since a git revision."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, plural

if TYPE_CHECKING:
    from goldwire.curate.history import Change

TEXT = "list the records that changed since a git revision"
EXAMPLE = "goldwire diff HEAD~1"
LONGEST = 400
"""Code points of a record's text that are printed."""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument(
        "revision", metavar="REV", nargs="?", default="HEAD", help="revision to compare with (default: HEAD)"
    )
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.tree import read_tree
    from goldwire.curate.history import changes, tree_at

    with tree_at(arguments.root, arguments.revision) as old:
        print(changes_text(list(changes(old, read_tree(arguments.root)[0]))))
    return CLEAN


def changes_text(changes: Sequence["Change"]) -> str:
    """One change after another: place, record, kind of change, the old text (-) and the new one (+)."""
    lines = []
    for change in changes:
        lines.append(f"{change.place} {change.record} {change.kind}")
        lines += [f"  - {_short(change.before)}"] if change.before is not None else []
        lines += [f"  + {_short(change.after)}"] if change.after is not None else []
    return "\n".join([*lines, plural(len(changes), "change")])


def _short(text: str) -> str:
    from goldwire.model.findings import shorten

    return text if len(text) < LONGEST else shorten(text, LONGEST)
