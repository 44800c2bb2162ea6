"""Units that are scored: repeats once, only what gold labels completely and the system covers; the rest is named."""

import json
import shutil
from dataclasses import replace

import pytest

import goldwire
from goldwire.bench.baselines import BASELINES
from goldwire.bench.baselines.stored import freeze
from goldwire.bench.leaderboard import boards
from goldwire.bench.score import cover
from goldwire.bench.submissions import read_system
from goldwire.cli.main import main
from goldwire.corpus.annotation_sets import write_set
from goldwire.scoring.settings import Settings, parse
from repository import ROOT, edit_first_record

QUICK = Settings(resamples=20)


def test_repeats_may_be_left_out_where_they_are_not_scored(gold, perfect):
    firsts = {cluster[0]: perfect[cluster[0]] for cluster in gold.clusters}
    assert goldwire.score(firsts, gold, QUICK).f1 == 1.0
    with pytest.raises(goldwire.GoldwireError, match="no labels for"):
        goldwire.score(firsts, gold, replace(QUICK, docs="all"))


def test_repeats_count_once_unless_all_are_asked_for(gold, perfect):
    firsts = {cluster[0] for cluster in gold.clusters}
    system = {name: mentions if name in firsts else [] for name, mentions in perfect.items()}
    unique = goldwire.score(system, gold, QUICK)
    everything = goldwire.score(system, gold, replace(QUICK, docs="all"))
    assert (unique.f1, len(unique.by_unit), unique.signature.units) == (1.0, 25, 25)
    assert everything.f1 < 1.0
    assert (len(everything.by_unit), everything.signature.units) == (32, 32)


@pytest.fixture(scope="module")
def signature(gold):
    return goldwire.score(lambda text: [], gold, QUICK).signature


def declare(layer, unit, how_far):
    def change(record):
        record[layer][unit] = how_far

    return change


def test_a_document_that_gold_does_not_label_is_not_scored(repository, perfect):
    edit_first_record(repository, "annotations/gold/set.json", declare("entities", "003-01", "none"))
    (repository / "annotations/gold/entities/003-01.jsonl").unlink()
    gold = goldwire.load(repository)
    assert gold.documents["003-01"].mentions is None
    result = goldwire.score({**perfect, "003-01": []}, gold, QUICK)
    assert "003-01" not in result.by_unit
    assert (result.f1, result.signature.units) == (1.0, 24)


LAYER_OF = {
    "entities": ("entities", "003-01"),
    "quotes": ("quotes", "003-01"),
    "decoys": ("decoys", "003-01"),
    "segments": ("segments", "003"),
}


@pytest.mark.parametrize("layer", LAYER_OF)
def test_a_unit_that_gold_marks_partial_is_left_out_and_named(repository, layer):
    layer, unit = LAYER_OF[layer]
    edit_first_record(repository, "annotations/gold/set.json", declare(layer, unit, "partial"))
    task = "quotes" if layer == "decoys" else layer
    result = goldwire.score(lambda text: [], goldwire.load(repository), task=task)
    assert unit not in result.by_unit
    what, number, of = ("page", 4, 5) if layer == "segments" else ("document", 24, 25)
    assert f"leaving out 1 {what} not complete in gold ({unit})" in str(result)
    assert f":{number}of{of}:" in str(result.signature)


def test_a_gold_without_a_complete_document_is_refused_with_the_command_that_declares_one(repository):
    edit_first_record(
        repository,
        "annotations/gold/set.json",
        lambda r: r["entities"].update(dict.fromkeys(r["entities"], "partial")),
    )
    with pytest.raises(goldwire.GoldwireError, match=r"no complete entities.*goldwire complete 000-01"):
        goldwire.score(lambda text: [], goldwire.load(repository))


