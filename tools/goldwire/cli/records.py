"""`goldwire records`: check form and shape of single files, fast."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS

TEXT = "check form and shape of single files, fast"
EXAMPLE = "goldwire records corpus/pages.jsonl"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of the corpus we stand in")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.jsonl import record_faults
    from goldwire.corpus.layout import record_at
    from goldwire.report.findings import findings_text

    findings = []
    for path in arguments.files:
        name = path.as_posix()
        model = record_at(name)
        findings += record_faults(Path(), name, model) if model else []
    print(findings_text(findings, Path()))
    return FINDINGS if findings else CLEAN
