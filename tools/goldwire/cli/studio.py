"""`goldwire studio`: annotate in Label Studio."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldwire.cli import team
from goldwire.cli.terminal import CLEAN, FINDINGS
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need

if TYPE_CHECKING:
    from goldwire.studio.session import Place

TEXT = "annotate in Label Studio"
EXAMPLE = "goldwire studio up"
VERBS = {
    "up": ("start the server, push the corpus, run until Ctrl-C", "goldwire studio up --port 8081"),
    "down": ("stop the server, however it was started", "goldwire studio down"),
    "push": ("bring a set into its project", "goldwire studio push --dry-run"),
    "status": ("tell how far the work is", "goldwire studio status --json"),
    "pull": ("write what was labelled into an annotation set", "goldwire studio pull --set gold"),
    **team.VERBS,
}


def add(command: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    parsers = {
        verb: verbs.add_parser(verb, help=text, epilog=f"example: {example}")
        for verb, (text, example) in VERBS.items()
    }
    _add_up(parsers["up"])
    for verb in ("push", "pull", "status"):
        _add_place(parsers[verb])
    parsers["status"].add_argument("--json", action="store_true", help="print it as a JSON object")
    for verb in team.VERBS:
        _add_server(parsers[verb])
    team.add_team({verb: parsers[verb] for verb in team.VERBS})
    push, pull = parsers["push"], parsers["pull"]
    push.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    push.add_argument(
        "--as-predictions", metavar="NAME", help="show the labels of another set in the project, to start from"
    )
    pull.add_argument("--drafts", action="store_true", help="take drafts too, where they are newer")
    pull.add_argument("--by-annotator", action="store_true", help="write everybody's work into a set of their own")
    pull.add_argument(
        "--as",
        dest="names",
        action="append",
        default=[],
        metavar="ADDRESS=NAME",
        help="what an annotator's set is called",
    )
    for parser in parsers.values():
        parser.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def _add_up(up: argparse.ArgumentParser) -> None:
    up.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1 (default: 8080)")
    up.add_argument(
        "--database",
        metavar="ADDRESS",
        help="postgresql://USER@HOST/NAME (password in PGPASSWORD or ~/.pgpass) or sqlite; default: as last time",
    )
    up.add_argument("--background", action="store_true", help="leave it running; goldwire studio down stops it")


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", default="gold", metavar="NAME", help="the set, which has a project (default: gold)")
    parser.add_argument("--new", action="store_true", help="begin the set, an annotator's, where it is not there")
    _add_server(parser)


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", metavar="ADDRESS", help="a Label Studio elsewhere; its token is read from LABEL_STUDIO_API_KEY"
    )
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="or from a file that you alone can read")
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="SIDE:DOCUMENT",
        help="settle a conflict: git:003-01 or studio:003-01; give it once for every document",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    commands = need("goldwire.studio.session", "studio")
    if arguments.verb == "up":
        commands.up(arguments.root, arguments.port, arguments.database, arguments.background)
        return CLEAN
    if arguments.verb == "down":
        commands.down(arguments.root)
        return CLEAN
    if arguments.verb == "status":
        return _status(commands, arguments)
    take = _pairs(arguments.take, ":", "--take", "git:003-01 or studio:003-01")
    if wrong := set(take) - {"git", "studio"}:
        raise GoldwireError(f"--take {min(wrong)}: no such side; expected git:DOCUMENT or studio:DOCUMENT")
    place = commands.Place(
        arguments.root,
        arguments.set,
        arguments.url,
        arguments.token_file,
        arguments.new,
        {document: side for side, documents in take.items() for document in documents},
    )
    if arguments.verb in team.VERBS:
        return team.run_team(place, arguments, _pull)
    return _push(commands, place, arguments) if arguments.verb == "push" else _pull(commands, place, arguments)


def _pairs(given: list[str], between: str, option: str, expected: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in given:
        left, found_between, right = pair.partition(between)
        if not (left and found_between and right):
            raise GoldwireError(f"{option} {pair!r} is not understood; expected {expected}")
        found.setdefault(left, []).append(right)
    return found


def _status(commands: Any, arguments: argparse.Namespace) -> int:
    from goldwire.report.studio import status_json, status_text

    place = commands.Place(arguments.root, arguments.set, arguments.url, arguments.token_file)
    found = commands.status(place)
    print(status_json(found) if arguments.json else status_text(found))
    return CLEAN


def _push(commands: Any, place: "Place", arguments: argparse.Namespace) -> int:
    if arguments.as_predictions:
        for document in commands.push_predictions(place, arguments.as_predictions):
            print(f"predict {document}")
        return CLEAN
    plan = commands.push_set(place, arguments.dry_run)
    for step in plan.steps:
        if step.what != "leave":
            print(step)
    count = sum(step.what == "leave" for step in plan.steps)
    print(f"goldwire: {count} of {len(plan.steps)} left alone", file=sys.stderr)
    return FINDINGS if plan.refused else CLEAN


def _pull(commands: Any, place: "Place", arguments: argparse.Namespace) -> int:
    given = _pairs(arguments.names, "=", "--as", "anna@example.org=anna")
    names = {address: sets[-1] for address, sets in given.items()}
    changed, results = commands.pull_set(place, arguments.drafts, arguments.by_annotator, names)
    for path in changed:
        print(path)
    if not changed and all(pulled.whole for pulled in results):
        print("goldwire: no file changed", file=sys.stderr)
    for pulled in results:
        for line in [*pulled.notes, *pulled.faults, *pulled.clashes]:
            print(f"goldwire: {line}", file=sys.stderr)
        for document in sorted({clash.document for clash in pulled.clashes}):
            sides = f"--take git:{document} or --take studio:{document}"
            print(f"goldwire: both sides changed {document}; settle it with {sides}", file=sys.stderr)
    return CLEAN if all(pulled.whole for pulled in results) else FINDINGS
