"""Suggested labels: what they take from the gold, what they keep to themselves, and how an annotator meets them."""

import pytest

pytest.importorskip("label_studio_sdk")
pytest.importorskip("spacy")
from dataclasses import replace

from desk import A, B, C
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import read_tree
from goldwire.studio.candidates import candidates
from goldwire.studio.pre_labels import pre_labels
from goldwire.studio.pre_names import KnownNames
from goldwire.studio.pre_pairs import pre_pair
from repository import ROOT

TREE, _ = read_tree(ROOT, {"gold"})
REPEATED, REPEAT = "000-01", "001-06"


def without(*documents):
    """The corpus with no labels of some documents."""
    layers = ("entities", "quotes", "decoys")
    kept = {
        layer: {name: table for name, table in getattr(TREE.gold, layer).items() if name not in documents}
        for layer in layers
    }
    return replace(TREE, sets=[replace(TREE.gold, **kept)])


def test_an_article_that_repeats_a_labelled_one_gets_its_labels():
    tree = without(REPEAT)
    found = pre_labels(tree, tree.gold, {REPEAT: []})
    for layer in ("entities", "quotes", "decoys"):
        wanted = [one.model_copy(update={"id": None}) for one in getattr(TREE.gold, layer)[REPEAT]]
        assert [one.model_copy(update={"id": None}) for one in getattr(found, layer)[REPEAT]] == wanted


def test_a_pass_is_told_nothing_that_the_gold_has_of_its_articles():
    found = pre_labels(TREE, LabelSet("annotations/anna", None), {REPEAT: []})
    unseen = pre_labels(without(REPEATED, REPEAT), LabelSet("annotations/anna", None), {REPEAT: []})
    assert [one.text for one in found.entities[REPEAT]] != [one.text for one in TREE.gold.entities[REPEAT]]
    assert {one.text for one in found.entities[REPEAT]} <= {one.text for one in unseen.entities[REPEAT]}


def test_quotes_have_the_fields_that_follow():
    quotes = pre_labels(TREE, LabelSet("annotations/anna", None), {"000-08": []}).quotes["000-08"]
    named = [one for one in quotes if one.speaker and one.speaker.kind == "name" and one.speaker_entities]
    assert named
    assert {one.status for one in named} == {"resolved"}


def test_pairs_have_the_relation_and_the_passages_of_the_gold():
    texts, right = TREE.corpus.texts, 0
    for pair in TREE.gold.duplicates:
        found = pre_pair(pair.a, pair.b, texts[pair.a], texts[pair.b])
        assert (found.relation, found.direction) == (pair.relation, pair.direction)
        right += found == pair
    assert right >= 13


def test_texts_that_share_nothing_are_no_pair():
    assert pre_pair("a-01", "a-02", "One two three.", "Four five six.") is None


@pytest.mark.parametrize(("text", "wanted"), [
    ("A Russian Council met.", {"Russian Council": "ORG"}),
    ("The Russian NATO envoy met.", {"Russian": "NORP", "NATO": "ORG"}),
    ("It was the Russian Civil War.", {"Russian Civil War": "EVENT"}),
    ("Talks with Western European leaders.", {"Western European": "NORP"}),
    ("He met Putin Jong Un.", {"Putin Jong Un": "PERSON"}),
    ("He said it in Russian, twice.", {"Russian": "LANGUAGE"}),
    ("The Russian language is spoken.", {"Russian": "LANGUAGE"}),
    ("He met Russian, Chinese and other envoys.", {"Russian": "NORP", "Chinese": "NORP"}),
])  # fmt: skip
def test_a_name_ends_where_its_capitalised_words_do(text, wanted):
    found = KnownNames(TREE, TREE.gold.entities).mentions(text)
    assert {one.text: one.type for one in found} == wanted


def test_candidates_of_an_open_article_are_judged():
    earlier = candidates(TREE, TREE.gold)["001-06"]
    found = pre_labels(without("001-06"), TREE.gold, {"001-06": earlier}).duplicates
    assert {(pair.a, pair.relation) for pair in found} >= {("000-01", "exact"), ("000-10", "related")}


@pytest.mark.xdist_group("studio")
def test_what_nobody_has_labelled_is_suggested_and_what_somebody_has_is_not(make_desk):
    desk = make_desk(labelled=False)
    assert desk("push")[0] == 0
    task = desk.task(B)
    desk.client.annotations.create(task.id, result=[], was_cancelled=True)
    status, printed, _ = desk("push", "--pre-label")
    assert (status, printed) == (0, [f"predict {A}", f"predict {C}"])
    (prediction,) = desk.client.predictions.list(task=desk.task(A).id)
    assert prediction.model_version == "pre-labels"
    words = {one["value"]["text"] for one in prediction.result if one.get("from_name") == "entity"}
    assert {"Peskov", "Moscow", "Lavrov", "Russia"} <= words
    contents = [one["value"]["text"] for one in prediction.result if one.get("value", {}).get("labels") == ["content"]]
    assert "Moscow “will talk” soon" in contents
    (pairs,) = desk.client.predictions.list(task=desk.task(C).id)
    judged = [one["value"]["choices"] for one in pairs.result if str(one.get("from_name")).startswith("relation_")]
    assert judged == [["exact"], ["exact"]]
    assert desk("push", "--pre-label")[:2] == (0, [])
