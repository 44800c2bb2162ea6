"""Cohen's kappa and its intervals."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from goldwire.scoring.kappa import kappa, observed_agreement, table_interval


def test_kappa_of_a_table_worked_by_hand():
    """Cohen 1960: alike in 35 of 50; by chance 25·30 + 25·20 of 2500, which is half; so (0.7 - 0.5) / (1 - 0.5)."""
    table = Counter({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert kappa(table) == pytest.approx(0.4)


@pytest.mark.parametrize("table", [Counter(), Counter({("yes", "yes"): 9})], ids=["nothing", "one label"])
def test_kappa_is_none_where_chance_explains_all(table):
    assert kappa(table) is None


labels = st.sampled_from("abc")


tables = st.dictionaries(st.tuples(labels, labels), st.integers(1, 20), max_size=9).map(Counter)


@given(tables)
def test_kappa_is_that_of_scikit_learn(table):
    if len({label for cell in table for label in cell}) < 2:
        assert kappa(table) is None
        return
    first, second = zip(*table, strict=True)
    assert kappa(table) == pytest.approx(cohen_kappa_score(first, second, sample_weight=list(table.values())))


@settings(max_examples=60)
@given(st.lists(tables, max_size=12), st.sampled_from([kappa, observed_agreement]))
def test_an_interval_surrounds_its_number_and_needs_eight_documents(documents, number):
    interval, filled = table_interval(documents, number)
    value = number(sum(documents, Counter()))
    assert filled == sum(1 for table in documents if table)
    if interval is None:
        assert filled < 8 or value is None
    else:
        assert filled >= 8
        assert interval[0] <= value <= interval[1]
        assert interval[0] < interval[1]
