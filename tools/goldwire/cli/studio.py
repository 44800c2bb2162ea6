"""`goldwire studio`: annotate in Label Studio."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, FINDINGS, as_json, note, number, plural
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need

if TYPE_CHECKING:
    from goldwire.studio.session import Workspace
    from goldwire.studio.status import Status

TEXT = "annotate in Label Studio"
EXAMPLE = "goldwire studio up"
VERBS = {
    "up": ("start the server, push the corpus, run until Ctrl-C", "goldwire studio up --port 8081"),
    "down": ("stop the server", "goldwire studio down"),
    "push": ("copy a set into its project", "goldwire studio push --dry-run"),
    "status": ("print the state of every document", "goldwire studio status --json"),
    "pull": ("write the labels of a project into an annotation set", "goldwire studio pull --set gold"),
    "invite": ("make an annotator's own project, and a link to sign up", "goldwire studio invite anna"),
    "adjudicate": (
        "make a project of the documents in which two sets differ",
        "goldwire studio adjudicate pass-a pass-b",
    ),
}
LAYERS = ("entities", "quotes", "decoys", "duplicates")
SIDES = "git:DOCUMENT or studio:DOCUMENT"


def add(command: argparse.ArgumentParser) -> None:
    """Define the verbs and their arguments."""
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    parsers = {
        verb: verbs.add_parser(verb, help=text, epilog=f"example: {example}")
        for verb, (text, example) in VERBS.items()
    }
    _add_up(parsers["up"])
    for verb in ("push", "pull", "status"):
        _add_set(parsers[verb])
    for verb in ("push", "pull", "status", "invite", "adjudicate"):
        _add_server(parsers[verb])
    parsers["status"].add_argument("--json", action="store_true", help="print it as a JSON object")
    _add_push(parsers["push"])
    _add_pull(parsers["pull"])
    parsers["invite"].add_argument("set", metavar="NAME", help="the annotator's set, created if there is none")
    parsers["invite"].add_argument(
        "--layers", metavar="LAYER,LAYER", help=f"label only some of {', '.join(LAYERS)} (default: all)"
    )
    parsers["adjudicate"].add_argument("sets", nargs=2, metavar="SET", help="the names of two sets")
    parsers["adjudicate"].add_argument("--pull", action="store_true", help="write the result into gold")
    parsers["adjudicate"].set_defaults(set="gold", drafts=False, by_annotator=False, names=[])
    for verb in ("invite", "adjudicate"):
        parsers[verb].set_defaults(new=False)
    for parser in parsers.values():
        parser.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def _add_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1 (default: 8080)")
    parser.add_argument(
        "--database",
        metavar="ADDRESS",
        help="postgresql://USER@HOST/NAME (password in PGPASSWORD or ~/.pgpass) or sqlite (default: as last time)",
    )
    parser.add_argument(
        "--address", help="the address of a reverse proxy before the server, such as https://labels.example.org"
    )
    parser.add_argument("--background", action="store_true", help="leave it running; goldwire studio down stops it")


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", default="gold", metavar="NAME", help="the set of the project (default: gold)")
    parser.add_argument("--new", action="store_true", help="create the set, an annotator's, if there is none")


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", metavar="ADDRESS", help="a Label Studio elsewhere; its token is read from LABEL_STUDIO_API_KEY"
    )
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="read the token from a file that only you can read"
    )
    parser.add_argument(
        "--resolve",
        action="append",
        default=[],
        metavar="SIDE:DOCUMENT",
        help="resolve a conflict: git:003-01 or studio:003-01; repeat it for every document",
    )
    parser.add_argument("--take", dest="resolve", action="append", help=argparse.SUPPRESS)  # its name until 0.2


def _add_push(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="print what would be done, change nothing")
    parser.add_argument("--docs", help="push the documents of a subset of the profile alone")
    parser.add_argument(
        "--pre-label", action="store_true", help="suggest labels for documents without any, to start from"
    )
    parser.add_argument(
        "--as-predictions", metavar="NAME", help="show the labels of another set to annotators, to start from"
    )


def _add_pull(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drafts", action="store_true", help="pull newer drafts too")
    parser.add_argument("--by-annotator", action="store_true", help="write each annotator's labels into their own set")
    parser.add_argument(
        "--as", dest="names", action="append", default=[], metavar="ADDRESS=NAME", help="name an annotator's set"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit status."""
    need("goldwire.studio.session", "studio")
    from goldwire.studio import session

    if arguments.verb == "up":
        session.up(arguments.root, arguments.port, arguments.database, arguments.background, arguments.address)
        return CLEAN
    if arguments.verb == "down":
        session.down(arguments.root)
        return CLEAN
    if arguments.verb == "status":
        found = session.status(session.Workspace(arguments.root, arguments.set, arguments.url, arguments.token_file))
        print(as_json(found) if arguments.json else status_text(found))
        return CLEAN
    sides = _pairs(arguments.resolve, ":", "--resolve", SIDES)
    if wrong := set(sides) - {"git", "studio"}:
        raise GoldwireError(f"--resolve {min(wrong)}: no such side; expected {SIDES}")
    workspace = session.Workspace(
        arguments.root,
        arguments.set,
        arguments.url,
        arguments.token_file,
        arguments.new,
        {document: side for side, documents in sides.items() for document in documents},
    )
    verbs = {"push": _push, "pull": _pull, "invite": _invite, "adjudicate": _adjudicate}
    return verbs[arguments.verb](workspace, arguments)


def _pairs(given: list[str], between: str, option: str, expected: str) -> dict[str, list[str]]:
    """The values right of a separator, by the value left of it."""
    found: dict[str, list[str]] = {}
    for pair in given:
        left, found_between, right = pair.partition(between)
        if not (left and found_between and right):
            raise GoldwireError(f"{option} {pair!r} has the wrong form; expected {expected}")
        found.setdefault(left, []).append(right)
    return found


