"""Tables for `datasets` and data frames: documents with their labels, pages with their blocks, pairs, entities."""

import io
import json
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from goldwire.corpus.manifest import NEVER_RELEASED
from goldwire.formats.dataset_card import CARD, SPLIT, dataset_card
from goldwire.formats.labelled import Source
from goldwire.model.extras import need
from goldwire.model.records import Block, Decoy, Entity, Mention, Pair, Quote, Record
from goldwire.model.version import __version__

DOCUMENT = {
    **dict.fromkeys(("id", "page", "title", "language", "text"), str),
    "mentions": list[Mention] | None,
    "quotes": list[Quote] | None,
    "decoys": list[Decoy] | None,
}
PAGE = {**dict.fromkeys(("id", "publisher", "language", "text"), str), "blocks": list[Block] | None}
COLUMNS: dict[str, Mapping[str, object]] = {
    "documents": DOCUMENT,
    "pages": PAGE,
    "pairs": {name: field.annotation for name, field in Pair.model_fields.items()},
    "entities": {name: field.annotation for name, field in Entity.model_fields.items()},
}
"""The columns of every table with the types of their values."""
TableRow = dict[str, object]


def export_jsonl(source: Source) -> dict[str, bytes]:
    """Export each table as a file of one JSON object per line, with a data set card."""
    made = tables(source)
    lines = {name: [json.dumps(row, ensure_ascii=False) + "\n" for row in rows] for name, rows in made.items()}
    return {f"{name}.jsonl": "".join(rows).encode() for name, rows in lines.items()} | _card(source, made, "jsonl")


def export_parquet(source: Source) -> dict[str, bytes]:
    """Export each table as a Parquet file with the types of the records, even if a column is empty, with a card."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    made, content = tables(source), {}
    for name, rows in made.items():
        schema = arrow.schema([(column, arrow_type(kind, arrow)) for column, kind in COLUMNS[name].items()])
        sink = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), sink)
        content[f"{name}.parquet"] = sink.getvalue()
    return content | _card(source, made, "parquet")


def _card(source: Source, made: Mapping[str, list[TableRow]], suffix: str) -> dict[str, bytes]:
    corpus, labels = source.tree.corpus, source.labels
    version = corpus.manifest.version if corpus.manifest else NEVER_RELEASED
    files = {name: {SPLIT: f"{name}.{suffix}"} for name, rows in made.items() if rows}
    languages = sorted({page.language for page in corpus.pages if page.language})
    title = f"The labels of {labels.path}, data {version}, exported by goldwire {__version__}"
    return {CARD: dataset_card(title, languages, files, COLUMNS)}


def tables(source: Source) -> dict[str, list[TableRow]]:
    """Return the rows of every table, with all fields of the records."""
    return {
        "documents": list(_documents(source)),
        "pages": list(_pages(source)),
        "pairs": [pair.model_dump() for pair in source.labels.duplicates or ()],
        "entities": [entity.model_dump() for entity in source.tree.registry],
    }


def _documents(source: Source) -> Iterator[TableRow]:
    languages = {page.id: page.language for page in source.tree.corpus.pages}
    for labelled in source.documents():
        document = labelled.document
        row: TableRow = {"id": labelled.id, "page": document.page, "title": document.title}
        row |= {"language": languages[document.page], "text": labelled.text}
        for layer in ("mentions", "quotes", "decoys"):
            records = getattr(labelled, layer)
            row[layer] = None if records is None else [record.model_dump() for record in records]
        yield row


def _pages(source: Source) -> Iterator[TableRow]:
    for page in source.tree.corpus.pages:
        blocks = source.labels.segments.get(page.id)
        yield {
            "id": page.id,
            "publisher": page.publisher,
            "language": page.language,
            "text": source.tree.corpus.page_texts[page.id],
            "blocks": None if blocks is None else [block.model_dump() for block in blocks],
        }


def arrow_type(kind: object, arrow: Any) -> object:
    """Return the Arrow type of a field's annotation."""
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
    scalars: dict[object, object] = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_()}
    return scalars[kind]
