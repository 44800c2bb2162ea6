"""Tables for `datasets` and data frames: documents with their labels, pages with their blocks, pairs, entities."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from goldwire.corpus.manifest import NEVER_RELEASED
from goldwire.formats.dataset_card import CARD, SPLIT, Columns, dataset_card, feature
from goldwire.formats.labelled import Source
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need
from goldwire.model.records import Block, Decoy, Entity, Mention, Pair, Quote
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
ARROW = {"string": "string", "int64": "int64", "bool": "bool_"}
TableRow = dict[str, object]


def export_jsonl(source: Source) -> dict[str, bytes]:
    """Export each table as a file of one JSON object per line, with a data set card."""
    return _export(
        source, "jsonl", lambda rows, _: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    )


def export_parquet(source: Source) -> dict[str, bytes]:
    """Export each table as a Parquet file with the types of the records, even if a column is empty, with a card."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")

    def write(rows: list[TableRow], columns: Columns) -> bytes:
        schema = arrow.schema([(column, arrow_type(kind, arrow)) for column, kind in columns.items()])
        sink = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), sink)
        return sink.getvalue()

    return _export(source, "parquet", write)


def _export(source: Source, suffix: str, write: Callable[[list[TableRow], Columns], bytes]) -> dict[str, bytes]:
    """The files of the tables and of the subsets of the documents, and the card that names them."""
    whole, subsets = tables(source), source.tree.profile.subsets
    parts = {name: {SPLIT: (f"{name}.{suffix}", rows)} for name, rows in whole.items()}
    if subsets:
        splits: dict[str, str] = {}
        for name in subsets:
            split = re.sub(r"\W", "_", name)
            if split in splits:
                raise GoldwireError(f"subsets {splits[split]} and {name} would both be the split {split}; rename one")
            splits[split] = name
        chosen = {
            split: [row for row in whole["documents"] if row["id"] in subsets[name]] for split, name in splits.items()
        }
        of_splits = {split: (f"documents-{split}.{suffix}", rows) for split, rows in chosen.items()}
        parts = {
            "documents": of_splits,
            "all_documents": parts["documents"],
            **{n: p for n, p in parts.items() if n != "documents"},
        }
    columns = COLUMNS | {"all_documents": DOCUMENT}
    files = {path: write(rows, columns[name]) for name, split in parts.items() for path, rows in split.values()}
    named = {name: {split: path for split, (path, rows) in part.items() if rows} for name, part in parts.items()}
    corpus, labels = source.tree.corpus, source.labels
    version = corpus.manifest.version if corpus.manifest else NEVER_RELEASED
    languages = sorted({page.language for page in corpus.pages if page.language})
    rights = list(dict.fromkeys(page.rights for page in corpus.pages))
    title = f"The labels of {labels.path}, data {version}, exported by goldwire {__version__}"
    return files | {
        CARD: dataset_card(title, languages, rights, {name: part for name, part in named.items() if part}, columns)
    }


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
            fields = [dict.fromkeys(type(record).model_fields) | record.model_dump() for record in records or ()]
            row[layer] = None if records is None else fields
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

    def typed(item: Any) -> Any:
        if isinstance(item, str):
            return getattr(arrow, ARROW[item])()
        if "list" in item:
            inner = item["list"]
            return arrow.list_(typed({"struct": inner} if isinstance(inner, list) else inner))
        return (
            arrow.struct([(f["name"], typed(f)) for f in item["struct"]]) if "struct" in item else typed(item["dtype"])
        )

    return typed(feature(kind))
