"""The canonical form of records: their order, their bytes, and how a text differs from it."""

import json
from collections.abc import Iterable

from goldwire.model.findings import Finding, contrast, finding
from goldwire.model.records import Block, Decoy, Exemption, Mention, Pair, Quote, Record

POSITIONED = (Block, Mention, Decoy)


def sort_key(record: Record) -> tuple[int | str, ...]:
    """The sort key of the records of a file: start, then the longer first, then id."""
    if isinstance(record, POSITIONED):
        return record.start, -record.end, record.id or ""
    if isinstance(record, Quote):
        return record.content[0].start, -record.content[-1].end, record.id or ""
    if isinstance(record, Pair):
        return record.a, record.b
    if isinstance(record, Exemption):
        return record.code, record.document or "", record.start or 0, record.text
    return (str(getattr(record, "id", "")),)


def pretty(record: Record) -> str:
    """A record as the text of a .json file: indented by two, with a final line feed."""
    return record.model_dump_json(indent=2) + "\n"


def dump(records: Iterable[Record]) -> bytes:
    """Records as the bytes of a JSONL file, sorted."""
    return "".join(record.line() + "\n" for record in sorted(records, key=sort_key)).encode()


def canonical_fault(path: str, number: int, text: str, record: Record, expected: str) -> Finding:
    """Why the text of a valid record is not in the canonical form."""
    repeated: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in items]
        repeated.extend(key for i, key in enumerate(keys) if key in keys[:i])
        return dict(items)

    found = list(json.loads(text, object_pairs_hook=pairs))
    if repeated:
        return finding("duplicate-key", path, number, key=repeated[0])
    wanted = list(json.loads(expected))
    if found != wanted and sorted(found) == sorted(wanted):
        return finding("key-order", path, number, found=", ".join(found), expected=", ".join(wanted))
    both = enumerate(zip(text, expected, strict=False))
    at = next((i for i, (a, b) in both if a != b), min(len(text), len(expected)))
    shown = contrast(text[at : at + 20], expected[at : at + 20])
    return finding(
        "not-canonical",
        path,
        number + text.count("\n", 0, at),
        at=at,
        found=shown[0],
        expected=shown[1],
    )
