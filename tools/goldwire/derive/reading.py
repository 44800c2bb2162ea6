"""A shard read back: a gold corpus of its own, with records as any other has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldwire.derive.runs import read_run
from goldwire.derive.shards import read_part
from goldwire.gold import Gold, GoldDocument, clusters_of
from goldwire.records import Block, Decoy, Mention, Pair, Quote, Span, Speaker

Row = Mapping[str, Any]


def shard_gold(out: Path, shard: int, pages: bool = False) -> Gold:
    """One shard as gold: its documents with their labels, its pairs, and its pages if asked for."""
    found = read_run(out)
    documents = {row["id"]: _document(row) for row in read_part(out, "documents", shard)}
    pairs = tuple(
        Pair.model_construct(id=f"{row['a']}_{row['b']}", **row, passages=[]) for row in read_part(out, "pairs", shard)
    )
    sheets = read_part(out, "pages", shard) if pages else []
    return Gold(
        root=out,
        version=found.version,
        digest=found.digest,
        name="derived",
        documents=documents,
        pages={},
        page_texts={sheet["id"]: sheet["text"] for sheet in sheets},
        blocks={sheet["id"]: _blocks(sheet) for sheet in sheets},
        pairs=pairs,
        entities={},
        clusters=clusters_of(list(documents), pairs),
    )


def _document(row: Row) -> GoldDocument:
    name, text = row["id"], row["text"]
    mentions = tuple(
        Mention.model_construct(id=f"{name}-e{i:03}", text=text[m["start"] : m["end"]], **m)
        for i, m in enumerate(row["mentions"], 1)
    )
    decoys = tuple(
        Decoy.model_construct(id=f"{name}-d{i:03}", text=text[d["start"] : d["end"]], **d)
        for i, d in enumerate(row["decoys"], 1)
    )
    quotes = tuple(_quote(quote, f"{name}-q", i, text) for i, quote in enumerate(row["quotes"], 1))
    return GoldDocument(name, row["page"], text.split("\n", 1)[0], text, mentions, quotes, decoys)


def _quote(row: Row, prefix: str, number: int, text: str) -> Quote:
    speaker = row["speaker"] and Speaker.model_construct(
        start=row["speaker"]["start"],
        end=row["speaker"]["end"],
        text=text[row["speaker"]["start"] : row["speaker"]["end"]],
        head=row["head"] and _span(row["head"], text),
        kind=row["kind"],
    )
    return Quote.model_construct(
        id=f"{prefix}{number:03}",
        type=row["type"],
        content=[_span(place, text) for place in row["content"]],
        cue=row["cue"] and _span(row["cue"], text),
        speaker=speaker,
        speaker_entities=row["speaker_entities"],
        status=row["status"],
        parent=None if row["parent"] is None else f"{prefix}{row['parent'] + 1:03}",
    )


def _span(place: Row, text: str) -> Span:
    return Span.model_construct(start=place["start"], end=place["end"], text=text[place["start"] : place["end"]])


def _blocks(sheet: Row) -> tuple[Block, ...]:
    return tuple(
        Block.model_construct(
            id=f"{sheet['id']}-b{i:03}",
            start=block["start"],
            end=block["end"],
            role=block["role"],
            document=f"{sheet['id']}-{block['article']:02}" if block["article"] else None,
        )
        for i, block in enumerate(sheet["blocks"], 1)
    )
