"""What one more prediction does to the score of quotes: a wrong one never pays, a right one never costs."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import goldwire
from goldwire.scoring.labels import PlainQuote
from goldwire.scoring.labels import PlainSpan as Span
from goldwire.scoring.quotes import MEASURES, QuoteOptions, content, score_quotes

TEXT = "“aa bb, cc” dd “ee,\u200b ff” gg"
TIMES = {"iou.5": 0.5, "iou.8": 0.8, "exact": 1.0, "partial": 1e-9}
"""The least IoU with a gold quote at which a prediction is not simply wrong."""
PARENT = "000-01-q001"


@st.composite
def spans(draw):
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, len(TEXT))))


quotes = st.builds(
    PlainQuote,
    st.lists(spans(), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["direct", "indirect", None]),
    parent=st.sampled_from([None, None, None, PARENT]),
)
sides = st.lists(quotes, max_size=5)
modes = st.sampled_from(["outer", "all"])
WHOLE = PlainQuote((Span(0, len(TEXT)),))
WORDS = [PlainQuote((Span(*place),)) for place in ((1, 3), (4, 6), (8, 10), (16, 18))]
STRAY = [PlainQuote((Span(i, i + 1),)) for i in (12, 13, 26, 27)]
MADE_OF_STRAY = PlainQuote(tuple(part for quote in STRAY for part in quote.content))


def points(quote):
    return content(quote.content, TEXT, "marks")


def overlap(a, b):
    return len(points(a) & points(b)) / (len(points(a) | points(b)) or 1)


@given(sides, sides, quotes, modes)
@example(WORDS, WORDS[:1], WHOLE, "outer")
@example(WORDS[:1], [WORDS[0], *STRAY], MADE_OF_STRAY, "outer")
def test_a_wrong_prediction_never_raises_precision(gold, predicted, more, nested):
    options = QuoteOptions(nested=nested)
    before, after = (score_quotes(gold, side, TEXT, options).content for side in (predicted, [*predicted, more]))
    for measure in MEASURES:
        if points(more) and all(overlap(more, quote) < TIMES[measure] for quote in gold):
            assert after[measure].correct == pytest.approx(before[measure].correct)
            if before[measure].predicted:
                assert after[measure].precision <= before[measure].precision + 1e-12


@given(sides, sides, quotes, modes)
@example(WORDS, WORDS, WHOLE, "outer")
def test_a_prediction_never_lowers_recall_at_a_threshold(gold, predicted, more, nested):
    options = QuoteOptions(nested=nested)
    before, after = (score_quotes(gold, side, TEXT, options).content for side in (predicted, [*predicted, more]))
    for measure in ("iou.5", "iou.8", "exact"):
        assert after[measure].found >= before[measure].found
        assert after[measure].gold == before[measure].gold


@given(quotes, st.randoms())
def test_equal_character_sets_are_equal_content(quote, chance):
    """Whatever a quote is cut into: one fragment for each character, some with the white space after it."""
    marked = {i for part in quote.content for i in range(part.start, part.end)}
    cut = [Span(i, i + 1) for i in marked if not TEXT[i].isspace() or chance.random() < 0.5]
    if cut:
        chance.shuffle(cut)
        assert points(replace(quote, content=tuple(cut))) == points(quote)


GOLD = goldwire.load()
RIGHT = {d.id: [{"content": [(s.start, s.end) for s in q.content]} for q in d.quotes] for d in GOLD.documents.values()}


def f1(labels, **settings):
    return goldwire.score(labels, GOLD, goldwire.Settings(task="quotes", resamples=0, **settings)).f1


def test_one_quote_over_each_text_is_one_wrong_prediction_each():
    whole = {n: [*given, {"content": [(0, len(GOLD.documents[n].text))]}] for n, given in RIGHT.items()}
    assert f1(RIGHT) == 1
    assert 0.9 < f1(whole) < 1


def test_every_content_cut_in_two_is_exactly_right():
    def halves(span):
        return [(span.start, (span.start + span.end) // 2), ((span.start + span.end) // 2, span.end)]

    cut = {
        d.id: [{"content": [h for s in q.content for h in halves(s)]} for q in d.quotes]
        for d in GOLD.documents.values()
    }
    assert f1(cut, match="exact") == 1
    assert f1(cut, match="exact", trim="none") == 1
