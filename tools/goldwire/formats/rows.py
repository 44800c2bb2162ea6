"""Rows of JSON or Parquet as articles, in the shapes of spaCy, doccano, Hugging Face and goldwire itself."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from goldwire.formats.articles import Article, Label, from_standoff
from goldwire.formats.columns import split_tag
from goldwire.formats.conll import decode
from goldwire.formats.standoff import NAMES, Bound, Standoff
from goldwire.model.errors import GoldwireError
from goldwire.model.records import RECORDS
from goldwire.model.submissions import OFFSETS, TYPES
from goldwire.model.vocabulary import DOCUMENT_LAYERS, DocumentLayer

NAME = ("id", "document", "document_id", "doc_id", "name", "file_name")
LANGUAGE = ("language", "lang")
SPANS = ("ents", "entities", "label", "labels", "spans", "annotations")
"""The keys of lists of spans, the first one that is there: spaCy's, doccano's and Label Studio's short form."""
TOKENS = ("tokens", "words", "sentences")
"""The keys of lists of tokens, or of lists of them for every sentence."""
REJECTED = ("reject", "ignore")
"""Prodigy's answers that confirm no labels."""
TAGS = ("ner_tags", "tags", "ner", "named_entities", "labels", "label", "bio", "iob")
"""The keys of lists of tags beside tokens."""
ANSWERED = ("answer", "annotation_id")
"""The keys of Prodigy and of Label Studio's short form, which leave out empty lists, by which a row is labelled."""
OWN: dict[str, DocumentLayer] = {"mentions": "entities", "quotes": "quotes", "decoys": "decoys"}
EDGES = (*OFFSETS, ("start_offset", "end_offset"))
ABOUT = {"id", "text", "label", "labels", "kb_id", *TYPES, *(name for pair in EDGES for name in pair)}
"""The keys of a span that are read, or repeat what is read."""


def read_row(row: Any, name: str, place: str, tags: Sequence[str] = ()) -> Article:
    """Return the article in a row, of which `name` is the id if it has none.

    `tags` are the names of tags that are numbers. Raises GoldwireError if the row has no known shape.
    """
    if isinstance(row, list) and len(row) == 2 and isinstance(row[1], Mapping):
        row = {"text": row[0], **row[1]}  # spaCy's training data
    if not isinstance(row, Mapping):
        raise GoldwireError(f"{place}: a {type(row).__name__}; expected an object with text or tokens")
    named = next((str(row[key]) for key in NAME if isinstance(row.get(key), str | int)), name)
    row = {**row, "text": row["data"]} if isinstance(row.get("data"), str) and "text" not in row else row
    tokens = next((key for key in TOKENS if _is_tokens(row.get(key))), None)
    if tokens and not (_spans(row) and isinstance(row.get("text"), str)):
        article, used = _tagged(row, tokens, named, place, tags)
    elif not isinstance(row.get("text"), str):
        found = ", ".join(map(repr, list(row)[:6])) or "nothing"
        raise GoldwireError(f"{place}: found {found}; expected an object with text, or with tokens and their tags")
    elif OWN.keys() & row.keys():
        article, used = _own(row, named, place), set(OWN)
    else:
        article, used = _spanned(row, named, place)
    if row.get("answer") in REJECTED:
        article.left.append((f"labels with the answer {row['answer']}", place))
        article.layers, article.unjudged = {}, DOCUMENT_LAYERS
    tag = next((row[key] for key in LANGUAGE if isinstance(row.get(key), str)), "")
    if code := re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", tag):
        article.language = code[1].lower()
    elif tag:
        article.left.append((f"language {tag}", place))
    for key in row.keys() - used - {"text", "data", "answer", *NAME, *LANGUAGE}:
        if row[key] not in (None, [], {}, ""):
            article.left.append((f"key {key}", place))
    return article


