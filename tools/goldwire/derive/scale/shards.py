"""Parquet shards: groups of derived documents in four tables."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from goldwire.corpus.files import write_bytes
from goldwire.derive.articles import Article, Group, articles, compose
from goldwire.derive.pages import PageBlock, document_id, make_page, page_id
from goldwire.derive.pairs import group_pairs
from goldwire.derive.paragraphs import DecoyLabel, MentionLabel
from goldwire.derive.plan import GROUP, PAGE, Plan
from goldwire.derive.scale.arrow import Fields, TableBuilder, pyarrow, values
from goldwire.derive.sources import SourceArticle
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import Direction, QuoteStatus, QuoteType, Relation, SpeakerKind
from goldwire.scoring.labels import PlainSpan

SHARD = 2048
"""Documents in a shard: whole groups, so that every pair and every page is in one shard."""
TableName = Literal["documents", "pages", "pairs", "entities"]
TABLES: tuple[TableName, ...] = ("pages", "pairs", "entities", "documents")
"""The tables in the order in which they are written: a shard with its documents is complete."""
SPAN = {"start": "int32", "end": "int32"}
QUOTE: Fields = {
    "type": "string",
    "content": SPAN,
    "cue": "span",
    "speaker": "span",
    "head": "span",
    "kind": "string",
    "speaker_entities": "strings",
    "status": "string",
    "parent": "int16",
}
"""Fields of a quote, in the order of `QuoteLabel`; `parent` is the number, from 0, of a quote of the document."""
FIELDS: dict[TableName, Fields] = {
    "documents": {
        "id": "string",
        "page": "string",
        "family": "int64",
        "kinds": "strings",
        "sources": "strings",
        "text": "string",
        "mentions": {**SPAN, "type": "string", "entity": "string", "stands_for": "string"},
        "quotes": QUOTE,
        "decoys": {**SPAN, "reason": "string"},
    },
    "pages": {"id": "string", "text": "string", "blocks": {**SPAN, "role": "string", "article": "int8"}},
    "pairs": {"a": "string", "b": "string", "relation": "string", "direction": "string"},
    "entities": {"id": "string", "name": "string", "stands_in_for": "string", "aliases": "strings"},
}


class QuoteRow(Protocol):
    """A quote as a shard has it."""

    type: QuoteType
    content: tuple[PlainSpan, ...]
    cue: PlainSpan | None
    speaker: PlainSpan | None
    head: PlainSpan | None
    kind: SpeakerKind | None
    speaker_entities: tuple[str, ...]
    status: QuoteStatus
    parent: int | None


class DocumentRow(Protocol):
    """A row of the table of documents; columns that were not asked for are missing."""

    id: str
    page: str
    family: int
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    text: str
    mentions: tuple[MentionLabel, ...]
    quotes: tuple[QuoteRow, ...]
    decoys: tuple[DecoyLabel, ...]


class PageRow(Protocol):
    """A row of the table of pages."""

    id: str
    text: str
    blocks: tuple[PageBlock, ...]


class PairRow(Protocol):
    """A row of the table of pairs."""

    a: str
    b: str
    relation: Relation
    direction: Direction | None


def table_path(out: Path, table: TableName, shard: int) -> Path:
    """The file of one table of a shard."""
    return out / table / f"{shard:05}.parquet"


def shard_count(plan: Plan) -> int:
    """Number of shards of a corpus."""
    return -(-plan.n // SHARD)


def write_shard(plan: Plan, sources: Sequence[SourceArticle], out: Path, shard: int) -> int:
    """Write one shard, each file atomically; return its number of documents.

    The bytes depend on the plan, the source articles and the number of the shard alone.
    """
    tables = {table: TableBuilder(FIELDS[table]) for table in TABLES}
    for number in range(shard * SHARD // GROUP, min((shard + 1) * SHARD // GROUP, plan.groups)):
        _add_group(tables, compose(plan, number, sources))
    for table in TABLES:
        _write(table_path(out, table, shard), tables[table])
    return len(tables["documents"])


def _add_group(tables: dict[TableName, TableBuilder], group: Group) -> None:
    made = [article for article in articles(group) if article.number < group.plan.n]
    for article in made:
        tables["documents"].add(_document(article))
    for i in range(0, len(made), PAGE):
        page = make_page(group.plan, made[i].number // PAGE, made[i : i + PAGE])
        tables["pages"].add((page.id, page.text, page.page_blocks))
    for a, b, (relation, direction) in group_pairs(made):
        tables["pairs"].add((document_id(a.number), document_id(b.number), relation, direction))
    for row in _entities(group, made):
        tables["entities"].add(row)


def _document(article: Article) -> tuple[object, ...]:
    return (
        document_id(article.number),
        page_id(article.number // PAGE),
        article.family,
        article.kinds,
        [paragraph.source for paragraph in article.paragraphs],
        article.text,
        *article.labels,
    )


def _entities(group: Group, made: Iterable[Article]) -> Iterator[tuple[object, ...]]:
    """The invented entities of a group, with the surface forms that its texts have of them."""
    forms: dict[str, set[str]] = {entity.id: set() for entity in group.entities}
    for article in made:
        for paragraph in article.paragraphs:
            for mention in paragraph.mentions:
                if mention.entity in forms:
                    forms[mention.entity].add(paragraph.text[mention.start : mention.end])
    for entity in group.entities:
        yield entity.id, entity.name, entity.original, sorted(forms[entity.id])


def _write(path: Path, table: TableBuilder) -> None:
    made = io.BytesIO()
    pyarrow("parquet").write_table(table.arrow(), made, compression="zstd")
    write_bytes(path, made.getvalue())


def damaged(path: Path, error: object) -> GoldwireError:
    """The error for a file of a large corpus that cannot be read; its step writes it again once it is gone."""
    why = str(error).split("\n", 1)[0]
    return GoldwireError(f"{path} is damaged ({why}); delete it, then run the step that wrote it again")


def read_documents(
    out: Path, shard: int, columns: Sequence[str] | None = None, ids: Sequence[str] | None = None
) -> list[DocumentRow]:
    """The documents of a shard: by default all of them, with all columns."""
    return _rows(out, "documents", shard, columns, None if ids is None else [("id", "in", ids)])


def read_pages(out: Path, shard: int) -> list[PageRow]:
    """The pages of a shard."""
    return _rows(out, "pages", shard)


def read_pairs(out: Path, shard: int) -> list[PairRow]:
    """The related pairs of a shard."""
    return _rows(out, "pairs", shard)


def _rows(
    out: Path,
    table: TableName,
    shard: int,
    columns: Sequence[str] | None = None,
    filters: Sequence[tuple[str, str, Sequence[str]]] | None = None,
) -> list[Any]:
    path = table_path(out, table, shard)
    try:
        read = pyarrow("parquet").read_table(path, columns=columns, filters=filters)
        if missing := set(columns or FIELDS[table]) - set(read.column_names):
            raise ValueError(f"no column {min(missing)}")
        return values(read.to_struct_array().combine_chunks())
    except (OSError, ValueError, LookupError, TypeError, pyarrow().ArrowException) as error:
        raise damaged(path, error) from None
