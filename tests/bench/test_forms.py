"""A right answer in any usual form scores 1.000, and a form that cannot be read is refused by the part at fault."""

from collections import namedtuple
from dataclasses import dataclass, make_dataclass
from types import SimpleNamespace

import attrs
import numpy
import pandas
import pydantic
import pytest
import spacy

import goldwire
from goldwire.bench.adapters.entities import read_mentions
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.scoring.settings import Settings

TEXT = "𝕏 said: “Zoë goes.” So it went, ’tis told."


def quick(task="entities"):
    return Settings(task, resamples=5)


def mentions(gold, form):
    return {name: [form(m, document.text) for m in document.mentions] for name, document in gold.documents.items()}


def quotes(gold, form):
    return {name: [form(q) for q in document.quotes] for name, document in gold.documents.items()}


def linked(score):
    return {row.name: row.value for row in score.rows() if row.group == "entity ids"}.get("linked")


CHANGED = namedtuple("Changed", "start end label entity")
ROW = namedtuple("Pandas", "Index start_char end_char entity_type")


@dataclass
class Tagged:
    start: int
    end: int
    label: str


ENTITIES = {
    "numpy offsets": lambda m, _: (numpy.int64(m.start), numpy.int32(m.end), m.type),
    "numpy offsets with the blank before": lambda m, text: {
        "start": numpy.int64(m.start - text[m.start - 1 : m.start].count(" ")),
        "end": numpy.int64(m.end),
        "entity_group": m.type,
    },
    "an array": lambda m, _: numpy.array([m.start, m.end, m.type], dtype=object),
    "a named tuple with a label": lambda m, _: CHANGED(m.start, m.end, m.type, m.entity),
    "a dataclass with a label": lambda m, _: Tagged(m.start, m.end, m.type),
    "a row of pandas": lambda m, _: ROW(1, m.start, m.end, m.type),
    "entity_type": lambda m, _: {"start": m.start, "end": m.end, "entity_type": m.type, "score": 0.9},
    "Stanza's dictionary": lambda m, _: {"start_char": m.start, "end_char": m.end, "type": m.type, "text": m.text},
    "no entity": lambda m, _: (m.start, m.end, m.type, float("nan")),
    "words": lambda m, _: (m.start, m.end, m.type, m.text),
}


@pytest.mark.parametrize("form", ENTITIES)
def test_right_mentions_in_any_form_are_perfect(gold, form):
    assert goldwire.score(mentions(gold, ENTITIES[form]), gold, quick()).f1 == 1.0


LINKED = {
    "label": lambda m, _: {"start": m.start, "end": m.end, "label": m.type, "entity": m.entity},
    "entity_group": lambda m, _: {"start": m.start, "end": m.end, "entity_group": m.type, "entity": m.entity},
    "a named tuple": lambda m, _: CHANGED(m.start, m.end, m.type, m.entity),
    "a tuple": lambda m, _: (m.start, m.end, m.type, m.entity),
    "an object": lambda m, _: SimpleNamespace(start=m.start, end=m.end, label=m.type, entity=m.entity),
}


@pytest.mark.parametrize("form", LINKED)
def test_ids_beside_any_name_of_the_type_are_read(gold, form):
    assert linked(goldwire.score(mentions(gold, LINKED[form]), gold, quick())) == 1.0


def test_words_in_a_tuple_are_not_ids_and_are_compared(gold):
    right = goldwire.score(mentions(gold, ENTITIES["words"]), gold, quick())
    assert linked(right) is None
    shifted = mentions(gold, lambda m, text: (m.start + 1, m.end + 1, m.type, m.text))
    with pytest.raises(goldwire.GoldwireError, match=r"a label has '.*' at .*, where the text reads"):
        goldwire.score(shifted, gold, quick())


def document(text, spans=(), group=None, kb_id=""):
    doc = spacy.blank("en").make_doc(text)
    found = [doc.char_span(*span, alignment_mode="expand", kb_id=kb_id) for span in spans]
    if group:
        doc.spans[group] = found
    else:
        doc.ents = found
    return doc


