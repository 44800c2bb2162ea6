"""`goldwire suspects`: gold labels that several systems contradict in the same way."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, as_json, note, plural
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.bench.suspects import Suspect
    from goldwire.corpus.gold import Gold
    from goldwire.scoring.settings import Task

TEXT = "list gold labels that several systems contradict in the same way"
EXAMPLE = "goldwire suspects annotations/gold --task entities --first 40"
LONGEST = 70
"""Code points that are shown of a label."""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from goldwire.scoring.settings import TASKS

    scoring.add_gold(command)
    command.add_argument(
        "systems",
        type=Path,
        metavar="SYSTEM",
        nargs="*",
        help="labels of systems (default: all sets beside gold)",
    )
    command.add_argument("--task", choices=TASKS, required=True, help="the task whose labels are compared")
    command.add_argument("--first", type=int, metavar="N", help="list the first N (default: all)")
    command.add_argument(
        "--report", type=Path, default=Path("report.html"), help="the file that links lead to (default: report.html)"
    )
    command.add_argument("--json", action="store_true", help="print the suspects as a JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.submissions import read_system
    from goldwire.bench.suspects import FEWEST, suspects
    from goldwire.corpus.gold import load_set
    from goldwire.scoring.settings import Settings

    gold, task = load_set(arguments.gold), arguments.task
    places = arguments.systems or _sets(gold, task)
    if len({place.resolve() for place in places}) < FEWEST:
        raise GoldwireError(f"suspects need {FEWEST} systems that label {task}; found {len(places)}")
    settings = Settings(task, nested="all") if task == "quotes" else Settings(task)
    systems = {str(place) if arguments.systems else place.name: read_system(place, gold, task) for place in places}
    found = suspects(systems, gold, settings)
    shown = found[: arguments.first]
    if arguments.json:
        rows = [{**_object(one), "link": link(one, task, arguments.report)} for one in shown]
        print(as_json({"task": task, "systems": list(systems), "number": len(found), "suspects": rows}))
    else:
        print("\n".join(_lines(shown, task, arguments.report)))
        note(
            f"{plural(len(found), 'suspect')} in {task}, by {len(systems)} sets; read the label rules before a change"
        )
    return CLEAN


def _sets(gold: "Gold", task: "Task") -> list[Path]:
    """The sets beside gold that have labels of the task."""
    folders = sorted(place for place in (gold.root / "annotations").iterdir() if place.is_dir())
    held = ("duplicates.jsonl" if task == "duplicates" else task, gold.name)
    return [place for place in folders if place.name != held[1] and (place / held[0]).exists()]


def _object(one: "Suspect") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(one)


def _lines(found: "Sequence[Suspect]", task: "Task", report: Path) -> list[str]:
    lines = []
    for number, one in enumerate(found, 1):
        words = one.text if len(one.text) <= LONGEST else f"{one.text[:LONGEST]}…"
        has = f"gold {one.gold} [{words}]" if one.gold else f"gold has no label for [{words}]"
        lines.append(f"{number:>3}  {one.strength:>5.1f}  {one.unit}:{one.start}  {has}".replace("\n", " "))
        lines.append(f"            {one.part}: {one.instead}  ({', '.join(one.systems)})".replace("\n", " "))
        lines.append(f"            {link(one, task, report)}")
    return lines


def link(one: "Suspect", task: "Task", report: Path) -> str:
    """The address of a suspect's text in the report."""
    kind = {"segments": "page", "duplicates": "pair"}.get(task, "document")
    return f"{report}#/{kind}/{one.unit}"
