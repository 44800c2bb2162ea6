"""The records as JSON Schemas, for readers in other languages; they accept what the models accept."""

import json
from pathlib import Path
from typing import Any

from goldwire.corpus.files import remove_temporary, write_bytes
from goldwire.model.records import RECORDS, Record

SCHEMA = "schema"
SUFFIX = ".schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMESPACE = "https://goldwire.invalid/schema/"
NO_LINE_FEED = {"pattern": "\\n"}


def schema_files() -> dict[str, bytes]:
    """The schemas of the records in `RECORDS` by file name; the same bytes every time.

    Draft 2020-12, each self-contained. The `$id`s are names and never fetched. The only difference from the
    models comes from JSON Schema, for which `1.0` is the integer 1.
    """
    return {f"{name}{SUFFIX}": _dump(_schema(name, model)) for name, model in RECORDS.items()}


def write_schemas(root: Path) -> list[str]:
    """Write the schemas to schema/ below `root` and delete those of no record; return the paths that changed."""
    made = schema_files()
    remove_temporary(root / SCHEMA)
    changed = [f"{SCHEMA}/{name}" for name, data in made.items() if write_bytes(root / SCHEMA / name, data)]
    for place in sorted((root / SCHEMA).glob(f"*{SUFFIX}")):
        if place.name not in made:
            place.unlink()
            changed.append(f"{SCHEMA}/{place.name}")
    return changed


def stale_schemas(root: Path) -> list[str]:
    """The paths below `root` of schemas that are missing, outdated, or belong to no record."""
    made = schema_files()
    present = {place.name: place.read_bytes() for place in (root / SCHEMA).glob(f"*{SUFFIX}")}
    return [f"{SCHEMA}/{name}" for name in sorted({*made, *present}) if made.get(name) != present.get(name)]


def _dump(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def _schema(name: str, model: type[Record]) -> dict[str, Any]:
    body = _strict(model.model_json_schema())
    parts = {"$defs": body.pop("$defs")} if "$defs" in body else {}
    return {"$schema": DIALECT, "$id": f"{NAMESPACE}{name}{SUFFIX}", "title": name, **body, **parts}


def _strict(node: Any) -> Any:
    """A schema from pydantic without its generated titles, made as strict as pydantic's own validation."""
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _strict(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    if isinstance(node.get("pattern"), str):  # in Python, $ also matches before a final line feed
        made["not"] = NO_LINE_FEED
    for pattern, value in made.pop("patternProperties", {}).items():  # pydantic allows other keys here
        made["propertyNames"] = {**made.get("propertyNames", {}), "pattern": pattern, "not": NO_LINE_FEED}
        made["additionalProperties"] = value
    return made
