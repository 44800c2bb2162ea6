"""The laws of scoring for quotes."""

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldwire.scoring.labels import PlainQuote
from goldwire.scoring.labels import PlainSpan as Span
from goldwire.scoring.labels import PlainSpeaker as Speaker
from goldwire.scoring.quotes import MEASURES, SINGLE, QuoteOptions, content, score_quotes


def Quote(kind, content, *parts, **named):
    return PlainQuote(content, kind, *parts, **named)


TEXT = "He said: “We go, now.” – “So it is!”, reporters add."


WHOLE = Span(0, len(TEXT))


BLANK = [i for i, char in enumerate(TEXT) if char == " "]


MENTIONS = {(0, 2): "person-he", (9, 13): "org-we", (37, 46): "norp-reporters"}


TYPES = ["direct", "indirect", "mixed"]


@st.composite
def places(draw, within=WHOLE):
    start = draw(st.integers(within.start, within.end - 1).filter(lambda i: i not in BLANK))
    return Span(start, draw(st.integers(start + 1, within.end)))


@st.composite
def speakers(draw):
    phrase = draw(places())
    return Speaker(*phrase, draw(st.none() | places(phrase)))


contents = st.lists(places(), min_size=1, max_size=2).map(sorted).map(tuple)


entities = st.lists(st.sampled_from(sorted(MENTIONS.values())), unique=True, max_size=2).map(tuple)


quotes = st.builds(
    Quote,
    st.sampled_from(TYPES),
    contents,
    st.none() | places(),
    st.none() | speakers(),
    entities,
    st.sampled_from([None, None, "000-01-q001"]),
)


def several(quote):
    """Quotes that may nest and cross; no two have the same content."""
    return st.lists(quote, max_size=5, unique_by=lambda quote: content(quote.content, TEXT, "marks"))


golds = several(quotes)


predictions = several(quotes | quotes.map(lambda quote: replace(quote, speaker_entities=None)))


modes = st.sampled_from(["outer", "all"])


decoys = st.lists(places(), max_size=2).map(tuple)


