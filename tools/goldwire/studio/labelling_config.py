"""Titles of projects, and their labelling config, generated from the records."""

from collections.abc import Iterable
from itertools import cycle
from typing import get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goldwire.corpus.annotation_sets import GOLD
from goldwire.model.profile import Profile, news
from goldwire.model.vocabulary import QuoteStatus, Relation, SpeakerKind
from goldwire.studio.palette import (
    COLOURS,
    ENTITY_KEYS,
    NO_KEY,
    QUOTE_PARTS,
    REASON_KEYS,
    STYLE,
    TYPE_KEYS,
    Option,
    choices,
    options,
)
from goldwire.text.derived_fields import derivable

TITLE = "goldwire"
DESCRIPTION = "Entities, quotes and duplicates of the gold corpus"
KEYS_LINE = "Ctrl+Enter saves · Alt+R relates the selected region to another · Esc deselects · keys are on the labels"
"""What the bar shows while no region is selected; the script of our own server adds its keys."""
RELATIONS = ("cue", "speaker", "head", "continues", "inside")
"""From content to its cue, speaker, next fragment and parent content; from speaker to its head."""
DIRECTED = ("contained: candidate in this text", "contained: this text in candidate")
"""The two directions of `contained`: a is the candidate, the earlier document."""
ENTITIES = "entities"
"""The field of a task's data that lists the registry."""
TYPED = "entity_"
"""What the names of the fields with the entity of a mention begin with."""
STANDS_FOR = "GPE"
"""The type whose mentions can stand for another entity; a profile without it has the field for all types."""
UNASKED = "gw-unasked"
"""The class of what a profile does not ask for, which is not visible and has no keys."""
NEW_ENTITY = "new"
"""The choice for an entity that the registry lacks; the field `new_entity` has its name."""
PASSAGES = tuple(str(number) for number in range(1, 13))
"""Labels of passages: a passage has the same number in both texts."""


def title_of(name: str) -> str:
    """The title of the project of a set; that of gold has no suffix."""
    return TITLE if name == GOLD else f"{TITLE} · {name}"


def adjudication_of(a: str, b: str) -> str:
    """The name of the project in which two sets are adjudicated; no set can have this name."""
    return f"{a} / {b}"


def set_of(title: str) -> str | None:
    """The name of the set that a project's labels belong to; None for a project that is not goldwire's.

    The labels of an adjudication belong to gold.
    """
    if title == TITLE:
        return GOLD
    if not title.startswith(f"{TITLE} · "):
        return None
    name = title.removeprefix(f"{TITLE} · ")
    return GOLD if " / " in name else name


def entity_field(kind: str) -> str:
    """The name of the field that has the entity of a mention of a type."""
    return f"{TYPED}{kind}"


def entities_of(kind: str) -> str:
    """The field of a task's data that lists the entities of a type. (The server cannot check a nested field.)"""
    return f"{ENTITIES}_{kind}"


def labelling_config(name: str = GOLD, profile: Profile | None = None, guarded: bool = False) -> str:
    """The labelling config of a project, as XML; it depends only on the profile of the corpus and the kind of project.

    That of an adjudication shows the differences above the text. What the profile does not ask for is part of the
    config and not visible, so that labels of it stay as they are. On a `guarded` server, the guard
    lists everything that labels lack, where the editor would name one label after the other.
    """
    view = Element("View", className="gw-page")
    SubElement(view, "Style").text = STYLE
    profile = profile or news()
    _bar(view, profile)
    SubElement(SubElement(view, "View", className="gw-title"), "Header", value="$document", size="6")
    if " / " in name:
        both = SubElement(view, "View", className="gw-differences")
        first, second = name.split(" / ")
        copy = (
            f"You edit a copy of {first}’s labels. For {second}’s, open the tab {second}, then Duplicate in its menu."
        )
        SubElement(both, "Header", value=f"{copy} They differ in:", size="6")
        SubElement(both, "Text", name="differences", value="$differences")
    text = SubElement(view, "View", className="gw-text")
    SubElement(text, "Text", name="text", value="$text", granularity="symbol")
    relations = SubElement(view, "Relations")
    for name in RELATIONS:
        SubElement(relations, "Relation", value=name)
    _duplicates(_part(view, profile.has("duplicates")), profile)
    for field in view.iter():
        if guarded and field.get("perRegion"):
            field.attrib.pop("required", None)
    indent(view)
    return tostring(view, encoding="unicode")  # without a line feed at its end, because the server removes it