def test_spacys_ids_are_read_of_mentions_and_of_quotes():
    (mention,) = read_mentions(document("Zoe goes", [(0, 3, "PERSON")], kb_id="person-zoe"), "Zoe goes")
    assert mention["entity"] == "person-zoe"
    (mention,) = read_mentions(document("Zoe goes", [(0, 3, "PERSON")], kb_id="NIL"), "Zoe goes")
    assert "entity" not in mention
    doc = document("Zoe goes", [(0, 8, "direct")], "quotes", "person-a|person-b")
    (quote,) = goldwire.bench.adapters.quotes.read_quotes(doc, "Zoe goes")
    assert quote["speaker_entities"] == ["person-a", "person-b"]


SILENT = {
    "a span group": (
        lambda text: document(text, [(0, 3, "GPE")], "sc"),
        r"span groups 'sc'; return doc.spans\['sc'\]",
    ),
    "two span groups": (lambda text: document(text, [(0, 3, "GPE")], "mine"), r"'mine'"),
    "a blank pipeline": (spacy.blank("en"), "add a component that finds entities"),
    "a group beside a tagger without result": (
        lambda text: both(text),
        r"return doc.spans\['sc'\]",
    ),
    "another text": (
        lambda text: document(f"x{text}", [(0, 3, "GPE")]),
        "the text is not the stored one.* differs at 0",
    ),
}


def both(text):
    doc = document(text, [(0, 3, "GPE")], "sc")
    doc.ents = []
    return doc


@pytest.mark.parametrize("what", SILENT)
def test_a_document_without_entities_is_refused_and_the_choice_named(gold, what):
    system, said = SILENT[what]
    with pytest.raises(goldwire.GoldwireError, match=f"000-01: .*{said}"):
        goldwire.score(system, gold, quick())


def test_a_tagger_that_finds_nothing_has_found_nothing(gold):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler")
    assert goldwire.score(pipeline, gold, quick()).f1 == 0.0


class Sentence:
    """As flair.data.Sentence with spans of a label type."""

    start_position = 0

    def __init__(self, text, *types):
        self.annotation_layers, self.text = {key: ["…"] for key in types}, text

    def get_spans(self, label_type):
        label = SimpleNamespace(value="GPE")
        words = self.text[:3]
        found = SimpleNamespace(start_position=0, end_position=3, text=words, get_label=lambda _: label, sentence=self)
        return [found] if label_type in self.annotation_layers else []


def test_sentences_of_flair_with_another_label_type_are_refused_and_read_when_chosen(gold):
    with pytest.raises(goldwire.GoldwireError, match=r"they have 'np', 'pos': return sentence.get_spans\('np'\)"):
        goldwire.score(lambda text: Sentence(text, "pos", "np"), gold, quick())
    assert goldwire.score(lambda text: Sentence(text), gold, quick()).f1 == 0.0
    types = iter(["ner", *["pos"] * 24])
    score = goldwire.score(lambda text: Sentence(text, next(types)), gold, quick())
    assert (score.f1, score.rows()[0].counts.predicted) == (0.0, 1)
    (mention,) = read_mentions(Sentence("The", "np").get_spans("np"), "The")
    assert (mention["start"], mention["end"], mention["type"]) == (0, 3, "GPE")


def unstanza(ner):
    tokens = [SimpleNamespace(ner=ner)]
    return SimpleNamespace(ents=[], sentences=[SimpleNamespace(tokens=tokens)])


def test_a_stanza_document_without_its_tagger_is_refused(gold):
    with pytest.raises(goldwire.GoldwireError, match="none were looked for"):
        goldwire.score(lambda text: unstanza(None), gold, quick())
    assert goldwire.score(lambda text: unstanza("O"), gold, quick()).f1 == 0.0


@attrs.define
class AttrsQuote:
    content: list
    speakr: object = None


class PydanticQuote(pydantic.BaseModel):
    content: list
    speakr: object = None


class LooseQuote(pydantic.BaseModel, extra="allow"):
    content: list


class PlainQuote:
    def __init__(self, content, speakr):
        self.content, self.speakr, self._cache = content, speakr, None


