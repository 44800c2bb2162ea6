"""Entity ids: links and clusters, compared with neleval and with the cases of the CoNLL coreference scorer."""

import collections
import string

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neleval import coref_metrics
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array

from goldwire.scoring.entities import score_entities
from goldwire.scoring.labels import PlainMention
from goldwire.scoring.linking import b_cubed, ceaf_e, clusters
from goldwire.scoring.matching import heaviest_pairs

NAMES = [None, "gpe-a", "gpe-b", "gpe-c"]
partitions = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1, max_size=12)


def rates(counts):
    return counts.precision, counts.recall


def of_letters(groups):
    return {group: set(group) for group in groups}


@given(partitions)
def test_clusters_are_scored_as_neleval_scores_them(ids):
    sides = [{f"{n}": held for n, held in clusters(side).items()} for side in zip(*ids, strict=True)]
    with pytest.MonkeyPatch.context() as patch:  # it asks for a name that numpy 1.20 dropped
        patch.setattr(numpy, "int", int, raising=False)
        theirs = coref_metrics.b_cubed(*sides), coref_metrics.entity_ceaf(*sides)
    for ours, (p_num, p_den, r_num, r_den) in zip((b_cubed, ceaf_e), theirs, strict=True):
        assert rates(ours(*sides)) == pytest.approx((p_num / p_den, r_num / r_den))


# Cases TC-A-1 to TC-A-4 and others of the reference scorer's own tests (Pradhan et al. 2014), where both sides
# hold the same mentions or the system misses some; B³ and CEAF-e worked there as fractions.
@pytest.mark.parametrize(
    ("gold", "system", "b3", "ceaf"),
    [
        (["a", "bc", "def"], ["a", "bc", "def"], (6 / 6, 6 / 6), (3 / 3, 3 / 3)),
        (["a", "bc", "def"], ["a", "de"], (3 / 3, 7 / 18), (1.8 / 2, 1.8 / 3)),
        (["abcd"], ["ab", "cd"], (1, 1 / 2), (1 / 3, 2 / 3)),
    ],
)
def test_clusters_are_scored_as_the_reference_coreference_scorer_scores_them(gold, system, b3, ceaf):
    sides = of_letters(gold), of_letters(system)
    assert rates(b_cubed(*sides)) == pytest.approx(b3)
    assert rates(ceaf_e(*sides)) == pytest.approx(ceaf)


@st.composite
def mentions(draw):
    starts = draw(st.sets(st.integers(0, 8), max_size=6))
    kinds = st.sampled_from(["GPE", "ORG"])
    return [
        PlainMention(2 * start, 2 * start + 1, draw(kinds), draw(st.sampled_from(NAMES))) for start in sorted(starts)
    ]


@given(mentions(), mentions())
def test_links_are_strong_typed_all_match_of_neleval(gold, predicted):
    with pytest.MonkeyPatch.context() as patch:  # it asks for a name that Python 3.10 moved
        patch.setattr(collections, "Sequence", collections.abc.Sequence, raising=False)
        from neleval.annotation import Annotation, Candidate
        from neleval.configs import MEASURES

    def theirs(side):
        return [Annotation("1", m.start, m.end, [Candidate(m.entity or "NIL", 1.0, m.type)]) for m in side]

    correct, false, missed = MEASURES["strong_typed_all_match"].count_matches(theirs(predicted), theirs(gold))
    linked = score_entities(gold, predicted).linked
    assert (linked.correct, linked.predicted, linked.gold) == (correct, correct + false, correct + missed)


@given(mentions(), mentions())
def test_the_laws_hold_for_ids_too(gold, predicted):
    there, back = score_entities(gold, predicted), score_entities(predicted, gold)
    for slot in ("linked", "b_cubed", "ceaf_e"):
        assert rates(getattr(there, slot)) == pytest.approx(rates(getattr(back, slot))[::-1])
    itself = score_entities(gold, gold)
    assert {rate for slot in ("linked", "b_cubed", "ceaf_e") for rate in rates(getattr(itself, slot))} <= {1.0, None}


@given(mentions(), mentions(), st.permutations(NAMES[1:]))
def test_what_a_system_calls_its_clusters_changes_nothing(gold, predicted, names):
    called = dict(zip(NAMES, [None, *names], strict=True))
    renamed = [m._replace(entity=called[m.entity]) for m in predicted]
    for slot in ("b_cubed", "ceaf_e"):
        assert getattr(score_entities(gold, renamed), slot) == pytest.approx(
            getattr(score_entities(gold, predicted), slot)
        )


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.01, 1), max_size=14))
def test_the_heaviest_pairs_are_those_of_scipy(edges):
    pairs = heaviest_pairs(edges)
    assert len({g for g, _ in pairs}) == len({p for _, p in pairs}) == len(pairs)
    if edges:
        rows, columns = zip(*edges, strict=True)
        weights = coo_array((list(edges.values()), (rows, columns)), shape=(6, 6)).toarray()
        chosen = linear_sum_assignment(weights, maximize=True)
        assert sum(edges[pair] for pair in pairs) == pytest.approx(weights[chosen].sum())


def test_a_system_that_names_nobody_is_not_judged_on_it():
    gold = [PlainMention(i, i + 1, "GPE", f"gpe-{string.ascii_lowercase[i]}") for i in range(3)]
    groups = {
        line.group for line in score_entities(gold, [m._replace(entity=None) for m in gold]).lines() if line.shown
    }
    assert "entity ids" not in groups
    assert "entity ids" in {line.group for line in score_entities(gold, gold[:1]).lines() if line.shown}
