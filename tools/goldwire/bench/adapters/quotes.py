"""Quotes in what extractors give: told by the names of their parts, so that no library is imported."""

from collections.abc import Iterable
from typing import Any

from goldwire.model.errors import GoldwireError

PARTS = ("speaker", "cue", "content")


def read_quotes(output: Any, text: str) -> list[Any]:
    """The quotes in what an extractor gave for one text; whatever is not known is handed on as it is.

    Known are textacy's quotations, triples of `speaker`, `cue` and `content` in spaCy's tokens; spaCy's
    spans; and a `Doc` that keeps them in the span group `quotes`, where those of one `id_` are one quote.
    Triples under one cue are one quote of several fragments, since one cue is one act of speech.
    """
    groups = getattr(output, "spans", None)
    if groups is not None:
        if "quotes" not in groups:
            kept = ", ".join(map(repr, groups)) or "none"
            raise GoldwireError(f"a Doc without the span group 'quotes' (it has {kept}); expected its quotes there")
        return _joined(groups["quotes"])
    found: list[Any] = []
    by_cue: dict[Any, dict[str, Any]] = {}
    for item in output:
        if not _is_triple(item):
            found += _joined([item]) if hasattr(item, "start_char") else [item]
            continue
        quote = _of_triple(item)
        key = quote["cue"]["start"], quote["cue"]["end"]
        if key in by_cue:
            by_cue[key]["content"] += quote["content"]
        else:
            by_cue[key] = quote
            found.append(quote)
    return found


def _joined(spans: Iterable[Any]) -> list[Any]:
    """The quotes of a span group: the fragments of one share its id, as `goldwire export spacy` writes them."""
    found: dict[Any, dict[str, Any]] = {}
    for number, span in enumerate(spans):
        quote = found.setdefault(span.id_ or number, {"content": [], "type": span.label_ or "direct"})
        quote["content"].append({"start": span.start_char, "end": span.end_char})
    return list(found.values())


def _is_triple(item: Any) -> bool:
    return all(hasattr(item, part) for part in PARTS) and hasattr(item.content, "start_char")


def _of_triple(item: Any) -> dict[str, Any]:
    content = {"start": item.content.start_char, "end": item.content.end_char}
    return {"type": "direct", "content": [content], "cue": _reach(item.cue), "speaker": _reach(item.speaker)}


def _reach(tokens: Any) -> dict[str, int]:
    """The stretch from the first to the last of some spaCy tokens."""
    return {"start": min(token.idx for token in tokens), "end": max(token.idx + len(token) for token in tokens)}
