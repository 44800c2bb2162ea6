"""What a system handed in that nothing reads: keys that no label has, and types of quotes that gold does not know."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from goldwire.records import Block, Mention, Pair, Quote, QuoteType, Span, Speaker
from goldwire.signature import Task

Shape = Mapping[str, Any]
"""The keys of a label; behind each those of what it holds, None where that is no label."""

SPAN: Shape = dict.fromkeys(Span.model_fields)
SHAPES: dict[Task, Shape] = {
    "entities": dict.fromkeys(Mention.model_fields),
    "quotes": {
        **dict.fromkeys([*Quote.model_fields, *SPAN]),
        "content": SPAN,
        "cue": SPAN,
        "speaker": {**dict.fromkeys(Speaker.model_fields), "head": SPAN},
    },
    "duplicates": {**dict.fromkeys(Pair.model_fields), "passages": {"a": SPAN, "b": SPAN}},
    "segments": dict.fromkeys([*Block.model_fields, "text"]),
}
BESIDE = frozenset({"score", "word", "index"})
"""What libraries say beside a label; nobody expects it to be read."""
QUOTE_TYPES = get_args(QuoteType)
LIKE = 0.7
"""How alike a key must be to one that is read to be taken for it, as difflib measures."""
SHORTEST = 3
"""Letters of a key that may be meant by another."""
LONGEST = 40
"""Characters of a key that are repeated."""


def count_unread(labels: Iterable[Any], task: Task, unread: dict[str, int]) -> None:
    """Add to `unread` the keys of some labels that are not read, and the types of quotes that gold does not have."""
    for label in labels:
        for told in unread_keys(label, task):
            unread[told] = unread.get(told, 0) + 1
        if task == "quotes" and (kind := _type(label)) not in (None, *QUOTE_TYPES):
            unread[f"type {kind}"] = unread.get(f"type {kind}", 0) + 1


def _type(label: Any) -> Any:
    if isinstance(label, tuple | list) and not hasattr(label, "content"):
        return label[2] if len(label) > 2 else None
    return label.get("type") if isinstance(label, Mapping) else getattr(label, "type", None)


def unread_keys(label: Any, task: Task) -> Iterator[str]:
    """The keys of a label, and of those in it, that are not read."""
    return _keys(label, SHAPES[task])


def _keys(label: Any, shape: Shape) -> Iterator[str]:
    if isinstance(label, tuple | list):
        for part in label:
            yield from _keys(part, shape)
    elif isinstance(label, Mapping):
        for key, held in label.items():
            if key not in shape and key not in BESIDE:
                yield str(key)[:LONGEST]
            elif shape.get(key):
                yield from _keys(held, shape[key])


def meant(key: str, task: Task) -> str | None:
    """The key that one which is not read may have been meant for."""
    shape, said = SHAPES[task], key.casefold()
    names = dict.fromkeys(name for part in (shape, *shape.values()) for name in part or () if len(name) >= SHORTEST)
    close = get_close_matches(said, names, 1, LIKE)
    close += [name for name in names if len(said) >= SHORTEST and (name.startswith(said) or said.startswith(name))]
    return close[0] if close else None


def told(unread: Mapping[str, int], task: Task, most: int = 8) -> str:
    """What is not read, with its number and what it may have been meant for: `speakr 330 (speaker?)`."""
    shown = []
    for name, number in list(unread.items())[:most]:
        kind = name.removeprefix("type ")
        near = kind.casefold() if kind != name and kind.casefold() in QUOTE_TYPES else None
        near = near or (meant(name, task) if kind == name else None)
        shown.append(f"{name} {number}" + (f" ({near}?)" if near else ""))
    return ", ".join(shown) + (f" and {len(unread) - most} more" if len(unread) > most else "")
