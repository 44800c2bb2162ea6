"""Spans of a text after edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldwire.derive.edits import Edit, EditMap

TEXT = "President Putin said: “We want peace,” though it is hot in Kiev."


def span(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


def test_a_span_moves_with_insertions_and_deletions_before_it():
    moves = EditMap(TEXT, [Edit(*span("President "), ""), Edit(*span("“"), '"')])
    assert moves.text[slice(*moves.span(*span("Putin")))] == "Putin"
    assert moves.text[slice(*moves.span(*span("“We want peace,”")))] == '"We want peace,”'


def test_a_replacement_stays_inside_its_span():
    moves = EditMap(TEXT, [Edit(*span("want"), "do want")])
    assert moves.text[slice(*moves.span(*span("We want peace")))] == "We do want peace"
    assert moves.text[slice(*moves.span(*span("want")))] == "do want"


def test_an_insertion_at_an_end_of_a_span_stays_outside():
    start, end = span("Kiev")
    moves = EditMap(TEXT, [Edit(start, start, "old "), Edit(end, end, " itself")])
    assert moves.text[slice(*moves.span(start, end))] == "Kiev"


def test_a_deletion_shortens_a_span_or_removes_it():
    moves = EditMap(TEXT, [Edit(span("want")[0], len(TEXT), "")])
    assert moves.text[slice(*moves.span(*span("“We want peace,”")))] == "“We"
    assert moves.span(*span("Kiev")) is None


@pytest.mark.parametrize(
    "edits", [[Edit(0, 5, ""), Edit(4, 6, "")], [Edit(3, 99, "")], [Edit(1, 1, "a"), Edit(1, 1, "b")]]
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits):
    with pytest.raises(ValueError, match="expected one from"):
        EditMap("ten chars!", edits)


@st.composite
def edited_texts(draw):
    text = draw(st.text("abc ", min_size=1, max_size=30))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [Edit(a, b, draw(st.text("XY", max_size=3))) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b]
    start = draw(st.integers(0, len(text) - 1))
    return text, edits, start, draw(st.integers(start + 1, len(text)))


@given(edited_texts())
def test_a_span_keeps_exactly_the_characters_that_no_edit_touched(case):
    text, edits, start, end = case
    moves = EditMap(text, edits)
    gone = {i for edit in edits for i in range(edit.start, edit.end)}
    left = "".join(text[i] for i in range(start, end) if i not in gone)
    place = moves.span(start, end)
    found = moves.text[slice(*place)] if place else ""
    assert found.translate(str.maketrans("", "", "XY ")) == left.replace(" ", "")
    inside = [e.new for e in edits if start <= e.start and e.end <= end]
    assert [c for c in found if c in "XY"] == [c for new in inside for c in new]
