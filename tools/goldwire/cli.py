"""The command line. Results go to stdout, talk to stderr; only this module exits.

Exit status: 0 clean, 1 findings (or a score under the one asked for), 2 wrong usage, 3 our bug,
130 interrupted.
"""

import argparse
import difflib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from goldwire import __version__
from goldwire.errors import GoldwireError

CLEAN, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


class Parser(argparse.ArgumentParser):
    """An argument parser whose refusal is one line, and lists the names close to a wrong one."""

    def error(self, message: str) -> NoReturn:
        """Exit with the status for wrong usage."""
        self.exit(USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        choices = [str(choice) for choice in action.choices or ()]
        if choices and str(value) not in choices:
            close = difflib.get_close_matches(str(value), choices, n=3) or choices
            raise argparse.ArgumentError(action, f"no {value!r}; did you mean {' or '.join(close)}?")


def parser() -> Parser:
    """The parser of the whole command line."""
    top = Parser(prog="goldwire", description="A gold corpus of scraped news: annotate it, check it, measure by it.")
    top.add_argument("--version", action="version", version=f"goldwire {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)

    def command(name: str, text: str, example: str) -> Parser:
        made: Parser = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=f"example: {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return made

    build = command("build", "make the documents from the pages and the gold blocks", "goldwire build --check")
    build.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 if the tree differs by a byte")

    check = command("check", "check every file, record and label of a tree", "goldwire check --json")
    check.add_argument("root", nargs="?", type=Path, default=Path(), help="the tree (default: here)")
    check.add_argument("--json", action="store_true", help="print the findings as a JSON array")

    explain = command("explain", "say what a code means and what to do", "goldwire explain surface-mismatch")
    explain.add_argument("code", metavar="CODE", help="a code as findings carry it")

    show = command("show", "count what a corpus holds", "goldwire show")
    show.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one goldwire ships)")

    score = command(
        "score",
        "compare a system's annotation set with gold",
        "goldwire score annotations/gold out/mine --task entities",
    )
    score.add_argument("gold", type=Path, metavar="GOLD", help="folder of the gold set, inside its corpus")
    score.add_argument("system", type=Path, metavar="SYSTEM", help="folder with the system's labels")
    _scoring(score)

    agree = command(
        "agree",
        "compare two annotation sets, with every difference",
        "goldwire agree annotations/pass-a annotations/pass-b",
    )
    agree.add_argument("a", type=Path, metavar="SET", help="folder of a set, inside its corpus")
    agree.add_argument("b", type=Path, metavar="SET", help="folder of another set of the same corpus")
    agree.add_argument("--json", action="store_true", help="print rows and differences as a JSON object")

    schema = command("schema", "write the JSON Schemas of the records", "goldwire schema --check")
    schema.add_argument("root", nargs="?", type=Path, default=Path(), help="where schema/ stands (default: here)")
    schema.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")

    card = command("card", "write what is generated in the data card", "goldwire card --check")
    card.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
    card.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")

    bench = command("bench", "run a system on the texts and score it", "goldwire bench spacy --task entities")
    bench.add_argument("system", metavar="NAME|module:callable", help="spacy, or a callable from text to labels")
    bench.add_argument("--root", type=Path, help="the corpus (default: the one goldwire ships)")
    _scoring(bench)

    _studio(command("studio", "annotate in Label Studio", "goldwire studio up"))
    return top


def _scoring(command: Parser) -> None:
    from goldwire.scorers.entities import Trim
    from goldwire.signature import Selection, Settings, Task

    default = Settings()
    command.add_argument("--task", choices=get_args(Task), required=True, help="what is scored")
    command.add_argument("--docs", choices=get_args(Selection), default=default.docs, help="repeats once, or all")
    command.add_argument("--trim", choices=get_args(Trim), default=default.trim, help="ignore leading articles")
    command.add_argument("--resamples", type=int, default=default.resamples, help="of the bootstrap")
    command.add_argument("--seed", type=int, default=default.seed, help="of the bootstrap")
    command.add_argument("--at-least", type=float, metavar="F1", help="exit 1 where the score lies under this")
    command.add_argument("--json", action="store_true", help="print the score as a JSON object")


def _studio(studio: Parser) -> None:
    verbs = studio.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=Parser)
    up = verbs.add_parser("up", help="start the server, push the corpus, run until Ctrl-C")
    pull = verbs.add_parser("pull", help="write what was labelled into an annotation set")
    pull.add_argument("--set", default="gold", metavar="NAME", help="the set to write (default: gold)")
    up.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1 (default: 8080)")
    for verb in (up, pull):
        verb.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = COMMANDS[arguments.command](arguments)
        return status
    except GoldwireError as error:
        print(f"goldwire: {error}", file=sys.stderr)
        return USAGE


