"""Collections of articles as files: JSON, JSON Lines, Parquet, columns, and Label Studio's exports."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from goldwire.corpus.files import FOREIGN, parse_json
from goldwire.formats.articles import Article
from goldwire.formats.brat_folder import MARK, read_brat, read_utf8
from goldwire.formats.columns import find_columns, is_comment, is_header, plain_columns
from goldwire.formats.conll import ESCAPES, STARTS, read_columns
from goldwire.formats.label_studio import read_task
from goldwire.formats.rows import TOKENS, from_mentions, read_row
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need

Found = Iterator[Article | GoldwireError]
NAMED = "conll conllu gold_conll v4_gold_conll auto_conll bio bioes bilou bmes iob iob2 iobes ner name tsv txt"
SPLITS = "train dev devel valid validation test testa testb"
COLUMNS = tuple(f".{one}" for one in f"{NAMED} {SPLITS}".split())
_SUFFIXES = {
    "brat": (".txt",),
    "conll": COLUMNS,
    "jsonl": (".jsonl", ".json", ".ndjson"),
    "label-studio": (".json",),
    "parquet": (".parquet",),
}
DOCUMENTS = "documents"
"""The table of an export of goldwire that has the texts and their labels."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a source may not say of itself: the names of tags that are numbers, and the column of tags."""

    tags: Sequence[str] = ()
    tag_column: str = ""


FORMATS = {
    "brat": "a folder of .txt and .ann files",
    "conll": "files of columns, a token a line with its tag",
    "jsonl": "a line an article, as spaCy, doccano, Hugging Face and goldwire write them",
    "label-studio": "Label Studio's export as JSON",
    "parquet": "the rows of jsonl as Parquet",
}
"""The formats that are read, with what they are."""


def read_articles(form: str, place: Path, options: Options) -> list[Article]:
    """Return the articles of a collection; raise GoldwireError with the number of faults and the first ones."""
    if not place.exists():
        raise GoldwireError(f"there is no file or folder {place}")
    readers = {"brat": read_brat, "label-studio": _read_tasks}
    found = list(readers[form](place) if form in readers else _READERS[form](place, options))
    faults = [str(one) for one in found if isinstance(one, GoldwireError)]
    if faults:
        more = f"\n… and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise GoldwireError("\n".join(faults[:SHOWN]) + more + f"\nnothing was imported; {len(faults)} in all")
    articles = [one for one in found if isinstance(one, Article)]
    if not articles:
        suffixes = f", with names like *{_SUFFIXES[form][0]}; or name one file" if place.is_dir() else ""
        raise GoldwireError(f"{place} has no articles; expected {FORMATS[form]}{suffixes}")
    articles[0].left += _passed_over(place, form)
    return articles


def _passed_over(place: Path, form: str) -> list[tuple[str, str]]:
    """The files of a folder that are not read: the other tables of an export of goldwire, and files of other kinds."""
    if not place.is_dir():
        return []
    read = {name for path in _files(place, _SUFFIXES[form]) for name in (path, path.with_suffix(".ann"))}
    others = [path for path in sorted(place.rglob("*")) if path.is_file() and path not in read]
    own = (place / f"{DOCUMENTS}.{form}").is_file()
    return [
        (f"table {path.stem}" if own and path.suffix == f".{form}" else f"file {path.suffix or path.name}", str(path))
        for path in others
        if not any(FOREIGN.fullmatch(part) for part in path.relative_to(place).parts)
    ]


SHOWN = 20
"""The faults of a collection that are shown."""


