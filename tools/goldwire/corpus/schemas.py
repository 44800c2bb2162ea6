"""The records as JSON Schemas, for readers in other languages; they accept what the models accept."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from goldwire.corpus.files import names_in, read_regular, remove_temporary, write_bytes
from goldwire.corpus.profiles import profile_of
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, names, news
from goldwire.model.submissions import LINES

SCHEMA = "schema"
SUBMISSION = "submission"
SUFFIX = ".schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMESPACE = "https://goldwire.invalid/schema/"
NO_LINE_FEED = {"pattern": "\\n"}


def schema_files(profile: Profile | None = None) -> dict[str, bytes]:
    """The schemas of the records of a profile and of submissions by file name; the same bytes every time.

    Draft 2020-12, each self-contained. The `$id`s are names and never fetched. The only difference from the
    models comes from JSON Schema, for which `1.0` is the integer 1.
    """
    profile = profile or news()
    made = {name: _schema(name, model.model_json_schema()) for name, model in profile.records().items()}
    return {f"{name}{SUFFIX}": _dump(schema) for name, schema in {**made, SUBMISSION: _submission(profile)}.items()}


def write_schemas(root: Path) -> list[str]:
    """Write the schemas to schema/ below `root` and delete those of no record; return the paths that changed."""
    made = schema_files(profile_of(root))
    remove_temporary(root / SCHEMA)
    changed = [f"{SCHEMA}/{name}" for name, data in made.items() if write_bytes(root / SCHEMA / name, data)]
    for name in sorted(present_schemas(root).keys() - made):
        (root / SCHEMA / name).unlink()
        changed.append(f"{SCHEMA}/{name}")
    return changed


def present_schemas(root: Path) -> dict[str, bytes]:
    """The schemas of goldwire in schema/ below `root`, by file name; another program's are left out."""
    found = {}
    for name in names_in(root / SCHEMA):
        if name.endswith(SUFFIX):
            with suppress(OSError, GoldwireError):
                found[name] = read_regular(root / SCHEMA / name)
    return {name: data for name, data in found.items() if NAMESPACE.encode() in data}


def stale_schemas(root: Path, profile: Profile | None = None) -> list[str]:
    """The paths below `root` of schemas that are missing, outdated, or belong to no record."""
    made, present = schema_files(profile or profile_of(root)), present_schemas(root)
    return [f"{SCHEMA}/{name}" for name in sorted({*made, *present}) if made.get(name) != present.get(name)]


def _dump(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def _submission(profile: Profile) -> dict[str, Any]:
    """The schema of a line that a system hands in, for any task; `$defs` has the line of each."""
    _, whole = models_json_schema([(line, "validation") for line in LINES.values()])
    lines = [{"$ref": f"#/$defs/{line.__name__}"} for line in LINES.values()]
    about = f"A line of JSONL that a system hands in for {', '.join(LINES)}."
    return _schema(SUBMISSION, _with_roles({"description": about, "anyOf": lines, **whole}, names(profile.roles)))


def _with_roles(node: Any, roles: tuple[str, ...]) -> Any:
    """A schema whose roles are those of a profile instead of the shipped ones."""
    if isinstance(node, list):
        return [_with_roles(item, roles) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_roles(value, roles) for key, value in node.items()}
    return made | {"enum": list(roles)} if node.get("enum") == list(names(news().roles)) else made


def _schema(name: str, made: dict[str, Any]) -> dict[str, Any]:
    body = _strict(made)
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
