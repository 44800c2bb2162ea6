"""What the command line takes: every command with its help, which ends with an example."""

import argparse
import difflib
from pathlib import Path
from typing import NoReturn, get_args

from goldwire import __version__

USAGE = 2
"""Exit status of wrong usage."""


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
    top = Parser(
        prog="goldwire",
        description="A gold corpus of scraped news: annotate it, check it, measure by it.",
        epilog="example: goldwire bench spacy --task entities",
    )
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
    shape = check.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the findings as a JSON array")
    shape.add_argument("--github", action="store_true", help="print the findings as annotations of GitHub")

    records = command("records", "check form and shape of single files, fast", "goldwire records corpus/pages.jsonl")
    records.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of the corpus we stand in")

    explain = command("explain", "say what a code means and what to do", "goldwire explain surface-mismatch")
    explain.add_argument("code", metavar="CODE", nargs="?", help="a code as findings carry it (default: list all)")
    explain.add_argument("--markdown", action="store_true", help="print docs/checks.md: every code at length")

    init = command("init", "start a new corpus", "goldwire init my-corpus")
    init.add_argument("root", nargs="?", type=Path, default=Path(), help="where (default: here)")

    diff = command("diff", "say in words what changed since a git revision", "goldwire diff HEAD~1")
    diff.add_argument("revision", metavar="REV", help="what to compare with")
    diff.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")

    release = command("release", "release the data as a new version", "goldwire release --data minor")
    what = release.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", choices=("major", "minor", "patch"), help="which part of the version grows")
    what.add_argument("--reopen", action="store_true", help="say that the data is edited since its release")
    release.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")

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
    up = verbs.add_parser(
        "up",
        help="start the server, push the corpus, run until Ctrl-C",
        epilog="example: goldwire studio up --port 8081",
    )
    pull = verbs.add_parser(
        "pull",
        help="write what was labelled into an annotation set",
        epilog="example: goldwire studio pull --set gold",
    )
    pull.add_argument("--set", default="gold", metavar="NAME", help="the set to write (default: gold)")
    up.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1 (default: 8080)")
    for verb in (up, pull):
        verb.add_argument("root", nargs="?", type=Path, default=Path(), help="the corpus (default: here)")
