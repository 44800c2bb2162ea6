"""`goldwire fix`: fix what needs no person in the record files of a corpus."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS, note, plural

TEXT = "fix the form, order, ids and derived fields of records"
EXAMPLE = "goldwire fix --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: here, or the one above or below)")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.lock import writing

    arguments.root = steward_root(arguments.root)
    return [] if arguments.check else [writing(arguments.root, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.cli.check import findings_text
    from goldwire.curate.fix import fix

    fixed = fix(arguments.root, write=not arguments.check)
    for path, what in fixed.changed.items():
        print(f"{path}: {', '.join(what)}")
    note(f"{plural(len(fixed.changed), 'file')} {'to fix' if arguments.check else 'fixed'}")
    if fixed.refused:
        note("these need a person; their files stay as they are:")
        print(findings_text(sorted(set(fixed.refused)), arguments.root))
    return FINDINGS if fixed.refused or (arguments.check and fixed.changed) else CLEAN
