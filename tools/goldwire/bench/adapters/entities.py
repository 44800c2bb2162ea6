"""Mentions in the output of taggers, recognised by the names of their attributes, so that no library is imported."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goldwire.formats.conll import OUTSIDE, decode
from goldwire.text.spans import trim

KINDS = ("entity_group", "label", "entity")
"""The keys of the type in pipelines' dictionaries: transformers, GLiNER, transformers without aggregation."""


def read_mentions(output: Any, text: str) -> list[object]:
    """Return the labels in what a tagger gave for one text; other labels are returned as they are.

    Known are a spaCy `Doc` and a Stanza `Document` (their `ents`), a Flair `Sentence` or several (spans
    of the label type `ner`), the dictionaries of a transformers or GLiNER pipeline, and the spans that
    these contain.
    """
    if hasattr(output, "ents"):
        return [_from_span(span) for span in output.ents]
    if hasattr(output, "get_spans"):
        return list(_from_sentence(output, text))
    found = list(output)
    if found and all(hasattr(item, "get_spans") for item in found):
        return [mention for sentence in found for mention in _from_sentence(sentence, text)]
    if found and all(isinstance(item, Mapping) and _is_token(item) for item in found):
        return [(*_trimmed(start, end, text), kind) for start, end, kind in decode(_tags(found))]
    return [_from_item(item, text) for item in found]


def _is_token(item: Mapping[str, object]) -> bool:
    """Return whether an item is a tagged token, as transformers numbers them, and not a mention."""
    tag = item.get("entity")
    return "type" not in item and isinstance(tag, str) and (_is_tag(tag) or "index" in item)


def _is_tag(tag: str) -> bool:
    return tag in OUTSIDE or tag[1:2] == "-"


def _tags(tokens: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Yield tokens with their tags; transformers omits tokens outside, so a gap in the numbers ends a mention."""
    before = None
    for token in tokens:
        number, tag = token.get("index"), token["entity"]
        if before is not None and number != before + 1:
            yield token["start"], token["start"], "O"
        yield token["start"], token["end"], tag if _is_tag(tag) else f"I-{tag}"
        before = number


def _from_item(item: object, text: str) -> object:
    if hasattr(item, "start_char"):
        return _from_span(item)
    if isinstance(item, Mapping) and "type" not in item:
        kind = next((item[name] for name in KINDS if name in item), None)
        if kind is None:
            return item
        rest = {name: value for name, value in item.items() if name not in KINDS}
        start, end = item.get("start"), item.get("end")
        if not isinstance(item.get("text"), str):
            start, end = _trimmed(start, end, text)
        return {**rest, "start": start, "end": end, "type": kind}
    return item


def _trimmed(start: object, end: object, text: str) -> tuple[object, object]:
    """Return a span without the white space at its ends, which SentencePiece counts as part of the next word."""
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return start, end
    return (start, end) if text[start:end].isspace() else trim(text, start, end)


def _from_span(span: Any) -> dict[str, object]:
    """Return a span of spaCy, whose type is `label_`, or of Stanza, whose type is `type`."""
    kind = span.label_ if hasattr(span, "label_") else span.type
    return {"start": span.start_char, "end": span.end_char, "type": kind, "text": span.text}


def _from_sentence(sentence: Any, text: str) -> Iterator[dict[str, object]]:
    """Yield the spans of a Flair sentence, whose offsets count from the start of the sentence.

    Flair drops zero-width characters, which shifts its offsets, so the text of a span is kept for
    comparison; Flair's replacement of white space by a blank is not a difference.
    """
    base = getattr(sentence, "start_position", 0)
    for span in sentence.get_spans("ner"):
        start, end = base + span.start_position, base + span.end_position
        surface = text[start:end]
        shown = surface if span.text.split() == surface.split() else span.text
        yield {"start": start, "end": end, "type": span.get_label("ner").value, "text": shown}
