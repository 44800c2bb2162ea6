"""A shard read back as gold: of its columns and documents those that are scored, of a label what scorers look at."""

from pathlib import Path
from typing import Any

from goldwire.bench.predictions import Phrase, Said
from goldwire.corpus.gold import Gold, GoldDocument, clusters_of
from goldwire.derive.scale.run import read_run
from goldwire.derive.scale.shards import read_part
from goldwire.scoring.segments import Segment
from goldwire.scoring.settings import Settings, Task

COLUMNS: dict[Task, tuple[str, ...]] = {"entities": ("mentions",), "quotes": ("mentions", "quotes", "decoys")}
"""The columns of labels that a task looks at, of the tasks on documents."""
Clusters = tuple[tuple[str, ...], ...]


def shard_gold(out: Path, shard: int, settings: Settings) -> Gold:
    """What of one shard is scored: the documents, or for segments the pages, whose labels are plain tuples."""
    found = read_run(out)
    on_pages = settings.task == "segments"
    sheets = read_part(out, "pages", shard) if on_pages else []
    clusters = () if on_pages else _clusters(out, shard, settings)
    documents = () if on_pages else _documents(out, shard, settings.task, clusters)
    return Gold(
        root=out,
        version=found.version,
        digest=found.digest,
        name="derived",
        documents={document.id: document for document in documents},
        pages={},
        page_texts={sheet.id: sheet.text for sheet in sheets},
        blocks={sheet.id: _blocks(sheet) for sheet in sheets},
        pairs=(),
        entities={},
        clusters=clusters,
    )


def _clusters(out: Path, shard: int, settings: Settings) -> Clusters:
    names = [row.id for row in read_part(out, "documents", shard, ["id"])]
    clusters = clusters_of(names, read_part(out, "pairs", shard, ["a", "b", "relation"]))
    return tuple(cluster[:1] for cluster in clusters) if settings.docs == "unique" else clusters


def _documents(out: Path, shard: int, task: Task, clusters: Clusters) -> list[GoldDocument]:
    names = [name for cluster in clusters for name in cluster]
    rows = read_part(out, "documents", shard, ["id", "page", "text", *COLUMNS[task]], names)
    return [_document(row) for row in rows]


def _document(row: Any) -> GoldDocument:
    layers = [getattr(row, layer, None) for layer in ("mentions", "quotes", "decoys")]
    if layers[1] is not None:
        layers[1] = tuple(_quote(quote, row.id) for quote in layers[1])
    return GoldDocument(row.id, row.page, row.text.split("\n", 1)[0], row.text, *layers)


def _quote(row: Any, document: str) -> Said:
    speaker = row.speaker and Phrase(row.speaker.start, row.speaker.end, row.head)
    parent = None if row.parent is None else f"{document}-q{row.parent + 1:03}"
    return Said(row.content, row.type, row.cue, speaker, row.speaker_entities, parent)


def _blocks(sheet: Any) -> tuple[Any, ...]:
    return tuple(
        Segment(block.start, block.end, block.role, f"{sheet.id}-{block.article:02}" if block.article else None)
        for block in sheet.blocks
    )
