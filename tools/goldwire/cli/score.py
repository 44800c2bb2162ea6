"""`goldwire score`: score a system's labels against gold."""

import argparse
from pathlib import Path

from goldwire.cli import scoring
from goldwire.cli.terminal import note

TEXT = "score a system's labels against gold"
MOST, LONGEST = 5, 40
"""Words that a note has, and code points of each."""
EXAMPLE = "goldwire score annotations/gold out/mine --task entities"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    scoring.add_gold(command)
    command.add_argument("system", type=Path, metavar="SYSTEM", help="folder or file with the system's labels")
    scoring.add(command)
    scoring.add_covered(command)
    command.add_argument(
        "--tag-column", default="", metavar="NAME", help="column of the tag in CoNLL files: its name or number from 1"
    )
    command.add_argument(
        "--align", action="store_true", help="find labels that have words and no offsets, in order (JSONL)"
    )
    scoring.add_threshold(command)
    scoring.add_slices(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.score import cover
    from goldwire.bench.submissions import read_system, with_offsets
    from goldwire.corpus.gold import load_set

    gold = load_set(arguments.gold)
    labels = read_system(arguments.system, gold, arguments.task, arguments.tag_column)
    if arguments.align:
        texts = {name: document.text for name, document in gold.documents.items()}
        labels = aligned = with_offsets(labels, texts, arguments.task)
        for name, found in aligned.items():
            _note(name, "not in the text", found.missing)
            _note(name, "at several places, of which the first is taken", list(found.ambiguous))
    system = cover(labels, arguments.task) if arguments.covered else labels
    return scoring.print_score(arguments, system, gold, arguments.system.name)


def _note(document: str, what: str, words: list[str]) -> None:
    """Print words that are not found as they are meant, as many as a line has room for."""
    if words:
        more = f" and {len(words) - MOST} more" if len(words) > MOST else ""
        note(f"{document}: {what}: {', '.join(repr(word[:LONGEST]) for word in words[:MOST])}{more}")