def _own(row: Mapping[str, Any], name: str, place: str) -> Article:
    """A row of goldwire's own table of documents."""
    layers: dict[DocumentLayer, list[Label]] = {
        layer: [_own_label(one, key, row["text"], place) for one in row[key]]
        for key, layer in OWN.items()
        if isinstance(row.get(key), list)
    }
    mentions, quotes = layers.get("entities", []), layers.get("quotes", [])
    ids = [one.get(key) for one in mentions for key in ("entity", "stands_for")]
    ids += [one for quote in quotes for one in quote.get("speaker_entities") or ()]
    unjudged = [layer for layer in OWN.values() if layer not in layers]
    return Article(name, place, row["text"], layers, {one: ("goldwire", "") for one in ids if one}, unjudged=unjudged)


def _own_label(label: Any, key: str, text: str, place: str) -> Label:
    """A label with the keys of its record; raises GoldwireError if it is not a record of the text."""
    try:
        record = RECORDS[key[:-1]].model_validate_json(json.dumps(label))
    except (ValidationError, TypeError, ValueError) as error:
        why = f"{'.'.join(map(str, one['loc']))}: {one['msg']}" if (one := _first(error)) else str(error)
        raise GoldwireError(f"{place}: a record of {key} has a fault, {why}") from None
    found = record.model_dump()
    pieces = [found, *(found.get("content") or ()), found.get("cue"), found.get("speaker")]
    for one in [piece for piece in pieces if piece and "start" in piece]:
        if not 0 <= one["start"] < one["end"] <= len(text) or text[one["start"] : one["end"]] != one["text"]:
            shown = f"{one['start']}:{one['end']}, {one['text']!r}"
            raise GoldwireError(f"{place}: a record of {key} does not fit its text: {shown}")
    return found


def _first(error: Exception) -> Any:
    return error.errors()[0] if isinstance(error, ValidationError) else None


def _spans(row: Mapping[str, Any]) -> str | None:
    """The key of the spans of a row, one of SPANS or a control in Label Studio's short form; None if it has none."""
    others = [key for key in row if key not in SPANS and isinstance(row[key], list) and _is_control(row[key])]
    found = [key for key in (*SPANS, *others) if isinstance(row.get(key), list | dict) and _is_spans(row[key])]
    return next((key for key in found if row[key]), next(iter(found), None))


def _is_control(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(one, Mapping) and {"start", "end", "labels"} <= one.keys() for one in value)


def _is_tokens(value: Any) -> bool:
    """Whether a value is a list of tokens, or of sentences of tokens."""
    lines = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
    return all(isinstance(line, list) and all(isinstance(one, str) for one in line) for line in lines)


def _is_spans(value: Any) -> bool:
    ones = [one for group in value.values() for one in group] if isinstance(value, dict) else value
    return all(isinstance(one, Mapping) or (isinstance(one, list | tuple) and len(one) == 3) for one in ones)


def _spanned(row: Mapping[str, Any], name: str, place: str) -> tuple[Article, set[str]]:
    """A row of a text with its spans, and with relations between them if it has some."""
    key = _spans(row)
    empty = {key for key in SPANS if key in row and row[key] is None}
    if key is None and (empty or any(name in row for name in ANSWERED)):
        is_judged = any(name in row for name in ANSWERED)
        layers: dict[DocumentLayer, list[Label]] = {"entities": []} if is_judged else {}
        unjudged = () if is_judged else DOCUMENT_LAYERS
        return Article(name, place, row["text"], layers, unjudged=unjudged), empty
    if key is None:
        keys = ", ".join(SPANS)
        raise GoldwireError(f"{place}: found {', '.join(map(repr, list(row)[:6]))}; expected spans in one of {keys}")
    standoff = Standoff()
    given = row[key]
    spans = [one for group in given.values() for one in group] if isinstance(given, dict) else given
    for number, span in enumerate(spans, 1):
        _add(standoff, span, f"T{number}", row["text"], place)
    relations = row.get("relations") if key == "entities" else None
    for one in relations if isinstance(relations, list) else ():
        kind, ends = str(one.get("type")), (str(one.get("from_id")), str(one.get("to_id")))
        known = NAMES.get(kind.casefold()) or (kind if kind == "Inside" else None)
        if known and all(end in standoff.bounds for end in ends):
            standoff.relations.append((known, *ends))
        else:
            standoff.left.append((f"relation {kind}", 0))
    article = from_standoff(name, place, row["text"], standoff)
    if not standoff.bounds:
        article.layers["entities"] = []
    return article, {key, "relations"}


