"""`goldwire twins`: make a twin of a corpus, in which nothing is changed but the names; and the scores on twins."""

import argparse
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.compare import delta_object, difference_text
from goldwire.cli.terminal import CLEAN, interval, note, number, whole

if TYPE_CHECKING:
    from goldwire.derive.twin_scores import TwinScore
    from goldwire.derive.twins import Twin

TEXT = "make a twin of a corpus, with nothing changed but its names"
EXAMPLE = "goldwire twins /tmp/twin --names invented --seed 13"
NAMES = "invented names, or those of other entities of the corpus (default: invented)"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("out", type=Path, help="the folder to make")
    command.add_argument("--names", choices=["invented", "real"], default="invented", help=NAMES)
    add_seed(command)
    command.add_argument("--root", type=Path, help="the corpus (default: the one here, or the one shipped)")


def add_seed(command: argparse.ArgumentParser) -> None:
    """Define the seed of the names."""
    command.add_argument("--seed", type=whole(0), default=13, help="seed of the new names (default: 13)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output

    return [output(arguments.out, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.derive.twins import make_twin, write_twin

    twin = make_twin(load(corpus_root(arguments.root)), arguments.names, arguments.seed)
    write_twin(twin, arguments.out)
    print(f"{arguments.out}: {_described(twin)}")
    return CLEAN


def _described(twin: "Twin") -> str:
    return f"{twin.naming} names, seed {twin.seed}: {twin.renamed:,} of {twin.mentions:,} mentions renamed"


def twins_text(twins: "Sequence[TwinScore]") -> str:
    """The score on each twin, and its difference from the score on the corpus."""
    heading = f"{'F1':>8}{'95 % interval':>17}{'twin - gold':>13}{'95 % interval':>18}{'p':>8}{'detectable':>12}"
    lines = [f"{'twins':<10}{heading}"]
    for one in twins:
        value = f"{number(one.score.f1):>8}{interval(one.score.interval) or '–':>17}"
        lines.append(f"  {one.twin.naming:<8}{value}    {difference_text(one.difference, one.score)}")
    return "\n".join([*lines, *(_described(one.twin) for one in twins)])


def twins_object(twins: "Iterable[TwinScore]") -> list[dict[str, object]]:
    """The same for JSON."""
    return [
        {
            "names": one.twin.naming,
            "seed": one.twin.seed,
            "mentions": one.twin.mentions,
            "renamed": one.twin.renamed,
            "f1": one.score.f1,
            "interval": one.score.interval,
            "difference": delta_object(one.difference),
        }
        for one in twins
    ]
