"""Spans count code points, and each character of a normalised text maps to its source."""

import unicodedata
from itertools import groupby
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldwire.text.spans import contains, iou, lines, normalise, overlap, trim


class Span(NamedTuple):
    start: int
    end: int


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: Span(*sorted(ends)))
BLANKS = [" ", "\t", "\n", "\r", "\x1f", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u202f", "\u3000"]
PIECES = [
    *BLANKS,
    *["e\u0301", "\u0301", "a\u0323\u0307", "a\u0307\u0323", "\u0344"],  # marks: one, none, several, unordered, split
    *["\u1112\u1161\u11ab", "\u1112", "\u1161", "\u11ab", "\uac00\u11a8"],  # Hangul: starters compose with starters
    *["\u09c7\u09be", "\u0958", "\u212b", "\u2126", "\uf900"],  # Bengali, excluded from composition, singletons
    *["👩\u200d🔬", "🇳🇴", "\ufeff", "\u200b", "ﬁ", "İ", "word"],
]
RAW = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=12).map("".join)
PADDED = st.lists(st.sampled_from([*BLANKS, "a", "b "]), max_size=8).map("".join)


def points(span):
    return set(range(*span))


def stored(raw):
    return "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", raw))


@settings(deadline=None)
@given(SPANS, SPANS)
def test_overlap_iou_and_contains_are_those_of_the_code_points(a, b):
    shared, union = points(a) & points(b), points(a) | points(b)
    assert overlap(a, b) == len(shared)
    assert iou(a, b) == (len(shared) / len(union) if union else 0.0)
    if points(b):
        assert contains(a, b) == (points(b) <= points(a))


def test_adjacent_spans_do_not_overlap():
    assert overlap(Span(0, 3), Span(3, 5)) == 0
    assert iou(Span(0, 3), Span(3, 5)) == 0.0


@settings(deadline=None)
@given(PADDED, st.data())
def test_trim_takes_the_white_space_off_both_ends_and_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inner = trim(text, start, end)
    assert text[slice(*inner)] == text[start:end].strip()
    assert contains(Span(start, end), Span(*inner))


@settings(deadline=None)
@given(st.text(st.sampled_from(["\n", "\r", "\u2028", "a", " "])))
def test_lines_part_a_text_at_line_feeds_alone(text):
    assert [text[slice(*line)] for line in lines(text)] == text.split("\n")


@settings(deadline=None)
@given(RAW)
def test_normalised_text_is_form_c_with_plain_spaces(raw):
    assert normalise(raw)[0] == stored(raw)


@settings(deadline=None)
@given(RAW)
def test_sources_cover_the_raw_text_in_order_and_normalise_to_what_came_of_them(raw):
    text, sources = normalise(raw)
    assert len(sources) == len(text)
    reach = 0
    for (start, end), group in groupby(zip(sources, text, strict=True), key=lambda pair: pair[0]):
        assert start == reach < end
        assert stored(raw[start:end]) == "".join(char for _, char in group)
        reach = end
    assert reach == len(raw)


@pytest.mark.parametrize(
    ("raw", "char", "source"),
    [
        ("a\xa0b", " ", (1, 2)),
        ("cafe\u0301.", "é", (3, 5)),
        ("cafe\u0301.", ".", (5, 6)),
        ("\u1112\u1161\u11ab", "한", (0, 3)),
        ("👩\u200d🔬!", "!", (3, 4)),
    ],
)
def test_a_character_comes_from_what_composed_it(raw, char, source):
    text, sources = normalise(raw)
    assert sources[text.index(char)] == source


@pytest.mark.parametrize("composed", ["\u1112\u1161\u11ab", "\u09c7\u09be"])
def test_composition_of_starters_blurs_no_other_character(composed):
    text, sources = normalise(f"Kim {composed} said")
    assert [sources[text.index(char)] for char in "Km"] == [(0, 1), (2, 3)]
    assert sources[-4:] == [(i, i + 1) for i in range(5 + len(composed), 9 + len(composed))]
