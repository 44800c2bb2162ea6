"""The benchmark: gold in, a system or its labels in, a score with its interval and signature out."""

import re
from dataclasses import replace

import pytest
from numpy import int64

import goldwire
from goldwire.scoring.entities import MODES
from goldwire.scoring.settings import Settings

QUICK = Settings(resamples=20)


@pytest.fixture(scope="module")
def half(perfect):
    return {name: mentions[::2] for name, mentions in perfect.items()}


@pytest.mark.parametrize("docs", ["unique", "all"])
@pytest.mark.parametrize("trim", ["none", "article"])
def test_gold_against_itself_is_perfect_in_every_mode(gold, perfect, docs, trim):
    result = goldwire.score(perfect, gold, Settings(docs=docs, trim=trim, resamples=20))
    for mode in MODES:
        counts = result.counts.modes[mode]
        assert (counts.precision, counts.recall, counts.f1) == (1.0, 1.0, 1.0)
    low = 0.025 ** (1 / 25)  # 25 articles that are all correct
    assert (result.f1, result.interval, result.macro, result.ignored) == (1.0, (pytest.approx(low), 1.0), 1.0, {})
    assert str(result).startswith("strict F1 1.000 [0.863, 1.000]  goldwire|")


def test_a_system_that_finds_nothing_scores_0_and_has_no_precision(gold):
    result = goldwire.score(lambda text: [], gold, QUICK)
    assert (result.f1, result.counts.modes["strict"].precision) == (0.0, None)
    assert result.interval == (0.0, pytest.approx(1 - 0.025 ** (1 / 25)))


def test_every_way_to_hand_in_the_same_labels_gives_the_same_score(gold, half):
    half = {name: [m.model_copy(update={"entity": None}) for m in mentions] for name, mentions in half.items()}
    by_text = {gold.documents[name].text: mentions for name, mentions in half.items()}
    triples = {name: [(m.start, m.end, m.type) for m in mentions] for name, mentions in half.items()}
    dicts = {name: [m.model_dump() for m in mentions] for name, mentions in half.items()}
    lists = {name: [list(triple) for triple in labels] for name, labels in triples.items()}
    generators = {name: iter(reversed(labels)) for name, labels in triples.items()}
    numpy = {name: [(int64(start), int64(end), kind) for start, end, kind in triples[name]] for name in triples}
    expected = goldwire.score(half, gold, QUICK)
    assert 0.6 < expected.f1 < 0.7
    for system in (by_text.__getitem__, triples, dicts, lists, generators, numpy):
        assert goldwire.score(system, gold, QUICK) == expected


def test_a_score_of_the_shipped_gold_needs_no_more_than_a_system(half, gold):
    by_text = {gold.documents[name].text: mentions for name, mentions in half.items()}
    assert goldwire.score(by_text.__getitem__) == goldwire.score(half, gold, Settings())


def test_labels_for_an_unknown_document_are_refused(gold, perfect):
    with pytest.raises(goldwire.GoldwireError, match=r"'999-01', which is not a document.*ids look like 003-01"):
        goldwire.score({**perfect, "999-01": []}, gold)


def test_a_document_left_out_is_refused(gold, perfect):
    without = {name: labels for name, labels in perfect.items() if name != "003-01"}
    with pytest.raises(
        goldwire.GoldwireError, match=r"no labels for 003-01; a document without any needs an empty list"
    ):
        goldwire.score(without, gold)


