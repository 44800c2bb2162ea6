"""Tables for `datasets` and data frames: documents with their labels, pages with their blocks, pairs, entities."""

import io
import json
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from goldwire.formats.labelled import Source
from goldwire.model.extras import need
from goldwire.model.records import Block, Decoy, Entity, Mention, Pair, Quote, Record

DOCUMENT = {
    **dict.fromkeys(("id", "page", "title", "language", "text"), str),
    "mentions": list[Mention] | None,
    "quotes": list[Quote] | None,
    "decoys": list[Decoy] | None,
}
PAGE = {**dict.fromkeys(("id", "publisher", "language", "text"), str), "blocks": list[Block] | None}
COLUMNS: dict[str, dict[str, Any]] = {
    "documents": DOCUMENT,
    "pages": PAGE,
    "pairs": {name: field.annotation for name, field in Pair.model_fields.items()},
    "entities": {name: field.annotation for name, field in Entity.model_fields.items()},
}
"""The columns of every table with the types of their values."""
Row = dict[str, Any]


def export_jsonl(source: Source) -> dict[str, bytes]:
    """Each table as a file of one JSON object a line."""
    return {
        f"{name}.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        for name, rows in tables(source).items()
    }


def export_parquet(source: Source) -> dict[str, bytes]:
    """Each table as a Parquet file; the types are those of the records, also where a column is empty."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    content = {}
    for name, rows in tables(source).items():
        schema = arrow.schema([(column, arrow_type(kind, arrow)) for column, kind in COLUMNS[name].items()])
        sink = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), sink)
        content[f"{name}.parquet"] = sink.getvalue()
    return content


def tables(source: Source) -> dict[str, list[Row]]:
    """The rows of every table, with all that the records say."""
    return {
        "documents": list(_documents(source)),
        "pages": list(_pages(source)),
        "pairs": [pair.model_dump() for pair in source.labels.duplicates or ()],
        "entities": [entity.model_dump() for entity in source.tree.registry],
    }


def _documents(source: Source) -> Iterator[Row]:
    languages = {page.id: page.language for page in source.tree.corpus.pages}
    for held in source.documents():
        document = held.document
        row: Row = {"id": held.id, "page": document.page, "title": document.title}
        row |= {"language": languages[document.page], "text": held.text}
        for layer in ("mentions", "quotes", "decoys"):
            records = getattr(held, layer)
            row[layer] = None if records is None else [record.model_dump() for record in records]
        yield row


def _pages(source: Source) -> Iterator[Row]:
    for page in source.tree.corpus.pages:
        blocks = source.labels.segments.get(page.id)
        yield {
            "id": page.id,
            "publisher": page.publisher,
            "language": page.language,
            "text": source.tree.corpus.page_texts[page.id],
            "blocks": None if blocks is None else [block.model_dump() for block in blocks],
        }


def arrow_type(kind: Any, arrow: Any) -> Any:
    """The Arrow type of a field's annotation."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return arrow_type(inner[0], arrow)
    if origin in (Union, UnionType):
        (one,) = (part for part in inner if part is not NoneType)
        return arrow_type(one, arrow)
    if origin is list:
        return arrow.list_(arrow_type(inner[0], arrow))
    if origin is Literal:
        return arrow.string()
    if isinstance(kind, type) and issubclass(kind, Record):
        return arrow.struct([(name, arrow_type(field.annotation, arrow)) for name, field in kind.model_fields.items()])
    return {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_()}[kind]
