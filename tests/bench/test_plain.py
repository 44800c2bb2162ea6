"""Mentions in the plainest forms are read as the same mentions in any other form are, or refused as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldwire.bench.adapters.calling import Answer
from goldwire.bench.adapters.entities import read_mentions
from goldwire.bench.adapters.plain import read_plain
from goldwire.bench.predictions import read_entity
from goldwire.model.errors import GoldwireError
from goldwire.scoring.labels import PlainMention

TEXT = "Russia and Ukraine talk."
ODD = st.sampled_from([-1, 0, 3, 6, 24, 25, True, 2.0, None, "3", 10**30])
KINDS = st.sampled_from(["GPE", "WORK_OF_ART", "B-PER", " GPE", "", "Länder", None, 7, "\ud800"])
TRIPLES = st.tuples(ODD | st.integers(0, 24), ODD | st.integers(0, 24), KINDS)
ROWS = st.lists(TRIPLES, max_size=4)


def read_slowly(labels):
    try:
        return [read_entity(label, "003-01", TEXT) for label in read_mentions(labels, TEXT)]
    except GoldwireError:
        return None


@settings(deadline=None, max_examples=400)
@given(ROWS, st.booleans())
def test_what_is_read_by_column_is_what_is_read_label_by_label(rows, named):
    labels = [dict(zip(("start", "end", "type"), row, strict=True)) for row in rows] if named else rows
    fast = read_plain(labels, TEXT)
    assert fast is None or list(fast) == read_slowly(labels)


@pytest.mark.parametrize("labels", [[(0, 6, "GPE"), (11, 18, "GPE")], ({"start": 0, "end": 6, "type": "GPE"},)])
def test_the_plainest_forms_are_read_by_column(labels):
    assert read_plain(labels, TEXT) == read_slowly(labels)


@pytest.mark.parametrize(
    "labels",
    [
        *([], iter([(0, 6, "GPE")]), [(0, 6, "GPE", "Russia")], [[0, 6, "GPE"]], [PlainMention(0, 6, "GPE")]),
        *(
            [{"start": 0, "end": 6, "label": "GPE"}],
            [(0, 6, "GPE"), {"start": 0}],
            Answer([(0, 6, "GPE")]),
            (0, 6, "GPE"),
        ),
    ],
)
def test_other_forms_are_left_to_other_readers(labels):
    assert read_plain(labels, TEXT) is None
