"""What a system handed in that nothing reads: keys that no label has, and types of quotes that gold does not know."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from goldwire.model.records import Block, Mention, Pair, Quote, QuoteType, Span, Speaker
from goldwire.scoring.settings import Task

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


def count_unread(labels: Iterable[Any], task: Task, unread: dict[str, int], ids: Collection[str] = ()) -> None:
    """Add to `unread` the keys of some labels that are not read, and what of quotes gold does not know.

    That is types, and ids of speakers outside `ids`, which no speaker of gold can be; without `ids` all may be.
    """
    for label in labels:
        strange = list(unread_keys(label, task))
        if task == "quotes":
            if (kind := _part(label, "type", 2)) not in (None, *QUOTE_TYPES):
                strange.append(f"type {kind}")
            speakers = _part(label, "speaker_entities", None)
            if ids and isinstance(speakers, tuple | list):
                strange += [f"id {name}" for name in speakers if name not in ids]
        for name in strange:
            unread[name] = unread.get(name, 0) + 1


def _part(label: Any, name: str, place: int | None) -> Any:
    """What a label says by name, or in a tuple at a place; None where it does not."""
    if isinstance(label, tuple | list) and not hasattr(label, "content"):
        return label[place] if place is not None and len(label) > place else None
    return label.get(name) if isinstance(label, Mapping) else getattr(label, name, None)


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
        near = _near(name, task)
        shown.append(f"{name} {number}" + (f" ({near}?)" if near else ""))
    return ", ".join(shown) + (f" and {len(unread) - most} more" if len(unread) > most else "")


def _near(name: str, task: Task) -> str | None:
    what, _, value = name.partition(" ")
    if not value:
        return meant(name, task)
    return value.casefold() if what == "type" and value.casefold() in QUOTE_TYPES else None
