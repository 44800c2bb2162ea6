"""`goldwire leaderboard`: score the frozen outputs of the baselines."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN
from goldwire.model.errors import GoldwireError

TEXT = "score the frozen outputs of the baselines, task by task"
EXAMPLE = "goldwire leaderboard"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")
    command.add_argument("--markdown", action="store_true", help="print docs/leaderboard.md, with every number")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.leaderboard import standings
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.report.leaderboard import leaderboard_markdown, leaderboard_text

    root = corpus_root(arguments.root)
    found = standings(load(root))
    if not found:
        raise GoldwireError(f"{root} has no frozen systems; expected annotations/system-<name>/ of a baseline")
    print(
        leaderboard_markdown(found) if arguments.markdown else leaderboard_text(found),
        end="\n" * (not arguments.markdown),
    )
    return CLEAN
