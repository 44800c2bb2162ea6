"""The laws of scoring for quotes, and cases worked by hand."""

from dataclasses import astuple, dataclass, fields, replace
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldwire.scoring.content import content
from goldwire.scoring.counts import Counts
from goldwire.scoring.quotes import MEASURES, SINGLE, score_quotes


class Span(NamedTuple):
    start: int
    end: int


class Speaker(NamedTuple):
    start: int
    end: int
    head: Span | None = None


@dataclass(frozen=True)
class Quote:
    type: str
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker: Speaker | None = None
    speaker_entities: tuple[str, ...] | None = None
    parent: str | None = None


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
    if isinstance(value, Quote):
        return Quote(*(moved(getattr(value, field.name), by) for field in fields(value)))
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
    first = score_quotes(gold, predicted, TEXT, MENTIONS, marked, nested=nested)
    gold, predicted, marked = (data.draw(st.permutations(records)) for records in (gold, predicted, marked))
    mentions = dict(data.draw(st.permutations(list(MENTIONS.items()))))
    second = score_quotes(gold, predicted, TEXT, mentions, marked, nested=nested)
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
    counts = score_quotes(*sides, TEXT, MENTIONS)
    sides[side].reverse()
    assert score_quotes(*sides, TEXT, MENTIONS) == counts


@given(golds, modes)
def test_gold_against_itself_is_perfect(gold, nested):
    counts = score_quotes(gold, gold, TEXT, MENTIONS, nested=nested)
    parts = [counts.cue_exact, counts.cue_overlap, counts.speaker_exact, counts.speaker_overlap, counts.speaker_null]
    judged = [*counts.content.values(), *counts.types.values(), *parts]
    judged += [counts.attribution, counts.end_to_end, counts.unresolved]
    assert {rate for c in judged for rate in rates(c)} <= {1.0, None}
    assert (counts.content["exact"].f1 is None) == (counts.content["exact"].gold == 0)
    assert counts.end_to_end.gold + counts.unresolved.gold == counts.content["exact"].gold


@given(golds, predictions, modes)
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted, nested):
    counts = score_quotes(gold, predicted, TEXT, nested=nested).content
    swapped = score_quotes(predicted, gold, TEXT, nested=nested).content
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


@given(golds, predictions, modes)
@example(*UNDECIDED, "all")
def test_swapping_the_sides_swaps_precision_and_recall_of_every_type(gold, predicted, nested):
    counts = score_quotes(gold, predicted, TEXT, nested=nested).types
    swapped = score_quotes(predicted, gold, TEXT, nested=nested).types
    assert {kind: rates(c) for kind, c in counts.items()} == {kind: rates(c)[::-1] for kind, c in swapped.items()}


@given(golds, predictions, decoys, modes, st.integers(1, 1000))
def test_shifting_all_offsets_changes_nothing(gold, predicted, marked, nested, by):
    counts = score_quotes(gold, predicted, TEXT, MENTIONS, marked, nested=nested)
    gold, predicted, marked = moved(tuple(gold), by), moved(tuple(predicted), by), moved(marked, by)
    assert score_quotes(gold, predicted, "x" * by + TEXT, moved_mentions(by), marked, nested=nested) == counts


@given(golds, predictions, golds, predictions, modes)
@example([Quote("mixed", (WHOLE,))], [], *SWAPPED_CUES, "all")
@example([], [Quote("mixed", (WHOLE,))], *SWAPPED_CUES, "all")
def test_counts_of_two_documents_add_up_to_those_of_one_after_the_other(gold, predicted, gold_2, predicted_2, nested):
    first = score_quotes(gold, predicted, TEXT, MENTIONS, nested=nested)
    second = score_quotes(gold_2, predicted_2, TEXT, MENTIONS, nested=nested)
    by = len(TEXT)
    joined_gold, joined = (*gold, *moved(tuple(gold_2), by)), (*predicted, *moved(tuple(predicted_2), by))
    both = score_quotes(joined_gold, joined, TEXT + TEXT, MENTIONS | moved_mentions(by), nested=nested)
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
    assert score_quotes(*sides, TEXT, trim="none").content[measure].f1 == 0.0


WORDS = "aaaa bbbb cccc dddd eeee"
PRESS = (
    "President Putin said: “We want peace,” while Kiev claims that talks stall. "
    "“It works,” he added. The “hot” war goes on in Kiev."
)


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def in_words(*fragments, **parts):
    return Quote("direct", tuple(at(WORDS, fragment) for fragment in fragments), **parts)


