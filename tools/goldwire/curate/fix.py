"""Fix what needs no person: the form of record files, the order of records, ids, and derived fields."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from goldwire.corpus import files
from goldwire.corpus.annotation_sets import ANNOTATIONS, STAGING, read_info, set_folders
from goldwire.corpus.canonical import canonical_fault, dump, pretty, sort_key
from goldwire.corpus.documents import PAGES, Corpus, read_corpus
from goldwire.corpus.jsonl import LARGEST_RECORD, read_text, shape_faults
from goldwire.corpus.layout import record_at
from goldwire.corpus.numbers import LETTERS, Numbers
from goldwire.corpus.profiles import profile_of
from goldwire.curate.release import reopen
from goldwire.model.findings import Finding, finding
from goldwire.model.profile import Profile
from goldwire.model.records import AnnotationSet, Entity, Mention, Pair, Quote, Record
from goldwire.model.vocabulary import UNIT_LAYERS
from goldwire.text.derived_fields import derivable, derived


@dataclass(slots=True)
class Fixed:
    """What was fixed, by path below the root, and what needs a person; a file of the latter stays as it is."""

    changed: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Fixer:
    root: Path
    profile: Profile
    corpus: Corpus
    fixed: Fixed
    content: dict[str, bytes] = field(default_factory=dict)


def fix(root: Path, write: bool = True) -> Fixed:
    """Fix the record files of a corpus, all of them or none; with `write=False`, only return what would be done.

    Labels that somebody made are never changed: a field is filled in only where it is null. A system's files need no
    canonical form, so they are only read.
    """
    corpus, _ = read_corpus(root)
    fixer = _Fixer(root, profile_of(root), corpus, Fixed())
    for path in (PAGES, *(f"{ANNOTATIONS}/{name}" for name in files.names_in(root / ANNOTATIONS))):
        if (model := record_at(path, fixer.profile)) and (root / path).is_file():
            _fix_file(fixer, path, model, None)
    for folder in set_folders(root):
        _fix_set(fixer, folder)
    if write and fixer.content:
        below = f"{ANNOTATIONS}/"
        labels = {path.removeprefix(below): data for path, data in fixer.content.items() if path.startswith(below)}
        files.update_folder(root / ANNOTATIONS, labels, root / STAGING)
        if PAGES in fixer.content:
            files.write_bytes(root / PAGES, fixer.content[PAGES])
        reopen(root)
    return fixer.fixed


def _fix_set(fixer: _Fixer, folder: str) -> None:
    path = f"{folder}/set.json"
    if (fixer.root / path).is_file():
        _fix_file(fixer, path, AnnotationSet, None)
    info = read_info(fixer.root, folder)[0]
    by_people = info is not None and info.kind != "system"
    mentions: dict[str, Sequence[Record]] = {}
    for layer in ("segments", "entities", "quotes", "decoys"):
        for name in files.names_in(fixer.root / folder / layer):
            path, unit = f"{folder}/{layer}/{name}", name.removesuffix(".jsonl")
            if model := record_at(path, fixer.profile):
                found = _fix_file(fixer, path, model, unit if by_people else "", mentions.get(unit, ()))
                if layer == "entities":
                    mentions[unit] = found
    path = f"{folder}/duplicates.jsonl"
    if (fixer.root / path).is_file() and (model := record_at(path, fixer.profile)):
        _fix_file(fixer, path, model, None if by_people else "")


def _fix_file(
    fixer: _Fixer, path: str, model: type[Record], unit: str | None, mentions: Sequence[Record] = ()
) -> Sequence[Record]:
    """Fix one file and return its records; `unit` is empty for a system's file, which is only read."""
    text, faults = read_text(fixer.root, path, "the layout of a corpus")
    if text is None:
        fixer.fixed.refused += faults
        return ()
    said, more = list(_form(text)), list[str]()
    plain = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    parts = [plain] if path.endswith(".json") else plain.split("\n")
    lines = [(number, line) for number, line in enumerate(parts, 1) if line.strip()]
    rows = list(_read(path, lines, model, faults))
    fixer.fixed.refused += faults
    if faults:
        return rows
    if unit == "":
        data = "".join(f"{line}\n" for _, line in lines).encode()
    else:
        rows, more = _completed(fixer, path, rows, unit, mentions)
        data = pretty(rows[0]).encode() if path.endswith(".json") and rows else dump(rows)
    if data != text.encode():
        keys = [sort_key(row) for row in rows]
        said += [*more, *(["order of lines"] if keys != sorted(keys) else [])]
        fixer.fixed.changed[path] = said or ["form of lines"]
        fixer.content[path] = data
    return rows


