"""`goldwire studio`: annotate in Label Studio."""

import argparse
from pathlib import Path

from goldwire.errors import GoldwireError
from goldwire.status import CLEAN

TEXT = "annotate in Label Studio"
EXAMPLE = "goldwire studio up"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    up = verbs.add_parser(
        "up",
        help="start the server, push the corpus, run until Ctrl-C",
        epilog="example: goldwire studio up --port 8081",
    )
    pull = verbs.add_parser(
        "pull",
        help="write what was labelled into an annotation set",
        epilog="example: goldwire studio pull --set gold",
    )
    pull.add_argument("--set", default="gold", metavar="NAME", help="the set to write (default: gold)")
    up.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1 (default: 8080)")
    for verb in (up, pull):
        verb.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    try:
        import goldwire.studio.commands as commands
    except ImportError as error:
        raise GoldwireError(f"{error}; install it with: pip install 'goldwire[studio]'") from None
    if arguments.verb == "up":
        commands.up(arguments.root, arguments.port)
        return CLEAN
    for path in commands.pull(arguments.root, arguments.set):
        print(path)
    return CLEAN
