"""Any markup compiles or says what is wrong with it."""

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldwire.text.markup import MarkupError, mentions, quotes

TAGS = ["<c1>", "</c1>", "<s1>", "</s1>", "<h1>", "</h1>", "<n1>", "</n1>", "<c1,2>", "[[", "]]", "|", ">", "gpe-x"]
LINES = ["\n===\n", "1 type=direct status=none", "n1 reason=scare", "parent=1", "entities=gpe-x", "=", "\n", "\0"]
pieces = st.lists(st.sampled_from([*TAGS, *LINES]) | st.text(max_size=4), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(pieces, st.text(max_size=10))
@example("<c1>" * 50_000, "x")
@example("[[" * 50_000, "x")
@example("[[" + "[a]" * 30_000 + "x", "x")
@example("a\n===\n1 1 1\n", "a")
@example("<c1>a</c1>\n===\n1 type=direct parent=1 status=none\n", "a")
@example("<n1></n1>a\n===\nn1 reason=scare\n", "a")
@example("<c1></c1>a\n===\n1 type=direct status=none\n", "a")
@example("<c1>a</c1><n1>b</n1>\n===\n1 type=direct status=none\nn1\n", "ab")
@example("<k1>a</k1>\n===\n1 type=direct\n", "a")
@example("<c1>\ud800</c1>\n===\n1 type=direct\n", "\ud800")
@example("<n1>a</n1> <k1>a</k1> <c1>a</c1><cn1>\n===\nn1 reason=scare\n", "a a a<cn1>")
@example("<c1>a</c1> <n1>b</n1> <c1>a</c1>\n===\nn1 reason=title\n1 type=mixed status=x\n", "a b a")
@example("<k1>a</k1><n1>b</n1>\n===\nn1 reason=title\n1 type=mixed\n", "ab")
def test_markup_compiles_or_says_what_is_wrong(markup, text):
    for compile_ in (mentions, quotes):
        with contextlib.suppress(MarkupError):
            compile_("000-01", text, markup)


@given(st.sampled_from("kshn"), st.text("ab ", min_size=1, max_size=5))
def test_a_tag_without_the_one_it_belongs_to_is_said_to_be_so(letter, text):
    with pytest.raises(MarkupError):
        quotes("000-01", text, f"<{letter}1>{text}</{letter}1>\n===\n1 type=direct status=none\n")
