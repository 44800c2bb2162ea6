"""`goldwire check` as a whole process, next to the floor and to check-jsonschema on the same records.

    python tests/benchmarks/check_speed.py [TIMES]

The floor starts Python, imports pydantic and reads every line with json.loads: the dependencies allow no less.
`import pydantic` alone loads next to nothing, so a second floor imports BaseModel. `check` turns the garbage collector
off, since it needs all that it reads to the end; "with the collector" shows what that saves. check-jsonschema gets the
same records as one array per kind, in one file with one schema, so that it starts once and reads once. With TIMES,
everything is measured again on a corpus that many times the size (see enlarge).
"""

import json
import sys
import tempfile
from pathlib import Path

from enlarge import enlarge
from measuring import ROOT, beside, python, table

from goldwire.corpus.layout import PATTERNS, record_at
from goldwire.corpus.schemas import DIALECT, SUFFIX, schema_files
from goldwire.model.profile import news

FLOOR = """
import json, sys
from pathlib import Path
import pydantic
for folder in ("corpus", "annotations"):
    for path in Path(folder).rglob("*.jsonl"):
        for line in path.read_bytes().split(b"\\n"):
            if line:
                json.loads(line)
"""


COLLECTING = """
import gc, sys
gc.disable = lambda: None
sys.argv = ["goldwire", "check"]
from goldwire.cli.main import run
run()
"""


def records_by_kind(root):
    """Every record of a tree as parsed JSON, by the name of its schema."""
    found = {name: [] for name in PATTERNS}
    names = {model: name for name, model in news().records().items()}
    for folder in ("corpus", "annotations"):
        for path in sorted((root / folder).rglob("*.json*")):
            model = record_at(path.relative_to(root).as_posix())
            if model is not None:
                text = path.read_text(encoding="utf-8")
                lines = text.removesuffix("\n").split("\n") if path.suffix == ".jsonl" else [text]
                found[names[model]] += map(json.loads, filter(None, lines))
    return found


def one_schema():
    """A schema for one object that holds an array of every kind of record: each schema in place, without its name.

    References by `$id` would mean the same but take check-jsonschema ten times as long.
    """
    parts, arrays = {}, {}
    for name, data in schema_files().items():
        schema = json.loads(data)
        parts |= schema.pop("$defs", {})
        items = {key: value for key, value in schema.items() if key not in ("$id", "$schema")}
        arrays[name.removesuffix(SUFFIX)] = {"type": "array", "items": items}
    return {"$schema": DIALECT, "$defs": parts, "properties": arrays}


def measure(root, runs, where=""):
    with tempfile.TemporaryDirectory() as folder:
        schema, instance = Path(folder, "all.schema.json"), Path(folder, "all.json")
        schema.write_text(json.dumps(one_schema()), encoding="utf-8")
        found = records_by_kind(root)
        instance.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        commands = {
            "floor": python("-c", FLOOR),
            "floor, with BaseModel": python("-c", FLOOR.replace("import pydantic", "from pydantic import BaseModel")),
            "goldwire check": python("-m", "goldwire", "check"),
            "with the collector": python("-c", COLLECTING),
            "check-jsonschema": python("-m", "check_jsonschema", "--schemafile", schema, instance),
        }
        print(
            f"\n{sum(map(len, found.values())):,} records, {instance.stat().st_size / 1e6:.1f} MB of JSON, best of {runs}"
        )
        print(table(beside(commands, root, runs), "floor", where))


def main(times):
    measure(ROOT, runs=5)
    if times:
        with tempfile.TemporaryDirectory() as folder:
            enlarge(ROOT, Path(folder), times)
            measure(Path(folder), 1, f", {times} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
