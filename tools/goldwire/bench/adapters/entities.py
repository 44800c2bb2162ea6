"""Mentions in the output of taggers, recognised by the names of their attributes, so that no library is imported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import index
from typing import Any

from goldwire.bench.adapters.calling import Answer
from goldwire.bench.adapters.plain import ReadMentions
from goldwire.bench.parts import fields, is_missing, is_plain
from goldwire.bench.refusals import first_difference, is_hinted
from goldwire.formats.columns import OUTSIDE
from goldwire.formats.conll import decode
from goldwire.formats.spacy import GROUPS
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Record
from goldwire.model.submissions import ENTITY, LISTS, OFFSETS, TYPES
from goldwire.text.spans import trim

UNLINKED = "NIL"
"""The id that spaCy's entity linker gives to entities it does not find."""


def read_mentions(output: Any, text: str) -> list[object]:
    """Return the labels in what a tagger gave for one text; other labels are returned as they are.

    Known are a spaCy `Doc` and a Stanza `Document` (their `ents`), a Flair `Sentence` or several (spans
    of the label type `ner`), the dictionaries of a transformers or GLiNER pipeline, lists by type, and
    the spans that these contain. Raises GoldwireError if a library has not looked for entities.
    """
    if isinstance(output, Mapping):
        return _from_mapping(output, text)
    if hasattr(output, "ents"):
        return _from_document(output, text)
    if hasattr(output, "get_spans"):
        return _from_sentences([output], text)
    found = list(output)
    if found and all(hasattr(item, "get_spans") for item in found):
        return _from_sentences(found, text)
    if found and all(isinstance(item, Mapping) and _is_token(item) for item in found):
        return [(*_trimmed(start, end, text), kind) for start, end, kind in decode(_tags(found))]
    return [_from_item(item, text) for item in found]


def _from_mapping(output: Mapping[str, Any], text: str) -> list[object]:
    """Return the mentions of an object of a document, or of lists by type."""
    key = next((key for key in LISTS if key in output), None)
    if key is not None:
        check_text(output.get("text"), text)
        if not isinstance(output[key], Iterable) or isinstance(output[key], str):
            raise _no_list(key, output[key])
        return read_mentions(output[key], text)
    found: list[object] = []
    for kind, items in output.items():
        if not isinstance(items, Iterable) or isinstance(items, str | Mapping):
            raise _no_list(kind, items)
        for item in items:
            if isinstance(item, str):
                found.append({"type": kind, "text": item})
            elif is_plain(item):
                found.append((*item[:2], kind))
            else:
                found.append({**fields(_from_item(item, text)), "type": kind})
    return found


def _no_list(key: str, value: object) -> GoldwireError:
    return GoldwireError(f"{key!r} has {value!r}; expected a list of labels, or lists of labels by their type")


def check_text(found: object, text: str) -> None:
    """Raise GoldwireError if the text that an output repeats is not the text that was given."""
    if isinstance(found, str) and (message := first_difference(found, text, "the output's own text")):
        raise GoldwireError(message)


def _from_document(output: Any, text: str) -> list[object]:
    """Return the entities of a spaCy or Stanza document; refuse one without a trace of a tagger of entities."""
    check_text(getattr(output, "text", None), text)
    found: list[object] = [_from_span(span) for span in output.ents]
    if found:
        return found
    groups = [name for name, spans in (getattr(output, "spans", None) or {}).items() if len(spans)]
    if hasattr(output, "has_annotation"):
        looked = not len(output) or output.has_annotation("ENT_IOB")
    else:
        tokens = [token for sentence in getattr(output, "sentences", ()) for token in sentence.tokens]
        looked = not tokens or any(getattr(token, "ner", "O") is not None for token in tokens)
    choice = f"it has the span groups {', '.join(map(repr, groups))}; " if groups else ""
    how = f"return doc.spans[{groups[0]!r}]" if groups else "add a component that finds entities, such as ner"
    reason = f"a document without entities, in which none were looked for ({choice}{how} to score them)"
    if not looked:
        raise GoldwireError(reason)
    return Answer(reason=reason) if set(groups) - set(GROUPS) else []


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


