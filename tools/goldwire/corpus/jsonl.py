"""From bytes to records: each faulty line becomes a finding, and the valid lines are read."""

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG
from typing import Generic, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from goldwire.corpus.canonical import canonical_fault, pretty, sort_key
from goldwire.corpus.files import LARGEST_FILE
from goldwire.model.findings import Finding, finding, foreign, shorten
from goldwire.model.profile import ALL_RECORDS
from goldwire.model.records import EACH, WHOLE, Record

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)
LARGEST_RECORD = 16 << 20
"""Records with more characters are not parsed."""
FOUND_LENGTH = 60
"""The most characters of a wrong value that a message shows."""
LAYOUT = "the layout of a corpus"
AT_ONCE = 500
"""The records that are compared with their lines in one step; more take more memory and no less time."""
WORD = re.compile(r"[\w\u0300-\u036f]+")
SECOND = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Table(Generic[R_co]):
    """The records of one file with their line numbers, counted from 1.

    `whole` is False if a line could not be read: a record that the table lacks may then be in that line.
    """

    path: str
    rows: Sequence[tuple[int, R_co]] = ()
    whole: bool = True

    @staticmethod
    def numbered(path: str, records: Iterable[R], whole: bool = True) -> "Table[R]":
        """A table of consecutive records that starts with line 1."""
        return Table(path, list(enumerate(records, 1)), whole)

    def __iter__(self) -> Iterator[R_co]:
        return map(SECOND, self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_text(root: Path, path: str, named_by: str) -> tuple[str | None, list[Finding]]:
    """The text of a UTF-8 file, or None with a finding that says why not; `named_by` is what requires the file."""
    place = os.path.join(root, path)  # noqa: PTH118 - a corpus has tens of thousands of files
    try:
        found = os.stat(place)  # noqa: PTH116
        if path.startswith("corpus/") and leads_out(root, path):
            return None, [missing_file(path, named_by, "the path is a link out of the corpus")]
        if not S_ISREG(found.st_mode):  # reading a pipe would block
            return None, [missing_file(path, named_by, "the path is not a regular file")]
        if found.st_size > LARGEST_FILE:
            return None, [finding("too-large", path, what="the file", size=found.st_size, limit=LARGEST_FILE)]
        with open(place, "rb") as file:  # noqa: PTH123
            data = file.read()
    except FileNotFoundError:
        return None, [missing_file(path, named_by)]
    except OSError as error:
        return None, [missing_file(path, named_by, f"the file cannot be read ({error.strerror})")]
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [finding("not-utf8", path, line, offset=error.start, byte=data[error.start])]


def leads_out(root: Path, path: str) -> bool:
    """Whether a path below the root leads out of it through a symbolic link."""
    parts = path.split("/")
    places = (os.path.join(root, *parts[: i + 1]) for i in range(len(parts)))  # noqa: PTH118
    if not any(map(os.path.islink, places)):  # nearly always, and much faster than resolving every path
        return False
    return not Path(os.path.realpath(os.path.join(root, path))).is_relative_to(os.path.realpath(root))  # noqa: PTH118


def missing_file(path: str, named_by: str, problem: str = "the file does not exist") -> Finding:
    """A finding for a file that `named_by` requires and that is not there."""
    return finding("missing-file", path, problem=problem, source=named_by)


def text_faults(path: str, text: str) -> Iterator[Finding]:
    """Faults in the characters of a file: byte order mark, carriage returns, not in NFC."""
    if text.startswith("\ufeff"):
        yield finding("byte-order-mark", path, 1)
    if "\r" in text:
        yield finding("carriage-return", path, text.count("\n", 0, text.index("\r")) + 1)
    if not unicodedata.is_normalized("NFC", text):
        for number, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield finding("not-nfc", path, number, shown=shorten(_first_decomposed(line)))


def _first_decomposed(line: str) -> str:
    words = (word for word in WORD.findall(line) if not unicodedata.is_normalized("NFC", word))
    return next(words, line)


def read_jsonl(
    root: Path, path: str, model: type[R], named_by: str = LAYOUT, sparse: bool = False, is_kept: bool = True
) -> tuple[Table[R], list[Finding]]:
    """The valid records of a JSONL file, and a finding for every other line.

    A `sparse` file, such as a system's, may contain any JSON that is a record: keys with a default may be
    left out, and neither the canonical form nor the order of lines is required. Records take half the memory, and
    more time, if they are to be kept.
    """
    text, findings = read_text(root, path, named_by)
    if text is None:
        return Table(path, whole=False), findings
    table, findings = records_in(path, text, model, sparse)
    if is_kept:
        share_fields_set(table)
    return table, findings


def records_in(
    path: str, text: str, model: type[R], sparse: bool = False, is_released: bool = False
) -> tuple[Table[R], list[Finding]]:
    """The valid records in the text of a JSONL file, and a finding for every other line.

    The form of a text that `is_released` was checked before its release and is not checked again.
    """
    findings = [] if is_released else list(text_faults(path, text))
    if findings:
        return Table(path, whole=False), findings
    if text and not text.endswith("\n"):
        findings.append(finding("missing-final-newline", path, text.count("\n") + 1))
    lines = text.removesuffix("\n").split("\n") if text else []
    if (records := _valid_records(lines, model, sparse or is_released)) is not None:
        table = Table.numbered(path, records)
        return table, [*findings, *(() if sparse or is_released else order_faults(table))]
    rows, whole = [], True
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            findings.append(finding("blank-line", path, number))
            whole = False  # a record may be lost
            continue
        record = _read_line(path, number, line, model, sparse, findings)
        whole = whole and record is not None
        if record is not None:
            rows.append((number, record))
    table = Table(path, rows, whole)
    return table, [*findings, *(() if sparse else order_faults(table))]


def _valid_records(lines: list[str], model: type[R], any_form: bool) -> list[R] | None:
    """The records of lines that are all valid and, unless `any_form`, canonical; None if a line is not."""
    if max(map(len, lines), default=0) > LARGEST_RECORD:
        return None
    try:
        records = list(map(model.model_validate_json, lines))
    except ValidationError:
        return None
    for i in () if any_form else range(0, len(lines), AT_ONCE):
        if _adapter(model).dump_json(records[i : i + AT_ONCE]) != f"[{','.join(lines[i : i + AT_ONCE])}]".encode():
            return None
    return records


def share_fields_set(records: Iterable[object]) -> None:
    """Give records with all their fields the same set of their names; that takes half their memory.

    pydantic makes a set for each record: 0.8 of the 1.2 kB of a mention, 2.3 of the 4.2 kB of a quote.
    """
    for record in records:
        if not isinstance(record, Record):
            continue
        names, holders = _fields(type(record))
        if len(record.model_fields_set) == len(names):
            object.__setattr__(record, "__pydantic_fields_set__", names)
        for name in holders:
            value = record.__dict__[name]
            share_fields_set(value if type(value) is list else (value,))


@cache
def _fields(kind: type[Record]) -> tuple[set[str], tuple[str, ...]]:
    """The names of the fields of a kind of record, and of those that may contain records."""
    holders = (name for name, field in kind.model_fields.items() if _may_be_record(field.annotation))
    return set(kind.model_fields), tuple(holders)


def _may_be_record(annotation: object) -> bool:
    parts = get_args(annotation)
    return any(map(_may_be_record, parts)) or (isinstance(annotation, type) and issubclass(annotation, Record))


@cache
def _adapter(model: type[R]) -> TypeAdapter[list[R]]:
    """Writes many records in one call, which takes half the time of a call per record."""
    return TypeAdapter(list[model])  # type: ignore[valid-type]


def _read_line(path: str, number: int, line: str, model: type[R], sparse: bool, findings: list[Finding]) -> R | None:
    if len(line) > LARGEST_RECORD:
        findings.append(finding("too-large", path, number, what="the line", size=len(line), limit=LARGEST_RECORD))
        return None
    try:
        record = model.model_validate_json(line)
    except ValidationError as error:
        findings += shape_faults(path, number, line, error, model)
        return None
    if not sparse and record.line() != line:
        findings.append(canonical_fault(path, number, line, record, record.line()))
    return record


def read_json(
    root: Path, path: str, model: type[R], named_by: str = LAYOUT, sparse: bool = False
) -> tuple[R | None, list[Finding]]:
    """The record of a JSON file with one record, or None with the findings that say why not.

    A `sparse` file may contain any JSON that is a record.
    """
    text, findings = read_text(root, path, named_by)
    if text is None or (findings := list(text_faults(path, text))):
        return None, findings
    if len(text) > LARGEST_RECORD:
        return None, [finding("too-large", path, what="the record", size=len(text), limit=LARGEST_RECORD)]
    try:
        record = model.model_validate_json(text)
    except ValidationError as error:
        return None, list(shape_faults(path, 1, text, error, model))
    if sparse:
        return record, findings
    if not text.endswith("\n"):
        findings.append(finding("missing-final-newline", path, text.count("\n") + 1))
    elif text != pretty(record):
        findings.append(canonical_fault(path, 1, text, record, pretty(record)))
    return record, findings


def record_faults(root: Path, path: str, model: type[R], sparse: bool = False) -> list[Finding]:
    """The form and shape faults of one file, without the rest of the corpus; `sparse` is as in `read_jsonl`."""
    if path.endswith(".json"):
        return read_json(root, path, model)[1]
    return read_jsonl(root, path, model, sparse=sparse)[1]


def shape_faults(path: str, number: int, text: str, error: ValidationError, model: type[Record]) -> Iterator[Finding]:
    """The faults that its model finds in one record; `number` is the first line of its text."""
    name = next(name for name, known in ALL_RECORDS.items() if issubclass(model, known))
    for fault in error.errors(include_url=False, include_context=False):
        key = ".".join(str(part) for part in fault["loc"] if part not in (WHOLE, EACH))
        if not fault["loc"]:
            yield _json_fault(path, number, text, fault["msg"])
        elif fault["type"] == "missing":
            yield finding("missing-key", path, number, key=key, record=name)
        elif fault["type"] == "extra_forbidden":
            yield finding("unknown-key", path, number, key=key + foreign(key), record=name)
        else:
            value = fault["input"]
            found = json.dumps(value, ensure_ascii=False, default=str)[:FOUND_LENGTH]
            found += foreign(value) if isinstance(value, str) and len(value) < FOUND_LENGTH else ""
            yield finding("wrong-value", path, number, key=key, found=found, expected=fault["msg"])


def _json_fault(path: str, number: int, text: str, otherwise: str) -> Finding:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return finding("not-json", path, number + error.lineno - 1, reason=f"{error.msg}, column {error.colno}")
    except RecursionError:
        return finding("not-json", path, number, reason="it is nested too deeply")
    except ValueError:
        return finding("not-json", path, number, reason="a number has too many digits")
    return finding("not-json", path, number, reason=otherwise)


def order_faults(table: Table[R]) -> Iterator[Finding]:
    """Findings for records that belong before their predecessor."""
    keys = [sort_key(record) for record in table]
    if keys == sorted(keys):
        return
    for (before, number), (previous, key) in zip(
        pairwise(number for number, _ in table.rows), pairwise(keys), strict=True
    ):
        if key < previous:
            yield finding("unsorted-records", table.path, number, other=before, also=[(table.path, before)])
