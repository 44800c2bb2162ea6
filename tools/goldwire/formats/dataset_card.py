"""The data set card of an export: the README.md whose front matter `datasets.load_dataset(FOLDER)` reads."""

import json
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from goldwire.model.records import Record

CARD = "README.md"
SPLIT = "test"
"""The split of a table as a whole: gold is what systems are measured on."""
SCALARS = {str: "string", int: "int64", bool: "bool"}


def features(columns: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the features of a table as a data set card has them, from the types of its columns."""
    return [{"name": name, **feature(kind)} for name, kind in columns.items()]


def feature(kind: Any) -> dict[str, object]:
    """Return the type of a field's annotation as a data set card has it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return feature(inner[0])
    if origin in (Union, UnionType):
        (one,) = (part for part in inner if part is not NoneType)
        return feature(one)
    if origin is list:
        item = feature(inner[0])
        return {"list": item.get("struct", item.get("dtype"))}
    if origin is Literal:
        return {"dtype": "string"}
    if isinstance(kind, type) and issubclass(kind, Record):
        return {"struct": features({name: field.annotation for name, field in kind.model_fields.items()})}
    return {"dtype": SCALARS[kind]}


Columns = Mapping[str, object]
"""The types of a table's columns, by name."""


def dataset_card(
    title: str,
    languages: list[str],
    rights: list[str],
    files: Mapping[str, Mapping[str, str]],
    columns: Mapping[str, Columns],
) -> bytes:
    """Return a data set card.

    `rights` has the statements of rights in the texts. `files` has the paths of each configuration by split; the first
    one is the default. `columns` has the types of each configuration's columns. A table without rows has no
    configuration, because `datasets` can load no empty one.
    """
    configurations = [
        {
            "config_name": name,
            "default": name == next(iter(files)),
            "data_files": [{"split": split, "path": path} for split, path in splits.items()],
        }
        for name, splits in files.items()
    ]
    described = [{"config_name": name, "features": features(columns[name])} for name in files]
    front: dict[str, list[Any]] = {"language": languages, "tags": ["goldwire"]}
    front |= {"configs": configurations, "dataset_info": described}
    lines = ["---"]
    for key, values in ((key, values) for key, values in front.items() if values):
        lines += [f"{key}:", *(f"- {json.dumps(value, ensure_ascii=False)}" for value in values)]  # JSON is YAML
    lines += ["---", "", f"# {title}", ""]
    lines += ["Offsets are half-open and count Unicode code points. `null` labels mean that nobody labelled the text."]
    lines += ["", "Rights in the texts:", "", *(f"- {' '.join(one.split())}" for one in rights)] if rights else []
    lines += ["", "| configuration | splits |", "| --- | --- |"]
    lines += [f"| `{name}` | {', '.join(f'`{split}`' for split in splits)} |" for name, splits in files.items()]
    return ("\n".join(lines) + "\n").encode()