def test_pairs_are_scored_among_the_documents_that_gold_compared(repository):
    system = tuple(goldwire.load(repository).pairs)
    edit_first_record(repository, "annotations/gold/set.json", lambda record: record.update(duplicates="partial"))
    with pytest.raises(goldwire.GoldwireError, match="no complete duplicates"):
        goldwire.score(system, goldwire.load(repository), task="duplicates")
    names = [f"00{page}-{number:02}" for page in (0, 1) for number in range(1, 11)]
    declared = dict.fromkeys(names, "complete")
    edit_first_record(repository, "annotations/gold/set.json", lambda record: record.update(duplicates=declared))
    gold = goldwire.load(repository)
    result = goldwire.score(system, gold, task="duplicates")
    assert result.f1 == 1.0
    assert {name for unit in result.by_unit for name in unit.split("_")} <= set(names)
    assert "docs:all:20of32:" in str(result.signature)
    asked = []
    goldwire.score(lambda texts: asked.extend(texts) or [], gold, task="duplicates")
    assert asked == names


def test_a_stored_system_is_scored_on_what_it_declares_to_have_seen(repository):
    place = repository / "annotations/system-spacy"
    (place / "entities/003-01.jsonl").unlink()
    gold = goldwire.load(repository)
    with pytest.raises(goldwire.GoldwireError, match=r"declares entities of 003-01 complete.*is missing"):
        read_system(place, gold, "entities")
    edit_first_record(repository, "annotations/system-spacy/set.json", lambda record: record["entities"].pop("003-01"))
    result = goldwire.score(read_system(place, gold, "entities"), gold, QUICK)
    assert "003-01" not in result.by_unit
    assert "leaving out 1 document not covered by the system (003-01)" in str(result)
    assert "docs:unique:24of25:" in str(result.signature)
    edit_first_record(repository, "annotations/system-spacy/set.json", lambda record: record["entities"].clear())
    with pytest.raises(goldwire.GoldwireError, match="no labels for 003-01"):  # it declares nothing: strict as ever
        goldwire.score(read_system(place, gold, "entities"), gold, QUICK)


def test_labels_that_are_handed_in_are_scored_on_what_they_name_only_if_asked(gold, perfect):
    some = {name: perfect[name] for name in ("003-01", "001-06")}
    with pytest.raises(goldwire.GoldwireError, match="no labels for"):
        goldwire.score(some, gold, QUICK)
    result = goldwire.score(some, gold, QUICK, covered=True)
    assert (result.f1, set(result.by_unit)) == (1.0, set(some))
    assert "leaving out 23 documents not covered by the system" in str(result)
    with pytest.raises(goldwire.GoldwireError, match="only labels by id"):
        goldwire.score([], gold, task="duplicates", covered=True)


def test_two_selections_never_share_a_signature(gold, perfect):
    def signature(*names, docs="unique"):
        some = {name: perfect[name] for name in names or perfect}
        return str(goldwire.score(some, gold, replace(QUICK, docs=docs), covered=True).signature)

    lines = [
        *(signature(), signature(docs="all"), signature("003-01", "003-02"), signature("003-01", "003-03")),
        *(signature("000-01"), signature("001-06"), signature("003-01", "003-02", docs="all")),
    ]
    assert len(set(lines)) == len(lines)
    assert "docs:unique:25|" in lines[0]  # a named selection needs no digest
    assert all(str(parse(line)) == line for line in lines)
    assert signature("000-01", "001-06") == signature("000-01")  # a repeat counts once, in every selection


def test_systems_are_compared_on_what_both_cover(gold, perfect):
    one = cover({name: perfect[name] for name in ("003-01", "003-02")}, "entities")
    other = cover({name: perfect[name] for name in ("003-02", "003-03")}, "entities")
    result = goldwire.compare(one, other, gold, QUICK)
    assert list(result.a.by_unit) == list(result.b.by_unit) == ["003-02"]


def test_a_repeat_replaces_a_first_document_that_is_not_labelled(repository, perfect):
    cluster = next(cluster for cluster in goldwire.load(repository).clusters if len(cluster) > 1)
    edit_first_record(repository, "annotations/gold/set.json", declare("entities", cluster[0], "none"))
    result = goldwire.score(perfect, goldwire.load(repository), QUICK)
    assert result.signature.units == 25
    assert cluster[0] not in result.by_unit
    assert cluster[1] in result.by_unit


