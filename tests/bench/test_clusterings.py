"""Clusterings in any usual shape are read, missing values are in no cluster, and a wrong item is named."""

from decimal import Decimal

import numpy
import pandas
import pytest

import goldwire
from goldwire.scoring.settings import Settings

QUICK = Settings("duplicates", resamples=5)
NO_CLUSTER = {
    "NaN": float("nan"),
    "NaN of numpy": numpy.nan,
    "NaN of decimals": Decimal("NaN"),
    "NaT": pandas.NaT,
    "NA": pandas.NA,
    "None": None,
    "empty": "",
    "a blank": " ",
    "written nan": "nan",
    "written None": "None",
    "noise": -1,
    "noise of a left merge": -1.0,
    "infinite": -2,
    "a word": "singleton",
}


@pytest.mark.parametrize("value", NO_CLUSTER)
def test_documents_with_a_missing_cluster_are_in_none(gold, value):
    clusters = {n: f"c{i}" for i, names in enumerate(gold.clusters) if len(names) > 1 for n in names}
    labels = {name: clusters.get(name, NO_CLUSTER[value]) for name in gold.documents}
    assert goldwire.score(labels, gold, QUICK).f1 == 1.0


def test_a_left_merge_of_pandas_is_read_as_a_series(gold):
    clusters = {n: i for i, names in enumerate(gold.clusters) if len(names) > 1 for n in names}
    frame = pandas.DataFrame({"id": list(gold.documents)}).set_index("id")
    merged = frame.join(pandas.Series(clusters, name="cluster"))
    assert goldwire.score(merged["cluster"], gold, QUICK).f1 == 1.0
    with pytest.raises(goldwire.GoldwireError, match="a table for the corpus; expected pairs"):
        goldwire.score(merged, gold, QUICK)


@pytest.mark.parametrize("placeholder", [0, "x", False])
def test_one_cluster_of_all_that_are_alone_is_questioned(gold, placeholder):
    clusters = {n: i + 1 for i, names in enumerate(gold.clusters) if len(names) > 1 for n in names}
    labels = {name: clusters.get(name, placeholder) for name in gold.documents}
    with pytest.raises(goldwire.GoldwireError, match=f"18 of 32 documents have the cluster {placeholder!r}"):
        goldwire.score(labels, gold, QUICK)


def neighbours(gold, form):
    return {name: [form(other) for other in names if other != name] for names in gold.clusters for name in names}


CLUSTERS = {
    "ids with scores": lambda g: neighbours(g, lambda n: (n, 0.91)),
    "scores with ids": lambda g: neighbours(g, lambda n: [numpy.float32(0.91), n]),
    "objects with scores": lambda g: neighbours(g, lambda n: {"id": n, "score": 0.9}),
    "scores by id": lambda g: {name: dict.fromkeys(found, 0.9) for name, found in neighbours(g, str).items()},
    "None beside lists": lambda g: {name: found or None for name, found in neighbours(g, str).items()},
    "arrays": lambda g: {name: numpy.array(found) for name, found in neighbours(g, str).items()},
    "members by cluster": lambda g: dict(enumerate(g.clusters)),
    "pairs with a score": lambda g: [(a, b, 0.93) for names in g.clusters for a in names for b in names if a < b],
    "groups": lambda g: [list(names) for names in g.clusters],
}


@pytest.mark.parametrize("form", CLUSTERS)
def test_right_clusters_in_any_shape_are_perfect(gold, form):
    assert goldwire.score(CLUSTERS[form](gold), gold, QUICK).f1 == 1.0


WRONG_CLUSTERS = {
    "a map that leaves some out": (lambda g: {"000-01": 1, "001-06": 1}, "no cluster for 000-02, 000-03, 000-04 …"),
    "an index that leaves some out": (lambda g: {"000-01": [("001-06", 0.91)]}, "no cluster for 000-02"),
    "an unknown id": (lambda g: {"000-01": 1, "999-99": 2}, "has '999-99', which is not a document"),
    "unknown ids alone": (lambda g: {"999-99": ["000-01"]}, "has '999-99', which is not a document"),
    "an unknown neighbour": (lambda g: {name: ["999-99"] for name in g.documents}, "list of 000-01 has '999-99'"),
    "a mix": (lambda g: {**dict.fromkeys(g.documents, 1), "000-02": ["000-03"]}, "000-01 has 1 where other documents"),
    "a set with an unknown id": (lambda g: [{"000-01", "zzz"}], "has 'zzz', which is not a document"),
    "a set of a mix": (lambda g: [{"000-01", 3}], "has 3, which is not a document"),
    "a group with an unknown id": (lambda g: [["000-01", "000-02", "000-03", "zz"]], "has 'zz', which is not"),
    "labels by place": (lambda g: [0, 0, 1], "0 is not a valid pair of documents"),
    "None": (lambda g: None, "the system gave None for the corpus"),
    "None among pairs": (lambda g: [None], "None is not a valid pair"),
    "a word": (lambda g: "000-01", "the system gave '000-01' for the corpus"),
    "a relation": (lambda g: [("000-01", "000-02", "same")], "its relation, 'same', to be one of exact, near"),
    "a direction": (
        lambda g: [("000-01", "000-02", "contained", "up")],
        "its direction, 'up', to be a_in_b or b_in_a",
    ),
    "passages": (lambda g: [("000-01", "000-02", "near", None, "x")], "its passages, 'x', to be a list of passages"),
    "a passage": (
        lambda g: [("000-01", "000-02", "near", None, [((0, 3), (0, 99999))])],
        "its end, 99999, to be at most",
    ),
}


@pytest.mark.parametrize("what", WRONG_CLUSTERS)
def test_what_is_wrong_with_clusters_is_named(gold, what):
    make, said = WRONG_CLUSTERS[what]
    with pytest.raises(goldwire.GoldwireError) as refused:
        goldwire.score(lambda texts: make(gold), gold, QUICK)
    assert said in str(refused.value)


ALL_SCORED = {
    "pairs": lambda ids, score: [(a, b, score) for a in ids for b in ids if a < b],
    "dictionaries": lambda ids, score: [{"a": a, "b": b, "score": score} for a in ids for b in ids if a < b],
    "a matrix by id": lambda ids, score: {a: {b: score for b in ids if a != b} for a in ids},
    "half a matrix": lambda ids, score: {a: [(b, score) for b in ids if a < b] for a in ids},
    "a matrix of numpy": lambda ids, score: {a: [(numpy.str_(b), numpy.float32(score)) for b in ids] for a in ids},
}


@pytest.mark.parametrize("form", ALL_SCORED)
def test_scores_of_all_pairs_need_a_threshold(gold, form):
    with pytest.raises(goldwire.GoldwireError, match="all pairs of the 32 documents have a score; expected only"):
        goldwire.score(ALL_SCORED[form](list(gold.documents), 0.0), gold, QUICK)


def test_ids_of_numpy_with_scores_are_read(gold):
    found = {
        name: [(numpy.str_(b), numpy.float32(0.9)) for b in names if b != name]
        for names in gold.clusters
        for name in names
    }
    assert goldwire.score(found, gold, QUICK).f1 == 1.0
