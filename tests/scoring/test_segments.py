"""The laws of scoring for page segments, and the counting of shingles as the article-extraction benchmark has it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldwire.scoring.labels import PlainBlock
from goldwire.scoring.segments import SegmentCounts, score_segments

LINES = ["Menu", "Head  one", "Body a b c", "d e f g h", "\u00a0Share ", "* * *", "Body i j a b c", "d e"]
PAGE = "\n".join(LINES)
ROLES = ["headline", "body", "body", "body", "teaser", "boilerplate"]
STARTS = [sum(len(line) + 1 for line in LINES[:i]) for i in range(len(LINES))]


@st.composite
def blocks(draw):
    """Every line a block, or cut in two, or left out; of up to three documents or of the page itself."""
    found = []
    for start, line in zip(STARTS, LINES, strict=True):
        cut = draw(st.sampled_from([0, len(line), len(line), 3]))
        for a, b in ((0, cut), (cut, len(line))) if cut == 3 else ((0, cut),):
            if a < b:
                role = draw(st.sampled_from(ROLES))
                found.append(PlainBlock(start + a, start + b, role, draw(st.sampled_from([None, "1", "2", "3"]))))
    return found


def rates(counts):
    return {(line.group, line.name): (line.counts.precision, line.counts.recall) for line in counts.lines()}


@given(blocks(), blocks(), st.randoms())
def test_order_changes_no_count(gold, predicted, random):
    shuffled = [random.sample(side, len(side)) for side in (gold, predicted)]
    assert score_segments(*shuffled, PAGE) == score_segments(gold, predicted, PAGE)


@given(blocks())
def test_gold_against_itself_is_perfect(gold):
    counts = score_segments(gold, gold, PAGE)
    assert {rate for found in rates(counts).values() for rate in found if rate is not None} <= {1.0}
    assert counts.blocks.gold == len(gold)


@given(blocks(), blocks())
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    there, back = score_segments(gold, predicted, PAGE), score_segments(predicted, gold, PAGE)
    swapped = {key: (recall, precision) for key, (precision, recall) in rates(back).items()}
    assert rates(there) == {key: pytest.approx(found) for key, found in swapped.items()}


@given(blocks(), blocks(), st.sampled_from(["\n\n", "  ", "\u00a0\n"]))
def test_shifting_all_offsets_changes_nothing(gold, predicted, before):
    by = len(before)
    moved = [[b._replace(start=b.start + by, end=b.end + by) for b in side] for side in (gold, predicted)]
    assert score_segments(*moved, before + PAGE) == score_segments(gold, predicted, PAGE)


@given(blocks(), blocks(), st.permutations(["x", "y", "z"]))
def test_what_documents_are_called_changes_nothing(gold, predicted, names):
    called = dict(zip("123", names, strict=True)) | {None: None}
    renamed = [b._replace(document=called[b.document]) for b in predicted]
    assert score_segments(gold, renamed, PAGE) == score_segments(gold, predicted, PAGE)


@given(blocks(), blocks(), blocks(), blocks())
def test_counts_of_two_pages_add_up(gold_1, predicted_1, gold_2, predicted_2):
    first, second = score_segments(gold_1, predicted_1, PAGE), score_segments(gold_2, predicted_2, PAGE)
    total = first + second
    assert total == second + first
    for slot in ("blocks", "boilerplate", "shingles"):
        assert getattr(total, slot) == getattr(first, slot) + getattr(second, slot)
    assert first + SegmentCounts() == first


@given(blocks(), blocks())
def test_a_boundary_that_is_exact_is_also_within_a_block(gold, predicted):
    exact, near = (score_segments(gold, predicted, PAGE).boundaries[tolerance] for tolerance in (0, 1))
    assert exact.correct <= near.correct
    assert (exact.predicted, exact.gold) == (near.predicted, near.gold)


@given(blocks(), blocks())
def test_a_document_at_iou_8_is_also_one_at_iou_5(gold, predicted):
    documents = score_segments(gold, predicted, PAGE).documents
    assert documents["iou.8"].correct <= documents["iou.5"].correct


def zyte(true, pred):
    """What the benchmark computes of two texts: precision and recall of their counted shingles.

    After `string_shingle_matching` of github.com/scrapinghub/article-extraction-benchmark.
    """
    sides = []
    for text in (true, pred):
        words = text.split()
        sides.append(Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))))
    shared = sum(min(n, sides[1][key]) for key, n in sides[0].items())
    return shared / sides[1].total(), shared / sides[0].total()


WORDS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=12)


@given(WORDS, WORDS, st.integers(0, 3))
def test_shingles_of_one_article_are_those_of_the_article_extraction_benchmark(front, back, shared):
    page = " ".join([*front, *back])
    cut = len(" ".join(front))
    gold = [PlainBlock(0, cut, "body", "1")]
    end = len(" ".join([*front, *back[:shared]]))
    counts = score_segments(gold, [PlainBlock(0, end, "body", "x")], page).shingles
    assert (counts.precision, counts.recall) == pytest.approx(zyte(page[:cut], page[:end]))


def test_nothing_to_judge_is_none_and_no_predictions_score_0():
    body = [PlainBlock(0, 4, "body", "1")]
    assert score_segments([], [], "Body").documents["iou.5"].f1 is None
    missed = score_segments(body, [], "Body")
    assert (missed.documents["iou.5"].precision, missed.documents["iou.5"].f1, missed.shingles.f1) == (None, 0.0, 0.0)
    assert replace(missed, roles={}).boilerplate.f1 == 0.0
