"""Derived corpora: labels follow every edit, checks hold for all of it, and a document depends on its number alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import goldwire
from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.derive.articles import articles, compose
from goldwire.derive.edits import Edit, EditMap
from goldwire.derive.labels import labelled
from goldwire.derive.names import stem
from goldwire.derive.plan import GROUP, Plan
from goldwire.derive.sources import read_bases
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import parse
from repository import ROOT

TEXT = "President Putin said: “We want peace,” though it is hot in Kiev."


@pytest.fixture(scope="module")
def bases():
    return read_bases(goldwire.load(ROOT))


def span(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


def test_a_span_moves_with_what_is_put_in_and_taken_out_before_it():
    way = EditMap(TEXT, [Edit(*span("President "), ""), Edit(*span("“"), '"')])
    assert way.text[slice(*way.span(*span("Putin")))] == "Putin"
    assert way.text[slice(*way.span(*span("“We want peace,”")))] == '"We want peace,”'


def test_what_is_replaced_inside_a_span_is_inside_it_and_a_span_replaced_whole_keeps_the_new_words():
    way = EditMap(TEXT, [Edit(*span("want"), "do want")])
    assert way.text[slice(*way.span(*span("We want peace")))] == "We do want peace"
    assert way.text[slice(*way.span(*span("want")))] == "do want"


def test_an_insertion_at_an_end_of_a_span_stays_outside():
    start, end = span("Kiev")
    way = EditMap(TEXT, [Edit(start, start, "old "), Edit(end, end, " itself")])
    assert way.text[slice(*way.span(start, end))] == "Kiev"


def test_a_span_cut_into_shrinks_and_one_cut_out_is_gone():
    way = EditMap(TEXT, [Edit(span("want")[0], len(TEXT), "")])
    assert way.text[slice(*way.span(*span("“We want peace,”")))] == "“We"
    assert way.span(*span("Kiev")) is None


@pytest.mark.parametrize(
    "edits", [[Edit(0, 5, ""), Edit(4, 6, "")], [Edit(3, 99, "")], [Edit(1, 1, "a"), Edit(1, 1, "b")]]
)
def test_edits_that_are_none_are_refused(edits):
    with pytest.raises(ValueError, match="no edit"):
        EditMap("ten chars!", edits)


@st.composite
def edited_texts(draw):
    text = draw(st.text("abc ", min_size=1, max_size=30))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [Edit(a, b, draw(st.text("XY", max_size=3))) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b]
    start = draw(st.integers(0, len(text) - 1))
    return text, edits, start, draw(st.integers(start + 1, len(text)))


@given(edited_texts())
def test_of_a_span_just_those_characters_are_left_that_no_edit_touched(case):
    text, edits, start, end = case
    way = EditMap(text, edits)
    gone = {i for edit in edits for i in range(edit.start, edit.end)}
    left = "".join(text[i] for i in range(start, end) if i not in gone)
    place = way.span(start, end)
    found = way.text[slice(*place)] if place else ""
    assert found.translate(str.maketrans("", "", "XY ")) == left.replace(" ", "")
    inside = [e.new for e in edits if start <= e.start and e.end <= end]
    assert [c for c in found if c in "XY"] == [c for new in inside for c in new]


def test_no_two_numbers_share_a_stem():
    numbers = [*range(30_000), *range(75**3 - 500, 75**3 + 500), *range(75**4 - 50, 75**4 + 50)]
    assert len({stem(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(("difficulty", "seed"), [("easy", 1), ("news", 2), ("hostile", 3), ("hostile", 4)])
def test_all_checks_hold_for_a_derived_corpus(tmp_path, difficulty, seed):
    out = tmp_path / "derived"
    assert main(["derive", str(out), "--n", "40", "--seed", str(seed), "--difficulty", difficulty]) == 0
    assert check(out) == []


@given(st.integers(0, 10**6), st.sampled_from(["easy", "news", "hostile"]))
def test_what_a_span_says_stands_there_in_whatever_is_derived(bases, seed, difficulty):
    for article in articles(compose(Plan(difficulty, seed, 16), seed, bases)):
        document = labelled(article)
        spans = [*document.mentions, *document.decoys]
        for quote in document.quotes:
            spans += [*quote.content, *(part for part in (quote.cue, quote.speaker) if part)]
        assert all(document.text[s.start : s.end] == s.text and s.text == s.text.strip() != "" for s in spans)


def test_a_document_depends_on_the_seed_and_its_number_alone(bases):
    few, many = Plan("news", 5, 20), Plan("news", 5, 4000)
    assert articles(compose(few, 1, bases)) == articles(compose(many, 1, bases))
    assert articles(compose(few, 1, bases)) != articles(compose(Plan("news", 6, 20), 1, bases))


def test_every_group_is_full_and_no_name_is_given_twice(bases):
    plan = Plan("hostile", 1, 320)
    groups = [compose(plan, number, bases) for number in range(plan.groups)]
    numbers = [article.number for group in groups for article in articles(group)]
    assert numbers == list(range(20 * GROUP))
    names = [entity.id for group in groups for entity in group.entities]
    assert len(names) == len(set(names))


def test_nobody_real_is_named_or_quoted(bases):
    gold = goldwire.load(ROOT)
    real = {e.id for e in gold.entities.values() if e.type in ("PERSON", "ORG")}
    for article in articles(compose(Plan("news", 7, 16), 0, bases)):
        document = labelled(article)
        assert real.isdisjoint(m.entity for m in document.mentions)
        assert real.isdisjoint(entity for quote in document.quotes for entity in quote.speaker_entities)


def test_a_derived_corpus_loads_and_its_signature_says_what_it_is(tmp_path):
    out = tmp_path / "derived"
    main(["derive", str(out), "--n", "20", "--seed", "3", "--difficulty", "easy"])
    gold = goldwire.load(out)
    found = goldwire.score({name: gold.documents[name].mentions for name in gold.documents}, gold)
    assert found.f1 == 1.0
    assert "-derived.easy.3.20+" in str(found.signature)
    assert str(parse(str(found.signature))) == str(found.signature)


def test_a_folder_that_is_there_is_left_alone(tmp_path, capsys):
    assert main(["derive", str(tmp_path), "--n", "16"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("n", [0, -1])
def test_no_documents_are_refused(n):
    with pytest.raises(GoldwireError, match="expected one or more"):
        Plan("news", 1, n)
