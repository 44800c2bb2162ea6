"""Mentions in what taggers give: told by the names of their parts, so that no library is imported."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goldwire.formats.conll import OUTSIDE, decode
from goldwire.text.spans import trim

KINDS = ("entity_group", "label", "entity")
"""Where a pipeline's dictionaries keep the type: transformers, GLiNER, transformers without aggregation."""


def read_mentions(output: Any, text: str) -> list[Any]:
    """The labels in what a tagger gave for one text; whatever is not known is handed on as it is.

    Known are a spaCy `Doc` and a Stanza `Document` (their `ents`), a Flair `Sentence` or several (spans
    of the label type `ner`), the dictionaries of a transformers or GLiNER pipeline, and the spans that
    these hold.
    """
    if hasattr(output, "ents"):
        return [_of_span(span) for span in output.ents]
    if hasattr(output, "get_spans"):
        return list(_of_sentence(output, text))
    found = list(output)
    if found and all(hasattr(item, "get_spans") for item in found):
        return [mention for sentence in found for mention in _of_sentence(sentence, text)]
    if found and all(isinstance(item, Mapping) and _is_token(item) for item in found):
        return [(*_trimmed(start, end, text), kind) for start, end, kind in decode(_tags(found))]
    return [_of_item(item, text) for item in found]


def _is_token(item: Mapping[str, Any]) -> bool:
    """Whether it is a tagged token, as transformers numbers them, and no mention."""
    tag = item.get("entity")
    return "type" not in item and isinstance(tag, str) and (_is_tag(tag) or "index" in item)


def _is_tag(tag: str) -> bool:
    return tag in OUTSIDE or tag[1:2] == "-"


def _tags(tokens: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Tokens with their tags. transformers leaves out those outside, so a mention ends where the numbers jump."""
    before = None
    for token in tokens:
        number, tag = token.get("index"), token["entity"]
        if before is not None and number != before + 1:
            yield token["start"], token["start"], "O"
        yield token["start"], token["end"], tag if _is_tag(tag) else f"I-{tag}"
        before = number


def _of_item(item: Any, text: str) -> Any:
    if hasattr(item, "start_char"):
        return _of_span(item)
    if isinstance(item, Mapping) and "type" not in item:
        kind = next((item[name] for name in KINDS if name in item), None)
        if kind is None:
            return item
        rest = {name: held for name, held in item.items() if name not in KINDS}
        start, end = item.get("start"), item.get("end")
        if not isinstance(item.get("text"), str):
            start, end = _trimmed(start, end, text)
        return {**rest, "start": start, "end": end, "type": kind}
    return item


def _trimmed(start: Any, end: Any, text: str) -> tuple[Any, Any]:
    """A span without the white space at its ends, which SentencePiece counts into the next word; else as it is."""
    is_span = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    return trim(text, start, end) if is_span and not text[start:end].isspace() else (start, end)


def _of_span(span: Any) -> dict[str, Any]:
    """A span of spaCy, whose type is `label_`, or of Stanza, whose type is `type`."""
    kind = span.label_ if hasattr(span, "label_") else span.type
    return {"start": span.start_char, "end": span.end_char, "type": kind, "text": span.text}


def _of_sentence(sentence: Any, text: str) -> Iterator[dict[str, Any]]:
    """The spans of a Flair sentence; its place in the text is not counted into those of its tokens.

    Flair drops characters of no width, and its offsets with them, so a span is held to its words; that
    it writes every white space as a blank is no fault.
    """
    base = getattr(sentence, "start_position", 0)
    for span in sentence.get_spans("ner"):
        start, end = base + span.start_position, base + span.end_position
        there = text[start:end]
        said = there if span.text.split() == there.split() else span.text
        yield {"start": start, "end": end, "type": span.get_label("ner").value, "text": said}
