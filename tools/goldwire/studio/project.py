"""The one project: its labelling config, generated from the records."""

from typing import get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goldwire.records import DecoyReason, EntityType, QuoteStatus, QuoteType, Relation, SpeakerKind
from goldwire.sets import GOLD

TITLE = "goldwire"
DESCRIPTION = "Entities, quotes and duplicates of the gold corpus"


def title_of(name: str) -> str:
    """The title of the project whose labels belong to the set of a name; gold has the plain one."""
    return TITLE if name == GOLD else f"{TITLE} · {name}"


def set_of(title: str) -> str | None:
    """The name of the set that a project's labels belong to; None for a project that is not goldwire's."""
    if title == TITLE:
        return GOLD
    return title.removeprefix(f"{TITLE} · ") if title.startswith(f"{TITLE} · ") else None


# Okabe and Ito's colours with darker and lighter steps: told apart by colour-blind readers too.
COLOURS: dict[EntityType, str] = {
    "PERSON": "#E69F00",
    "NORP": "#56B4E9",
    "FAC": "#8C564B",
    "ORG": "#009E73",
    "GPE": "#0072B2",
    "LOC": "#7FC8A9",
    "PRODUCT": "#999999",
    "EVENT": "#CC79A7",
    "WORK_OF_ART": "#F0E442",
    "LAW": "#5D3A9B",
    "LANGUAGE": "#D55E00",
}
ENTITY_KEYS = dict(zip(get_args(EntityType), "1234567890-", strict=True))
QUOTE_PARTS: dict[str, tuple[str, str, str]] = {
    "content": ("q", "#1B9E77", "What was expressed. Marks inside; cue, speaker and “that” outside."),
    "cue": ("w", "#D95F02", "The words that report: said, told, according to. No auxiliaries."),
    "speaker": ("e", "#7570B3", "The noun phrase that names who speaks, titles and article inside."),
    "head": ("r", "#BDB7E0", "The name without titles, the head noun or the pronoun."),
    "decoy": ("t", "#A6761D", "Quotation marks that report no one's speech."),
}
RELATIONS = ("cue", "speaker", "head", "continues", "inside")
"""From content to its cue, speaker, next fragment and parent content; from speaker to its head."""
DIRECTED = ("contained: candidate in this text", "contained: this text in candidate")
"""The two ways round of `contained`: a is the candidate, the earlier document."""

STYLE = """
.lsf-main-content, .gw-page { max-width: none; }
.gw-bar { position: sticky; top: 0; z-index: 101; background: var(--color-neutral-background, #fff);
          padding: 4px 0 8px; border-bottom: 1px solid #ccc; }
.gw-ask { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; min-height: 40px; }
.gw-ask .ant-select { min-width: 25em !important; }
.gw-text { max-width: 56em; padding: 12px 0 12px 48px; }
.gw-text .lsf-htx-richtext { font-size: 16px; line-height: 2.3 !important; }
.gw-candidate { border-top: 1px solid #ccc; margin-top: 12px; padding-top: 8px; max-width: 52em; }
.gw-candidate-text { max-height: 12em; overflow: auto; font-size: 14px; line-height: 1.5; }
.lsf-error-message:has(.lsf-error-message__validation) .lsf-error-message__title { font-size: 0; }
.lsf-error-message:has(.lsf-error-message__validation) .lsf-error-message__title::after
    { content: "This would break the gold"; font-size: 20px; }
.lsf-error-message__validation li { list-style: disc; margin: 6px 0; }
.lsf-error-message__actions { display: none; }
"""