def in_press(content, speaker=None, head=None, kind="direct", **parts):
    if speaker:
        parts["speaker"] = Speaker(*at(PRESS, speaker), head and at(PRESS, head))
    return Quote(kind, (at(PRESS, content),), **parts)


def test_one_prediction_over_the_whole_document_is_far_from_perfect():
    counts = score_quotes([in_words("bbbb"), in_words("dddd")], [in_words(WORDS)], WORDS).content
    assert [rates(counts[measure]) for measure in ("iou.5", "iou.8", "exact")] == [(0, 0)] * 3
    assert rates(counts["partial"]) == (4 / 20, 1.0)  # of its 20 letters one quote holds 4


def test_what_stands_between_two_fragments_is_no_content():
    counts = score_quotes([in_words("aaaa", "cccc")], [in_words("aaaa bbbb cccc")], WORDS).content
    assert rates(counts["iou.5"]) == (1, 1)  # 8 letters of 12
    assert rates(counts["iou.8"]) == (0, 0)
    assert rates(counts["partial"]) == (8 / 12, 1.0)


def test_a_content_is_the_same_in_one_fragment_or_in_several():
    counts = score_quotes([in_words("aaaa bbbb")], [in_words("aaaa", "bbbb")], WORDS).content
    assert rates(counts["exact"]) == (1, 1)


def test_half_of_the_content_is_enough_at_half_and_less_is_not():
    half = score_quotes([in_words("aaaa bbbb")], [in_words("bbbb")], WORDS)
    less = score_quotes([in_words("aaaa bbbb cccc")], [in_words("bbbb")], WORDS)
    assert (half.content["iou.5"].f1, less.content["iou.5"].f1) == (1.0, 0.0)


def test_a_quote_predicted_twice_is_right_once():
    counts = score_quotes([in_words("bbbb")], [in_words("bbbb")] * 2, WORDS).content
    assert rates(counts["exact"]) == (0.5, 1.0)


def test_an_empty_prediction_counts_as_a_prediction():
    predicted = [in_words("bbbb"), Quote("direct", (Span(0, 0),))]
    assert rates(score_quotes([in_words("bbbb")], predicted, WORDS).content["exact"]) == (0.5, 1.0)


NESTED = [in_words("aaaa bbbb cccc"), in_words("bbbb", parent="000-01-q001")]


@pytest.mark.parametrize(("nested", "gold"), [("outer", 1), ("all", 2)])
def test_quotes_inside_quotes_are_judged_only_where_all_are(nested, gold):
    counts = score_quotes(NESTED, NESTED, WORDS, nested=nested).content["exact"]
    assert (counts.hits, counts.gold) == (gold, gold)


def test_a_system_need_not_say_that_its_quote_lies_inside_another():
    predicted = [replace(quote, parent=None) for quote in NESTED]
    assert rates(score_quotes(NESTED, predicted, WORDS, nested="outer").content["exact"]) == (1, 1)


@pytest.mark.parametrize("predicted", ["It works", "“It works", "It works,”"])
def test_marks_and_punctuation_at_the_ends_are_trimmed_where_asked(predicted):
    sides = [in_press("“It works,”")], [in_press(predicted)]
    hits = {trim: score_quotes(*sides, PRESS, trim=trim).content["exact"].hits for trim in ("marks", "none")}
    assert hits == {"marks": 1, "none": 0}


def test_white_space_at_the_ends_is_no_content():
    sides = [in_press("“It works,”")], [in_press(" “It works,” ")]
    assert score_quotes(*sides, PRESS, trim="none").content["exact"].hits == 1


def test_a_content_of_nothing_but_marks_keeps_them():
    dots = "“…” he said"
    quote = Quote("direct", (Span(0, 3),))
    assert rates(score_quotes([quote], [quote], dots).content["exact"]) == (1, 1)


@pytest.mark.parametrize(
    ("predicted", "exact", "overlap"),
    [("claims", 1, 1), ("Kiev claims", 0, 1), ("that", 0, 0)],
)
def test_a_cue_is_right_where_it_is_the_same_or_overlaps(predicted, exact, overlap):
    gold, found = (in_press("talks stall", cue=at(PRESS, cue)) for cue in ("claims", predicted))
    counts = score_quotes([gold], [found], PRESS)
    assert (counts.cue_exact.hits, counts.cue_overlap.hits) == (exact, overlap)


def test_cues_are_judged_on_matched_quotes_only():
    gold, found = in_press("talks stall", cue=at(PRESS, "claims")), in_press("It works", cue=at(PRESS, "claims"))
    assert score_quotes([gold], [found], PRESS).cue_exact == Counts()