def run() -> NoReturn:
    """Run the command line as a program: exit with its status."""
    try:
        status = main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        status = CLEAN
    except Exception:
        traceback.print_exc()
        print("goldwire: this is a bug of goldwire; please report what stands above", file=sys.stderr)
        status = BUG
    sys.exit(status)


def _build(arguments: argparse.Namespace) -> int:
    from goldwire.build import build_tree

    changed = build_tree(arguments.root, write=not arguments.check)
    for path in changed:
        print(path)
    verb = "differ from" if arguments.check else "written from"
    print(f"{len(changed)} files {verb} what the pages and the gold blocks make", file=sys.stderr)
    return FINDINGS if arguments.check and changed else CLEAN


def _check(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.checks import check

    if not (arguments.root / "corpus").is_dir():
        raise GoldwireError(f"{arguments.root} has no folder corpus/; expected the root of a corpus")
    findings = check(arguments.root)
    if arguments.json:
        print(report.findings_json(findings))
    elif findings:
        print(report.findings_text(findings, arguments.root))
    else:
        print("0 findings")
    return FINDINGS if findings else CLEAN


def _explain(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.findings import CODES

    if arguments.code not in CODES:
        close = difflib.get_close_matches(arguments.code, CODES, n=3) or sorted(CODES)
        raise GoldwireError(f"no code {arguments.code!r}; did you mean {' or '.join(close)}?")
    print(report.code_text(arguments.code, CODES[arguments.code]))
    return CLEAN


def _show(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.benchmark import load

    print(report.gold_text(load(arguments.root)))
    return CLEAN


def _score(arguments: argparse.Namespace) -> int:
    from goldwire.benchmark import load, read_system

    gold = load(arguments.gold.resolve().parents[1])
    return _print_score(arguments, read_system(arguments.system, gold), gold, arguments.system.name)


def _bench(arguments: argparse.Namespace) -> int:
    from goldwire.benchmark import load
    from goldwire.systems import find_system

    return _print_score(arguments, find_system(arguments.system), load(arguments.root), arguments.system)


def _agree(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.agreement import agree
    from goldwire.sets import read_set
    from goldwire.tree import read_tree

    tree, _ = read_tree(arguments.a.resolve().parents[1])
    sets = []
    for folder in (arguments.a, arguments.b):
        place = folder.resolve()
        labels, findings = read_set(place.parents[1], f"{place.parent.name}/{place.name}")
        if findings:
            raise GoldwireError(f"{folder} does not read clean: {findings[0]}; run goldwire check")
        sets.append(labels)
    result = agree(sets[0], sets[1], tree.corpus.texts)
    print(report.agreement_json(result) if arguments.json else report.agreement_text(result))
    return CLEAN


def _schema(arguments: argparse.Namespace) -> int:
    from goldwire.schemas import stale_schemas, write_schemas

    changed = stale_schemas(arguments.root) if arguments.check else write_schemas(arguments.root)
    for path in changed:
        print(path)
    return FINDINGS if arguments.check and changed else CLEAN


def _card(arguments: argparse.Namespace) -> int:
    from goldwire.card import write_card

    changed = write_card(arguments.root, write=not arguments.check)
    for path in changed:
        print(path)
    return FINDINGS if arguments.check and changed else CLEAN


def _print_score(arguments: argparse.Namespace, system: object, gold: object, name: str) -> int:
    from goldwire import report
    from goldwire.benchmark import score
    from goldwire.signature import Settings

    settings = Settings(arguments.task, arguments.docs, arguments.trim, arguments.resamples, arguments.seed)
    result = score(system, gold, settings)  # type: ignore[arg-type]
    print(report.score_json(result, name) if arguments.json else report.score_text(result, name))
    if arguments.at_least is not None and (result.f1 or 0) < arguments.at_least:
        print(f"goldwire: strict F1 {result.f1 or 0:.3f} lies under {arguments.at_least}", file=sys.stderr)
        return FINDINGS
    return CLEAN


def _studio_command(arguments: argparse.Namespace) -> int:
    try:
        import goldwire.studio.commands as commands
    except ImportError as error:
        raise GoldwireError(f"{error}; install it with: pip install 'goldwire[studio]'") from None
    if arguments.verb == "up":
        commands.up(arguments.root, arguments.port)
        return CLEAN
    for path in commands.pull(arguments.root, arguments.set):
        print(path)
    return CLEAN


COMMANDS = {
    "build": _build,
    "check": _check,
    "explain": _explain,
    "show": _show,
    "score": _score,
    "agree": _agree,
    "schema": _schema,
    "card": _card,
    "bench": _bench,
    "studio": _studio_command,
}
