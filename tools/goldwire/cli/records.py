"""`goldwire records`: check the form and the records of single files, fast."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "check the form and the records of single files, fast"
EXAMPLE = "goldwire records corpus/pages.jsonl"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of the corpus in this folder")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.cli.check import findings_text
    from goldwire.corpus.annotation_sets import ANNOTATIONS
    from goldwire.corpus.jsonl import record_faults
    from goldwire.corpus.layout import record_at
    from goldwire.model.errors import GoldwireError

    findings = []
    for path in arguments.files:
        name = path.as_posix()
        model = record_at(name)
        if model is None and name != f"{ANNOTATIONS}/croissant.json":  # the hook passes it too; it has no records
            raise GoldwireError(
                f"{name} is no file of records; expected a path below the root, such as corpus/pages.jsonl "
                f"or {ANNOTATIONS}/gold/quotes/003-01.jsonl: run the command in the root"
            )
        findings += record_faults(Path(), name, model) if model else []
    print(findings_text(findings, Path()))
    return FINDINGS if findings else CLEAN
