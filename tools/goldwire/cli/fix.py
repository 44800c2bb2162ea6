"""`goldwire fix`: fix what needs no person in the record files of a corpus."""

import argparse

from goldwire.cli.corpus_command import add_corpus, corpus_locks
from goldwire.cli.terminal import CLEAN, FINDINGS, note, plural

TEXT = "fix the form, order, ids and derived fields of records"
EXAMPLE = "goldwire fix --check"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    add_corpus(command, "write nothing; exit 1 if a file would change")


locks = corpus_locks


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