def _form(text: str) -> Iterator[str]:
    """What is wrong with the characters of a file, in words."""
    if text.startswith("\ufeff"):
        yield "byte order mark"
    if "\r" in text:
        yield "line ends"
    if not unicodedata.is_normalized("NFC", text):
        yield "composed letters"
    if text and not text.endswith("\n"):
        yield "final line feed"


def _read(path: str, lines: Iterable[tuple[int, str]], model: type[Record], faults: list[Finding]) -> Iterator[Record]:
    for number, line in lines:
        if len(line) > LARGEST_RECORD:
            faults.append(finding("too-large", path, number, what="the line", size=len(line), limit=LARGEST_RECORD))
            continue
        try:
            record = model.model_validate_json(line)
        except ValidationError as error:
            faults += shape_faults(path, number, line, error, model)
            continue
        if record.line() != line:
            fault = canonical_fault(path, number, line, record, record.line())
            if fault.code == "duplicate-key":  # only a person knows which value is right
                faults.append(fault)
                continue
        yield record


def _completed(
    fixer: _Fixer, path: str, rows: Sequence[Any], unit: str | None, mentions: Sequence[Any]
) -> tuple[list[Any], list[str]]:
    """Records with ids and what follows from others, and what was changed, in words."""
    done = [_ordered(row) for row in rows]
    if unit is not None and done and not isinstance(done[0], Entity):
        done = _numbered(fixer, path, done, unit)
    if done and isinstance(done[0], Quote) and unit in fixer.corpus.texts:
        pages = {page.id: page.language for page in fixer.corpus.pages}
        languages = {document.id: pages.get(document.page, "") for document in fixer.corpus.documents}
        named = [mention for mention in mentions if isinstance(mention, Mention)]
        fields = derivable(fixer.profile)
        quotes = [row for row in done if isinstance(row, Quote)]
        done = list(derived(quotes, named, fixer.corpus.texts[unit], languages.get(unit, ""), fields))
    changed: Counter[str] = Counter()
    for old, new in zip(rows, done, strict=True):
        changed.update(_differences(old.model_dump(), new.model_dump()))
    return done, [f"{number} {name}" for name, number in sorted(changed.items())]


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old[key], dict):
            yield from _differences(old[key], value)
        elif value != old[key]:
            yield key


def _ordered(row: Record) -> Record:
    """A record with its lists in their order, and the ids that its parts decide."""
    if isinstance(row, Entity):
        return row.model_copy(update={"aliases": sorted(set(row.aliases))})
    if isinstance(row, Quote):
        return row.model_copy(update={"content": sorted(row.content, key=lambda span: (span.start, span.end))})
    if isinstance(row, AnnotationSet):
        return row.model_copy(update={layer: dict(sorted(row.units(layer).items())) for layer in UNIT_LAYERS})
    if isinstance(row, Pair):
        turned = row.a > row.b
        passages = [one.model_copy(update={"a": one.b, "b": one.a}) if turned else one for one in row.passages]
        passages.sort(key=lambda one: (one.a.start, one.a.end, one.b.start, one.b.end))
        other = {"a_in_b": "b_in_a", "b_in_a": "a_in_b", None: None}
        a, b, direction = (row.b, row.a, other[row.direction]) if turned else (row.a, row.b, row.direction)
        update = {"id": f"{a}_{b}", "a": a, "b": b, "direction": direction, "passages": passages}
        return row.model_copy(update=update)
    return row


def _numbered(fixer: _Fixer, path: str, rows: Sequence[Any], unit: str) -> list[Any]:
    """Records with an id each: a new one is one more than the highest that was ever given."""
    folder, layer = path.rsplit("/", 2)[:2]
    prefix = f"{unit}-{LETTERS[layer]}"
    if all(row.id is not None for row in rows):
        return list(rows)
    given = [row.id.removeprefix(prefix) for row in rows if row.id is not None and row.id.startswith(prefix)]
    number = max([Numbers(fixer.root, folder, {}).highest(prefix), *(int(one) for one in given if one.isdigit())])
    ids = {}
    for row in sorted((row for row in rows if row.id is None), key=sort_key):
        number += 1
        ids[id(row)] = f"{prefix}{number:03}"
    return [row.model_copy(update={"id": ids[id(row)]}) if row.id is None else row for row in rows]