@pytest.mark.parametrize(
    ("predicted", "exact", "overlap"),
    [
        ("President Putin", 1, 1),
        ("Putin", 0, 1),
        ("President", 0, 0),
        ("Putin said", 0, 0),
    ],
    ids=["the phrase", "its head", "without the head", "beyond the phrase"],
)
def test_a_speaker_is_found_inside_the_gold_phrase_where_it_holds_the_head(predicted, exact, overlap):
    gold = in_press("We want peace", "President Putin", "Putin")
    counts = score_quotes([gold], [in_press("We want peace", predicted)], PRESS)
    assert (counts.speaker_exact.hits, counts.speaker_overlap.hits) == (exact, overlap)


def test_null_speakers_are_counted_apart():
    gold = [in_press("We want peace"), in_press("talks stall", "Kiev"), in_press("It works")]
    found = [in_press("We want peace"), in_press("talks stall"), in_press("It works", "he")]
    counts = score_quotes(gold, found, PRESS)
    assert rates(counts.speaker_null) == (1 / 2, 1 / 2)
    assert rates(counts.speaker_exact) == (0, 0)


PUTIN, KIEV, RUSSIA = "person-vladimir-putin", "gpe-ukraine", "gpe-russia"
NAMED = {tuple(at(PRESS, "Putin")): PUTIN, tuple(at(PRESS, "Kiev")): KIEV}


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (in_press("We want peace", "President Putin"), True),
        (in_press("We want peace", "President Putin", "Putin"), True),
        (in_press("We want peace", "President Putin said: “We want peace,” while Kiev"), True),
        (in_press("We want peace", "Kiev"), False),
        (in_press("We want peace", "President"), False),
        (in_press("We want peace"), False),
        (in_press("We want peace", "Kiev", speaker_entities=(PUTIN,)), True),
        (in_press("We want peace", "President Putin", speaker_entities=(KIEV,)), False),
        (in_press("We want peace", "President Putin", speaker_entities=()), False),
        (in_press("We want peace", speaker_entities=(PUTIN, KIEV)), False),
    ],
    ids=[
        *("phrase", "head", "overlaps one most", "other mention", "no mention", "no speaker"),
        *("said so", "said otherwise", "said nobody", "said one too many"),
    ],
)
def test_a_speaker_is_who_the_system_says_or_else_the_mention_its_span_overlaps_most(found, right):
    gold = in_press("We want peace", "President Putin", "Putin", speaker_entities=(PUTIN,))
    counts = score_quotes([gold], [found], PRESS, NAMED)
    assert (counts.attribution.precision, counts.end_to_end.f1) == (right, right)


def test_accuracy_given_a_match_and_attribution_end_to_end_are_two_numbers():
    gold = [in_press("We want peace", speaker_entities=(PUTIN,)), in_press("talks stall", speaker_entities=(KIEV,))]
    found = [gold[0], in_press("It works", speaker_entities=(PUTIN,))]
    counts = score_quotes(gold, found, PRESS)
    assert counts.attribution.precision == 1.0  # one match, and right
    assert rates(counts.end_to_end) == (1 / 2, 1 / 2)


def test_a_quote_of_another_type_is_found_yet_no_prediction_of_that_type():
    gold = [in_press("We want peace"), in_press("talks stall", kind="indirect")]
    found = [in_press("We want peace", kind="mixed"), in_press("hot", kind="direct")]
    types = score_quotes(gold, found, PRESS).types
    assert {kind: rates(types[kind]) for kind in types} == {
        "direct": (0 / 1, 1 / 1),
        "indirect": (None, 0 / 1),
        "mixed": (1 / 1, None),
    }


def test_decoys_extracted_as_quotes_are_counted():
    found = [in_press("hot"), in_press("It works,” he added. The “hot” war goes on in Kiev")]
    assert score_quotes([], found[:1], PRESS, decoys=[at(PRESS, "“hot”")]).decoys.recall == 1.0
    assert score_quotes([], found[1:], PRESS, decoys=[at(PRESS, "“hot”")]).decoys.recall == 0.0
    assert score_quotes([], found, PRESS).decoys.recall is None


def test_a_quote_that_is_exactly_right_is_judged_by_its_own_speaker():
    """Exact matches come first, also where leaving them would make one pair more."""
    gold = [
        in_words("bbbb cccc dddd", speaker_entities=(PUTIN,)),
        in_words("aaaa bbbb cccc", speaker_entities=(KIEV,)),
    ]
    found = [gold[0], in_words("cccc dddd eeee", speaker_entities=(RUSSIA,))]
    assert score_quotes(gold, found, WORDS).end_to_end.hits == 1