class SlotsQuote:
    __slots__ = ("content", "speakr")

    def __init__(self, content, speakr):
        self.content, self.speakr = content, speakr


MISSPELT = {
    "a dataclass": make_dataclass("Made", ["content", "speakr"]),
    "attrs": AttrsQuote,
    "pydantic": PydanticQuote,
    "pydantic with extra keys": LooseQuote,
    "a named tuple": namedtuple("Quote", "content speakr"),
    "an object": PlainQuote,
    "an object with slots": SlotsQuote,
    "a dict": dict,
}


@pytest.mark.parametrize("kind", MISSPELT)
def test_a_misspelt_name_is_listed_for_every_kind_of_object(gold, kind):
    make = MISSPELT[kind]
    labels = quotes(gold, lambda q: make(content=[(s.start, s.end) for s in q.content], speakr=None))
    result = goldwire.score(labels, gold, quick("quotes"))
    assert (result.f1, result.unread) == (1.0, {"speakr": 258})
    assert "not reading speakr 258 (speaker?)" in str(result)


def test_a_misspelt_name_inside_an_object_is_listed(gold):
    span = make_dataclass("Place", ["start", "end", "txt"])
    labels = quotes(gold, lambda q: SimpleNamespace(content=[span(s.start, s.end, "") for s in q.content]))
    assert set(goldwire.score(labels, gold, quick("quotes")).unread) == {"txt"}
    assert goldwire.score(quotes(gold, lambda q: q), gold, quick("quotes")).unread == {}


def test_missing_parts_of_labels_are_none():
    nan, na = float("nan"), pandas.NA
    assert read_entity((0, 1, "GPE", na), "u", TEXT).entity is None
    assert read_entity({"start": 0, "end": 1, "type": "GPE", "entity": ""}, "u", TEXT).entity is None
    assert read_block((0, 1, "body", nan), "u", TEXT).document is None
    assert read_block({"start": 0, "end": 1, "role": "body", "document": pandas.NaT}, "u", TEXT).document is None
    quote = {"content": [(0, 1)], "speaker": nan, "cue": na, "parent": "", "speaker_entities": [nan, "person-a", ""]}
    assert read_quote(quote, "u", TEXT) == read_quote(
        {"content": [(0, 1)], "speaker_entities": ["person-a"]}, "u", TEXT
    )
    assert read_pairs([("a", "b", nan, na, None)], {"a": "", "b": ""}) == read_pairs([("a", "b")], {"a": "", "b": ""})


BY_TYPE = {
    "spans": lambda m: (m.start, m.end),
    "spans by name": lambda m: {"start": m.start, "end": m.end},
    "spans of Presidio": lambda m: SimpleNamespace(start=m.start, end=m.end, entity_type="X"),
}


@pytest.mark.parametrize("form", BY_TYPE)
def test_lists_by_type_are_read(gold, form):
    def by_type(document):
        found = {}
        for m in document.mentions:
            found.setdefault(m.type, []).append(BY_TYPE[form](m))
        return found

    labels = {name: by_type(document) for name, document in gold.documents.items()}
    assert goldwire.score(labels, gold, quick()).f1 == 1.0
    whole = {name: {"text": gold.documents[name].text, "entities": given} for name, given in labels.items()}
    assert goldwire.score(whole, gold, quick()).f1 == 1.0
    with pytest.raises(goldwire.GoldwireError, match=r"000-01: the output's own text: .* first differs at 0"):
        goldwire.score({name: {**given, "text": "x"} for name, given in whole.items()}, gold, quick())


def test_words_by_type_are_refused_with_the_way_to_find_them(gold):
    with pytest.raises(goldwire.GoldwireError, match=r"words without offsets; goldwire.align"):
        goldwire.score(lambda text: {"GPE": ["Kyiv"]}, gold, quick())
    with pytest.raises(goldwire.GoldwireError, match="'GPE' has 'Kyiv'; expected a list of labels"):
        goldwire.score(lambda text: {"GPE": "Kyiv"}, gold, quick())
