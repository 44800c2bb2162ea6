"""Parquet shards: groups of derived documents in four tables, written as a stream and read as one."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from goldwire.derive.articles import Article, Group, articles, compose
from goldwire.derive.pages import PageText, document_id, make_page, page_id
from goldwire.derive.pairs import group_pairs
from goldwire.derive.paragraphs import Mark, Name, Said
from goldwire.derive.plan import GROUP, PAGE, Plan
from goldwire.derive.scale.arrow import Records, Table, pyarrow, values
from goldwire.derive.sources import Base

SHARD = 2048
"""Documents a shard: whole groups, so that no pair and no page reaches over its edge."""
Part = Literal["documents", "pages", "pairs", "entities"]
PARTS: tuple[Part, ...] = ("pages", "pairs", "entities", "documents")
"""The tables in the order in which they are written: where the documents are, all is there."""
SPAN = {"start": "int32", "end": "int32"}
MENTION = {**SPAN, "type": "string", "entity": "string", "stands_for": "string"}
DECOY = {**SPAN, "reason": "string"}
BLOCK = {**SPAN, "role": "string", "article": "int8"}
QUOTE = {
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
"""Fields of a quote; its parent is the number of a quote of its document, counted from 0."""


def part_path(out: Path, part: Part, shard: int) -> Path:
    """Where a table of a shard stands."""
    return out / part / f"{shard:05}.parquet"


def shard_count(plan: Plan) -> int:
    """Number of shards of a corpus."""
    return -(-plan.n // SHARD)


def write_shard(plan: Plan, bases: Sequence[Base], out: Path, shard: int) -> int:
    """Write one shard, each file whole or not at all; return its number of documents.

    What is written depends on the plan and the number of the shard alone.
    """
    tables = {part: Table(FIELDS[part]) for part in PARTS}
    for number in range(shard * SHARD // GROUP, min((shard + 1) * SHARD // GROUP, plan.groups)):
        _add_group(tables, compose(plan, number, bases))
    for part in PARTS:
        _write(part_path(out, part, shard), tables[part])
    return len(tables["documents"])


def _add_group(tables: dict[Part, Table], group: Group) -> None:
    made = [article for article in articles(group) if article.number < group.plan.n]
    for article in made:
        tables["documents"].add(_document(article))
    for i in range(0, len(made), PAGE):
        number = made[i].number // PAGE
        tables["pages"].add(_page(make_page(group.plan, number, made[i : i + PAGE])))
    for a, b, (relation, direction) in group_pairs(made):
        tables["pairs"].add((document_id(a.number), document_id(b.number), relation, direction))
    for row in _entities(group, made):
        tables["entities"].add(row)


def _document(article: Article) -> tuple[Any, ...]:
    mentions: list[Name] = []
    quotes: list[Sequence[Any]] = []
    decoys: list[Mark] = []
    at = 0
    for paragraph in article.paragraphs:
        mentions += [n._replace(start=n.start + at, end=n.end + at) for n in paragraph.names]
        decoys += [d._replace(start=d.start + at, end=d.end + at) for d in paragraph.decoys]
        first = len(quotes)
        quotes += [_quote(quote, at, first) for quote in paragraph.quotes]
        at += len(paragraph.text) + 1
    return (
        document_id(article.number),
        page_id(article.number // PAGE),
        article.family,
        article.kinds,
        [paragraph.source for paragraph in article.paragraphs],
        article.text,
        mentions,
        quotes,
        decoys,
    )


def _quote(quote: Said, at: int, first: int) -> Sequence[Any]:
    def put(place: tuple[int, int] | None) -> tuple[int, int] | None:
        return (place[0] + at, place[1] + at) if place else None

    return (
        quote.type,
        [(a + at, b + at) for a, b in quote.content],
        put(quote.cue),
        put(quote.speaker),
        put(quote.head),
        quote.kind,
        quote.entities,
        quote.status,
        None if quote.parent is None else first + quote.parent,
    )


def _page(page: PageText) -> tuple[Any, ...]:
    return page.id, page.text, page.placed


def _entities(group: Group, made: Iterable[Article]) -> Iterator[tuple[Any, ...]]:
    """The invented entities of a group, with the surface forms that its texts give them."""
    forms: dict[str, set[str]] = {entity.id: set() for entity in group.entities}
    for article in made:
        for paragraph in article.paragraphs:
            for name in paragraph.names:
                if name.entity in forms:
                    forms[name.entity].add(paragraph.text[name.start : name.end])
    for entity in group.entities:
        yield entity.id, entity.name, entity.original, sorted(forms[entity.id])


FIELDS: dict[Part, dict[str, Any]] = {
    "documents": {
        "id": "string",
        "page": "string",
        "family": "int64",
        "kinds": "strings",
        "sources": "strings",
        "text": "string",
        "mentions": Records(MENTION),
        "quotes": Records(QUOTE),
        "decoys": Records(DECOY),
    },
    "pages": {"id": "string", "text": "string", "blocks": Records(BLOCK)},
    "pairs": {"a": "string", "b": "string", "relation": "string", "direction": "string"},
    "entities": {"id": "string", "name": "string", "stands_in_for": "string", "aliases": "strings"},
}


def _write(path: Path, table: Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    place = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        pyarrow("parquet").write_table(table.arrow(), place, compression="zstd")
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)


def read_part(
    out: Path, part: Part, shard: int, columns: Sequence[str] | None = None, ids: Sequence[str] | None = None
) -> list[Any]:
    """The rows of a table of one shard, as named tuples: by default all columns, and all rows."""
    wanted = None if ids is None else [("id", "in", ids)]
    table = pyarrow("parquet").read_table(part_path(out, part, shard), columns=columns, filters=wanted)
    return values(table.to_struct_array().combine_chunks())
