"""Whatever values a record contains, `goldwire check` reports findings, without a traceback or a hang."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damage import DEEP, LABELS, RECORDS, answer, damaged, replaced, some_places
from goldwire.cli import terminal as exits

VALUES = {
    "null": "null",
    "a lone surrogate": r'"\ud800"',
    "surrogates the wrong way round": r'"\udc00\ud800"',
    "NaN": "NaN",
    "Infinity": "Infinity",
    "a number past 64 bits": "1" + "0" * 400,
    "a huge number": "1" + "0" * 5000,
    "a huge negative number": "-1" + "0" * 5000,
    "a number as a float": "1.0",
    "a float past all bounds": "1e400",
    "minus zero": "-0",
    "true": "true",
    "a number": "7",
    "the largest number of 64 bits": "9223372036854775807",
    "an empty string": '""',
    "NUL": r'"\u0000"',
    "a raw control character": '"\x01"',
    "a line feed": r'"003-01\n"',
    "no characters of the text": '"🎉\u2028é"',
    "an empty array": "[]",
    "an empty object": "{}",
    "brackets": "[" * DEEP + "]" * DEEP,
}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("path", RECORDS)
def test_a_value_may_be_anything(path, value, shared_tree):
    failed = []
    for place in some_places(path):
        with replaced(shared_tree, path, damaged(path, place, VALUES[value]).encode()):
            status, out, err = answer("check", shared_tree)
        if status == exits.BUG or "Traceback" in err or max(map(len, out.splitlines()), default=0) > 2000:
            failed.append((place, status, err[-600:]))
    assert not failed


def test_numbers_past_the_text_are_findings_not_waits(tree):
    path = tree / LABELS[1]
    path.write_text(damaged(LABELS[1], ("end",), "9223372036854775807"))
    assert "span-out-of-range" in answer("check", tree)[1]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(RECORDS), values)
def test_damaged_records_are_findings(shared_tree, data, path, value):
    place = data.draw(st.sampled_from(list(some_places(path))))
    text = damaged(path, place, json.dumps(value))
    with replaced(shared_tree, path, text.encode("utf-8", "surrogatepass")):
        status, _, err = answer("check", shared_tree)
    assert status in (exits.CLEAN, exits.FINDINGS), err
