"""`goldwire add`: take a scraped page into the corpus."""

import argparse
import sys
from pathlib import Path

from goldwire.cli.terminal import CLEAN

TEXT = "take a scraped page into the corpus, by way of a proposal to mend"
EXAMPLE = "goldwire add page.txt"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("file", type=Path, metavar="FILE", help="the page as scraped; its proposal is FILE.blocks")
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate import add_page as intake

    file = arguments.file
    tree = intake.read_corpus(arguments.root)
    standing = intake.standing_page(tree, file)
    if not intake.proposal_path(file).exists():
        print(intake.propose_again(tree, standing, file) if standing else intake.propose(tree, file))
        if standing:
            _say(f"the corpus has it already, as page {standing.id}: mend how it stands there, then do this again")
        else:
            _say("mend the roles and the numbers of the articles there, say what stands as ?, then do this again")
    elif intake.is_taken(tree, page := intake.read_intake(tree, file)):
        _say(f"the corpus has it already, just so, as page {page.page.id}; nothing done")
    else:
        taken = intake.take_in(tree, page)
        for path in taken.changed:
            print(path)
        _say(f"came in: {', '.join(taken.documents) or 'no new text'}")
        for document, source in taken.repeats.items():
            _say(f"{document} repeats {source}, and takes its labels over in annotations/{intake.REPEATS}")
        if taken.documents:
            _say("their pairs are not judged yet: duplicates are partial; goldwire studio push makes their tasks")
    return CLEAN


def _say(line: str) -> None:
    print(f"goldwire: {line}", file=sys.stderr)
