"""`goldwire derive`: make a labelled corpus of any size from the gold."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from goldwire.cli.scale import add_engine
from goldwire.cli.terminal import CLEAN, note
from goldwire.model.errors import GoldwireError

TEXT = "make a labelled corpus of any size from the gold"
EXAMPLE = "goldwire derive /tmp/thousand --n 1000 --seed 13 --difficulty news"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("out", type=Path, help="the folder to make")
    command.add_argument("--n", type=int, default=96, help="how many documents (default: 96)")
    command.add_argument("--seed", type=int, default=13, help="seed of every random choice (default: 13)")
    command.add_argument("--difficulty", choices=["easy", "news", "hostile"], default="news", help="default: news")
    command.add_argument(
        "--format",
        choices=["jsonl", "parquet"],
        default="jsonl",
        help="jsonl: a corpus in the usual layout; parquet: shards, for a large corpus (default: jsonl)",
    )
    command.add_argument("--docs", help="derive from the documents of a subset of the profile alone, such as train")
    add_engine(command)
    command.add_argument("--root", type=Path, help="corpus to derive from (default: the one here, or the one shipped)")


def locks(arguments: argparse.Namespace) -> list[AbstractContextManager[None]]:
    """The locks that the command needs."""
    from goldwire.corpus.lock import output

    return [output(arguments.out, note)]


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.selection import limited
    from goldwire.cli.scale import follow
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.derive.folder import derive_folder
    from goldwire.derive.plan import Plan
    from goldwire.derive.scale.run import derive_shards
    from goldwire.derive.sources import incomplete_documents

    plan = Plan(arguments.difficulty, arguments.seed, arguments.n)
    root = corpus_root(arguments.root)
    gold = load(root).compared()
    if arguments.docs:
        if arguments.format != "jsonl":
            raise GoldwireError("--docs with --format parquet; expected one of them: shards are of the whole corpus")
        gold = limited(gold, arguments.docs)
    if left_out := incomplete_documents(gold):
        note(f"leaving out {len(left_out):,} of {len(gold.documents):,} documents, which lack a layer of others")
    if arguments.format == "jsonl":
        derive_folder(gold, plan, arguments.out)
    else:
        steps = derive_shards(gold, plan, arguments.out, root, arguments.workers, arguments.engine)
        follow(steps, "documents", arguments.out, plan.n)
    print(f"{arguments.out}: {plan.n} documents derived with seed {plan.seed}, difficulty {plan.difficulty}")
    return CLEAN
