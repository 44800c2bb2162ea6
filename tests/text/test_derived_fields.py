"""Fields that follow from other labels: every one of the gold, and phrases that the gold lacks."""

import pytest

from goldwire.corpus.tree import read_tree
from goldwire.model.records import Mention, Quote, Span, Speaker
from goldwire.text.derived_fields import derived
from goldwire.text.quotation_marks import marked_type
from repository import ROOT

TREE, _ = read_tree(ROOT, {"gold"})
BARE = {"parent": None, "status": None, "speaker_entities": None}


def without_derived(quote: Quote) -> Quote:
    speaker = quote.speaker and quote.speaker.model_copy(update={"head": None, "kind": None})
    return quote.model_copy(update={**BARE, "speaker": speaker})


@pytest.mark.parametrize("document", sorted(TREE.gold.quotes))
def test_what_is_derived_of_the_gold_is_what_the_gold_has(document):
    quotes, text = list(TREE.gold.quotes[document]), TREE.corpus.texts[document]
    found = derived([without_derived(quote) for quote in quotes], TREE.gold.entities[document], text)
    for quote, own in zip(quotes, found, strict=True):
        assert marked_type(text, [(span.start, span.end) for span in quote.content]) == quote.type
        assert own.speaker == quote.speaker
        assert own.parent == quote.parent
        for field in ("status", "speaker_entities"):
            is_named = quote.speaker is not None and quote.speaker.kind == "name"
            if getattr(own, field) is not None or is_named:
                assert getattr(own, field) == getattr(quote, field), (quote.id, field)


def labelled(
    marked: str, types: str = "PERSON ORG", stands_for: str | None = None
) -> tuple[str, list[Mention], Quote]:
    """A text with one quote; the speaker is what stands before the colon, and its names are in brackets."""
    phrase, rest = marked.split(": ")
    text, mentions = "", []
    for part in phrase.replace("]", "[").split("["):
        if f"[{part}]" in phrase:
            kind, name = types.split()[len(mentions) % 2], f"gpe-x{len(mentions) + 1}"
            where = {"start": len(text), "end": len(text) + len(part), "text": part}
            mentions.append(Mention(**where, type=kind, entity=name, stands_for=stands_for))
        text += part
    speaker = Speaker(start=0, end=len(text), text=text)
    content = Span(start=len(text) + 2, end=len(text) + 2 + len(rest), text=rest)
    return f"{text}: {rest}", mentions, Quote(type="direct", content=[content], speaker=speaker)


@pytest.mark.parametrize(
    ("marked", "head", "kind", "entities", "status"),
    [
        ("[Lavrov]: “No.”", "Lavrov", "name", ["gpe-x1"], "resolved"),
        ("Foreign Minister [Lavrov]: “No.”", "Lavrov", "name", ["gpe-x1"], "resolved"),
        ("[Xi] and [China]: “No.”", "Xi", "name", ["gpe-x1", "gpe-x2"], "group"),
        ("[Xi], President [Putin] and [India]: “No.”", "Xi", "name", ["gpe-x1", "gpe-x2", "gpe-x3"], "group"),
        ("an aide to President [Putin]: “No.”", "aide", "nominal", None, None),
        ("the envoy to the UN [Nebenzia]: “No.”", "Nebenzia", "name", ["gpe-x1"], "resolved"),
        ("[Xi]’s office: “No.”", "office", "nominal", None, None),
        ("[Xi]’s: “No.”", "Xi", "name", ["gpe-x1"], "resolved"),
        ("two spokesmen for the ministry: “No.”", "spokesmen", "nominal", None, None),
        ("senior officials from [Kiev]: “No.”", "officials", "nominal", None, "group"),
        ("he: “No.”", "he", "pronoun", None, None),
        ("they: “No.”", "they", "pronoun", None, None),
    ],
)
def test_phrases_of_speakers(marked, head, kind, entities, status):
    text, mentions, quote = labelled(marked)
    found = derived([quote], mentions, text)[0]
    assert (found.speaker.head.text, found.speaker.kind) == (head, kind)
    assert (found.speaker_entities, found.status) == (entities, status)


@pytest.mark.parametrize(
    ("marked", "head", "kind"),
    [
        ("le président [Macron]: « Non. »", "Macron", "name"),
        ("Bundeskanzler [Merz]: „Nein.“", "Merz", "name"),
        ("प्रधानमंत्री [मोदी]: “नहीं।”", "मोदी", "name"),
        ("elle: « Non. »", "elle", None),
    ],
)
def test_of_other_languages_only_names_and_single_words_are_derived(marked, head, kind):
    text, mentions, quote = labelled(marked)
    speaker = derived([quote], mentions, text, "xx")[0].speaker
    assert (speaker.head.text, speaker.kind) == (head, kind)


def test_a_phrase_of_another_language_without_a_name_has_no_head():
    text, mentions, quote = labelled("le ministre de la défense: « Non. »")
    assert derived([quote], mentions, text, "fr")[0].speaker.head is None


def test_who_a_place_stands_for_speaks():
    text, mentions, quote = labelled("[Moscow]: “No.”", stands_for="gpe-russia")
    assert derived([quote], mentions, text)[0].speaker_entities == ["gpe-russia"]


def test_what_a_person_set_stays():
    text, mentions, quote = labelled("[Lavrov]: “No.”")
    chosen = quote.model_copy(update={"speaker_entities": ["person-x"], "status": "unnamed"})
    found = derived([chosen], mentions, text)[0]
    assert (found.speaker_entities, found.status) == (["person-x"], "unnamed")
    group = derived([quote.model_copy(update={"status": "group"})], mentions, text)[0]
    assert (group.speaker_entities, group.status) == (None, "group")


def test_only_the_fields_of_the_corpus_are_derived():
    text, mentions, quote = labelled("[Lavrov]: “No.”")
    assert derived([quote], mentions, text, "en", {"parent"}) == [quote]


def test_the_parent_is_the_innermost_quote_around():
    text = "“A said B said C said no.”"

    def quote(name: str, start: int) -> Quote:
        content = Span(start=start, end=len(text) - 1, text=text[start:-1])
        return Quote(id=f"000-01-q00{name}", type="indirect", content=[content])

    quotes = [quote("1", 1), quote("2", 8), quote("3", 15)]
    found = derived(quotes, [], text, "en", {"parent"})
    assert [one.parent for one in found] == [None, "000-01-q001", "000-01-q002"]