def _push(workspace: "Workspace", arguments: argparse.Namespace) -> int:
    from dataclasses import replace

    from goldwire.studio import session

    if arguments.as_predictions:
        return _predicted(*session.push_predictions(workspace, arguments.as_predictions))
    plan = session.push_set(replace(workspace, docs=arguments.docs), arguments.dry_run)
    steps = [step for step in plan.steps if step.what != "leave"]
    for step in steps:
        print(step)
    if arguments.pre_label and not arguments.dry_run:
        _predicted(*session.push_pre_labels(workspace))
    note(f"{len(plan.steps) - len(steps)} of {plural(len(plan.steps), 'document')} unchanged")
    return FINDINGS if plan.refused else CLEAN


def _predicted(documents: list[str], bare: list[str]) -> int:
    for document in documents:
        print(f"predict {document}")
    if bare:
        note(f"without suggestions, a tenth of all documents, chosen by chance: {', '.join(bare)}")
    return CLEAN


def _pull(workspace: "Workspace", arguments: argparse.Namespace, adjudicated: tuple[str, str] | None = None) -> int:
    from goldwire.studio import session

    names = _pairs(arguments.names, "=", "--as", "ADDRESS=NAME, such as anna@example.org=anna")
    chosen = {address: sets[-1] for address, sets in names.items()}
    changed, results = session.pull_set(workspace, arguments.drafts, arguments.by_annotator, chosen)
    for path in changed:
        print(path)
    whole = all(pulled.whole for pulled in results)
    if not changed and whole:
        note("no file changed")
    for pulled in results:
        for line in [*pulled.notes, *pulled.faults, *pulled.conflicts]:
            note(str(line))
        for document in sorted({conflict.document for conflict in pulled.conflicts}):
            note(f"{document} is not pulled; add --resolve git:{document} or --resolve studio:{document}")
    if adjudicated:
        _note_settled(workspace, adjudicated, {document for pulled in results for document in pulled.agreed})
    return CLEAN if whole else FINDINGS


def _note_settled(workspace: "Workspace", names: tuple[str, str], submitted: set[str]) -> None:
    """Say how gold now settles the differences of two sets in the documents that were submitted."""
    from goldwire.studio.adjudicate import settled

    found = settled(workspace, names)
    for document in sorted(submitted & found.keys()):
        counts = found[document]
        ways = [f"{counts[way]} as {way}" if way in names else f"{counts[way]} otherwise" for way in sorted(counts)]
        note(f"{document}: {plural(counts.total(), 'difference')} settled: {', '.join(ways)}")
    if left := sorted(found.keys() - submitted):
        note(f"{plural(len(left), 'document')} to adjudicate: {', '.join(left)}")


def _invite(workspace: "Workspace", arguments: argparse.Namespace) -> int:
    from dataclasses import replace

    from goldwire.studio.invite import invite

    layers = arguments.layers.split(",") if arguments.layers else []
    if wrong := set(layers) - set(LAYERS):
        raise GoldwireError(
            f"--layers {arguments.layers}: no layer {min(wrong)!r}; expected some of {','.join(LAYERS)}"
        )
    link, project = invite(replace(workspace, layers=layers))
    print(link)
    note(f"no mail is sent: open the link, choose an address and a password, then label in {project}")
    note(f"goldwire studio pull --set {workspace.name} --new writes the labels into annotations/{workspace.name}/")
    return CLEAN


def _adjudicate(workspace: "Workspace", arguments: argparse.Namespace) -> int:
    from goldwire.studio.adjudicate import adjudicate, adjudication_workspace

    names = (arguments.sets[0], arguments.sets[1])
    if arguments.pull:
        return _pull(adjudication_workspace(workspace, names), arguments, names)
    made = adjudicate(workspace, names)
    print(made.url)
    for document, task in made.tasks.items():
        note(f"{document}: {plural(len(made.found[document]), 'difference')}: {made.url}?task={task}")
    total = plural(sum(len(each) for each in made.found.values()), "difference")
    note(f"{total} in {plural(len(made.found.keys() - {''}), 'document')}, {made.made} tasks new")
    if blocks := made.found.get(""):
        note(f"{len(blocks)} of them are in blocks; resolve these in annotations/gold/segments/")
    note(f"goldwire studio adjudicate {' '.join(names)} --pull writes the submitted labels into gold")
    return CLEAN


def status_text(status: "Status") -> str:
    """One line for every document and annotator, then the agreement so far, then the totals."""
    people = [row.annotator or "–" for row in status.rows]
    width = max(11, 2 + max((len(name) for name in people), default=0))
    lines = [f"{'document':<12}{'annotator':<{width}}{'state':<18}{'mentions':>8}{'quotes':>8}{'minutes':>9}"]
    for row, name in zip(status.rows, people, strict=True):
        sizes = f"{row.mentions:>8}{row.quotes:>8}{row.minutes:>9.1f}"
        lines.append(f"{row.document:<12}{name:<{width}}{row.state:<18}{sizes}")
    for pair in status.agreement:
        both = f"{pair.a} and {pair.b}, {plural(pair.documents, 'document')}"
        lines += ["", f"{both}: {pair.layer}, {pair.measure} {number(pair.value)}"]
    lines += ["", *map(str, status.accepted)] if status.accepted else []
    states = Counter(row.state for row in status.rows)
    counts = ", ".join(f"{n} {state}" for state, n in states.most_common())
    minutes = sum(row.minutes for row in status.rows)
    return "\n".join([*lines, "", f"{counts or 'no documents'}; {minutes:,.1f} minutes in total"])
