"""What each format of `goldwire export` keeps: a field is kept if the export changes with it, and only then.

`python tests/kept.py` writes the table of docs/export.md again.
"""

import json
import re
import shutil
import tempfile
from pathlib import Path

from goldwire.cli.export import _formats
from goldwire.formats.labelled import read_source
from repository import ROOT

PAGE = ROOT / "docs/export.md"
TABLE = re.compile(r"(<!-- kept -->\n).*?(<!-- end -->)", re.S)
GOLD = "annotations/gold"
ENTITIES, QUOTES, DECOYS = (f"{GOLD}/{layer}/p1-01.jsonl" for layer in ("entities", "quotes", "decoys"))
HEADLESS = {"start": 229, "end": 245, "text": "Mayor Renée Vale", "head": None, "kind": "name"}
NOMINAL = HEADLESS | {"head": {"start": 235, "end": 245, "text": "Renée Vale"}, "kind": "nominal"}
FIELDS = {
    "mentions: span": (ENTITIES, 0, {"end": 33, "text": "Mill"}),
    "type": (ENTITIES, 0, {"type": "LOC"}),
    "`entity`": (ENTITIES, 0, {"entity": "fac-sallow-bridge"}),
    "`stands_for`": (ENTITIES, 1, {"stands_for": None}),
    "`origin`": (ENTITIES, 0, {"origin": {"set": "system-spacy", "changed": False}}),
    "`id`": (ENTITIES, 0, {"id": "p1-01-e099"}),
    "quotes: content": (QUOTES, 0, {"content": [{"start": 203, "end": 223, "text": "“The bridge is old,”"}]}),
    "type ": (QUOTES, 0, {"type": "mixed"}),
    "`cue`": (QUOTES, 0, {"cue": None}),
    "`speaker`": (QUOTES, 0, {"speaker": None}),
    "`head`": (QUOTES, 0, {"speaker": HEADLESS}),
    "`kind`": (QUOTES, 0, {"speaker": NOMINAL}),
    "`speaker_entities`": (QUOTES, 0, {"speaker_entities": []}),
    "`status`": (QUOTES, 0, {"status": "group"}),
    "`parent`": (QUOTES, 1, {"parent": None}),
    "`id` ": (QUOTES, 1, {"id": "p1-01-q099"}),
    "decoys: span": (DECOYS, 0, {"end": 135, "text": "“temporary"}),
    "`reason`": (DECOYS, 0, {"reason": "term"}),
    "pairs: relation": (f"{GOLD}/duplicates.jsonl", 0, {"relation": "near"}),
    "passages": (f"{GOLD}/duplicates.jsonl", 0, {"passages": []}),
    "pages: blocks": (f"{GOLD}/segments/p1.jsonl", 0, {"role": "source"}),
    "publisher": ("corpus/pages.jsonl", 0, {"publisher": "Another"}),
    "rights": ("corpus/pages.jsonl", 0, {"rights": "Another."}),
    "date": ("corpus/pages.jsonl", 0, {"date": "2024-01-01"}),
    "registry: name": ("annotations/registry.jsonl", 1, {"name": "Another"}),
    "`wikidata`": ("annotations/registry.jsonl", 1, {"wikidata": "Q1"}),
}
"""Fields of records, each with the file and line of one of them and another value."""


def exports(root):
    source = read_source(root, "gold")
    return {name: form.write(source) for name, form in _formats().items()}


def kept():
    """For each field, the formats whose export changes if the field does."""
    base = ROOT / "tests/faults/base"
    before = exports(base)
    assert exports(base) == before
    for field, (path, line, change) in FIELDS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "corpus"
            shutil.copytree(base, root)
            lines = (root / path).read_text().splitlines()
            was = json.loads(lines[line])
            assert was | change != was
            lines[line] = json.dumps(was | change, ensure_ascii=False, separators=(",", ":"))
            (root / path).write_text("".join(f"{one}\n" for one in lines))
            yield field, [name for name, files in exports(root).items() if files != before[name]]


def table():
    names = list(_formats())
    lines = [f"| | {' | '.join(names)} |", "| --- |" + " :-: |" * len(names)]
    for field, formats in kept():
        lines.append(f"| {field.strip()} | {' | '.join('✓' if name in formats else '–' for name in names)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(TABLE.sub(lambda block: block[1] + table() + block[2], PAGE.read_text()))
