"""What a corpus holds, as text."""

from collections import Counter
from collections.abc import Iterable

from goldwire.corpus.gold import Gold


def gold_text(gold: Gold) -> str:
    """What the corpus holds: counts of pages, blocks, documents, labels and pairs."""
    return "\n".join(f"{name:<22}{value}" for name, value in gold_rows(gold))


def gold_rows(gold: Gold) -> list[tuple[str, str]]:
    """The rows of `goldwire show`: a name and what there is of it."""
    inside = sum(
        _visible(gold.page_texts[page][block.start : block.end])
        for page, blocks in gold.blocks.items()
        for block in blocks
    )
    visible = sum(_visible(text) for text in gold.page_texts.values())
    roles = [block.role for blocks in gold.blocks.values() for block in blocks]
    relations = [pair.relation for pair in gold.pairs]
    documents = gold.documents.values()
    mentions = [mention for document in documents for mention in document.mentions or ()]
    quotes = [quote for document in documents for quote in document.quotes or ()]
    decoys = [decoy for document in documents for decoy in document.decoys or ()]
    labelled = sum(document.mentions is not None for document in documents)
    return [
        ("data", f"{gold.version}+{gold.digest[:8]}"),
        ("pages", f"{len(gold.pages)}"),
        ("blocks", _tally(roles)),
        ("characters covered", f"{inside:,} of {visible:,} that are not blank ({inside / max(1, visible):.0%})"),
        ("documents", f"{len(gold.documents)} ({len(gold.clusters)} different articles)"),
        ("labelled documents", f"{labelled} with entities"),
        ("mentions", _tally(mention.type for mention in mentions)),
        ("entities", f"{len(gold.entities):,} registered"),
        ("quotes", _tally(quote.type for quote in quotes)),
        ("decoys", _tally(decoy.reason for decoy in decoys)),
        ("pairs", _tally(relations)),
        ("passages", f"{sum(len(pair.passages) for pair in gold.pairs):,}"),
    ]


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _tally(items: Iterable[str]) -> str:
    counts = Counter(items)
    parts = ", ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
    return f"{sum(counts.values()):,}" + (f" ({parts})" if parts else "")
