"""`goldwire agree`: compare two annotation sets, with every difference."""

import argparse
from pathlib import Path

from goldwire.cli.terminal import CLEAN
from goldwire.model.errors import GoldwireError

TEXT = "compare two annotation sets, with every difference"
EXAMPLE = "goldwire agree annotations/pass-a annotations/pass-b"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    command.add_argument("a", type=Path, metavar="SET", help="folder of a set, inside its corpus")
    command.add_argument("b", type=Path, metavar="SET", help="folder of another set of the same corpus")
    command.add_argument("--json", action="store_true", help="print rows and differences as a JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.annotation_sets import read_set
    from goldwire.corpus.locate import data_root, place_of
    from goldwire.corpus.tree import read_tree, root_of
    from goldwire.curate.agreement import agree
    from goldwire.report.agreement import agreement_json, agreement_text

    folders = [place_of(folder, data_root()) for folder in (arguments.a, arguments.b)]
    tree, _ = read_tree(root_of(folders[0]))
    sets = []
    for folder in folders:
        place = folder.resolve()
        labels, findings = read_set(root_of(folder), f"{place.parent.name}/{place.name}")
        if findings:
            raise GoldwireError(f"{folder} does not read clean: {findings[0]}; run goldwire check")
        sets.append(labels)
    result = agree(sets[0], sets[1], tree.corpus.texts)
    print(agreement_json(result) if arguments.json else agreement_text(result))
    return CLEAN
