"""Colours, keys and hints of labels, and the style of the page; colour-blind readers can distinguish the colours.

Simulated annealing found the colours: it maximises the smallest CIEDE2000 distance between two colours of a
group, both as drawn in the text (30 % over white) and as they are, for normal vision and for each kind of
colour blindness (Machado 2009). `tests/studio/test_palette.py` checks the distances.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, cycle, repeat
from pathlib import Path
from typing import NamedTuple

from goldwire.model.profile import Kind, Profile, news

COLOURS = tuple(kind.colour or "" for kind in news().entity_types)
"""The colours of types of entities that have none of their own, in order."""
ENTITY_KEYS, TYPE_KEYS, REASON_KEYS = "1234567890-", "asd", "yio"
"""The keys of the values of open lists, in order; later values have none."""
QUOTE_PARTS: dict[str, tuple[str, str, str]] = {
    "content": ("q", "#B9A2B9", "What was expressed. Marks inside; cue, speaker and “that” outside."),
    "cue": ("w", "#9B0046", "The words that report: said, told, according to. No auxiliaries."),
    "speaker": ("e", "#3829DC", "The noun phrase that names who speaks, titles and article inside."),
    "head": ("r", "#C46DD3", "The name without titles, the head noun or the pronoun."),
    "decoy": ("t", "#6FA869", "Quotation marks that report no one's speech."),
}
"""Key, colour and hint."""
CHOICE_KEYS = {
    "resolved": "z",
    "group": "x",
    "unnamed": "c",
    "none": "v",
    "name": "f",
    "nominal": "g",
    "pronoun": "b",
}
"""Keys of the choices of a selected region."""
CHOICE_HINTS = {
    "resolved": "One speaker whom the registry knows.",
    "group": "Several, or a plural without an id: analysts.",
    "unnamed": "One person whom the text never names.",
    "none": "Nobody speaks: the constitution stipulates.",
    "name": "The head is a name.",
    "nominal": "The head is a noun: the minister.",
    "pronoun": "The head is a pronoun: he.",
    "exact": "The same text after normalisation.",
    "near": "The same article with edits.",
    "related": "Different articles that share a reused passage.",
    "distinct": "No passage of eight words is reused.",
}
NO_KEY = "f13"
"""A key that no keyboard has, for choices that must not be hit by accident; without one the editor picks a letter."""


class Option(NamedTuple):
    """A value as the labelling page offers it."""

    value: str
    key: str
    colour: str
    hint: str


def options(kinds: Sequence[Kind], keys: str) -> Iterator[Option]:
    """The values of an open list, each with its key, its own colour or the next one, and its hint."""
    for kind, key, colour in zip(kinds, chain(keys, repeat(NO_KEY)), cycle(COLOURS), strict=False):
        yield Option(kind.name, key, kind.colour or colour, kind.hint or kind.title or "")


def choices(values: Sequence[str]) -> list[Option]:
    """The values of a closed list."""
    return [Option(value, CHOICE_KEYS.get(value, NO_KEY), "", CHOICE_HINTS.get(value, "")) for value in values]


def words(profile: Profile) -> dict[str, dict[str, str]]:
    """What the report says of the values of a corpus: hints of types and of choices, colours of types."""
    types = list(options(profile.entity_types, ENTITY_KEYS))
    listed = [*options(profile.quote_types, TYPE_KEYS), *options(profile.decoy_reasons, REASON_KEYS)]
    return {
        "types": {kind.value: kind.hint for kind in types},
        "choices": {kind.value: kind.hint for kind in listed} | CHOICE_HINTS,
        "colours": {kind.value: kind.colour for kind in types},
    }


STYLE = Path(__file__).with_name("labelling.css").read_text()
"""The style of the page, which works on any server."""
