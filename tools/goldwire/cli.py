"""The command line. Results go to stdout, talk to stderr; only this module exits.

Exit status: 0 clean, 1 findings (or a score under the one asked for), 2 wrong usage, 3 our bug,
130 interrupted.
"""

import argparse
import difflib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from goldwire.arguments import USAGE, parser
from goldwire.errors import GoldwireError

CLEAN, FINDINGS, BUG, INTERRUPTED = 0, 1, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = COMMANDS[arguments.command](arguments)
        return status
    except GoldwireError as error:
        print(f"goldwire: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"goldwire: {error.filename or 'a file'}: {error.strerror}; nothing more was done", file=sys.stderr)
        return USAGE


def run() -> NoReturn:
    """Run the command line as a program: exit with its status."""
    for stream in (sys.stdout, sys.stderr):  # names of files may be no Unicode, and terminals may know little of it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            status = main()
        except SystemExit as exit_:
            status = int(exit_.code or CLEAN)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # whoever read us has read enough; nothing is left to say at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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
    elif arguments.github:
        print(report.findings_github(findings, arguments.root))
    else:
        print(report.findings_text(findings, arguments.root))
    return FINDINGS if findings else CLEAN


def _records(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.jsonl import record_faults
    from goldwire.layout import record_at

    findings = []
    for path in arguments.files:
        name = path.as_posix()
        model = record_at(name)
        findings += record_faults(Path(), name, model) if model else []
    print(report.findings_text(findings, Path()))
    return FINDINGS if findings else CLEAN


def _init(arguments: argparse.Namespace) -> int:
    from goldwire.init import init

    for path in init(arguments.root):
        print(path)
    print("put your pages into corpus/pages/ and corpus/pages.jsonl, and take the example out", file=sys.stderr)
    return CLEAN


def _diff(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.history import changes, tree_at
    from goldwire.tree import read_tree

    with tree_at(arguments.root, arguments.revision) as old:
        print(report.changes_text(list(changes(old, read_tree(arguments.root)[0]))))
    return CLEAN


def _release(arguments: argparse.Namespace) -> int:
    from goldwire.release import release, reopen

    if arguments.reopen:
        reopen(arguments.root)
    else:
        print(release(arguments.root, arguments.data))
    return CLEAN


def _explain(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.findings import CODES

    if arguments.markdown or arguments.code is None:
        print(report.codes_markdown() if arguments.markdown else report.codes_list())
        return CLEAN
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

    gold = load(_root_of(arguments.gold), arguments.gold.resolve().name)
    return _print_score(arguments, read_system(arguments.system, gold), gold, arguments.system.name)


def _root_of(folder: Path) -> Path:
    """The root of the corpus that a set's folder stands in."""
    place = folder.resolve()
    if not place.is_dir():
        raise GoldwireError(f"no folder {folder}; expected one set of a corpus, as annotations/gold is")
    if len(place.parents) < 2 or not (place.parents[1] / "corpus").is_dir():
        raise GoldwireError(f"{folder} stands in no corpus; expected a folder below annotations/, beside corpus/")
    return place.parents[1]


def _bench(arguments: argparse.Namespace) -> int:
    from goldwire.benchmark import load
    from goldwire.systems import find_system

    return _print_score(arguments, find_system(arguments.system), load(arguments.root), arguments.system)


def _agree(arguments: argparse.Namespace) -> int:
    from goldwire import report
    from goldwire.agreement import agree
    from goldwire.sets import read_set
    from goldwire.tree import read_tree

    tree, _ = read_tree(_root_of(arguments.a))
    sets = []
    for folder in (arguments.a, arguments.b):
        place = folder.resolve()
        labels, findings = read_set(_root_of(folder), f"{place.parent.name}/{place.name}")
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
    "records": _records,
    "explain": _explain,
    "init": _init,
    "diff": _diff,
    "release": _release,
    "show": _show,
    "score": _score,
    "agree": _agree,
    "schema": _schema,
    "card": _card,
    "bench": _bench,
    "studio": _studio_command,
}
