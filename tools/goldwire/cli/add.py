"""`goldwire add`: add a scraped page to the corpus."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, note

TEXT = "add a scraped page to the corpus, after you have corrected its proposed blocks"
EXAMPLE = "goldwire add page.txt"
LISTED = 12
"""Unsure lines that are named."""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("file", type=Path, metavar="FILE", help="the page as scraped; its proposal is FILE.blocks")
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    command.add_argument("--why", type=int, metavar="LINE", help="show which cues decide the role of a line, and stop")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output, writing
    from goldwire.curate.add_page import proposal_path

    return [writing(arguments.root, note), output(proposal_path(arguments.file), note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.curate import add_page, page_reasons

    file = arguments.file
    if arguments.why is not None:
        print("\n".join(page_reasons.explain_line(file, arguments.why)))
        return CLEAN
    tree = add_page.read_corpus(arguments.root)
    known = add_page.known_page(tree, file)
    if not add_page.proposal_path(file).exists():
        print(add_page.propose_again(tree, known, file) if known else add_page.propose(tree, file))
        if known:
            note(f"the corpus has this page as {known.id}: correct its blocks in the proposal, then run this again")
        else:
            _note_unsure(page_reasons.unsure_lines(file))
            note("correct roles and article numbers in the proposal, fill in what is ?, then run this again")
    elif add_page.is_known(tree, page := add_page.read_new_page(tree, file)):
        note(f"the corpus has this page with the same blocks, as {page.page.id}; nothing changed")
    else:
        added = add_page.add_page(tree, page)
        for path in added.changed:
            print(path)
        note(f"added: {', '.join(added.documents) or 'no new text'}")
        for document, source in added.repeats.items():
            note(f"{document} repeats {source} and gets its labels, in annotations/{add_page.REPEATS}")
        if added.documents:
            note(
                "gold has no labels of them yet: goldwire studio push --pre-label makes tasks with suggested labels, "
                "goldwire complete declares them"
            )
    return CLEAN


def _note_unsure(lines: list[int]) -> None:
    """Say which lines of a page to look at first."""
    if lines:
        listed = ", ".join(map(str, lines[:LISTED])) + (", …" if len(lines) > LISTED else "")
        note(f"{len(lines)} lines are unsure and marked with ?, the least sure first: {listed}")
        note("--why LINE shows which cues decide a line")
    else:
        note("no line is unsure")
