"""Which record a file of a corpus holds, by where it stands."""

import re

from goldwire.model.records import RECORDS, Record

PLACES = {
    "page": r"corpus/pages\.jsonl",
    "document": r"corpus/documents\.jsonl",
    "manifest": r"corpus/manifest\.json",
    "entity": r"annotations/(registry|proposals)\.jsonl",
    "exemption": r"annotations/exemptions\.jsonl",
    "set": r"annotations/[^/]+/set\.json",
    "block": r"annotations/[^/]+/segments/[^/]+\.jsonl",
    "mention": r"annotations/[^/]+/entities/[^/]+\.jsonl",
    "quote": r"annotations/[^/]+/quotes/[^/]+\.jsonl",
    "decoy": r"annotations/[^/]+/decoys/[^/]+\.jsonl",
    "pair": r"annotations/[^/]+/duplicates\.jsonl",
}


def record_at(path: str) -> type[Record] | None:
    """The record that the lines of a file hold, by its path below the root; None for any other file."""
    name = next((name for name, place in PLACES.items() if re.fullmatch(place, path)), None)
    return RECORDS[name] if name else None


RUN = "run.json"
"""The file that says what a folder of shards holds."""