def _from_item(item: Any, text: str) -> object:
    if type(item) is tuple or isinstance(item, Record):
        return item
    if type(item) is dict and "start" in item and isinstance(kind := item.get("type"), str) and not is_missing(kind):
        return item
    if hasattr(item, "start_char") and hasattr(item, "text"):
        return _from_span(item)
    if hasattr(item, "start_position") and hasattr(item, "get_label"):
        return _from_flair(item, getattr(getattr(item, "sentence", None), "start_position", 0), None, text)
    given = item if isinstance(item, Mapping) else _named(item)
    named = [one for one in TYPES if one in given]
    name = next((one for one in named if not is_missing(given[one])), None) or next(iter(named), None)
    if name is None and ENTITY in given:
        name = ENTITY
    first, last = next((names for names in OFFSETS if names[0] in given), OFFSETS[0])
    if name is None or (name == "type" and first == "start"):
        return item
    start, end = given.get(first), given.get(last)
    if not isinstance(given.get("text"), str):
        start, end = _trimmed(start, end, text)
    rest = {key: value for key, value in given.items() if key not in (name, first, last)}
    return {**rest, "start": start, "end": end, "type": given[name]}


def _named(item: object) -> Mapping[str, Any]:
    """Return the parts of an object by name; none if they need no other names."""
    return {} if hasattr(item, "type") and hasattr(item, "start") else fields(item)


def _trimmed(start: Any, end: Any, text: str) -> tuple[object, object]:
    """Return a span without the white space at its ends, which SentencePiece counts as part of the next word."""
    are_offsets = all(hasattr(value, "__index__") and not isinstance(value, bool) for value in (start, end))
    if not are_offsets or not 0 <= start < end <= len(text):
        return start, end
    first, last = index(start), index(end)
    return (first, last) if text[first:last].isspace() else trim(text, first, last)


def _from_span(span: Any) -> dict[str, object]:
    """Return a span of spaCy, whose type is `label_` and whose id is `kb_id_`, or of Stanza, whose type is `type`."""
    kind = span.label_ if hasattr(span, "label_") else span.type
    found = {"start": span.start_char, "end": span.end_char, "type": kind, "text": span.text}
    entity = getattr(span, "kb_id_", "")
    return {**found, "entity": entity} if entity not in ("", UNLINKED) else found


def _from_sentences(sentences: Sequence[Any], text: str) -> list[object]:
    """Return the spans of Flair sentences of the label type `ner`; of another type alone, a list with the reason."""
    found: list[object] = [mention for sentence in sentences for mention in _from_sentence(sentence, text)]
    types = sorted({kind for sentence in sentences for kind in getattr(sentence, "annotation_layers", ())} - {"ner"})
    if found or not types:
        return found
    return Answer(
        reason=f"Flair sentences without spans of the label type 'ner'; they have {', '.join(map(repr, types))}: "
        f"return sentence.get_spans({types[0]!r}) to score them"
    )


def _from_sentence(sentence: Any, text: str) -> Iterator[dict[str, object]]:
    base = getattr(sentence, "start_position", 0)
    return (_from_flair(span, base, "ner", text) for span in sentence.get_spans("ner"))


def _from_flair(span: Any, base: int, label_type: str | None, text: str) -> dict[str, object]:
    """Return a span of a Flair sentence, whose offsets count from the start of the sentence.

    Flair drops zero-width characters, which shifts its offsets, so the text of a span is kept for
    comparison; Flair's replacement of white space by a blank is not a difference.
    """
    start, end = base + span.start_position, base + span.end_position
    surface = text[start:end]
    shown = surface if span.text.split() == surface.split() else span.text
    return {"start": start, "end": end, "type": span.get_label(label_type).value, "text": shown}


def with_words(labels: dict[str, Sequence[object]], texts: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Return the labels with the fourth value of tuples as their words if it is the words in all, else as they are."""
    fourth = (
        (label, texts[name])
        for name, given in labels.items()
        if not isinstance(given, ReadMentions)
        for label in given
        if isinstance(label, tuple | list) and is_plain(label) and len(label) == 4 and isinstance(label[3], str)
    )
    if not (first := next(fourth, None)) or not all(_has_words(*one) for one in chain([first], fourth)):
        return labels
    names = ("start", "end", "type", "text")
    return {
        name: [dict(zip(names, one, strict=False)) if isinstance(one, tuple | list) else one for one in given]
        if not isinstance(given, ReadMentions)
        else given
        for name, given in labels.items()
    }


def _has_words(label: Any, text: str) -> bool:
    """Return whether the fourth value of a label is words of the text, perhaps with shifted offsets, and not an id."""
    start, end, _, words = label
    if not (hasattr(start, "__index__") and hasattr(end, "__index__") and 0 <= start < end):
        return False
    return (
        words == text[start:end]
        or is_hinted(words, index(start), index(end), text)
        or (len(words) == end - start and words in text)
    )
