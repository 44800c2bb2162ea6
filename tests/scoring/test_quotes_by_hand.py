"""Scores of quotes, on cases worked by hand."""

from dataclasses import replace

import pytest

from goldwire.scoring.counts import Counts
from goldwire.scoring.labels import PlainQuote
from goldwire.scoring.labels import PlainSpan as Span
from goldwire.scoring.labels import PlainSpeaker as Speaker
from goldwire.scoring.quotes import QuoteOptions, score_quotes


def Quote(kind, content, *parts, **named):
    return PlainQuote(content, kind, *parts, **named)


TEXT = "He said: “We go, now.” – “So it is!”, reporters add."


WHOLE = Span(0, len(TEXT))


BLANK = [i for i, char in enumerate(TEXT) if char == " "]


MENTIONS = {(0, 2): "person-he", (9, 13): "org-we", (37, 46): "norp-reporters"}


def rates(counts):
    return counts.precision, counts.recall


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


def test_text_between_two_fragments_is_not_content():
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
    counts = score_quotes(NESTED, NESTED, WORDS, QuoteOptions(nested=nested)).content["exact"]
    assert (counts.correct, counts.gold) == (gold, gold)


def test_a_system_need_not_say_that_its_quote_lies_inside_another():
    predicted = [replace(quote, parent=None) for quote in NESTED]
    assert rates(score_quotes(NESTED, predicted, WORDS, QuoteOptions(nested="outer")).content["exact"]) == (1, 1)


@pytest.mark.parametrize("predicted", ["It works", "“It works", "It works,”"])
def test_marks_and_punctuation_at_the_ends_are_trimmed_where_asked(predicted):
    sides = [in_press("“It works,”")], [in_press(predicted)]
    correct = {
        trim: score_quotes(*sides, PRESS, QuoteOptions(trim=trim)).content["exact"].correct
        for trim in ("marks", "none")
    }
    assert correct == {"marks": 1, "none": 0}


def test_white_space_at_the_ends_is_no_content():
    sides = [in_press("“It works,”")], [in_press(" “It works,” ")]
    assert score_quotes(*sides, PRESS, QuoteOptions(trim="none")).content["exact"].correct == 1


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
    assert (counts.cue_exact.correct, counts.cue_overlap.correct) == (exact, overlap)


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
    assert (counts.speaker_exact.correct, counts.speaker_overlap.correct) == (exact, overlap)


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
    counts = score_quotes([gold], [found], PRESS, entities=NAMED)
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
    assert score_quotes(gold, found, WORDS).end_to_end.correct == 1