def _bar(view: Element, profile: Profile) -> None:
    bar = SubElement(view, "View", className="gw-bar")
    entities = SubElement(
        _part(bar, profile.has("entities")), "Labels", name="entity", toName="text", showInline="true"
    )
    for kind in options(profile.entity_types, ENTITY_KEYS):
        SubElement(entities, "Label", value=kind.value, background=kind.colour, hotkey=kind.key, hint=kind.hint)
    asked_parts = _parts(profile)
    unasked = [f"gw-without-{part}" for part in QUOTE_PARTS if asked_parts and part not in asked_parts]
    place = SubElement(_part(bar, bool(asked_parts)), "View", className=" ".join(["gw-quotes", *unasked]))
    quotes = SubElement(place, "Labels", name="quote", toName="text", showInline="true")
    for part, (key, colour, hint) in QUOTE_PARTS.items():
        key = key if part in asked_parts else NO_KEY
        SubElement(quotes, "Label", value=part, background=colour, hotkey=key, hint=hint)
    asked = SubElement(bar, "View", className="gw-asked")  # has a fixed height, so that no click moves the text
    keys = "gw-keys" if profile.has("entities") or asked_parts else f"gw-keys {UNASKED}"
    SubElement(SubElement(asked, "View", className=keys), "Header", value=KEYS_LINE, size="6")
    for name in profile.types:
        _mention_fields(asked, name, profile)
    _name_field(asked, profile)
    _quote_fields(asked, profile)


def _part(parent: Element, is_asked: bool) -> Element:
    """Where controls go that are asked for, or else an invisible part of it."""
    return parent if is_asked else SubElement(parent, "View", className=UNASKED)


def _parts(profile: Profile) -> list[str]:
    """The labels of quotes and decoys that a profile asks for."""
    fields = ["content", *(part for part in ("cue", "speaker", "head") if profile.requires("quotes", part))]
    return [*(fields if profile.has("quotes") else ()), *(("decoy",) if profile.has("decoys") else ())]


def _field(parent: Element, title: str, is_asked: bool = True) -> Element:
    field = SubElement(parent, "View", className="gw-field" if is_asked else f"gw-field {UNASKED}")
    SubElement(field, "Header", value=title, size="6")
    return field


def _choices(parent: Element, name: str, values: Iterable[Option], to: str = "text", **more: str) -> None:
    attributes = {"name": name, "toName": to, "choice": "single", "showInline": "true", **more}
    control = SubElement(parent, "Choices", attributes)
    for value, key, _, hint in values:
        key = key if to == "text" and UNASKED not in parent.get("className", "") else NO_KEY
        SubElement(control, "Choice", {"value": value, "hotkey": key, **({"hint": hint} if hint else {})})


def _registry(parent: Element, name: str, entities: str, **more: str) -> None:
    """A field that searches the registry. (Choices cannot be searched, and use letters as hotkeys.)"""
    attributes = {"name": name, "toName": "text", "value": f"${entities}", "leafsOnly": "true", "legacy": "true"}
    SubElement(parent, "Taxonomy", {**attributes, "placeholder": "Search the registry", **more})


def _ask(bar: Element, group: str, labels: str) -> tuple[Element, dict[str, str]]:
    """A row that is visible while a region of some labels is selected, and the attributes its controls need.

    (Label Studio requires a choice for the regions that the control itself names, not for those of its row.)
    """
    when = {"visibleWhen": "region-selected", "whenTagName": group, "whenLabelValue": labels}
    return SubElement(bar, "View", {"className": "gw-ask", **when}), {"perRegion": "true", **when}


def _mention_fields(bar: Element, kind: str, profile: Profile) -> None:
    row, when = _ask(bar, "entity", kind)
    is_linked, stands = profile.requires("entities", "entity"), profile.requires("entities", "stands_for")
    needed = {"required": "true", "requiredMessage": f"Choose the entity of every {kind}."} if is_linked else {}
    _registry(
        _field(row, "Its entity", is_linked), entity_field(kind), entities_of(kind), maxUsages="1", **when, **needed
    )
    if kind == STANDS_FOR:
        _registry(_field(row, "It stands for", stands), "stands_for", ENTITIES, maxUsages="1", **when)


