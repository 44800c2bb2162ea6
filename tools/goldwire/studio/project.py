"""The one project: its labelling config, generated from the records."""

from typing import get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goldwire.records import DecoyReason, EntityType, QuoteStatus, QuoteType, Relation, SpeakerKind

TITLE = "goldwire"
DESCRIPTION = "Entities, quotes and duplicates of the gold corpus"

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
.gw-bar { position: sticky; top: 0; z-index: 5; background: var(--color-neutral-background, #fff);
          padding: 4px 0 8px; border-bottom: 1px solid #ccc; }
.gw-text { max-width: 52em; padding: 12px 0; }
.gw-text .lsf-htx-richtext { font-size: 16px; line-height: 2.3 !important; }
.gw-candidate { border-top: 1px solid #ccc; margin-top: 12px; padding-top: 8px; max-width: 52em; }
.gw-candidate-text { max-height: 12em; overflow: auto; font-size: 14px; line-height: 1.5; }
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


def _for_label(view: Element, group: str, labels: str, header: str) -> Element:
    shown = SubElement(view, "View", visibleWhen="region-selected", whenTagName=group, whenLabelValue=labels)
    SubElement(shown, "Header", value=header, size="6")
    return shown


def _choices(parent: Element, name: str, values: tuple[str, ...], to: str = "text", **more: str) -> Element:
    attributes = {"name": name, "toName": to, "choice": "single", "showInline": "true", **more}
    choices = SubElement(parent, "Choices", attributes)
    for value in values:
        SubElement(choices, "Choice", value=value)
    return choices


def _mention_choices(view: Element) -> None:
    shown = _for_label(view, "entity", ",".join(COLOURS), "Which entity does it literally name?")
    entity = {"perRegion": "true", "value": "$entities", "layout": "select"}
    _choices(shown, "entity_id", (), required="true", requiredMessage="Choose the entity of every mention.", **entity)
    SubElement(
        shown, "Header", value="What government, organisation or people does it stand for here, if any?", size="6"
    )
    _choices(shown, "stands_for", (), **entity)


def _quote_choices(view: Element) -> None:
    shown = _for_label(view, "quote", "content", "First fragment: type, who speaks, how far that is known")
    _choices(shown, "quote_type", get_args(QuoteType), perRegion="true")
    _choices(shown, "status", get_args(QuoteStatus), perRegion="true")
    _choices(shown, "speaker_entities", (), choice="multiple", perRegion="true", value="$entities", layout="select")
    shown = _for_label(view, "quote", "speaker", "What is the head of the speaker?")
    _choices(shown, "kind", get_args(SpeakerKind), perRegion="true", required="true")
    shown = _for_label(view, "quote", "decoy", "Why do the marks stand there?")
    _choices(shown, "reason", get_args(DecoyReason), perRegion="true", required="true")


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
