"""`goldwire report`: write one HTML file that shows the corpus."""

import argparse
from pathlib import Path

from goldwire.status import CLEAN

TEXT = "write one HTML file that shows the corpus and its labels"
EXAMPLE = "goldwire report -o report.html"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one goldwire ships)")
    command.add_argument(
        "-o", "--output", type=Path, default=Path("report.html"), metavar="FILE", help="where to write"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire import files
    from goldwire.gold import load
    from goldwire.report.html import report_html
    from goldwire.report.html_corpus import corpus_data

    gold = load(arguments.root)
    files.write_bytes(arguments.output, report_html(corpus_data(gold)).encode())
    print(arguments.output)
    return CLEAN