def _name_field(bar: Element, profile: Profile) -> None:
    row, when = _ask(bar, "entity", ",".join(profile.types))
    if STANDS_FOR not in profile.types:
        stands = profile.requires("entities", "stands_for")
        _registry(_field(row, "It stands for", stands), "stands_for", ENTITIES, maxUsages="1", **when)
    name = {"name": "new_entity", "toName": "text", "maxSubmissions": "1", "editable": "true", "rows": "1"}
    field = _field(row, "If it is new, its name", profile.requires("entities", "entity"))
    SubElement(field, "TextArea", {**name, "placeholder": "Its full name, then Enter", **when})


def _quote_fields(bar: Element, profile: Profile) -> None:
    has = profile.requires
    row, when = _ask(bar, "quote", "content")
    is_asked = has("quotes", "type") or "type" not in derivable(profile)
    _registry(_field(row, "Who speaks?", has("quotes", "speaker_entities")), "speaker_entities", ENTITIES, **when)
    _choices(_field(row, "Its speaker is", has("quotes", "status")), "status", choices(get_args(QuoteStatus)), **when)
    _choices(_field(row, "Its marks", is_asked), "quote_type", options(profile.quote_types, TYPE_KEYS), **when)
    row, when = _ask(bar, "quote", "speaker")
    row.set("className", "gw-ask gw-of-speaker")  # its style shows the label of a head, which the save derives
    _choices(_field(row, "The head is a", has("quotes", "kind")), "kind", choices(get_args(SpeakerKind)), **when)
    row, when = _ask(bar, "quote", "decoy")
    message = "Say of every decoy why its marks stand there."
    needed = {"required": "true", "requiredMessage": message} if profile.has("decoys") else {}
    _choices(
        _field(row, "Why the marks?", profile.has("decoys")),
        "reason",
        options(profile.decoy_reasons, REASON_KEYS),
        **needed,
        **when,
    )


def relation_choices() -> tuple[str, ...]:
    """The choices for a candidate: the relations, containment in both directions, and distinct."""
    plain = [relation for relation in get_args(Relation) if relation != "contained"]
    return (*plain, *DIRECTED, "distinct")


def _duplicates(view: Element, profile: Profile) -> None:
    SubElement(SubElement(view, "View", className="gw-compared"), "Header", value="$compared", size="4")
    repeater = SubElement(view, "Repeater", on="$candidates", indexFlag="{{idx}}")
    each = SubElement(repeater, "View", className="gw-candidate")
    SubElement(each, "Header", value="$candidates[{{idx}}].title", size="5")
    note = SubElement(each, "View", className="gw-note")
    SubElement(note, "Header", value="$candidates[{{idx}}].note", size="6")
    field = _field(each, "The two articles are")
    message = "Judge every candidate; distinct is a judgement too."
    needed = {"required": "true", "requiredMessage": message} if profile.has("duplicates") else {}
    _choices(field, "relation_{{idx}}", choices(relation_choices()), to="candidate_{{idx}}", **needed)
    columns = SubElement(each, "View", className="gw-columns")
    earlier, text = "Earlier article: its passages", "$candidates[{{idx}}].text"
    _side(columns, earlier, "candidate_{{idx}}", "passage_{{idx}}", text)
    _side(columns, "This article: the same passages", "own_{{idx}}", "same_{{idx}}", "$text")


def _side(columns: Element, title: str, name: str, control: str, value: str) -> None:
    """One of the two texts, with the labels of its passages."""
    side = SubElement(columns, "View", className="gw-side")
    SubElement(side, "Header", value=title, size="6")
    labels = SubElement(side, "Labels", name=control, toName=name, showInline="true")
    for passage, colour in zip(PASSAGES, cycle(COLOURS), strict=False):
        hint = f"Passage {passage}: the same number in both texts"
        SubElement(labels, "Label", value=passage, background=colour, hotkey=NO_KEY, hint=hint)
    SubElement(side, "Text", name=name, value=value, granularity="word")
