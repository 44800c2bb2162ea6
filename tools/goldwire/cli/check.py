"""`goldwire check`: check every file, record and label of a tree."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN, FINDINGS
from goldwire.model.errors import GoldwireError

TEXT = "check every file, record and label of a tree"
EXAMPLE = "goldwire check --json"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the tree (default: here)")
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the findings as a JSON array")
    shape.add_argument("--github", action="store_true", help="print the findings as annotations of GitHub")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.checks import check
    from goldwire.corpus.tree import uncollected
    from goldwire.report.findings import findings_github, findings_json, findings_text

    if not (arguments.root / "corpus").is_dir():
        raise GoldwireError(f"{arguments.root} has no folder corpus/; expected the root of a corpus")
    with uncollected():
        findings = check(arguments.root)
    if arguments.json:
        print(findings_json(findings))
    elif arguments.github:
        print(findings_github(findings, arguments.root))
    else:
        print(findings_text(findings, arguments.root))
    return FINDINGS if findings else CLEAN
