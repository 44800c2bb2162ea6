"""The labelling page of a profile asks for its layers and fields alone, and reads back what it does not ask for."""

from xml.etree.ElementTree import fromstring

import pytest

from goldwire.model.profile import SHIPPED, Profile
from goldwire.model.vocabulary import DOCUMENT_LAYERS
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.to_results import Labels, to_results
from goldwire.studio.labelling_config import NO_KEY, UNASKED, labelling_config
from goldwire.studio.pull import begin_set, merge
from goldwire.text.derived_fields import derivable
from small import TEXT, records, span

DATA = {"document": "s-01", "text": TEXT, "language": "en", "candidates": []}


def shipped(name):
    return Profile.model_validate_json((SHIPPED / f"{name}.json").read_bytes())


def controls(node, asked=True):
    """The controls of a config, each with whether the profile asks for it."""
    asked = asked and UNASKED not in node.get("className", "")
    if node.tag in ("Labels", "Choices", "Taxonomy", "TextArea"):
        yield node, asked
    for inner in node:
        yield from controls(inner, asked)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("entities", {"entity"}),
        ("quotes", {"quote"}),
        ("duplicates", {"relation_{{idx}}", "passage_{{idx}}", "same_{{idx}}"}),
    ],
)
def test_only_what_the_profile_has_is_visible_required_and_on_a_key(name, expected):
    found = list(controls(fromstring(labelling_config(profile=shipped(name)))))
    assert {node.get("name") for node, asked in found if asked} == expected
    for node, asked in found:
        if not asked:
            assert node.get("required") is None
            assert {choice.get("hotkey", NO_KEY) for choice in node if choice.tag == "Choice"} <= {NO_KEY}


def test_the_profile_of_news_asks_for_everything():
    assert all(asked for _, asked in controls(fromstring(labelling_config())))


def test_labels_of_quotes_without_a_head_have_no_key_for_it():
    config = fromstring(labelling_config(profile=shipped("quotes")))
    keys = {label.get("value"): label.get("hotkey") for label in config.iter("Label")}
    assert (keys["content"], keys["head"], keys["decoy"]) == ("q", NO_KEY, NO_KEY)


def test_a_quote_of_content_cue_and_speaker_gets_its_type_and_nothing_that_nobody_judged():
    profile = shipped("quotes")
    value = {"content": "Moscow “will talk” soon", "cue": "said", "speaker": "Peskov"}
    results = [
        {"id": part, "from_name": "quote", "to_name": "text", "type": "labels",
         "value": {**span(words, part == "speaker"), "labels": [part]}}
        for part, words in value.items()
    ]  # fmt: skip
    found = read_labels({**DATA, "derived": sorted(derivable(profile))}, results, Labels(), profile=profile)
    (quote,) = found.quotes
    assert (quote.type, quote.cue.text, quote.speaker.text) == ("mixed", "said", "Peskov")
    assert (quote.speaker_entities, quote.status, quote.speaker.head, quote.speaker.kind) == (None, None, None, None)
    again = read_labels({**DATA, "derived": sorted(derivable(profile))}, to_results(found, []), found, profile=profile)
    assert again == found


@pytest.mark.parametrize("name", ["entities", "quotes", "news"])
def test_a_pull_writes_the_layers_of_the_profile_and_labels_of_no_other_are_lost(name):
    profile = shipped(name)
    layers = [layer for layer in DOCUMENT_LAYERS if profile.has(layer)]
    made = merge(begin_set("anna", None), {"s-01": Labels()}, layers=layers)
    assert [layer for layer in DOCUMENT_LAYERS if made.tables(layer)] == layers
    assert [layer for layer in DOCUMENT_LAYERS if made.info.units(layer)] == layers
    mentions, quotes, decoys = records("s-01")
    made = merge(begin_set("anna", None), {"s-01": Labels(mentions, quotes, decoys)}, layers=layers)
    assert all(made.tables(layer) for layer in DOCUMENT_LAYERS)