def moved(value, by):
    """The same with all offsets carried along."""
    if isinstance(value, PlainQuote):
        return PlainQuote(*(moved(getattr(value, field.name), by) for field in fields(value)))
    if isinstance(value, tuple):
        items = [moved(item, by) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value + by if isinstance(value, int) else value


def moved_mentions(by):
    return {moved(place, by): entity for place, entity in MENTIONS.items()}


def rates(counts):
    return counts.precision, counts.recall


def numbers(counts):
    """Every count by its name."""
    named = {name: getattr(counts, name) for name in SINGLE} | counts.content | counts.types
    return {(name, i): value for name, c in named.items() for i, value in enumerate(astuple(c))}


@given(golds, predictions, decoys, modes, st.data())
def test_order_changes_no_count(gold, predicted, marked, nested, data):
    first = score_quotes(gold, predicted, TEXT, QuoteOptions(nested=nested), entities=MENTIONS, decoys=marked)
    gold, predicted, marked = (data.draw(st.permutations(records)) for records in (gold, predicted, marked))
    mentions = dict(data.draw(st.permutations(list(MENTIONS.items()))))
    second = score_quotes(gold, predicted, TEXT, QuoteOptions(nested=nested), entities=mentions, decoys=marked)
    assert numbers(first) == pytest.approx(numbers(second))


@pytest.mark.parametrize(
    "parts",
    [
        {"type": "indirect"},
        {"cue": None},
        {"speaker": Speaker(37, 46)},
        {"speaker": Speaker(0, 22, Span(9, 13))},
        {"speaker_entities": ()},
        {"speaker_entities": ("org-we",)},
    ],
    ids=["type", "cue", "speaker", "head", "nobody", "other entity"],
)
@pytest.mark.parametrize("side", [0, 1], ids=["gold", "predicted"])
def test_the_order_of_two_quotes_of_one_content_changes_no_count(side, parts):
    quote = Quote("direct", (Span(9, 22),), Span(3, 7), Speaker(0, 22, Span(0, 2)))
    sides = [[replace(quote, speaker_entities=("person-he",))], [quote]]
    sides[side].append(replace(sides[side][0], **parts))
    counts = score_quotes(*sides, TEXT, entities=MENTIONS)
    sides[side].reverse()
    assert score_quotes(*sides, TEXT, entities=MENTIONS) == counts


@given(golds, modes)
def test_gold_against_itself_is_perfect(gold, nested):
    counts = score_quotes(gold, gold, TEXT, QuoteOptions(nested=nested), entities=MENTIONS)
    parts = [counts.cue_exact, counts.cue_overlap, counts.speaker_exact, counts.speaker_overlap, counts.speaker_null]
    judged = [*counts.content.values(), *counts.types.values(), *parts]
    judged += [counts.attribution, counts.end_to_end, counts.unresolved]
    assert {rate for c in judged for rate in rates(c)} <= {1.0, None}
    assert (counts.content["exact"].f1 is None) == (counts.content["exact"].gold == 0)
    assert counts.end_to_end.gold + counts.unresolved.gold == counts.content["exact"].gold


@given(golds, predictions)
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    """Of all quotes; which quotes are nested, and so left out of the outer ones, is for gold to say."""
    counts = score_quotes(gold, predicted, TEXT, QuoteOptions(nested="all")).content
    swapped = score_quotes(predicted, gold, TEXT, QuoteOptions(nested="all")).content
    assert {measure: rates(counts[measure]) for measure in MEASURES} == {
        measure: rates(swapped[measure])[::-1] for measure in MEASURES
    }


UNDECIDED = (
    [Quote("direct", (Span(40, 42),)), Quote("indirect", (Span(41, 43),)), Quote("direct", (Span(37, 43),))],
    [Quote("indirect", (Span(37, 41),)), Quote("indirect", (Span(37, 44),)), Quote("indirect", (Span(39, 43),))],
)
"""Two pairs can be made in several ways, some equally close, and with different quotes left over."""


SWAPPED_CUES = (
    [Quote("direct", (Span(42, 46),), cue=Span(0, 2)), Quote("direct", (Span(41, 45),), cue=Span(3, 7))],
    [Quote("direct", (Span(41, 46),), cue=Span(3, 7)), Quote("direct", (Span(40, 46),), cue=Span(0, 2))],
)
"""Each may be paired with either, and one way is as close as the other."""


@given(golds, predictions)
@example(*UNDECIDED)
def test_swapping_the_sides_swaps_precision_and_recall_of_every_type(gold, predicted):
    counts = score_quotes(gold, predicted, TEXT, QuoteOptions(nested="all")).types
    swapped = score_quotes(predicted, gold, TEXT, QuoteOptions(nested="all")).types
    assert {kind: rates(c) for kind, c in counts.items()} == {kind: rates(c)[::-1] for kind, c in swapped.items()}


@given(golds, predictions, decoys, modes, st.integers(1, 1000))
def test_shifting_all_offsets_changes_nothing(gold, predicted, marked, nested, by):
    counts = score_quotes(gold, predicted, TEXT, QuoteOptions(nested=nested), entities=MENTIONS, decoys=marked)
    gold, predicted, marked = moved(tuple(gold), by), moved(tuple(predicted), by), moved(marked, by)
    assert (
        score_quotes(
            gold, predicted, "x" * by + TEXT, QuoteOptions(nested=nested), entities=moved_mentions(by), decoys=marked
        )
        == counts
    )


@given(golds, predictions, golds, predictions, modes)
@example([Quote("mixed", (WHOLE,))], [], *SWAPPED_CUES, "all")
@example([], [Quote("mixed", (WHOLE,))], *SWAPPED_CUES, "all")
def test_counts_of_two_documents_add_up_to_those_of_one_after_the_other(gold, predicted, gold_2, predicted_2, nested):
    first = score_quotes(gold, predicted, TEXT, QuoteOptions(nested=nested), entities=MENTIONS)
    second = score_quotes(gold_2, predicted_2, TEXT, QuoteOptions(nested=nested), entities=MENTIONS)
    by = len(TEXT)
    joined_gold, joined = (*gold, *moved(tuple(gold_2), by)), (*predicted, *moved(tuple(predicted_2), by))
    both = score_quotes(
        joined_gold, joined, TEXT + TEXT, QuoteOptions(nested=nested), entities=MENTIONS | moved_mentions(by)
    )
    assert numbers(first + second) == pytest.approx(numbers(both))


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_to_judge_is_none(measure):
    counts = score_quotes([], [], TEXT).content[measure]
    assert (counts.precision, counts.recall, counts.f1) == (None, None, None)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_predictions_leave_precision_undefined_and_f1_at_zero(measure):
    counts = score_quotes([Quote("direct", (Span(9, 22),))], [], TEXT).content[measure]
    assert (counts.precision, counts.recall, counts.f1) == (None, 0.0, 0.0)


@pytest.mark.parametrize("measure", MEASURES)
def test_adjacent_contents_do_not_overlap(measure):
    sides = [Quote("direct", (Span(3, 7),))], [Quote("direct", (Span(7, 8),))]
    assert score_quotes(*sides, TEXT, QuoteOptions(trim="none")).content[measure].f1 == 0.0
