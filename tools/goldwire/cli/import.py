"""`goldwire import`: add the articles and labels of another corpus."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, as_json, note, plural

if TYPE_CHECKING:
    from goldwire.curate.import_corpus import Imported

TEXT = "add the articles and labels of another corpus, or start a corpus with them"
EXAMPLE = "goldwire import brat my-articles my-corpus --rename Person=PERSON"
PLACES = 3
"""Places of each kind that are printed; JSON has them all."""
UNKNOWN = "unknown"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from goldwire.formats.collections import FORMATS

    descriptions = "; ".join(f"{name}: {text}" for name, text in FORMATS.items())
    command.add_argument("format", metavar="FORMAT", choices=FORMATS, help=descriptions)
    command.add_argument("path", metavar="PATH", type=Path, help="the file or folder to import")
    command.add_argument(
        "root", nargs="?", type=Path, default=Path(), help="the corpus, or a new folder (default: here)"
    )
    command.add_argument(
        "--rename",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="give mentions of a type another one, or none to leave them out; may be repeated",
    )
    command.add_argument("--publisher", default=UNKNOWN, help="the publisher of the articles (default: unknown)")
    command.add_argument("--rights", default=UNKNOWN, help="the rights in the texts (default: unknown)")
    command.add_argument("--language", help="ISO 639 code of articles without one (default: the profile's first)")
    command.add_argument("--tags", default="", metavar="NAMES", help="the names of tags that are numbers: O,B-PER,…")
    command.add_argument("--tag-column", default="", metavar="COLUMN", help="name or number of the column of tags")
    command.add_argument(
        "--json", action="store_true", help="print all that was not imported, with its places, as JSON"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.lock import writing
    from goldwire.curate.import_corpus import import_collection
    from goldwire.formats.collections import Options, read_articles

    options = Options([name for name in arguments.tags.split(",") if name], arguments.tag_column)
    renamed = dict(_renamed(word) for word in arguments.rename)
    articles = read_articles(arguments.format, arguments.path, options)
    source = f"{arguments.format}, {arguments.path.name}"
    about = arguments.publisher, arguments.rights, arguments.language
    with writing(arguments.root, note, new=True):
        imported = import_collection(arguments.root, articles, renamed, source, *about)
    print(as_json(imported.left) if arguments.json else _left_text(imported))
    _say(imported, arguments)
    return CLEAN


def _renamed(word: str) -> tuple[str, str]:
    from goldwire.model.errors import GoldwireError

    old, equals, new = word.partition("=")
    if not old or not equals:
        raise GoldwireError(f"--rename {word}: expected two types, as in Person=PERSON, or Person= to leave it out")
    return old, new


def _left_text(imported: "Imported") -> str:
    """What was not imported, a kind a line, with its number and first places."""
    lines = []
    for kind, places in sorted(imported.left.items(), key=lambda one: (-len(one[1]), one[0])):
        more = f" and {len(places) - PLACES:,} more" if len(places) > PLACES else ""
        lines.append(f"{len(places):6,} × {kind}: {', '.join(places[:PLACES])}{more}")
    return "\n".join(["not imported, or changed:", *lines] if lines else ["everything was imported"])


def _say(imported: "Imported", arguments: argparse.Namespace) -> None:
    labels = ", ".join(f"{number:,} {layer}" for layer, number in sorted(imported.labels.items())) or "no labels"
    note(f"{plural(len(imported.documents), 'document')} imported into {arguments.root}: {labels}")
    if imported.known:
        note(f"{plural(imported.known, 'article')} passed over: the corpus has them")
    if imported.documents and UNKNOWN in (arguments.publisher, arguments.rights):
        note("publisher or rights of the new pages are unknown; --publisher and --rights set them")
