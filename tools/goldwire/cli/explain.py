"""`goldwire explain`: say what a code means and what to do."""

import argparse
import difflib

from goldwire.cli.terminal import CLEAN
from goldwire.model.errors import GoldwireError

TEXT = "say what a code means and what to do"
EXAMPLE = "goldwire explain surface-mismatch"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("code", metavar="CODE", nargs="?", help="a code as findings carry it (default: list all)")
    command.add_argument("--markdown", action="store_true", help="print docs/checks.md: every code at length")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.model.findings import CODES
    from goldwire.report.codes import code_text, codes_list, codes_markdown

    if arguments.markdown or arguments.code is None:
        print(codes_markdown() if arguments.markdown else codes_list())
        return CLEAN
    if arguments.code not in CODES:
        close = difflib.get_close_matches(arguments.code, CODES, n=3) or sorted(CODES)
        raise GoldwireError(f"no code {arguments.code!r}; did you mean {' or '.join(close)}?")
    print(code_text(arguments.code, CODES[arguments.code]))
    return CLEAN