@pytest.fixture
def small(tmp_path):
    """The corpus of the fixtures, in which p2-01 repeats p1-03, with two subsets."""
    shutil.copytree(ROOT / "tests/faults/base", tmp_path / "small")
    subsets = {"train": ["p1-01", "p1-02"], "test": ["p1-02", "p1-03", "p2-01"]}
    (tmp_path / "small/corpus/profile.json").write_text(json.dumps({"subsets": subsets}))
    return tmp_path / "small"


@pytest.mark.parametrize("task", ["entities", "quotes", "duplicates"])
def test_a_subset_is_scored_alone_and_named_in_the_signature(small, task):
    gold = goldwire.load(small)
    labels = {
        "entities": {name: document.mentions for name, document in gold.documents.items()},
        "quotes": {name: document.quotes for name, document in gold.documents.items()},
        "duplicates": gold.pairs,
    }[task]
    made = goldwire.score(labels, gold, Settings(task, docs="test", resamples=20))
    assert made.f1 == 1.0
    assert f"|docs:test:{3 if task == 'duplicates' else 2}|" in str(made.signature)
    assert str(parse(str(made.signature))) == str(made.signature)
    if task != "duplicates":
        assert set(made.by_unit) == {"p1-02", "p1-03"}
    else:
        assert set(made.by_unit) == {"p1-03_p2-01"}


def test_an_unknown_subset_is_refused_with_the_known_ones(small):
    with pytest.raises(goldwire.GoldwireError, match="expected one of unique, all, train, test"):
        goldwire.score({}, goldwire.load(small), Settings("quotes", docs="tests"))


def test_a_signature_says_that_repeats_were_never_judged(small, capsys):
    judged = goldwire.load(small)
    (small / "annotations/gold/duplicates.jsonl").unlink()
    info = small / "annotations/gold/set.json"
    info.write_text(info.read_text().replace('"duplicates": "complete"', '"duplicates": "none"'))
    unjudged = goldwire.load(small)
    signatures = []
    for gold in (judged, unjudged):
        perfect = {name: document.quotes for name, document in gold.documents.items()}
        signatures.append(goldwire.score(perfect, gold, Settings("quotes", resamples=20)).signature)
    assert "repeats" not in str(signatures[0])
    assert "|docs:unique:4|repeats:none|" in str(signatures[1])
    assert str(parse(str(signatures[1]))) == str(signatures[1])
    assert main(["show", str(small)]) == 0
    shown = capsys.readouterr().out
    assert "4 (duplicates not judged)" in shown
    assert "different articles" not in shown


def test_numbers_on_fields_that_nobody_judged_are_not_shown(small):
    gold = goldwire.load(small)
    quotes = {name: document.quotes for name, document in gold.documents.items()}
    groups = {row.group for row in goldwire.score(quotes, gold, Settings("quotes", resamples=20)).rows()}
    assert groups == {"content", "by type", "cue of matched", "speaker of matched", "attribution", "decoys"}
    (small / "corpus/profile.json").write_text(json.dumps({"layers": {"segments": [], "quotes": ["cue"]}}))
    made = goldwire.score(quotes, goldwire.load(small), Settings("quotes", resamples=20))
    assert {row.group for row in made.rows()} == {"content", "cue of matched"}
    assert made.f1 == 1.0


def test_the_leaderboard_leaves_out_tasks_whose_layer_the_profile_lacks(small):
    write_set(small, freeze(BASELINES["exact-hash"], goldwire.load(small)))
    assert list(boards(goldwire.load(small))) == ["duplicates"]
    (small / "corpus/profile.json").write_text(json.dumps({"layers": {"segments": [], "entities": []}}))
    assert boards(goldwire.load(small)) == {}


def test_a_layer_that_the_profile_lacks_cannot_be_scored(small):
    (small / "corpus/profile.json").write_text(json.dumps({"layers": {"segments": [], "entities": []}}))
    with pytest.raises(goldwire.GoldwireError, match="has no quotes"):
        goldwire.score({}, goldwire.load(small), Settings("quotes"))
