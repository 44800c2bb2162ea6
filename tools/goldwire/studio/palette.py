"""Colours, keys and hints of labels, and the style of the page; colour-blind readers can distinguish the colours.

Simulated annealing found the colours: it maximises the smallest CIEDE2000 distance between two colours of a
group, both as drawn in the text (30 % over white) and as they are, for normal vision and for each kind of
colour blindness (Machado 2009). `tests/studio/test_palette.py` checks the distances.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, cycle, repeat
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


STYLE = """
.lsf-main-content, .gw-page { max-width: none; }
.gw-bar { position: sticky; top: 0; z-index: 101; background: var(--color-neutral-background, #fff);
          padding: 2px 0 4px; border-bottom: 1px solid #ccc; }
.gw-bar .lsf-labels { margin: 2px 0 !important; gap: 3px; }
.gw-bar .lsf-label { margin: 0 !important; padding: 1px 5px; font-size: 11.5px; }
.gw-page .lsf-label_selected { text-shadow: 0 0 3px #000, 0 0 2px #000; }
.gw-asked { min-height: 84px; }
.gw-ask { display: flex; gap: 2px 16px; align-items: flex-start; }
.gw-field h4, .gw-side h4 { font-size: 12px !important; line-height: 16px !important; margin: 4px 0 2px !important; }
.gw-field .ant-select { min-width: 16.5em !important; max-width: 19em; }
.gw-field .lsf-choices, .gw-field form { margin: 0 !important; }
.gw-ask .lsf-choice { margin-right: 4px; font-size: 13px; }
.gw-field form { width: 15em; }
.gw-text { max-width: 56em; padding: 12px 0 12px 48px; }
.gw-text .lsf-htx-richtext { font-size: 16px; line-height: 2.3 !important; }
.gw-differences { border-left: 4px solid #D57600; margin: 4px 0 8px 48px; padding: 0 12px; }
.gw-differences .lsf-htx-richtext { font: 12.5px/1.5 monospace !important; white-space: pre-wrap; }
.relations-overlay { opacity: .75; }
.relations-overlay text { font-size: 9px !important; }
.gw-candidate { border-top: 1px solid #ccc; margin-top: 12px; padding-top: 8px; }
.gw-columns { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.gw-columns .lsf-htx-richtext { max-height: 18em; overflow: auto; font-size: 14px; line-height: 1.6 !important; }
.gw-side .lsf-label { margin: 0 !important; padding: 1px 4px; font-size: 11.5px; }
.gw-side .lsf-labels { gap: 2px; margin: 2px 0 !important; }
.gw-candidate sup, .gw-candidate .lsf-label__hotkey { display: none; }
.lsf-error-message:has(.lsf-error-message__validation) .lsf-error-message__title { font-size: 0; }
.lsf-error-message:has(.lsf-error-message__validation) .lsf-error-message__title::after
    { content: "There are faults in these labels"; font-size: 20px; }
.lsf-error-message__validation li { list-style: disc; margin: 6px 0 6px 18px; }
.lsf-error-message__actions { display: none; }
.gw-guide h1 { font-size: 24px; line-height: 1.3; margin: 0 0 12px; }
.gw-guide h2 { font-size: 19px; line-height: 1.3; margin: 24px 0 8px; border-bottom: 1px solid #ccc; }
.gw-guide h3 { font-size: 16px; margin: 16px 0 4px; }
.gw-guide p { margin: 12px 0 4px; }
.gw-guide ul { margin: 0 0 4px; padding-left: 20px; list-style: disc; font-size: 14px; }
.gw-guide li { margin: 2px 0; }
.gw-guide th, .gw-guide td { border: 1px solid #ccc; padding: 2px 8px; text-align: left; }
.lsf-modal-ls__content:has(.gw-guide) { width: min(56em, 92vw) !important; max-width: none !important; }
"""
