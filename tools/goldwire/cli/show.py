"""`goldwire show`: count what a corpus contains."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN

if TYPE_CHECKING:
    from goldwire.corpus.gold import Gold

TEXT = "count what a corpus contains"
EXAMPLE = "goldwire show"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: the one here, or the one shipped)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root

    print("\n".join(f"{name:<22}{value}" for name, value in gold_rows(load(corpus_root(arguments.root)))))
    return CLEAN


def gold_rows(gold: "Gold") -> list[tuple[str, str]]:
    """Names and counts of pages, blocks, documents, labels and pairs."""
    inside = sum(
        _visible(gold.page_texts[page][block.start : block.end])
        for page, blocks in gold.blocks.items()
        for block in blocks
    )
    visible = sum(_visible(text) for text in gold.page_texts.values())
    documents = gold.documents.values()
    labelled = sum(document.mentions is not None for document in documents)
    return [
        ("data", f"{gold.version}+{gold.digest[:8]}"),
        ("pages", f"{len(gold.pages)}"),
        ("blocks", _counted(block.role for blocks in gold.blocks.values() for block in blocks)),
        ("characters covered", f"{inside:,} of {visible:,} that are not blank ({inside / max(1, visible):.0%})"),
        ("documents", f"{len(gold.documents)} ({len(gold.clusters)} different articles)"),
        ("labelled documents", f"{labelled} with entities"),
        ("mentions", _counted(mention.type for document in documents for mention in document.mentions or ())),
        ("entities", f"{len(gold.entities):,} registered"),
        ("quotes", _counted(quote.type for document in documents for quote in document.quotes or ())),
        ("decoys", _counted(decoy.reason for document in documents for decoy in document.decoys or ())),
        ("pairs", _counted(pair.relation for pair in gold.pairs)),
        ("passages", f"{sum(len(pair.passages) for pair in gold.pairs):,}"),
    ]


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _counted(items: Iterable[str]) -> str:
    """How many items there are, and how many of each, the most frequent first."""
    counts = Counter(items)
    parts = ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return f"{sum(counts.values()):,}" + (f" ({parts})" if parts else "")
