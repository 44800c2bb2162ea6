"""The verbs of `goldwire studio` that a team needs: invite, adjudicate."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from goldwire.cli.terminal import CLEAN

if TYPE_CHECKING:
    from goldwire.studio.session import Place

VERBS = {
    "invite": ("make an annotator's own project, and a link to sign up", "goldwire studio invite anna"),
    "adjudicate": ("make a project where two sets differ, to settle", "goldwire studio adjudicate pass-a pass-b"),
}


def add_team(parsers: Mapping[str, argparse.ArgumentParser]) -> None:
    """Say what the verbs take, beside the server."""
    parsers["invite"].add_argument("set", metavar="NAME", help="the annotator's set, begun where it is not there")
    parsers["adjudicate"].add_argument("sets", nargs=2, metavar="SET", help="the names of two sets")
    parsers["adjudicate"].add_argument("--pull", action="store_true", help="write what was settled into gold")
    for parser in parsers.values():
        parser.set_defaults(new=False)
    parsers["adjudicate"].set_defaults(set="gold", drafts=False, by_annotator=False, names=[])


def run_team(place: "Place", arguments: argparse.Namespace, pull: Callable[[Any, Any, Any], int]) -> int:
    """Run one of the verbs; `pull` is what the verb of this name does."""
    from goldwire.studio.adjudicate import adjudicate, board_place
    from goldwire.studio.invite import invite

    if arguments.verb == "invite":
        link, project = invite(place)
        print(link)
        _say(f"open it, and choose an address and a password; no mail is sent. Then label in {project}")
        _say(f"goldwire studio pull --set {place.name} --new writes the labels into annotations/{place.name}/")
        return CLEAN
    names = (arguments.sets[0], arguments.sets[1])
    if arguments.pull:
        import goldwire.studio.session as commands

        return pull(commands, board_place(place, names), arguments)
    address, found, made = adjudicate(place, names)
    print(address)
    count = sum(len(each) for each in found.values())
    documents = [document for document in found if document]
    _say(f"{count} differences in {len(documents)} documents, {made} tasks new: {', '.join(documents)}")
    if blocks := found.get(""):
        _say(f"{len(blocks)} of them are of blocks, which are settled in annotations/gold/segments/")
    _say(f"goldwire studio adjudicate {' '.join(names)} --pull writes what was submitted into gold")
    return CLEAN


def _say(line: str) -> None:
    print(f"goldwire: {line}", file=sys.stderr)