def _files(place: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The files of a collection in order; of an export of goldwire only the table of documents."""
    if not place.is_dir():
        return [place]
    own = [place / f"{DOCUMENTS}{suffix}" for suffix in suffixes if (place / f"{DOCUMENTS}{suffix}").is_file()]
    return own or [path for path in sorted(place.rglob("*")) if path.suffix in suffixes and path.is_file()]


def _read_lines(place: Path, options: Options) -> Found:
    for path in _files(place, _SUFFIXES["jsonl"]):
        try:
            rows = list(_json_rows(path))
        except GoldwireError as error:
            yield error
            continue
        for number, row in rows:
            yield _row(row, f"{path.stem}-{number}", f"{path}:{number}", options)


def _row(row: Any, name: str, place: str, options: Options) -> Article | GoldwireError:
    return _checked(lambda: read_row(row, name, place, options.tags), place)


def _checked(read: Callable[[], Article], place: str) -> Article | GoldwireError:
    """An article, or the fault of a value that has another form than its format gives it."""
    try:
        return read()
    except GoldwireError as error:
        return error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        return GoldwireError(f"{place}: a value has another form than the format gives it ({error})")


def _json_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a file of JSON Lines with their lines, or those of one array with their numbers."""
    text = read_utf8(path).removeprefix(MARK)
    first = text.lstrip().partition("\n")[0]
    if first[:1] in ("[", "{"):
        try:
            yield from enumerate(_values(_loads(text)), 1)
            return
        except ValueError:
            pass  # it has several values, a line each
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _loads(line)
            except ValueError as error:
                raise GoldwireError(f"{path}:{number}: not JSON ({error}); expected one object per line") from None


def _values(whole: Any) -> list[Any]:
    """The articles of one JSON value: those of an array, or of the only array of an object that is none itself."""
    if isinstance(whole, list):
        return [whole] if whole and isinstance(whole[0], str) else whole  # one line of spaCy's
    inside = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    is_article = any(isinstance(whole.get(key), str | list) for key in ("text", *TOKENS)) or "annotations" in whole
    return [whole] if is_article or len(inside) != 1 else inside[0]


def _loads(text: str) -> Any:
    """The value of some JSON; raises ValueError if it is none, or if it has half a surrogate pair."""
    value = parse_json(text)
    if "\\ud" in text.casefold():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _read_parquet(place: Path, options: Options) -> Found:
    parquet = need("pyarrow.parquet", "parquet")
    for path in _files(place, _SUFFIXES["parquet"]):
        try:
            table = parquet.read_table(path)
        except (OSError, ValueError) as error:
            yield GoldwireError(f"{path} is not Parquet: {str(error).splitlines()[0]}")
            continue
        names = {} if options.tags else _class_names(table.schema.metadata or {})
        for number, row in enumerate(table.to_pylist(), 1):
            row |= {key: _named(row[key], names[key]) for key in names.keys() & row.keys()}
            yield _row(row, f"{path.stem}-{number}", f"{path}, row {number}", options)


def _named(value: Any, names: Sequence[str]) -> Any:
    """The name of a class label, or those in a list; a number without a name stays."""
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    return names[value] if isinstance(value, int) and 0 <= value < len(names) else value


def _class_names(metadata: dict[bytes, bytes]) -> dict[str, list[str]]:
    """The names of the class labels of each column, which `datasets` stores with the table."""
    try:
        features = parse_json(metadata.get(b"huggingface", b"{}")).get("info", {}).get("features", {}).items()
    except (ValueError, AttributeError):  # it is another tool's, or damaged
        return {}
    found = {}
    for key, value in features:
        inner = value
        while isinstance(inner, dict | list) and "names" not in inner:
            inner = inner[0] if isinstance(inner, list) and inner else dict(inner).get("feature")
        if isinstance(inner, dict) and isinstance(inner["names"], list):
            found[key] = inner["names"]
    return found


def _read_tasks(place: Path) -> Found:
    for path in _files(place, _SUFFIXES["label-studio"]):
        try:
            tasks = [task for _, task in _json_rows(path)]
        except GoldwireError as error:
            yield error
            continue
        for number, task in enumerate(tasks, 1):
            read = partial(read_task, task, f"{path.stem}-{number}", str(path))
            yield _checked(read, f"{path}, task {number}")


def _read_conll(place: Path, options: Options) -> Found:
    for path in _files(place, _SUFFIXES["conll"]):
        try:
            yield from _column_articles(path, options)
        except GoldwireError as error:
            yield error


def _column_articles(path: Path, options: Options) -> Iterator[Article]:
    lines = plain_columns(read_utf8(path).removeprefix(MARK).replace("\r\n", "\n").split("\n"))
    columns = find_columns(lines, str(path), options.tag_column)
    others = [
        (f"column {other + 1} of tags; --tag-column {other + 1} reads it instead", str(path))
        for other in columns.others
    ]
    parts: list[tuple[str, int, list[str]]] = [(path.stem, 1, [])]
    for number, line in enumerate(lines, 1):
        name = next((line.removeprefix(start).strip() for start in STARTS if line.startswith(start)), None)
        if name is None and line.startswith("-DOCSTART-"):
            name = f"{path.stem}-{len(parts)}"
        if name is None:
            parts[-1][2].append(line)
        else:
            parts.append((name, number + 1, []))
    for name, first, rows in parts:
        text = _text(rows, columns)
        if text:
            place = f"{path}:{first}"
            article = from_mentions(name, place, text, read_columns(rows, text, str(path), first, columns))
            article.left, others = others, []
            yield article


def _text(rows: Sequence[str], columns: Any) -> str:
    """The text of tokens: a space between two, unless SpaceAfter=No, and a line for each sentence."""
    text, gap = "", ""
    for line in rows:
        row = columns.split(line)
        if not row:
            gap = "\n" if text else ""
        elif not is_comment(row, line) and not is_header(row) and row[columns.token].strip():
            token = row[columns.token]
            text += gap + ESCAPES.get(token, (token,))[0]
            gap = "" if any("SpaceAfter=No" in column or "NoSpaceAfter" in column for column in row) else " "
    return text


_READERS = {"jsonl": _read_lines, "parquet": _read_parquet, "conll": _read_conll}
