"""From bytes to records: every fault on the way is a finding with its line, and the sound lines go on."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from goldwire.findings import Finding, finding, shorten
from goldwire.records import Block, Decoy, Mention, Pair, Quote, Record

R = TypeVar("R", bound=Record)
FOUND_LENGTH = 60
"""Characters of a wrong value that a message shows."""


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """The records of one file with the lines they stand on, counted from 1."""

    path: str
    rows: list[tuple[int, R]] = field(default_factory=list)

    def __iter__(self) -> Iterator[R]:
        return (record for _, record in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_text(root: Path, path: str) -> tuple[str | None, list[Finding]]:
    """The text of a file in UTF-8, or None with the finding that says why not."""
    try:
        data = (root / path).read_bytes()
    except FileNotFoundError:
        return None, [finding("missing-file", path, source="the layout of a corpus")]
    except OSError as error:
        return None, [finding("missing-file", path, source=f"the folder ({error.strerror})")]
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [finding("not-utf8", path, line, offset=error.start, byte=data[error.start])]


def text_faults(path: str, text: str) -> Iterator[Finding]:
    """Faults in the characters of a file: byte order mark, carriage returns, form C."""
    if text.startswith("\ufeff"):
        yield finding("byte-order-mark", path, 1)
    if "\r" in text:
        yield finding("carriage-return", path, text.count("\n", 0, text.index("\r")) + 1)
    if not unicodedata.is_normalized("NFC", text):
        for number, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield finding("not-nfc", path, number, shown=shorten(_first_decomposed(line)))


def _first_decomposed(line: str) -> str:
    words = (word for word in line.split() if not unicodedata.is_normalized("NFC", word))
    return next(words, line)


def read_jsonl(root: Path, path: str, model: type[R]) -> tuple[Table[R], list[Finding]]:
    """The sound records of a JSONL file, and a finding for everything else."""
    table: Table[R] = Table(path)
    text, findings = read_text(root, path)
    if text is None:
        return table, findings
    findings += text_faults(path, text)
    if findings:
        return table, findings
    if text and not text.endswith("\n"):
        findings.append(finding("missing-final-newline", path, text.count("\n") + 1))
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        if not line.strip():
            findings.append(finding("blank-line", path, number))
            continue
        record = _read_line(path, number, line, model, findings)
        if record is not None:
            table.rows.append((number, record))
    findings += order_faults(table)
    return table, findings


def _read_line(path: str, number: int, line: str, model: type[R], findings: list[Finding]) -> R | None:
    try:
        record = model.model_validate_json(line)
    except ValidationError as error:
        findings += shape_faults(path, number, error, model)
        return None
    if record.line() != line:
        findings.append(canonical_fault(path, number, line, record))
    return record


def read_json(root: Path, path: str, model: type[R]) -> tuple[R | None, list[Finding]]:
    """The record of a JSON file that holds just one, or None with the findings that say why not."""
    text, findings = read_text(root, path)
    if text is None:
        return None, findings
    findings += text_faults(path, text)
    try:
        record = model.model_validate_json(text)
    except ValidationError as error:
        return None, [*findings, *shape_faults(path, 1, error, model)]
    if not findings and text != pretty(record):
        findings.append(canonical_fault(path, 1, text, record, pretty(record)))
    return record, findings


def pretty(record: Record) -> str:
    """A record as the text of a file of its own: indented by two, ending with a line feed."""
    return json.dumps(record.model_dump(), indent=2, ensure_ascii=False) + "\n"


def shape_faults(path: str, number: int, error: ValidationError, model: type[Record]) -> Iterator[Finding]:
    """The faults of one record that its model names."""
    name = model.__name__.lower()
    for fault in error.errors(include_url=False, include_context=False):
        key = ".".join(str(part) for part in fault["loc"]) or "the line"
        if fault["type"] == "json_invalid" or (fault["type"] == "model_type" and not fault["loc"]):
            yield finding("not-json", path, number, reason=fault["msg"])
        elif fault["type"] == "missing":
            yield finding("missing-key", path, number, key=key, record=name)
        elif fault["type"] == "extra_forbidden":
            yield finding("unknown-key", path, number, key=key, record=name)
        else:
            found = json.dumps(fault["input"], ensure_ascii=False, default=str)[:FOUND_LENGTH]
            yield finding("wrong-value", path, number, key=key, found=found, expected=fault["msg"])


def canonical_fault(path: str, number: int, line: str, record: Record, expected: str | None = None) -> Finding:
    """What makes a line that holds a sound record differ from the record's one form."""
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        repeated.extend(key for i, key in enumerate(keys) if key in keys[:i])
        return dict(items)

    found = list(json.loads(line, object_pairs_hook=pairs))
    if repeated:
        return finding("duplicate-key", path, number, key=repeated[0])
    wanted = list(type(record).model_fields)
    if found != wanted and sorted(found) == sorted(wanted):
        return finding("key-order", path, number, found=", ".join(found), expected=", ".join(wanted))
    expected = record.line() if expected is None else expected
    at = next((i for i, (a, b) in enumerate(zip(line, expected, strict=False)) if a != b), 0)
    return finding(
        "not-canonical",
        path,
        number,
        at=at,
        found=shorten(line[at : at + 20]),
        expected=shorten(expected[at : at + 20]),
    )


def sort_key(record: Record) -> tuple[int | str, ...]:
    """What the records of a file are sorted by: position, the longer first, then id."""
    if isinstance(record, Block | Mention | Decoy):
        return record.start, -record.end, record.id or ""
    if isinstance(record, Quote):
        return record.content[0].start, -record.content[-1].end, record.id or ""
    if isinstance(record, Pair):
        return record.a, record.b
    return (str(getattr(record, "id", "")),)


def order_faults(table: Table[R]) -> Iterator[Finding]:
    """Records that stand after one they belong before."""
    highest: tuple[int, tuple[int | str, ...]] | None = None
    for number, record in table.rows:
        key = sort_key(record)
        if highest is not None and key < highest[1]:
            yield finding("unsorted-records", table.path, number, other=highest[0])
        else:
            highest = number, key


def dump(records: Iterable[Record]) -> bytes:
    """Records as the bytes of a JSONL file, sorted."""
    return "".join(record.line() + "\n" for record in sorted(records, key=sort_key)).encode()
