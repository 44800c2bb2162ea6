"""`goldwire submit`: store a system's labels in submissions/, for the leaderboard."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.terminal import CLEAN, note, plural
from goldwire.model.errors import GoldwireError

TEXT = "store a system's labels in submissions/, for the leaderboard"
EXAMPLE = 'goldwire submit mine labels.jsonl --task entities --description "rules" --trained-on "nothing"'


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from goldwire.scoring.settings import TASKS

    command.add_argument("name", metavar="NAME", help="the name of the system on the leaderboard")
    command.add_argument("labels", nargs="?", type=Path, metavar="LABELS", help="its labels, as goldwire score reads")
    command.add_argument("--task", choices=TASKS, help="the task of the labels; those of other tasks stay")
    command.add_argument("--description", metavar="TEXT", help="what the system is, in a sentence")
    command.add_argument("--trained-on", metavar="TEXT", help="what it was trained, tuned or written on")
    command.add_argument(
        "--made-with", action="append", metavar="TEXT", help="a package or model and its version (repeatable)"
    )
    command.add_argument("--withdraw", metavar="REASON", help="keep the system listed, but score it no more")
    command.add_argument("--root", type=Path, help="the corpus (default: the one here)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.locate import steward_root
    from goldwire.corpus.lock import writing

    return [writing(steward_root(arguments.root), note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.submit import add_labels, describe
    from goldwire.corpus.annotation_sets import SET, write_set
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import steward_root

    root = steward_root(arguments.root)
    if (arguments.labels is None) != (arguments.task is None):
        raise GoldwireError("expected both LABELS and --task, or neither")
    gold = load(root)
    said = {
        "description": arguments.description,
        "training_data": arguments.trained_on,
        "annotators": arguments.made_with,
        "withdrawn": arguments.withdraw,
    }
    labels = describe(gold, arguments.name, said)
    new = not (root / labels.path / SET).exists()
    if new and arguments.labels is None:
        raise GoldwireError(f"{arguments.name} is a new submission; expected LABELS and --task")
    if arguments.labels is not None:
        labels, notes = add_labels(labels, gold, arguments.labels, arguments.task)
        for line in notes:
            note(line)
    for path in (changed := write_set(root, labels)):
        print(path)
    note(f"{plural(len(changed), 'file')} written")
    return CLEAN
