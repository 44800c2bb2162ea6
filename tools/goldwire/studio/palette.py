"""Colours, keys and hints of labels, and the style of the page; colour-blind readers can distinguish the colours.

Simulated annealing found the colours: it maximises the smallest CIEDE2000 distance between two colours of a
group, both as drawn in the text (30 % over white) and as they are, for normal vision and for each kind of
colour blindness (Machado 2009). `tests/studio/test_palette.py` checks the distances.
"""

from typing import get_args

from goldwire.model.vocabulary import EntityType

COLOURS: dict[EntityType, str] = {
    "PERSON": "#D57600",
    "NORP": "#985FFB",
    "FAC": "#7D511C",
    "ORG": "#0700FD",
    "GPE": "#0C6680",
    "LOC": "#B8F0A6",
    "PRODUCT": "#828F82",
    "EVENT": "#F7B3FF",
    "WORK_OF_ART": "#F1E701",
    "LAW": "#3E0087",
    "LANGUAGE": "#630012",
}
ENTITY_KEYS = dict(zip(get_args(EntityType), "1234567890-", strict=True))
ENTITY_HINTS: dict[EntityType, str] = {
    "PERSON": "People, real or invented; a family. The name alone: no title, no role.",
    "NORP": "Nationalities, faiths, political groups, adjectives of places: Russian, Western, Soviet.",
    "FAC": "Buildings, squares, airports, bases.",
    "ORG": "Bodies, companies, media, platforms; seats that act as a body: Kremlin, White House.",
    "GPE": "Countries, cities, states, regions with a government. Does it act or speak? Then say whom it stands for.",
    "LOC": "Other places: Europe, Donbass, the West.",
    "PRODUCT": "Things that are made, weapons among them.",
    "EVENT": "Named wars, battles, summits, feasts.",
    "WORK_OF_ART": "Titles, shows, awards.",
    "LAW": "Named treaties, acts, declarations.",
    "LANGUAGE": "A named language: Russian-speaking, in English.",
}
QUOTE_PARTS: dict[str, tuple[str, str, str]] = {
    "content": ("q", "#B9A2B9", "What was expressed. Marks inside; cue, speaker and “that” outside."),
    "cue": ("w", "#9B0046", "The words that report: said, told, according to. No auxiliaries."),
    "speaker": ("e", "#3829DC", "The noun phrase that names who speaks, titles and article inside."),
    "head": ("r", "#C46DD3", "The name without titles, the head noun or the pronoun."),
    "decoy": ("t", "#6FA869", "Quotation marks that report no one's speech."),
}
"""Key, colour and hint."""
CHOICE_KEYS = {
    "direct": "a",
    "indirect": "s",
    "mixed": "d",
    "resolved": "z",
    "group": "x",
    "unnamed": "c",
    "none": "v",
    "name": "f",
    "nominal": "g",
    "pronoun": "b",
    "scare": "y",
    "title": "i",
    "term": "o",
}
"""Keys of the choices of a selected region."""
CHOICE_HINTS = {
    "direct": "All of the content stands in quotation marks.",
    "indirect": "None of the content stands in quotation marks.",
    "mixed": "Some of the content stands in quotation marks.",
    "resolved": "One speaker whom the registry knows.",
    "group": "Several, or a plural without an id: analysts.",
    "unnamed": "One person whom the text never names.",
    "none": "Nobody speaks: the constitution stipulates.",
    "name": "The head is a name.",
    "nominal": "The head is a noun: the minister.",
    "pronoun": "The head is a pronoun: he.",
    "scare": "The writer keeps a distance.",
    "title": "A work, a slogan, a proverb, a joke.",
    "term": "A set phrase, a gloss, a translation.",
    "exact": "The same text after normalisation.",
    "near": "The same article with edits.",
    "related": "Different articles that share a reused passage.",
    "distinct": "No passage of eight words is reused.",
}
NO_KEY = "f13"
"""A key that no keyboard has, for choices that must not be hit by accident; without one the editor picks a letter."""

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
