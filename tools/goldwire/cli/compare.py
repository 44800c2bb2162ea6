"""`goldwire compare`: test whether two systems differ."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, as_json, interval, number

if TYPE_CHECKING:
    from goldwire.bench.compare import Comparison, Delta

TEXT = "test whether two systems differ on the same gold"
EXAMPLE = "goldwire compare annotations/gold out/old out/new --task quotes"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    scoring.add_gold(command)
    command.add_argument("a", type=Path, metavar="A", help="folder or file with a system's labels")
    command.add_argument("b", type=Path, metavar="B", help="folder or file with another system's labels")
    scoring.add(command)
    scoring.add_covered(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.compare import compare
    from goldwire.bench.score import cover
    from goldwire.bench.submissions import read_system
    from goldwire.corpus.gold import load_set

    gold = load_set(arguments.gold)
    sides = [read_system(folder, gold, arguments.task) for folder in (arguments.a, arguments.b)]
    a, b = [cover(side, arguments.task) for side in sides] if arguments.covered else sides
    result = compare(a, b, gold, scoring.settings(arguments))
    show = comparison_json if arguments.json else comparison_text
    print(show(result, arguments.a.name, arguments.b.name))
    return CLEAN


def comparison_text(result: "Comparison", a: str, b: str) -> str:
    """The two scores, then every difference, b minus a, with its interval and p-values, then the signature."""
    lines = [f"{name}: {side}".split("  goldwire|")[0] for name, side in ((a, result.a), (b, result.b))]
    heading = f"{'a':>8}{'b':>8}{'b - a':>9}{'95 % interval':>18}{'p bootstrap':>13}{'p randomised':>14}"
    group = None
    for row in result.rows:
        if row.a.group != group:
            lines += ["", f"{row.a.group:<23}{heading if group is None else ''}".rstrip()]
            group = row.a.group
        lines.append(_line(row))
    return "\n".join([*lines, "", str(result.a.signature)])


def _line(row: "Delta") -> str:
    delta = "–" if row.delta is None else f"{row.delta:+.3f}"
    values = f"{number(row.a.value):>8}{number(row.b.value):>8}"
    p_values = f"{number(row.p_bootstrap):>13}{number(row.p_randomisation):>14}"
    return f"  {row.a.name:<21}{values}{delta:>9}{interval(row.interval, '+.3f') or '–':>18}{p_values}"


def comparison_json(result: "Comparison", a: str, b: str) -> str:
    """A comparison as one JSON object."""
    sides = {
        key: {"system": name, "f1": side.f1, "interval": side.interval}
        for key, name, side in (("a", a, result.a), ("b", b, result.b))
    }
    rows = {"headline": _object(result.headline), "rows": [_object(row) for row in result.rows]}
    whole = {"task": result.a.task, **sides, **rows, "signature": str(result.a.signature)}
    return as_json(whole)


def _object(row: "Delta") -> dict[str, object]:
    return {
        "group": row.a.group,
        "name": row.a.name,
        "number": row.a.number,
        "a": row.a.value,
        "b": row.b.value,
        "delta": row.delta,
        "interval": row.interval,
        "p_bootstrap": row.p_bootstrap,
        "p_randomisation": row.p_randomisation,
    }
