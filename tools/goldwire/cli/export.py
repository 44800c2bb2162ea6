"""`goldwire export`: write the labels of a set in a format of other tools."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN

if TYPE_CHECKING:
    from goldwire.formats.registry import Format

TEXT = "write the labels of a set in a format of other tools"
EXAMPLE = "goldwire export parquet out"


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    formats = _formats()
    descriptions = "; ".join(f"{name}: {form.says}" for name, form in formats.items())
    command.add_argument("format", metavar="FORMAT", choices=formats, help=descriptions)
    command.add_argument("out", metavar="OUT", type=Path, help="a folder, new or empty, or of such an export before")
    command.add_argument("--set", default="gold", metavar="NAME", help="whose labels (default: gold)")
    command.add_argument("--root", type=Path, help="the corpus (default: the one here, or the one shipped)")


def _formats() -> "dict[str, Format]":
    """The formats of `goldwire.formats`, and Label Studio's, which is made in the room above."""
    from goldwire.formats.registry import FORMATS
    from goldwire.studio.export import LABEL_STUDIO

    return FORMATS | {"label-studio": LABEL_STUDIO}


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.locate import corpus_root
    from goldwire.formats.labelled import read_source
    from goldwire.formats.registry import export
    from goldwire.report.words import plural

    source = read_source(corpus_root(arguments.root), arguments.set)
    changed = export(source, _formats()[arguments.format], arguments.out)
    for path in changed:
        print(arguments.out / path)
    print(f"{plural(len(changed), 'file')} written", file=sys.stderr)
    return CLEAN
