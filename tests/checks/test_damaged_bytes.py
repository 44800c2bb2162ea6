"""Whatever bytes a file contains, `goldwire check` reports findings or one line, without a traceback or a hang."""

import shutil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from damage import (
    ANSWERED,
    DEEP,
    EXEMPTIONS,
    LABELS,
    PAGES,
    PAIRS,
    RECORDS,
    SET,
    TEXTS,
    answer,
    apart,
    assert_answers,
    plant,
    replaced,
)
from goldwire.cli import terminal as exits
from goldwire.corpus.tree import read_tree

FILES = {
    "empty": b"",
    "one line feed": b"\n",
    "blanks": b" \t \n",
    "no UTF-8": b"\xff\xfe{\x00}\x00",
    "a broken sequence": b'{"id":"\xc3("}\n',
    "an overlong sequence": b'{"id":"\xc0\xaf"}\n',
    "a surrogate in UTF-8": b'{"id":"\xed\xa0\x80"}\n',
    "a sequence cut off": b'{"id":"\xe2\x80',
    "only a byte order mark": b"\xef\xbb\xbf",
    "NUL bytes": b"\x00" * 1000,
    "null": b"null\n",
    "a number": b"1\n",
    "a huge number": b"1" + b"0" * 5000 + b"\n",
    "NaN": b"NaN\n",
    "minus Infinity": b"-Infinity\n",
    "a string": b'"x"\n',
    "a lone surrogate": b'"\\ud800"\n',
    "a key that is a lone surrogate": b'{"\\ud800":1}\n',
    "an empty key": b'{"":1}\n',
    "an empty array": b"[]\n",
    "an empty object": b"{}\n",
    "an open brace": b"{",
    "duplicate keys": b'{"id":"x","id":"y","id":"x"}\n',
    "line ends of all kinds": b"{}\x0b{}\x0c{}\xc2\x85{}\xe2\x80\xa8{}\r{}\n",
    "open brackets": b"[" * DEEP,
    "brackets": b"[" * DEEP + b"]" * DEEP + b"\n",
    "open objects": b'{"id":' * DEEP,
    "objects": b'{"id":' * DEEP + b"1" + b"}" * DEEP + b"\n",
    "many lines": b"{}\n" * 2000,
}


@pytest.mark.parametrize("content", FILES)
@pytest.mark.parametrize("path", RECORDS)
def test_a_file_of_records_may_hold_anything(path, content, tree):
    clean = path in (EXEMPTIONS, PAIRS) or "/decoys/" in path
    (tree / path).write_bytes(FILES[content])
    assert_answers(tree, (*ANSWERED, exits.CLEAN) if content == "empty" and clean else ANSWERED)


@pytest.mark.parametrize("content", FILES)
@pytest.mark.parametrize("path", TEXTS)
def test_a_text_may_hold_anything(path, content, tree):
    (tree / path).write_bytes(FILES[content])
    assert_answers(tree)


@pytest.mark.parametrize("content", ["brackets", "objects", "open brackets"])
@pytest.mark.parametrize("path", [SET, PAGES])
def test_deep_nesting_does_not_end_the_process(path, content, tree):
    (tree / path).write_bytes(FILES[content])
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]
    assert b"not-json" in done.stdout


LARGE = 20_000_000
LARGE_LINES = {
    "a string": b'{"id":"' + b"x" * LARGE + b'"}\n',
    "blanks": b" " * LARGE + b"\n",
    "an array": b"[" + b"1," * (LARGE // 2) + b"1]\n",
    "brackets": b"[" * LARGE,
    "no JSON": b"x" * LARGE,
}


@pytest.mark.parametrize("content", LARGE_LINES)
@pytest.mark.parametrize("path", [LABELS[1], SET])
def test_a_line_of_twenty_megabytes_is_answered_in_time(path, content, tree):
    (tree / path).write_bytes(LARGE_LINES[content])
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]
    assert len(done.stdout) < 100_000, "a finding is a line to read, not the data again"


def test_a_text_of_twenty_megabytes_is_answered_in_time(tree):
    for path in TEXTS:
        (tree / path).write_bytes(b"He said so. " * (LARGE // 12))
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]


junk = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*RECORDS, *TEXTS]), st.integers(0, 10_000), st.integers(0, 40), junk)
@example(SET, 0, 40, b"")
def test_damaged_bytes_are_findings(shared_tree, path, at, length, new):
    data = (shared_tree / path).read_bytes()
    at = at % (len(data) + 1)
    with replaced(shared_tree, path, data[:at] + new + data[at + length :]):
        status, _, err = answer("check", shared_tree)
    assert status in (exits.CLEAN, exits.FINDINGS), err


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*RECORDS, *TEXTS]), junk, min_size=1, max_size=4))
def test_a_tree_with_several_faults_is_read(shared_tree, damage):
    try:
        for path, data in damage.items():
            (shared_tree / path).write_bytes(data)
        _, findings = read_tree(shared_tree)
        assert findings or all(not data.strip() or path in TEXTS for path, data in damage.items())
    finally:
        shutil.rmtree(shared_tree)
        plant(shared_tree)
