"""A shard read back as gold: only the columns and documents that a task scores, with labels as scorers take them."""

from pathlib import Path

from goldwire.corpus.gold import Gold, GoldDocument, clusters_of
from goldwire.derive.scale.run import read_run
from goldwire.derive.scale.shards import DocumentRow, PageRow, QuoteRow, read_documents, read_pages, read_pairs
from goldwire.scoring.labels import PlainBlock, PlainQuote, PlainSpeaker
from goldwire.scoring.settings import Settings, Task

COLUMNS: dict[Task, tuple[str, ...]] = {"entities": ("mentions",), "quotes": ("mentions", "quotes", "decoys")}
"""The columns of labels that each task on documents needs."""
Clusters = tuple[tuple[str, ...], ...]


def shard_gold(out: Path, shard: int, settings: Settings) -> Gold:
    """The gold of one shard: its documents with the labels that are scored, or for segments its pages with blocks.

    Labels are plain records that scorers take, not those of `goldwire.model`.
    """
    found = read_run(out)
    on_pages = settings.task == "segments"
    pages = read_pages(out, shard) if on_pages else []
    clusters = () if on_pages else _clusters(out, shard, settings)
    documents = () if on_pages else _documents(out, shard, settings.task, clusters)
    return Gold(
        root=out,
        version=found.version,
        digest=found.digest,
        name="derived",
        documents={document.id: document for document in documents},
        pages={},
        page_texts={page.id: page.text for page in pages},
        blocks={page.id: _blocks(page) for page in pages},  # type: ignore[misc]  # what scorers look at
        pairs=(),
        entities={},
        clusters=clusters,
    )


def _clusters(out: Path, shard: int, settings: Settings) -> Clusters:
    ids = [row.id for row in read_documents(out, shard, ["id"])]
    clusters = clusters_of(ids, read_pairs(out, shard))  # type: ignore[arg-type]
    return tuple(cluster[:1] for cluster in clusters) if settings.docs == "unique" else clusters


def _documents(out: Path, shard: int, task: Task, clusters: Clusters) -> list[GoldDocument]:
    ids = [document for cluster in clusters for document in cluster]
    rows = read_documents(out, shard, ["id", "page", "text", *COLUMNS[task]], ids)
    return [_document(row) for row in rows]


def _document(row: DocumentRow) -> GoldDocument:
    quotes = getattr(row, "quotes", None)
    return GoldDocument(
        row.id,
        row.page,
        row.text.split("\n", 1)[0],
        row.text,
        getattr(row, "mentions", None),
        None if quotes is None else tuple(_quote(quote, row.id) for quote in quotes),  # type: ignore[misc]
        getattr(row, "decoys", None),
    )


def _quote(row: QuoteRow, document: str) -> PlainQuote:
    speaker = row.speaker and PlainSpeaker(row.speaker.start, row.speaker.end, row.head)
    parent = None if row.parent is None else f"{document}-q{row.parent + 1:03}"
    return PlainQuote(row.content, row.type, row.cue, speaker, row.speaker_entities, parent)


def _blocks(page: PageRow) -> tuple[PlainBlock, ...]:
    return tuple(
        PlainBlock(block.start, block.end, block.role, f"{page.id}-{block.article:02}" if block.article else None)
        for block in page.blocks
    )
