"""Unknown parts of what a system hands in: keys that no label has, and quote types and ids that gold does not have."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from goldwire.bench.parts import is_plain, names_of, part
from goldwire.formats.columns import PREFIXED, SUFFIXED
from goldwire.model.findings import foreign
from goldwire.model.profile import names, news
from goldwire.model.records import Block, Mention, Pair, Quote, Record, Span, Speaker
from goldwire.scoring.settings import Task

Keys = Mapping[str, Mapping[str, object] | None]
"""The keys of a label, each with the keys of the labels in it; None if it contains none."""

SPAN: Keys = dict.fromkeys(Span.model_fields)
KNOWN: dict[Task, Keys] = {
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
OF_LIBRARIES = frozenset({"score", "word", "index", "Index"})
"""Keys that libraries add to labels and that are ignored without a note."""
QUOTE_TYPES = names(news().quote_types)
SIMILAR = 0.7
"""The difflib ratio from which a known key is suggested for an unknown one."""
SHORTEST = 3
"""Letters of a key that may be an abbreviation."""
LONGEST = 40
"""Characters of a key that are repeated."""


def count_unknown(
    labels: Iterable[object],
    task: Task,
    unknown: dict[str, int],
    ids: Collection[str] = (),
    quote_types: Collection[str] = QUOTE_TYPES,
) -> None:
    """Add to `unknown` the unknown keys of some labels, and the types and speaker ids of quotes that gold lacks.

    An id of a speaker is unknown if it is not in `ids`; without `ids` all are known.
    """
    for label in labels:
        found = [] if isinstance(label, Record) else list(unknown_keys(label, task))
        if task == "quotes":
            kind = label[2:3] if isinstance(label, tuple | list) and is_plain(label) else [part(label, "type")]
            found += [f"type {name}" for name in kind if isinstance(name, str) and name not in quote_types]
            speakers = part(label, "speaker_entities")
            if ids and isinstance(speakers, tuple | list):
                found += [f"id {name}" for name in speakers if name not in ids]
        for name in found:
            unknown[name] = unknown.get(name, 0) + 1


def unknown_keys(label: object, task: Task) -> Iterator[str]:
    """Yield the keys of a label, and of the labels in it, that are not read."""
    return _unknown(label, KNOWN[task])


def _unknown(label: object, known: Mapping[str, object]) -> Iterator[str]:
    if isinstance(label, tuple | list) and is_plain(label):
        for one in label:
            if not isinstance(one, str | int):
                yield from _unknown(one, known)
        return
    for key in names_of(label):
        inner = known.get(key)
        if key not in known and key not in OF_LIBRARIES:
            yield str(key)[:LONGEST].encode(errors="backslashreplace").decode()
        elif isinstance(inner, Mapping):
            yield from _unknown(part(label, key), inner)


def closest_key(key: str, task: Task) -> str | None:
    """Return the known key that an unknown one probably stands for."""
    known, folded = KNOWN[task], key.casefold()
    names = dict.fromkeys(name for part in (known, *known.values()) for name in part or () if len(name) >= SHORTEST)
    close = get_close_matches(folded, names, 1, SIMILAR)
    close += [n for n in names if len(folded) >= SHORTEST and (n.startswith(folded) or folded.startswith(n))]
    return close[0] if close else None


def closest_type(kind: str, known: Collection[str]) -> str | None:
    """Return the type of gold that an unknown one is in another spelling, such as `gpe` or `B-GPE`."""
    before, behind = PREFIXED.fullmatch(kind.strip()), SUFFIXED.fullmatch(kind.strip())
    folded = re.sub(r"[-_ ]", "", before[2] if before else behind[1] if behind else kind).casefold()
    return next((name for name in known if name.replace("_", "").casefold() == folded), None)


def describe_unknown(unknown: Mapping[str, int], task: Task, most: int = 8) -> str:
    """Return unknown keys with their number and a suggestion: `speakr 330 (speaker?)`."""
    shown = []
    for name, number in list(unknown.items())[:most]:
        near = _suggestion(name, task)
        named = foreign(name.partition(" ")[2] or name)
        shown.append(f"{name}{named} {number}" + (f" ({near}?)" if near else ""))
    return ", ".join(shown) + (f" and {len(unknown) - most} more" if len(unknown) > most else "")


def _suggestion(name: str, task: Task) -> str | None:
    what, _, value = name.partition(" ")
    if not value:
        return closest_key(name, task)
    return value.casefold() if what == "type" and value.casefold() in QUOTE_TYPES else None
