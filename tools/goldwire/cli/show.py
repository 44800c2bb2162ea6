"""`goldwire show`: count what a corpus contains."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Layer

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
    mentions = [mention.type for document in documents for mention in document.mentions or ()]
    quotes = [quote.type for document in documents for quote in document.quotes or ()]
    decoys = [decoy.reason for document in documents for decoy in document.decoys or ()]
    begun = {layer for layer, _ in gold.partial if layer != "duplicates"}
    is_linked = gold.entities or gold.profile.requires("entities", "entity")
    registered: list[tuple[Layer, str, str]] = [("entities", "entities", f"{len(gold.entities):,} registered")]
    numbers: dict[Layer, int] = {layer: _number_with(gold, layer) for layer in DOCUMENT_LAYERS}
    numbers["duplicates"] = int(gold.duplicates != "none")
    layers: list[tuple[Layer, str, str]] = [
        ("entities", "mentions", _counted(mentions)),
        *(registered if is_linked else ()),
        ("quotes", "quotes", _counted(quotes)),
        ("decoys", "decoys", _counted(decoys)),
        ("duplicates", "pairs", _counted(pair.relation for pair in gold.pairs)),
        ("duplicates", "passages", f"{sum(len(pair.passages) for pair in gold.pairs):,}"),
    ]
    return [
        ("data", f"{gold.version}+{gold.digest[:8]}"),
        ("pages", f"{len(gold.pages)}"),
        ("blocks", _counted(block.role for blocks in gold.blocks.values() for block in blocks)),
        ("characters covered", f"{inside:,} of {visible:,} that are not blank ({inside / max(1, visible):.0%})"),
        ("documents", f"{len(gold.documents)} ({different_articles(gold)})"),
        *((("labelled documents", labelled),) if (labelled := _labelled(gold, numbers)) else ()),
        *(
            (name, shown if numbers[layer] else "labelled in part" if layer in begun else "not labelled")
            for layer, name, shown in layers
            if numbers[layer] or gold.profile.has(layer)
        ),
    ]


def _number_with(gold: "Gold", layer: str) -> int:
    """How many documents have a complete layer."""
    key = "mentions" if layer == "entities" else layer
    return sum(getattr(document, key) is not None for document in gold.documents.values())


def _labelled(gold: "Gold", numbers: "dict[Layer, int]") -> str:
    """How many documents have each layer of the profile, except layers with as many as an earlier one."""
    shown = {numbers[layer]: layer for layer in reversed(DOCUMENT_LAYERS) if gold.profile.has(layer)}
    found = [f"{number} with {layer}" for number, layer in reversed(shown.items())]
    return ", ".join(found)


def different_articles(gold: "Gold") -> str:
    """How many articles the documents are, or that nobody judged it."""
    if gold.duplicates == "none":
        return "duplicates not judged"
    different = f"{len(gold.clusters)} different articles"
    return different if gold.duplicates == "complete" else f"{different} so far, duplicates judged in part"


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _counted(items: Iterable[str]) -> str:
    """How many items there are, and how many of each, the most frequent first."""
    counts = Counter(items)
    parts = ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return f"{sum(counts.values()):,}" + (f" ({parts})" if parts else "")
