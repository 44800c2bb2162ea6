"""Mentions that cross line ends: a file of columns and brat's standoff give them back whole."""

from types import SimpleNamespace

import pytest

from goldwire.formats.brat import export_brat
from goldwire.formats.conll import export_conll, read_columns, split_documents
from goldwire.formats.labelled import Labelled
from goldwire.formats.standoff import read_standoff
from goldwire.model.profile import news
from goldwire.model.records import Mention

TEXTS = {
    "one line end": "In New\nYork today.",
    "spaces at the line end": "In New  \n York today.",
    "blank lines": "In New\n\n \nYork today.",
    "a carriage return": "In New\r\nYork today.",
    "at the first word of a line": "Today.\nNew\nYork\nMoscow.",
}


def document(text):
    start, end = text.index("New"), text.index("York") + 4
    mention = Mention(id="x-01-e001", start=start, end=end, text=text[start:end], type="GPE", entity=None)
    return Labelled(SimpleNamespace(id="x-01"), text, [mention], [], []), (start, end, "GPE")


@pytest.mark.parametrize("kind", TEXTS)
def test_a_mention_across_line_ends_comes_back_whole(kind):
    made, expected = document(TEXTS[kind])
    source = SimpleNamespace(documents=lambda: [made], tree=SimpleNamespace(registry=[], profile=news()))
    first, lines = split_documents(export_conll(source)["entities.conll"].decode().split("\n"))["x-01"]
    assert read_columns(lines, made.text, first=first) == [expected]
    standoff = export_brat(source)["x-01.ann"].decode().split("\n")
    read = read_standoff(standoff, made.text)
    assert [(one["start"], one["end"], one["type"]) for one in read.mentions()] == [expected]
    assert [len(bound.fragments) for bound in read.bounds.values()] == [1]
