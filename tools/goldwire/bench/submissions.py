"""What a system hands in for a task: its annotation set, or files of JSONL, columns or brat's standoff."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from goldwire.bench.adapters.calling import Answer
from goldwire.bench.label_tables import GOLD_TYPES
from goldwire.bench.refusals import counted_in, first_difference, shown
from goldwire.bench.selection import LAYERS, Covered
from goldwire.bench.words import Aligned, align
from goldwire.checks.offsets import check_anchoring
from goldwire.corpus.annotation_sets import SET, LabelSet, read_set
from goldwire.corpus.files import parse_json, read_regular
from goldwire.corpus.gold import Gold
from goldwire.corpus.locate import place_of
from goldwire.formats.columns import find_columns
from goldwire.formats.conll import read_columns, split_documents
from goldwire.formats.standoff import CONTENT, DECOY, PARTS, read_standoff
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import Completeness, Layer
from goldwire.scoring.settings import Task

LabelsOf = Sequence[object] | Mapping[str, Sequence[object]] | Aligned
"""The labels of a document or a page; of entities also lists by type."""
Submission = Mapping[str, LabelsOf] | Sequence[object]
"""Labels by the id of their document or page; for duplicates the pairs."""
COLUMNS = (".conll", ".bio", ".iob", ".tsv")
PACKED = {
    b"\x1f\x8b": "compressed with gzip; decompress it",
    b"\xff\xfe": "UTF-16; save it as UTF-8",
    b"\xfe\xff": "UTF-16; save it as UTF-8",
}
"""The first bytes of files that are not UTF-8 text, with what they are and the fix."""
MORE: dict[Task, str] = {
    "entities": ", brat's .ann in a folder, or columns (.conll) under lines '# document = ID'",
    "quotes": ", or brat's .ann in a folder",
}
"""The formats of a task besides annotation sets and JSONL."""


def read_system(folder: Path, gold: Gold, task: Task, tag_column: str = "") -> Submission | Covered:
    """Read the labels for a task from an annotation set, or from a folder or file without set.json.

    A set that declares in set.json which units it attempted covers these and no others. `tag_column` is the name or
    the number of the tag in files of columns, where it cannot be found.

    Raises GoldwireError, naming the first fault, if a record is invalid or does not fit its text, and
    if the layer is missing.
    """
    folder = place_of(folder, gold.root)
    place = folder.resolve()
    texts = {name: document.text for name, document in gold.documents.items()}
    if not (place / SET).is_file():
        return read_files(folder, task, gold.page_texts if task == "segments" else texts, tag_column)
    labels, findings = read_set(place.parent, place.name, gold.profile)
    layer = LAYERS[task][0]
    findings = [f for f in [*findings, *check_anchoring(labels, texts)] if f"/{layer}" in f.path]
    if findings:
        raise GoldwireError(f"{findings[0]} ({len(findings)} in all){_unit_of_offsets(labels, texts)}")
    found = getattr(labels, layer)
    if found is None or found == {}:
        missing = f"{layer}.jsonl" if layer == "duplicates" else f"{layer}/"
        raise GoldwireError(f"{folder} has no {missing}, so there is nothing to score; expected it beside {SET}")
    given: Submission
    given = tuple(found) if layer == "duplicates" else {name: tuple(table) for name, table in found.items()}
    units = _attempted(labels, layer)
    return given if units is None else Covered(given, units)


def _attempted(labels: LabelSet, layer: Layer) -> frozenset[str] | None:
    """Return the units of a layer that a set attempted; None if set.json does not declare them one by one."""
    declared: Mapping[str, Completeness] | Completeness = "none"
    if labels.info is not None:
        declared = labels.info.duplicates if layer == "duplicates" else labels.info.units(layer)
    if isinstance(declared, str) or not declared:
        return None
    done = {unit for unit, value in declared.items() if value == "complete"}
    if layer == "duplicates":
        return frozenset(done)
    if missing := sorted(done - set(labels.tables(layer))):
        raise GoldwireError(
            f"{labels.path}/{SET} declares {layer} of {missing[0]} complete, but {layer}/{missing[0]}.jsonl is "
            "missing; an empty file means that nothing was found"
        )
    return frozenset(done | (set(labels.tables(layer)) - set(declared)))  # a file is an attempt, declared or not


def with_offsets(labels: Submission | Covered, texts: Mapping[str, str], task: Task) -> dict[str, Aligned]:
    """Find the words of labels that have no offsets; raise GoldwireError for a task without words."""
    if task not in ("entities", "quotes") or not isinstance(labels, Mapping):
        raise GoldwireError(f"words are found for entities and quotes, not for {task}")
    return {name: align(_text(texts, name), given) for name, given in labels.items()}


def _unit_of_offsets(labels: LabelSet, texts: Mapping[str, str]) -> str:
    """Return the end of a message: the unit that the offsets of the first span that does not fit seem to count."""
    for name, text in texts.items():
        spans = [*labels.entities.get(name, ()), *(s for q in labels.quotes.get(name, ()) for s in q.content)]
        for span in spans:
            if text[span.start : span.end] != span.text:
                return counted_in(span.text, span.start, span.end, text)
    return ""


def read_files(place: Path, task: Task, texts: Mapping[str, str], tag_column: str = "") -> Submission:
    """Read the labels of a file or a folder for a task; `tag_column` names the column of the tag, if it is not found.

    `texts` are those of the units by id: documents, for segments pages. Raises GoldwireError if there is
    nothing to read, and for a line that cannot be read.
    """
    if task == "duplicates":
        return [pair for _, pair in _jsonl(place / "duplicates.jsonl" if place.is_dir() else place)]
    if place.is_dir():
        found = dict(_folder(place, task, texts, tag_column))
    elif place.suffix == ".jsonl":
        found = dict(_by_unit(place, task, texts))
    elif place.suffix in COLUMNS and task == "entities":
        found = dict(_columns(place, texts, tag_column))
    elif place.suffix not in (".jsonl", *COLUMNS):
        raise GoldwireError(f"{place} has an unknown file type; expected {_expected(task)}")
    else:
        found = {}
    if not found:
        raise GoldwireError(f"{place} has no {task}; expected {_expected(task)}")
    return found


def _expected(task: Task) -> str:
    unit = "page" if task == "segments" else "document"
    jsonl = f"a folder {task}/<id>.jsonl, a .jsonl file of one {unit} per line with its {task}"
    return f"an annotation set, {jsonl}{MORE.get(task, '')}"


def _folder(place: Path, task: Task, texts: Mapping[str, str], tag_column: str) -> Iterator[tuple[str, LabelsOf]]:
    for path in sorted((place / task).glob("*.jsonl")):
        yield path.stem, [record for _, record in _jsonl(path)]
    kinds: set[str] = set()
    for path in sorted(place.iterdir()):
        if path.suffix == ".ann" and task in ("entities", "quotes"):
            _check_text_file(path.with_suffix(".txt"), _text(texts, path.stem))
            standoff = read_standoff(_lines(path), _text(texts, path.stem), path.name)
            kinds |= {bound.kind for bound in standoff.bounds.values()}
            yield path.stem, Answer(standoff.mentions() if task == "entities" else standoff.quotes(), standoff.passed)
        elif path.suffix in COLUMNS and task == "entities":
            yield from _columns(path, texts, tag_column, path.stem)
    foreign = sorted(kinds - PARTS - {DECOY, *GOLD_TYPES})
    if task == "quotes" and foreign and CONTENT not in kinds:
        raise GoldwireError(
            f"{place} has no span {CONTENT}, the type of a quote in brat; it has {', '.join(foreign[:5])}"
        )


def _check_text_file(path: Path, text: str) -> None:
    """Raise GoldwireError if the text beside a file of standoff is not the stored one."""
    if path.is_file():
        found = read_regular(path).decode("utf-8", "replace")
        if message := first_difference(found, text, str(path)):
            raise GoldwireError(message)


def _columns(path: Path, texts: Mapping[str, str], tag_column: str, alone: str = "") -> Iterator[tuple[str, LabelsOf]]:
    """Yield the mentions of the documents that a file names, or of `alone` if it names none."""
    lines = list(_lines(path))
    columns = find_columns(lines, str(path), tag_column)
    try:
        documents = split_documents(lines)
    except GoldwireError as error:
        raise GoldwireError(f"{path}: {error}") from None
    if not documents and alone:
        documents = {alone: (1, lines)}
    for name, (first, rows) in documents.items():
        yield name, read_columns(rows, _text(texts, name), path.name, first, columns)


def _by_unit(place: Path, task: Task, texts: Mapping[str, str]) -> Iterator[tuple[str, LabelsOf]]:
    seen: set[str] = set()
    key = "page" if task == "segments" else "document"
    for number, record in _jsonl(place):
        name = next((value for value in (record.get(key), record.get("id")) if isinstance(value, str)), None)
        labels = record.get(task)
        if name is None or not isinstance(labels, (list, dict) if task == "entities" else list):
            found = ", ".join(map(repr, list(record)[:5])) or "nothing"
            raise GoldwireError(
                f"{place}:{number}: found {found}; expected an object with {key!r}, an id, and {task!r}, a list"
            )
        if name in seen:
            raise GoldwireError(f"{place}:{number}: {name} appears twice; expected one line per {key}")
        seen.add(name)
        own = record.get("text")
        if isinstance(own, str) and (message := first_difference(own, texts.get(name, own), f"{place}:{number}")):
            raise GoldwireError(message)
        yield name, labels


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the objects of a file, each with the number of its line."""
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            record = parse_json(line)
        except ValueError as error:
            raise GoldwireError(f"{path}:{number}: not JSON ({error}); expected one object per line") from None
        if not isinstance(record, dict):
            raise GoldwireError(f"{path}:{number}: a {type(record).__name__}; expected one JSON object per line")
        yield number, record


def _lines(path: Path) -> Iterable[str]:
    try:
        return read_regular(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except FileNotFoundError:
        raise GoldwireError(f"no file {path}") from None
    except UnicodeDecodeError as error:
        found = PACKED.get(error.object[:2], f"not UTF-8: byte {error.start} cannot be read")
        raise GoldwireError(f"{path} is {found}") from None


def _text(texts: Mapping[str, str], name: str) -> str:
    if name not in texts:
        raise GoldwireError(f"labels for {shown(name)}, which is not a document of the corpus; ids look like 003-01")
    return texts[name]
