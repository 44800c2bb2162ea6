"""`goldwire report`: write an HTML file that shows the corpus, and systems compared with gold."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, note, stdout_on_stderr

TEXT = "write an HTML file that shows the corpus, and systems compared with gold"
EXAMPLE = "goldwire report --system annotations/system-spacy -o report.html"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from goldwire.scoring.settings import TASKS

    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")
    command.add_argument(
        "--system", nargs="+", type=Path, default=[], metavar="PATH", help="files or folders of systems' labels"
    )
    scoring.add_covered(command)
    command.add_argument("--bench", metavar="NAME|module:callable", help="a system to run on the texts")
    command.add_argument("--docs", help="the documents of a subset of the profile alone, such as test")
    command.add_argument("--task", choices=TASKS, help="the task to score (default: every task with labels)")
    command.add_argument("-o", "--output", type=Path, default=Path("report.html"), help="default: report.html")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output

    return [output(arguments.output, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.selection import limited
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.report.system_data import bench_run, stored_runs
    from goldwire.report.write import write_report

    gold = load(corpus_root(arguments.root))
    docs = arguments.docs
    shown = limited(gold, docs) if docs else gold
    task, covered = arguments.task, arguments.covered
    runs = [run for folder in arguments.system for run in stored_runs(folder, gold, task, covered, docs)]
    if arguments.bench:
        with stdout_on_stderr():
            runs.append(bench_run(arguments.bench, gold, task, docs))
    write_report(shown, runs, arguments.output)
    print(arguments.output)
    return CLEAN
