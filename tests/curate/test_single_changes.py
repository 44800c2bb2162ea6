"""Each change of one record moves its own numbers alone, and is one difference."""

import pytest

from goldwire.curate.differences import differences
from two_documents import FIRST, GOLD, SECOND, changed, different, span

LONGER = span(FIRST, "Moscow insists")


MOVED = [span(FIRST, "must “yield now”")]


def kappa_of_words(by_chance):
    """Of 19 words 12 are no mention, five are GPE and two PERSON; one is labelled otherwise."""
    return (18 * 19 - by_chance) / (19 * 19 - by_chance)


CHANGES = {
    "type of a mention": (
        ("entities", FIRST, 0, {"type": "ORG"}),
        {
            "span and type, F1": 6 / 7,
            "span and type GPE, F1": 8 / 9,  # four of five, all four right
            "span and type ORG, F1": 0.0,
            "type of every word, Cohen's κ": kappa_of_words(12 * 12 + 5 * 4 + 2 * 2),
        },
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:6] “Moscow” ORG gpe-moscow > gpe-russia"),
    ),
    "span of a mention": (
        ("entities", FIRST, 0, dict(LONGER)),
        {
            "span, F1": 6 / 7,
            "span and type, F1": 6 / 7,
            "span and type GPE, F1": 4 / 5,
            "type of every word, Cohen's κ": kappa_of_words(12 * 11 + 5 * 6 + 2 * 2),
        },
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:14] “Moscow insists” GPE gpe-moscow > gpe-russia"),
    ),
    "entity of a mention": (
        ("entities", SECOND, 1, {"entity": "person-medvedev"}),
        {
            "entity id, share alike": 6 / 7,
            "entity ids as a partition, pairwise F1": 2 / 3,  # of two pairs one is left
        },
        ("[16:21] “Putin” PERSON person-putin", "[16:21] “Putin” PERSON person-medvedev"),
    ),
    "what a mention stands for": (
        ("entities", FIRST, 0, {"stands_for": None}),
        {"stands for, share alike": 6 / 7},
        ("[0:6] “Moscow” GPE gpe-moscow > gpe-russia", "[0:6] “Moscow” GPE gpe-moscow"),
    ),
    "type of a quote": (
        ("quotes", SECOND, 0, {"type": "direct"}),
        {
            "content and type, F1": 0.5,
            "content and type direct, F1": 0.0,
            "content and type mixed, F1": 2 / 3,  # one of two is left, and nothing else took its type
            "type, Cohen's κ": 0.0,
        },
        ("mixed · [29:42]", "direct · [29:42]"),
    ),
    "content of a quote": (
        ("quotes", FIRST, 0, {"content": MOVED}),
        {
            "content, all fragments, F1": 0.5,
            "content and type, F1": 0.5,
            "content and type mixed, F1": 0.5,
            "content and cue, F1": 0.5,
            "content and speaker, F1": 0.5,
            "content and speaker's entities, F1": 0.5,
        },
        ("mixed · [32:53]", "mixed · [37:53]"),
    ),
    "cue of a quote": (
        ("quotes", FIRST, 0, {"cue": None}),
        {"content and cue, F1": 0.5},
        ("cue [22:26] “said”", "mixed · [32:53] ⟨Kiev must “yield now”⟩ · speaker"),
    ),
    "speaker of a quote": (
        ("quotes", FIRST, 0, {"speaker": None}),
        {"content and speaker, F1": 0.5},
        ("speaker [16:21] “Putin”, head [16:21] “Putin”, name", "“said” · resolved person-putin"),
    ),
    "speaker's entity": (
        ("quotes", FIRST, 0, {"speaker_entities": ["gpe-russia"]}),
        {"content and speaker's entities, F1": 0.5},
        ("resolved person-putin", "resolved gpe-russia"),
    ),
    "status of a quote": (
        ("quotes", FIRST, 0, {"status": "group"}),
        {"content and speaker's entities, F1": 0.5, "status, Cohen's κ": 0.0},
        ("resolved person-putin", "group person-putin"),
    ),
    "decoy": (
        ("decoys", FIRST, 0, dict(span(FIRST, "wait"))),
        {"span, F1": 0.0},
        ("[68:74] “wait” scare", "[69:73] wait scare"),
    ),
    "role of a block": (
        ("segments", "000", 0, {"role": "standfirst"}),
        {
            "block and role, F1": 0.75,
            "block, role and document, F1": 0.75,
            "role, Cohen's κ": (0.75 - 5 / 16) / (1 - 5 / 16),
        },
        ("[0:15] headline 000-01", "[0:15] standfirst 000-01"),
    ),
    "document of a block": (
        ("segments", "000", 2, {"document": FIRST}),
        {"block, role and document, F1": 0.75},
        ("[90:105] body 000-02", "[90:105] body 000-01"),
    ),
}


@pytest.mark.parametrize(("change", "numbers", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_moves_its_own_numbers_and_no_others(change, numbers, words):
    layer, unit, i, values = change
    other = changed(layer, unit, i, **values)
    assert different(GOLD, other) == pytest.approx(numbers)


@pytest.mark.parametrize(("change", "numbers", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_one_difference_that_shows_both_sides(change, numbers, words):
    layer, unit, i, values = change
    other = changed(layer, unit, i, **values)
    (difference,), (swapped,) = differences(GOLD, other), differences(other, GOLD)
    assert (difference.layer, difference.unit) == (swapped.layer, swapped.unit) == (layer, unit)
    assert words[0] in difference.a
    assert words[1] in difference.b
    assert (swapped.a, swapped.b) == (difference.b, difference.a)