WRONG = {
    "a pair": (0, 5),
    "four parts": (0, 5, "GPE", 0.9),
    "a string": "GPE",
    "nothing": None,
    "no type": {"start": 0, "end": 5},
    "the type first": ("GPE", 0, 5),
    "offsets as strings": ("0", "5", "GPE"),
    "offsets as fractions": (0.0, 5.5, "GPE"),
    "the end before the start": (5, 0, "GPE"),
    "a negative start": (-3, 5, "GPE"),
    "past the text": (0, 10**6, "GPE"),
    "a type that is none": (0, 5, None),
    "a list of types": (0, 5, ["GPE"]),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_label_of_the_wrong_shape_is_refused_with_its_document(gold, label):
    with pytest.raises(goldwire.GoldwireError, match=r"000-01.*expected"):
        goldwire.score(lambda text: [WRONG[label]], gold, QUICK)


def test_types_gold_does_not_label_are_ignored_and_counted(gold, perfect):
    more = {name: [*mentions, (0, 4, "DATE"), (0, 4, "DATE"), (5, 9, "MONEY")] for name, mentions in perfect.items()}
    result = goldwire.score(more, gold, QUICK)
    assert result.ignored == {"DATE": 50, "MONEY": 25}
    assert (result.f1, result.counts.modes) == (1.0, goldwire.score(perfect, gold, QUICK).counts.modes)


def widened(document):
    """Gold's mentions with the article before and the possessive behind, as OntoNotes taggers give them."""
    for mention in document.mentions:
        before, behind = document.text[: mention.start], document.text[mention.end :]
        start = mention.start - 4 * before.endswith((" the ", " The "))
        yield start, mention.end + 2 * behind.startswith(("'s", "’s")), mention.type


def test_trim_article_forgives_articles_and_possessives_and_nothing_else(gold):
    system = {name: list(widened(document)) for name, document in gold.documents.items()}
    assert goldwire.score(system, gold, QUICK).f1 < 0.95
    assert goldwire.score(system, gold, replace(QUICK, trim="article")).f1 == 1.0
    shifted = {name: [(start, end + 1, kind) for start, end, kind in labels] for name, labels in system.items()}
    assert goldwire.score(shifted, gold, replace(QUICK, trim="article")).f1 < 0.1


@pytest.fixture(scope="module")
def signature(gold):
    return goldwire.score(lambda text: [], gold, QUICK).signature


OTHER = [{"docs": "all"}, {"trim": "article"}]


@pytest.mark.parametrize("other", OTHER, ids=str)
def test_each_setting_changes_the_signature_of_a_score(gold, perfect, other):
    first, second = (goldwire.score(perfect, gold, chosen) for chosen in (QUICK, replace(QUICK, **other)))
    assert str(first.signature) != str(second.signature)


def test_what_is_no_gold_and_no_settings_is_refused(perfect):
    with pytest.raises(goldwire.GoldwireError, match=r"gold= is a str; expected what goldwire\.load"):
        goldwire.score(perfect, "annotations/gold")
    with pytest.raises(goldwire.GoldwireError, match=r"settings= is a dict; expected what goldwire\.Settings"):
        goldwire.score(perfect, None, {"docs": "all"})


def test_types_that_gold_does_not_label_are_listed_next_to_the_score(gold):
    labels = {name: [(0, 1, "PER"), (1, 2, "GPE"), (2, 3, "DATE")] for name in gold.documents}
    assert ", ignoring PER 25  goldwire|" in str(goldwire.score(labels, gold, QUICK))


@pytest.mark.parametrize(
    "kind",
    ["gpe", "B-GPE", "b-gpe", "U_GPE", " GPE ", "Work of Art", "work-of-art", "WorkOfArt", "NORP-B", "i-work-of-art"],
)
def test_types_in_another_spelling_are_listed_with_golds(gold, kind):
    labels = {name: [(0, 1, kind)] for name in gold.documents}
    near = next(name for name in ("GPE", "WORK_OF_ART", "NORP") if name[:2].casefold() in kind.casefold())
    assert f"ignoring {kind} 25 ({near}?)" in str(goldwire.score(labels, gold, QUICK))


def test_a_comparison_is_shown_in_one_line(gold, perfect):
    told = str(goldwire.compare({name: [] for name in gold.documents}, perfect, gold, QUICK))
    assert re.fullmatch(r"strict F1: b minus a \+1\.000 \[.*\], p 0\.048  goldwire\|.*", told)


def test_what_a_notebook_shows_of_an_object_is_a_line(gold, perfect):
    score = goldwire.score(perfect, gold, QUICK)
    assert repr(gold) == f"<Gold gold {gold.version}+{gold.digest[:8]}: 32 documents, 5 pages, 24 pairs, 162 entities>"
    assert repr(gold.documents["003-01"]).startswith("<GoldDocument 003-01 “Russia prefers peaceful solution")
    assert repr(replace(gold.documents["003-01"], quotes=None)).endswith("mentions, no quotes, 0 decoys>")
    assert repr(score) == f"<Score {score}>"
    assert "\n" not in repr(goldwire.compare(perfect, perfect, gold, QUICK))


def test_what_goldwire_offers_can_be_completed_and_a_typo_is_met():
    assert set(goldwire.__all__) <= set(dir(goldwire))
    with pytest.raises(AttributeError) as refused:
        goldwire.scor  # noqa: B018 - the access is what is tested
    assert (refused.value.name, refused.value.obj) == ("scor", goldwire)
