"""brat's standoff: mentions, quotes and their parts, errors named by line."""

import pytest

from goldwire.formats.brat import read_standoff
from goldwire.model.errors import GoldwireError

TEXT = "Sergey Lavrov met Rubio in Malaysia. Moscow is ready."


LAVROV, RUBIO, MALAYSIA, MOSCOW = (0, 13), (18, 23), (27, 35), (37, 43)


def places(labels):
    return [
        (m["start"], m["end"], m["type"]) if isinstance(m, dict) else tuple(m)
        for m in labels
    ]  # fmt: skip


ANN = """T1\tPERSON 0 13\tSergey Lavrov
T2\tContent 44 46;47 52\tis ready
T3\tSpeaker 37 43\tMoscow
A1\tQuoteType T2 indirect
R1\tSpeaker Arg1:T2 Arg2:T3
E1\tMeet:T1
#1\tAnnotatorNotes T1\ta person
"""


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
