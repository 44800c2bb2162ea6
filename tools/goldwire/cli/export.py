"""`goldwire export`: write the labels of a set in the format of another tool."""

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, note, plural

if TYPE_CHECKING:
    from goldwire.formats.registry import Format

TEXT = "write the labels of a set in the format of another tool"
EXAMPLE = "goldwire export parquet out"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    formats = _formats()
    descriptions = "; ".join(f"{name}: {form.says}" for name, form in formats.items())
    command.add_argument("format", metavar="FORMAT", choices=formats, help=descriptions)
    command.add_argument("out", metavar="OUT", type=Path, help="a folder: new, empty, or with an earlier export")
    command.add_argument("--set", default="gold", metavar="NAME", help="the set to export (default: gold)")
    command.add_argument("--root", type=Path, help="the corpus (default: the one here, or the one shipped)")


def _formats() -> "dict[str, Format]":
    """The formats of `goldwire.formats`, and that of Label Studio."""
    from goldwire.formats.registry import FORMATS
    from goldwire.studio.export import LABEL_STUDIO

    return FORMATS | {"label-studio": LABEL_STUDIO}


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.locate import corpus_root
    from goldwire.corpus.lock import output, reading

    return [reading(corpus_root(arguments.root), note), output(arguments.out, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.locate import corpus_root
    from goldwire.formats.labelled import read_source
    from goldwire.formats.registry import export

    source = read_source(corpus_root(arguments.root), arguments.set)
    changed = export(source, _formats()[arguments.format], arguments.out)
    for path in changed:
        print(arguments.out / path)
    print(f"{plural(len(changed), 'file')} written", file=sys.stderr)
    return CLEAN
