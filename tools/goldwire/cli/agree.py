"""`goldwire agree`: compare two annotation sets, with every difference."""

import argparse
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, as_json, interval, number, plural
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.curate.agreement import Agreement, AgreementRow
    from goldwire.curate.differences import Difference

TEXT = "compare two annotation sets, with every difference"
EXAMPLE = "goldwire agree annotations/pass-a annotations/pass-b"
NAMED = 3
"""Documents that a line names."""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("a", type=Path, metavar="SET", help="folder of a set, inside its corpus")
    command.add_argument("b", type=Path, metavar="SET", help="folder of another set of the same corpus")
    command.add_argument("--json", action="store_true", help="print rows and differences as a JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.annotation_sets import read_set
    from goldwire.corpus.locate import data_root, place_of
    from goldwire.corpus.tree import read_tree, root_of
    from goldwire.curate.agreement import agree

    folders = [place_of(folder, data_root()) for folder in (arguments.a, arguments.b)]
    tree, _ = read_tree(root_of(folders[0]))
    sets = []
    for folder in folders:
        place = folder.resolve()
        labels, findings = read_set(root_of(folder), f"{place.parent.name}/{place.name}")
        if findings:
            raise GoldwireError(f"{folder} has faults, the first: {findings[0]}; run goldwire check")
        sets.append(labels)
    result = agree(sets[0], sets[1], tree.corpus.texts)
    print(as_json(result) if arguments.json else agreement_text(result))
    return CLEAN


def agreement_text(agreement: "Agreement") -> str:
    """Agreement of two sets: one row a measure, then every difference with both sides."""
    from goldwire.curate.differences import ABSENT

    lines = [f"{agreement.a} and {agreement.b}", "", *_rows(agreement), ""]
    for layer, units in agreement.left_out.items():
        first = ", ".join(units[:NAMED]) + (", …" if len(units) > NAMED else "")
        lines += [f"leaving out {len(units)} in {layer}, not complete in both sets ({first})", ""]
    for layer, unit, found in _by_unit(agreement.differences):
        lines.append(f"{layer} {unit}".rstrip())
        for difference in found:
            lines += [f"  a {difference.a or ABSENT}", f"  b {difference.b or ABSENT}", ""]
    lines.append(plural(len(agreement.differences), "difference"))
    return "\n".join(lines)


def _rows(agreement: "Agreement") -> Iterator[str]:
    """The measures as aligned lines: layer, measure, value, 95 % interval, items."""
    for row in agreement.rows:
        yield f"{row.layer:<11}{row.measure:<50}{number(row.value):>6}  {_bounds(row):<16}{row.items}"


def _bounds(row: "AgreementRow") -> str:
    """The interval, or the number of pages or documents that are too few for one."""
    few = plural(row.units, "page" if row.layer == "segments" else "document") if row.units else ""
    return interval(row.interval) or (f"({few})" if few and row.value is not None else "")


def _by_unit(differences: Iterable["Difference"]) -> Iterator[tuple[str, str, list["Difference"]]]:
    for (layer, unit), found in groupby(differences, key=lambda difference: (difference.layer, difference.unit)):
        yield layer, unit, list(found)