def labelling_config() -> str:
    """The labelling config as XML: the same text for the same models."""
    view = Element("View", className="gw-page")
    SubElement(view, "Style").text = STYLE
    _bar(view)
    SubElement(view, "Header", value="$title", size="4")
    text = SubElement(view, "View", className="gw-text")
    SubElement(text, "Text", name="text", value="$text", granularity="symbol")
    _relations(view)
    _duplicates(view)
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def _bar(view: Element) -> None:
    bar = SubElement(view, "View", className="gw-bar")
    entities = SubElement(bar, "Labels", name="entity", toName="text", showInline="true")
    for kind, colour in COLOURS.items():
        SubElement(entities, "Label", value=kind, background=colour, hotkey=ENTITY_KEYS[kind])
    quotes = SubElement(bar, "Labels", name="quote", toName="text", showInline="true")
    for part, (key, colour, hint) in QUOTE_PARTS.items():
        SubElement(quotes, "Label", value=part, background=colour, hotkey=key, hint=hint)
    _mention_choices(bar)
    _quote_choices(bar)


def _relations(view: Element) -> None:
    relations = SubElement(view, "Relations")
    for name in RELATIONS:
        SubElement(relations, "Relation", value=name)


def _choices(parent: Element, name: str, values: tuple[str, ...], to: str = "text", **more: str) -> None:
    choices = SubElement(
        parent, "Choices", {"name": name, "toName": to, "choice": "single", "showInline": "true", **more}
    )
    for value in values:
        SubElement(choices, "Choice", value=value)


def _registry(parent: Element, name: str, placeholder: str, **more: str) -> None:
    """A field to search the registry in. (Choices cannot be searched, and take letters as hotkeys.)"""
    attributes = {"name": name, "toName": "text", "value": "$entities", "leafsOnly": "true"}
    SubElement(parent, "Taxonomy", {**attributes, "placeholder": placeholder, **more})


def _ask(bar: Element, group: str, labels: str) -> tuple[Element, dict[str, str]]:
    """A row that shows while a region of some labels is selected, and what its controls need to say so too.

    (What is required is asked of the regions that the control itself names, not of those its row does.)
    """
    when = {"visibleWhen": "region-selected", "whenTagName": group, "whenLabelValue": labels}
    return SubElement(bar, "View", {"className": "gw-ask", **when}), {"perRegion": "true", **when}


def _mention_choices(bar: Element) -> None:
    row, when = _ask(bar, "entity", ",".join(COLOURS))
    needed = {"required": "true", "requiredMessage": "Choose the entity of every mention."}
    _registry(row, "entity_id", "What does it name? Search the registry", maxUsages="1", **when, **needed)
    _registry(row, "stands_for", "Whom does it stand for here, if anyone?", maxUsages="1", **when)


def _quote_choices(bar: Element) -> None:
    row, when = _ask(bar, "quote", "content")
    _choices(row, "quote_type", get_args(QuoteType), **when)
    _choices(row, "status", get_args(QuoteStatus), **when)
    _registry(row, "speaker_entities", "Who speaks? Search the registry", **when)
    row, when = _ask(bar, "quote", "speaker")
    _choices(row, "kind", get_args(SpeakerKind), required="true", **when)
    row, when = _ask(bar, "quote", "decoy")
    _choices(row, "reason", get_args(DecoyReason), required="true", **when)


def relation_choices() -> tuple[str, ...]:
    """What a candidate may be judged to be: the relations, containment both ways round, and distinct."""
    plain = [relation for relation in get_args(Relation) if relation != "contained"]
    return (*plain, *DIRECTED, "distinct")


def _duplicates(view: Element) -> None:
    SubElement(view, "Header", value="Duplicates: earlier articles that share text with this one", size="4")
    repeater = SubElement(view, "Repeater", on="$candidates", indexFlag="{{idx}}")
    each = SubElement(repeater, "View", className="gw-candidate")
    SubElement(each, "Header", value="$candidates[{{idx}}].title", size="5")
    inner = SubElement(each, "View", className="gw-candidate-text")
    SubElement(inner, "Text", name="candidate_{{idx}}", value="$candidates[{{idx}}].text")
    _choices(each, "relation_{{idx}}", relation_choices(), to="candidate_{{idx}}", required="true")