def _add(standoff: Standoff, span: Any, name: str, text: str, place: str) -> None:
    """Add a span, a list of start, end and type or an object, to standoff."""
    if isinstance(span, Mapping):
        edges = next(((span[a], span[b]) for a, b in EDGES if a in span and b in span), (None, None))
        kinds = next((span[key] for key in (*TYPES, "labels") if span.get(key)), None)
        kind = kinds[0] if isinstance(kinds, list) and len(kinds) == 1 else kinds
        name = str(span.get("id", name))
        if span.get("kb_id"):
            standoff.references[name] = [str(span["kb_id"])]
            standoff.registries[str(span["kb_id"])] = ("", "")
        standoff.left += [(f"key {key} of a span", 0) for key in span.keys() - ABOUT]
    else:
        *edges, kind = span
    start, end = edges
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise GoldwireError(f"{place}: {span!r} is not a span of a text of {len(text)} code points")
    if not isinstance(kind, str) or not kind.strip():
        raise GoldwireError(f"{place}: {span!r} has no type; expected one, as a word")
    words = span.get("text") if isinstance(span, Mapping) else None
    if isinstance(words, str) and words.split() != text[start:end].split():
        raise GoldwireError(f"{place}: {span!r} does not fit: the text reads {text[start:end]!r}")
    if name in standoff.bounds:
        raise GoldwireError(f"{place}: the id {name} is that of two spans; expected every id once")
    standoff.bounds[name] = Bound(NAMES.get(kind.casefold(), kind), ((start, end),))


def _tagged(
    row: Mapping[str, Any], tokens: str, name: str, place: str, names: Sequence[str]
) -> tuple[Article, set[str]]:
    """A row of tokens with their tags; the text is the tokens with a space between them, and a line a sentence."""
    lines = _lines(row[tokens])
    key = next((key for key in TAGS if _shape(row.get(key)) == _shape(row[tokens])), None)
    if key is None:
        many = sum(map(len, lines))
        raise GoldwireError(f"{place}: no list of {many} tags, one for each token, in one of {', '.join(TAGS)}")
    text, tagged = "", list[tuple[int, int, str]]()
    for line, line_tags in zip(lines, _lines(row[key]), strict=True):
        gap = "\n" if text else ""
        tagged.append((len(text), len(text), "O"))
        for token, tag in zip(line, line_tags, strict=True):
            if token.strip():
                text += gap
                tagged.append((len(text), len(text) + len(token), _tag(tag, names, place)))
                text, gap = text + token, " "
    return from_mentions(name, place, text, decode(tagged)), {key, tokens}


def _lines(value: list[Any]) -> list[list[Any]]:
    """A list of sentences: of a list without them, one."""
    return value if value and isinstance(value[0], list) else [value]


def _shape(value: Any) -> list[int] | None:
    lines = _lines(value) if isinstance(value, list) else [None]
    return [len(line) for line in lines if isinstance(line, list)] if all(isinstance(x, list) for x in lines) else None


def _tag(tag: object, names: Sequence[str], place: str) -> str:
    if isinstance(tag, int) and not names:
        raise GoldwireError(f"{place}: the tags are numbers; name them in order, as in --tags O,B-PER,I-PER")
    if isinstance(tag, int) and not 0 <= tag < len(names):
        raise GoldwireError(f"{place}: the tag {tag} has no name; {len(names)} are named")
    word = names[tag] if isinstance(tag, int) else str(tag)
    found = split_tag(word)
    if found is None:
        raise GoldwireError(f"{place}: {word!r} is not a tag; expected O, B-TYPE or I-TYPE")
    return f"{found[0]}-{found[1]}" if found[1] else "O"


def from_mentions(name: str, place: str, text: str, mentions: Iterable[tuple[int, int, str]]) -> Article:
    """Return an article that has only mentions, each with start, end and type."""
    labels: list[Label] = [{"start": start, "end": end, "type": kind} for start, end, kind in mentions]
    return Article(name, place, text, {"entities": labels})
