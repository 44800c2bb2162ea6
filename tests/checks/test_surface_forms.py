"""Surface forms are found as one regular expression of all forms would find them, with the same word boundaries."""

import re

from hypothesis import given
from hypothesis import strategies as st

from goldwire.checks.exemptions import Exemptions
from goldwire.checks.quotes import check_word_edges
from goldwire.checks.surface_forms import SurfaceForms
from goldwire.corpus.jsonl import Table
from goldwire.model.records import Decoy

words = st.text("ab -'’“”_9é", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.sets(words, min_size=1, max_size=6), st.lists(words, max_size=12).map(" ".join))
def test_forms_are_found_as_by_one_pattern_the_longest_first(forms, text):
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")
    expected = [(match.start(), match.group()) for match in pattern.finditer(text)]
    assert list(SurfaceForms(forms).occurrences(text)) == expected


def edges(text, start, end):
    decoy = Decoy(start=start, end=end, text=text[start:end], reason="scare")
    return [
        fault.code for fault in check_word_edges(Table("x", [(1, decoy)]), "d", text, Exemptions(Table("exemptions")))
    ]


def test_an_edge_inside_a_word_is_found_and_one_at_a_hyphen_or_an_apostrophe_is_not():
    assert edges("China-Russia ties", 1, 5) == ["span-edge-word"]
    assert edges("China-Russia ties", 0, 4) == ["span-edge-word"]
    assert edges("China-Russia ties", 6, 12) == []
    assert edges("Kiev’s policies", 0, 4) == []


def test_scripts_without_case_may_write_without_spaces():
    assert edges("北京说好", 1, 3) == []
