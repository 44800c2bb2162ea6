"""Quotes in the output of extractors, recognised by the names of their attributes, so that no library is imported."""

from collections.abc import Iterable
from typing import Any, TypedDict

from goldwire.bench.adapters.entities import check_text
from goldwire.formats.spacy import BETWEEN
from goldwire.model.errors import GoldwireError

PARTS = ("speaker", "cue", "content")


class Offsets(TypedDict):
    """A half-open span of code points."""

    start: int
    end: int


class QuoteDict(TypedDict, total=False):
    """A quote with the keys of the record."""

    type: str
    content: list[Offsets]
    cue: Offsets
    speaker: Offsets
    speaker_entities: list[str]


def read_quotes(output: Any, text: str) -> list[object]:
    """Return the quotes in what an extractor gave for one text; other labels are returned as they are.

    Known are textacy's quotations, triples of `speaker`, `cue` and `content` in spaCy's tokens; spaCy's
    spans; and a `Doc` with the span group `quotes`, in which spans with the same `id_` are one quote and
    `kb_id_` has the ids of its speakers.
    Triples with the same cue are one quote of several fragments, because one cue is one act of speech.
    """
    groups = getattr(output, "spans", None)
    if groups is not None:
        if "quotes" not in groups:
            present = ", ".join(map(repr, groups)) or "none"
            raise GoldwireError(f"a Doc without the span group 'quotes' (it has {present}); expected its quotes there")
        check_text(getattr(output, "text", None), text)
        return _from_group(groups["quotes"])
    found: list[object] = []
    by_cue: dict[tuple[int, int], QuoteDict] = {}
    for item in output:
        if not _is_triple(item):
            found += _from_group([item]) if hasattr(item, "start_char") else [item]
            continue
        quote = _from_triple(item)
        key = quote["cue"]["start"], quote["cue"]["end"]
        if key in by_cue:
            by_cue[key]["content"] += quote["content"]
        else:
            by_cue[key] = quote
            found.append(quote)
    return found


def _from_group(spans: Iterable[Any]) -> list[object]:
    """Return the quotes of a span group: the fragments of a quote share its id, as in `goldwire export spacy`."""
    found: dict[object, QuoteDict] = {}
    for number, span in enumerate(spans):
        quote = found.setdefault(span.id_ or number, {"content": [], "type": span.label_})
        quote["content"].append({"start": span.start_char, "end": span.end_char})
        if entities := getattr(span, "kb_id_", ""):
            quote["speaker_entities"] = entities.split(BETWEEN)
    return list(found.values())


def _is_triple(item: object) -> bool:
    return all(hasattr(item, part) for part in PARTS) and hasattr(getattr(item, "content", None), "start_char")


def _from_triple(item: Any) -> QuoteDict:
    content: Offsets = {"start": item.content.start_char, "end": item.content.end_char}
    return {"type": "direct", "content": [content], "cue": _extent(item.cue), "speaker": _extent(item.speaker)}


def _extent(tokens: Any) -> Offsets:
    """Return the span from the first to the last of some spaCy tokens."""
    return {"start": min(token.idx for token in tokens), "end": max(token.idx + len(token) for token in tokens)}
