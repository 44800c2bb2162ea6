"""The kind of record in a file of a corpus, by its path."""

import re

from goldwire.model.profile import Profile, news
from goldwire.model.records import Record

PATTERNS = {
    "profile": r"corpus/profile\.json",
    "page": r"corpus/pages\.jsonl",
    "document": r"corpus/documents\.jsonl",
    "manifest": r"corpus/manifest\.json",
    "entity": r"annotations/(registry|proposals)\.jsonl",
    "exemption": r"annotations/exemptions\.jsonl",
    "set": r"(annotations|submissions)/[^/]+/set\.json",
    "block": r"(annotations|submissions)/[^/]+/segments/[^/]+\.jsonl",
    "mention": r"(annotations|submissions)/[^/]+/entities/[^/]+\.jsonl",
    "quote": r"(annotations|submissions)/[^/]+/quotes/[^/]+\.jsonl",
    "decoy": r"(annotations|submissions)/[^/]+/decoys/[^/]+\.jsonl",
    "pair": r"(annotations|submissions)/[^/]+/duplicates\.jsonl",
}


def record_at(path: str, profile: Profile | None = None) -> type[Record] | None:
    """The record class of a file in a corpus of a profile, by its path below the root; None for any other file."""
    name = next((name for name, pattern in PATTERNS.items() if re.fullmatch(pattern, path)), None)
    return (profile or news()).records()[name] if name else None


RUN = "run.json"
"""The file that describes a folder of shards."""
