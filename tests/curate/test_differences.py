"""Differences of two sets: which records, in which order, side by side with which."""

import pytest

from goldwire.curate.differences import Difference, differences
from goldwire.model.records import (
    Pair,
    Span,
    Speaker,
)
from two_documents import (
    ENTITIES,
    FIRST,
    GOLD,
    SECOND,
    changed,
    different,
    holding,
    measured,
    mention,
    pairing,
    quote,
)


def test_what_one_side_lacks_is_shown_with_nothing_beside_it():
    other = holding("entities", FIRST, ENTITIES[FIRST][1:])
    assert list(differences(GOLD, other)) == [
        Difference("entities", FIRST, 0, "[0:6] “Moscow” GPE gpe-moscow > gpe-russia", None)
    ]
    assert different(GOLD, other)["span, F1"] == pytest.approx(12 / 13)


def test_differences_come_in_the_order_of_the_text():
    other = holding(
        "entities", FIRST, [mention(FIRST, words, "LAW", "law-x") for words in ("wait", "Putin", "Moscow")]
    )
    starts = [difference.start for difference in differences(GOLD, other)]
    assert len(starts) == 5
    assert starts == sorted(starts)


def test_a_retyped_record_stands_beside_its_own_counterpart():
    """Not beside the one around it that was left out."""
    outer = quote(FIRST, "mixed", "Kiev must “yield now” and Paris", "said")
    inner, retyped = (quote(FIRST, kind, "now", "said", 2) for kind in ("direct", "mixed"))
    a, b = holding("quotes", FIRST, [outer, inner]), holding("quotes", FIRST, [retyped])
    found = [(d.a and d.a.split(" ⟨")[0], d.b and d.b.split(" ⟨")[0]) for d in differences(a, b)]
    assert found == [("mixed · [32:63]", None), ("direct · [49:52]", "mixed · [49:52]")]


def test_another_parent_is_a_difference():
    around = quote(FIRST, "mixed", "Kiev must “yield now” and Paris may", "said")
    within = quote(FIRST, "mixed", "Kiev must “yield now”", "said", 2)
    inner = quote(FIRST, "indirect", "Kiev", "said", 3)
    a, b = (
        holding("quotes", FIRST, [around, within, inner.model_copy(update={"parent": parent.id})])
        for parent in (around, within)
    )
    assert len(list(differences(a, b))) == 1


def test_another_head_of_the_same_letters_is_a_difference():
    place = {"start": 7, "end": 14, "text": "insists", "kind": "name"}
    a, b = (
        changed("quotes", FIRST, 0, speaker=Speaker(**place, head=Span(start=start, end=start + 1, text="i")))
        for start in (7, 10)
    )
    assert measured(a, b)["quotes", "content and speaker, F1"] == 0.5
    assert len(list(differences(a, b))) == 1


def test_other_ids_of_records_are_no_difference():
    def nested(outer, inner):
        around, within = (
            quote(FIRST, "mixed", "Kiev must “yield now”", "said", outer),
            quote(FIRST, "indirect", "Kiev", "said", inner),
        )
        return holding("quotes", FIRST, [around, within.model_copy(update={"parent": around.id})])

    assert list(differences(nested(1, 2), nested(9, 1))) == []


def test_two_pairs_of_other_documents_are_two_differences():
    other = pairing(Pair(a="000-03", b="000-04", relation="exact", direction=None, passages=[]))
    assert [(d.a is None, d.b is None) for d in differences(GOLD, other)] == [(False, True), (True, False)]


def test_a_pair_is_a_difference_of_its_documents():
    (difference,) = differences(GOLD, pairing())
    assert difference.b is None
    assert f"{FIRST} {SECOND} related" in difference.a
