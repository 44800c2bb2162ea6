"""Shared runs of words: maximal, of eight or more words, ignoring case and punctuation."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldwire.text.shared_runs import SharedRun, share_a_run, shared_runs, sharing_pairs

EIGHT = "one two three four five six seven eight"
SEVEN = "one two three four five six seven"
A, B = "alpha beta", "gamma delta"


def found(a, b, **settings):
    """The shared text in each of the two."""
    return [(a[run.a_start : run.a_end], b[run.b_start : run.b_end]) for run in shared_runs(a, b, **settings)]


def test_eight_words_are_shared_and_seven_are_not():
    assert found(f"{A} {EIGHT} {A}", f"{B} {EIGHT} {B}") == [(EIGHT, EIGHT)]
    assert found(f"{A} {SEVEN} {A}", f"{B} {SEVEN} {B}") == []


def test_a_run_is_counted_in_words_and_placed_in_code_points():
    assert shared_runs(f"x {EIGHT}", f"🎉 y {EIGHT}!") == [SharedRun(2, 41, 4, 43, 8)]


def test_case_and_punctuation_are_put_aside():
    other = "ONE two, three: “Four five” – six (SEVEN)\neight!"
    assert found(f"{A} {EIGHT}.", f"{B} {other}") == [(EIGHT, other.removesuffix("!"))]


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [("Kiev’s", "kiev's", True), ("Straße", "STRASSE", True), ("re-elect", "reelect", False), ("war", "wars", False)],
)
def test_a_word_is_the_same_whatever_its_case_and_apostrophe(a, b, shared):
    assert bool(found(f"{SEVEN} {a}", f"{SEVEN} {b}")) is shared


def test_a_run_goes_on_to_the_end_of_what_is_shared():
    longest = f"{EIGHT} nine ten eleven"
    assert found(f"{A} {longest} {A}", f"{B} {longest} {B}") == [(longest, longest)]


def test_one_other_word_ends_a_run_and_begins_the_next():
    a, b = f"{EIGHT} stop {EIGHT} nine", f"{EIGHT} halt {EIGHT} nine"
    assert (EIGHT, EIGHT) in found(a, b)
    assert (f"{EIGHT} nine", f"{EIGHT} nine") in found(a, b)


def test_what_stands_twice_on_one_side_is_shared_twice():
    runs = shared_runs(EIGHT, f"{EIGHT} stop {EIGHT}")
    assert [(run.a_start, run.b_start) for run in runs] == [(0, 0), (0, len(EIGHT) + 6)]


def test_runs_may_overlap():
    """Words 3 to 8 belong to both."""
    words = EIGHT.split()
    a = " ".join([*words, "nine", "ten"])
    b = " ".join([*words, "stop", *words[2:], "nine", "ten"])
    assert [(run.a_start, run.a_end, run.words) for run in shared_runs(a, b)] == [
        (0, len(EIGHT), 8),
        (len("one two "), len(a), 8),
    ]


def test_a_shorter_run_can_be_asked_for():
    assert found(f"{A} {SEVEN}", f"{B} {SEVEN}", shortest=7) == [(SEVEN, SEVEN)]


texts = st.lists(st.sampled_from(["a", "B,", "c!"]), max_size=14).map(" ".join)


def longest_runs(a, b, shortest):
    """Every run of words that cannot be extended at either end, by brute force."""
    x, y = (text.casefold().replace(",", "").replace("!", "").split() for text in (a, b))
    for i in range(len(x)):
        for j in range(len(y)):
            if i and j and x[i - 1] == y[j - 1]:
                continue
            n = 0
            while i + n < len(x) and j + n < len(y) and x[i + n] == y[j + n]:
                n += 1
            if n >= shortest:
                yield i, j, n


@given(texts, texts, st.integers(1, 4))
def test_all_the_longest_runs_are_found_and_no_others(a, b, shortest):
    runs = shared_runs(a, b, shortest)
    counted = [(a[: run.a_start].count(" "), b[: run.b_start].count(" "), run.words) for run in runs]
    assert counted == list(longest_runs(a, b, shortest))
    assert all(a[run.a_start : run.a_end].count(" ") == run.words - 1 for run in runs)


@given(texts, texts, st.integers(1, 4))
def test_two_texts_share_a_run_where_any_is_found(a, b, shortest):
    assert share_a_run(a, b, shortest) == bool(shared_runs(a, b, shortest))


@given(texts, texts, st.integers(1, 4))
def test_the_two_sides_can_be_swapped(a, b, shortest):
    swapped = [
        SharedRun(run.b_start, run.b_end, run.a_start, run.a_end, run.words) for run in shared_runs(b, a, shortest)
    ]
    assert sorted(swapped, key=lambda run: (run.a_start, run.b_start)) == shared_runs(a, b, shortest)


@given(st.dictionaries(st.sampled_from(["000-01", "000-02", "001-01", "001-02"]), texts), st.integers(1, 4))
def test_sharing_pairs_are_the_pairs_with_shared_runs(named, shortest):
    by_pair = {(a, b): shared_runs(named[a], named[b], shortest) for a, b in combinations(sorted(named), 2)}
    assert sharing_pairs(named, shortest) == {pair: runs for pair, runs in by_pair.items() if runs}


def test_a_text_shares_nothing_with_itself_in_sharing_pairs():
    assert sharing_pairs({"000-01": f"{EIGHT} stop {EIGHT}"}) == {}
