"""brat's standoff: mentions, quotes and their parts, errors named by line."""

import pytest

from goldwire.formats.standoff import read_standoff
from goldwire.model.errors import GoldwireError
from standoff import ANN, LAVROV, TEXT, places


def test_brat_gives_mentions_quotes_of_fragments_attributes_and_notes():
    standoff = read_standoff(ANN.splitlines(), TEXT)
    assert places(standoff.mentions()) == [(*LAVROV, "PERSON")]
    (quote,) = standoff.quotes()
    assert quote["content"] == [{"start": 44, "end": 46}, {"start": 47, "end": 52}]
    assert (quote["type"], quote["cue"], quote["speaker"]) == ("indirect", None, {"start": 37, "end": 43})
    assert standoff.notes == {"T1": ["a person"]}


def test_a_brat_span_over_a_line_end_is_one():
    text = "one two\nthree"
    standoff = read_standoff(["T1\tContent 4 7;8 13\ttwo three"], text)
    assert standoff.bounds["T1"].fragments == ((4, 13),)


@pytest.mark.parametrize(
    "line",
    ["T1\tPERSON 0 13\tSergei Lavrov", "T1\tPERSON 0 130\tx", "T1\tPERSON a b\tx", "R1\tCue Arg1:T1 Arg2:T9", "T1"],
)
def test_a_line_that_is_no_standoff_is_refused_with_its_place(line):
    with pytest.raises(GoldwireError, match=r"003-01\.ann"):
        read_standoff(["T1\tPERSON 0 13\tSergey Lavrov", line], TEXT, "003-01.ann")


ID_TWICE = {
    "a span": (
        ["T2\tGPE 27 35\tMalaysia", "T2\tORG 37 43\tMoscow"],
        "003-01.ann:3: the id T2 is already that of line 2",
    ),
    "the same span": (["T1\tPERSON 0 13\tSergey Lavrov"], "003-01.ann:2: the id T1 is already that of line 1"),
    "a relation": (["R1\tX Arg1:T1 Arg2:T1"] * 2, "003-01.ann:3: the id R1 is already that of line 2"),
    "an attribute": (["A1\tX T1", "A1\tY T1"], "003-01.ann:3: the id A1 is already that of line 2"),
}


@pytest.mark.parametrize("what", ID_TWICE)
def test_a_repeated_id_is_refused_with_both_lines(what):
    lines, said = ID_TWICE[what]
    with pytest.raises(GoldwireError, match=said):
        read_standoff(["T1\tPERSON 0 13\tSergey Lavrov", *lines], TEXT, "003-01.ann")


@pytest.mark.parametrize(
    "lines",
    [
        ["N1\tReference T1 Local:MY ID 1234\tSergey Lavrov"],
        ["N1\tReference", "N2\tReference T1", "N3"],
        ["E1\tMeet:T1 Who:T9", "R1\tPlace Arg1:E1 Arg2:T1", "A1\tNegated E1", "M1\tSpeculation"],
        ["R1\tOddly Arg1:T1"],
        ["*\tEquiv T1 T1", "*\tEquiv T1 T1"],
        ["#1\tNote", "#1\tNote T1\twords", "#"],
        ["X1\tunknown", "", "  "],
    ],
    ids=["a registry id with blanks", "short references", "an event", "a relation", "equal spans", "notes", "unknown"],
)
def test_lines_that_are_not_needed_never_refuse_a_file(lines):
    standoff = read_standoff(["T1\tPERSON 0 13\tSergey Lavrov", *lines], TEXT)
    assert places(standoff.mentions()) == [(*LAVROV, "PERSON")]


def test_events_and_relations_that_are_not_read_are_counted():
    lines = ["T1\tPERSON 0 13\tSergey Lavrov", "E1\tMeet:T1", "E2\tMeet:T1", "R1\tPlace Arg1:E1 Arg2:T1"]
    assert read_standoff(lines, TEXT).passed == {"brat events": 2, "brat relations": 1}


def test_entities_of_mentions_and_speakers_are_read():
    lines = ["T1\tPERSON 0 13\tSergey Lavrov", "T2\tContent 44 52\tis ready"]
    lines += ["N1\tReference T1 goldwire:person-sergey-lavrov\tx", "N2\tReference T2 goldwire:gpe-russia\tx"]
    standoff = read_standoff(lines, TEXT)
    assert standoff.mentions()[0]["entity"] == "person-sergey-lavrov"
    assert standoff.quotes()[0]["speaker_entities"] == ["gpe-russia"]
