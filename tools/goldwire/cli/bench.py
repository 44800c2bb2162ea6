"""`goldwire bench`: run a system on the texts and score it; without a name, run all baselines."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, FINDINGS, as_json, note, plural, stdout_on_stderr
from goldwire.cli.twins import add_seed, twins_object, twins_text
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.corpus.gold import Gold
    from goldwire.scoring.settings import Task

TEXT = "run a system on the texts and score it; without a name, run all baselines"
EXAMPLE = "goldwire bench spacy --task entities"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument(
        "system", nargs="?", metavar="NAME|module:callable", help="a baseline, or a callable from text to labels"
    )
    command.add_argument("--root", type=Path, help="the corpus (default: the one here, or the one shipped)")
    command.add_argument(
        "--freeze", action="store_true", help="without a name: store the outputs of the baselines in annotations/"
    )
    command.add_argument(
        "--twins", action="store_true", help="score two twins too, with nothing changed but names: invented, and real"
    )
    add_seed(command)
    scoring.add(command, needs_task=False)
    scoring.add_threshold(command)
    scoring.add_slices(command)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.baselines import BASELINES, find_system
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.corpus.lock import writing

    root = corpus_root(arguments.root)
    with writing(root, note) if arguments.freeze else nullcontext():  # first settles what a killed one left
        gold = load(root)
    if arguments.system is None and arguments.twins:
        if arguments.freeze:
            raise GoldwireError("--freeze stores what a system gave on the corpus; leave out --twins")
        return _twins(gold, arguments.task, arguments.seed, arguments.json)
    if arguments.system is None:
        return _rerun(gold, arguments.task, arguments.freeze)
    if arguments.task is None:
        if arguments.system not in BASELINES:
            raise GoldwireError(f"{arguments.system} has no task of its own; give one with --task")
        arguments.task = BASELINES[arguments.system].task
    with stdout_on_stderr():
        system = find_system(arguments.system, arguments.task, gold)
    return scoring.print_score(arguments, system, gold, arguments.system)


def _twins(gold: "Gold", task: "Task | None", seed: int, json: bool) -> int:
    """Run the baselines on the corpus and its twins, and print their scores and the differences."""
    from goldwire.bench.baselines import BASELINES
    from goldwire.bench.score import score
    from goldwire.bench.selection import LAYERS
    from goldwire.derive.twin_scores import twin_scores

    made: list[object] = []
    for name, baseline in BASELINES.items():
        if not baseline.lacks and task in (None, baseline.task) and gold.profile.has(LAYERS[baseline.task][0]):
            with stdout_on_stderr():
                system = baseline.make(gold)
                first = score(system, gold, task=baseline.task)
                found = twin_scores(system, gold, first, seed)
            one = {"system": name, "task": first.task, "headline": first.headline, "f1": first.f1}
            made.append({**one, "twins": twins_object(found), "signature": str(first.signature)})
            if not json:
                print(f"{name}: {first}\n{twins_text(found)}\n")
    if json:
        print(as_json(made))
    return CLEAN


def _rerun(gold: "Gold", task: "Task | None", freeze: bool) -> int:
    """Run the baselines and print the leaderboard; exit 1 if an output is not the stored one."""
    from goldwire.bench.baselines import BASELINES
    from goldwire.bench.baselines.stored import folder_of
    from goldwire.bench.leaderboard import boards, reruns
    from goldwire.cli.leaderboard import leaderboard_text
    from goldwire.corpus.annotation_sets import write_set
    from goldwire.corpus.lock import writing
    from goldwire.curate.release import reopen

    status = CLEAN
    for lacking in (one for one in BASELINES.values() if one.lacks and task in (None, one.task)):
        print(f"{lacking.name}: not run, because it {lacking.lacks}", file=sys.stderr)
    with stdout_on_stderr():
        for baseline, labels, changed, later in reruns(gold, task):
            if not changed and not (later and freeze):
                result = "as stored"
                if later:
                    result += f"; it has not seen {plural(len(later), 'unit')}, first {later[0]} (--freeze stores it)"
            elif freeze:
                result = "stored again"
                with writing(gold.root, note):
                    reopen(gold.root)
                    write_set(gold.root, labels)
            else:
                status = FINDINGS
                result = f"differs from the stored output in {plural(len(changed), 'file')}, first {changed[0]}"
                if not (gold.root / folder_of(baseline.name)).is_dir():
                    result = "no stored output here"
            print(f"{baseline.name}: {result}", file=sys.stderr)
    if rows := {name: board for name, board in boards(gold).items() if task in (None, name)}:
        print(leaderboard_text(rows))
    return status
