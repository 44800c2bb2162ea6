"""Mentions in what taggers give: told by the names of their parts, so that no library is imported."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

KINDS = ("entity_group", "label", "entity")
"""Where a pipeline's dictionaries keep the type: transformers, GLiNER, transformers without aggregation."""
OUTSIDE = ("O", "")
BEGIN, CLOSE = "BSU", "ESLU"
"""Tags that begin a mention and that close one, in IOB1, BIO, BIOES and BILOU."""


def read_mentions(output: Any, text: str) -> list[Any]:
    """The labels in what a tagger gave for one text; whatever is not known is handed on as it is.

    Known are a spaCy `Doc` and a Stanza `Document` (their `ents`), a Flair `Sentence` or several (spans
    of the label type `ner`), the dictionaries of a transformers or GLiNER pipeline, and the spans that
    these hold.
    """
    if hasattr(output, "ents"):
        return [_of_span(span) for span in output.ents]
    if hasattr(output, "get_spans"):
        return list(_of_sentence(output))
    found = list(output)
    if found and all(hasattr(item, "get_spans") for item in found):
        return [mention for sentence in found for mention in _of_sentence(sentence)]
    if found and all(isinstance(item, Mapping) and _is_tagged(item) for item in found):
        return decode((item["start"], item["end"], item["entity"]) for item in found)
    return [_of_item(item) for item in found]


def _is_tagged(item: Mapping[str, Any]) -> bool:
    tag = item.get("entity")
    return "type" not in item and isinstance(tag, str) and tag[1:2] == "-"


def _of_item(item: Any) -> Any:
    if hasattr(item, "start_char"):
        return _of_span(item)
    if isinstance(item, Mapping) and "type" not in item:
        kind = next((item[name] for name in KINDS if name in item), None)
        said = {"text": item["text"]} if isinstance(item.get("text"), str) else {}
        return {"start": item.get("start"), "end": item.get("end"), "type": kind, **said}
    return item


def _of_span(span: Any) -> dict[str, Any]:
    """A span of spaCy, whose type is `label_`, or of Stanza, whose type is `type`."""
    kind = span.label_ if hasattr(span, "label_") else span.type
    return {"start": span.start_char, "end": span.end_char, "type": kind, "text": span.text}


def _of_sentence(sentence: Any) -> Iterator[tuple[int, int, str]]:
    """The spans of a Flair sentence; its place in the text is not counted into those of its tokens."""
    base = getattr(sentence, "start_position", 0)
    for span in sentence.get_spans("ner"):
        yield base + span.start_position, base + span.end_position, span.get_label("ner").value


def decode(tags: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Mentions from tagged tokens (start, end, tag) in IOB1, BIO, BIOES or BILOU.

    A tag that continues nothing, or something of another type, begins a mention, as conlleval has it.
    """
    found: list[tuple[int, int, str]] = []
    is_open = False
    for start, end, tag in tags:
        mark, _, kind = tag.partition("-")
        if tag in OUTSIDE:
            is_open = False
            continue
        if is_open and mark not in BEGIN and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((start, end, kind))
        is_open = mark not in CLOSE
    return found
