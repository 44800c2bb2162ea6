"""A label that cannot be read is refused by its part at fault."""

import numpy
import pytest

import goldwire
from goldwire.bench.predictions import read_block, read_entity, read_quote

TEXT = "𝕏 said: “Zoë goes.” So it went, ’tis told."


FAULTS = {
    "a fourth value": (read_entity, (0, 4, "GPE", 0.98), "its entity, 0.98, to be an id"),
    "five values": (read_entity, (0, 4, "GPE", None, 0.98), "it has 5 values"),
    "two values": (read_entity, (0, 4), "it has 2 values"),
    "None": (read_entity, {"start": None, "end": None, "type": "GPE"}, "its start, None, to be a whole number"),
    "NaN": (read_entity, (float("nan"), 4, "GPE"), "its start, nan, to be a whole number"),
    "a number as text": (read_entity, (0, "4", "GPE"), "its end, '4', to be a whole number; '4' is a str"),
    "negative": (read_entity, {"start": -1, "end": 3, "type": "GPE"}, "its start, -1, to be 0 or more"),
    "past the end": (read_entity, (0, 9999, "GPE"), "its end, 9999, to be at most 42"),
    "past the end of numpy": (
        read_entity,
        (0, numpy.int64(46), "GPE"),
        "at most 42; an offset past the text may count",
    ),
    "reversed": (read_entity, (5, 3, "GPE"), "its start, 5, to be before its end, 3"),
    "empty of numpy": (read_entity, (numpy.int8(3), numpy.int8(3), "GPE"), "if the end counts the last character"),
    "no type": (read_entity, (0, 4, None), "its type, None, to be a word"),
    "a blank type": (read_entity, (0, 4, ""), "its type, '', to be a word"),
    "half a pair as type": (read_entity, (0, 4, "\ud835"), "half a surrogate pair"),
    "words alone": (
        read_entity,
        {"type": "GPE", "text": "Zoë"},
        "words without offsets; goldwire.align(text, labels)",
    ),
    "a role": (read_block, (0, 3, "title", None), "its role, 'title', to be one of headline"),
    "a block past the end": (read_block, (0, 999, "body", None), "its end, 999, to be at most 42"),
    "a block's start": (read_block, (None, 9, "body", None), "its start, None, to be a whole number"),
    "content past the end": (read_quote, {"content": [(0, 5), (6, 99)]}, "its content's end, 99, to be at most 42"),
    "a negative cue": (read_quote, {"content": [(0, 5)], "cue": (-1, 5)}, "its cue's start, -1, to be 0 or more"),
    "a head": (
        read_quote,
        {"content": [(0, 5)], "speaker": {"start": 0, "end": 2, "head": (2, 1)}},
        "before its end, 1",
    ),
    "an id": (
        read_quote,
        {"content": [(0, 5)], "speaker_entities": [3]},
        "its speaker_entities's id, 3, to be a word",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_the_part_at_fault_is_named(what):
    read, label, said = FAULTS[what]
    with pytest.raises(goldwire.GoldwireError) as refused:
        read(label, "000-01", TEXT)
    assert said in str(refused.value)
    assert str(refused.value).startswith("000-01: ")


NEARLY = {
    "quotation marks": ('"Zoë goes."', "the words differ only in quotation marks;"),
    "case": ("“zoë goes.”", "the words differ only in case;"),
    "white space": ("“Zoë  goes. ”", "the words differ only in white space;"),
    "quotation marks and case": ('"ZOË GOES."', "the words differ only in quotation marks and case;"),
    "half a pair": ("\ud835", "half a surrogate pair is a sign of offsets in UTF-16 units"),
}


@pytest.mark.parametrize("what", NEARLY)
def test_words_that_differ_only_in_their_look_are_named(what):
    words, said = NEARLY[what]
    start = TEXT.index("“")
    label = {"start": start, "end": start + len("“Zoë goes.”"), "type": "GPE", "text": words}
    for read, given in ((read_entity, label), (read_quote, {"content": [label]})):
        with pytest.raises(goldwire.GoldwireError) as refused:
            read(given, "000-01", TEXT)
        assert said in str(refused.value)
