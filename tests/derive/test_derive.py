"""Derived corpora: labels fit the texts, all checks pass, and a document depends on seed and number alone."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import goldwire
from goldwire.bench.selection import limited
from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.derive.articles import articles, compose
from goldwire.derive.labels import labelled_document
from goldwire.derive.names import stem
from goldwire.derive.plan import GROUP, Plan
from goldwire.derive.sources import read_sources
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import parse
from repository import ROOT


@pytest.fixture(scope="module")
def sources():
    return read_sources(goldwire.load(ROOT))


def test_no_two_numbers_share_a_stem():
    numbers = [*range(30_000), *range(75**3 - 500, 75**3 + 500), *range(75**4 - 50, 75**4 + 50)]
    assert len({stem(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(("difficulty", "seed"), [("easy", 1), ("news", 2), ("hostile", 3), ("hostile", 4)])
def test_a_derived_corpus_passes_all_checks(tmp_path, difficulty, seed):
    out = tmp_path / "derived"
    assert main(["derive", str(out), "--n", "40", "--seed", str(seed), "--difficulty", difficulty]) == 0
    assert check(out) == []
    assert goldwire.load(out).canary == goldwire.load().canary
    assert not any("canary GUID" in document.text for document in goldwire.load(out).documents.values())


@pytest.mark.parametrize("difficulty", ["easy", "news", "hostile"])
@pytest.mark.parametrize("lacking", [(), ("entities",), ("quotes", "decoys"), ("decoys", "duplicates")])
def test_a_corpus_of_four_articles_with_or_without_a_layer_can_be_derived_from(tmp_path, lacking, difficulty):
    root, out = tmp_path / "small", tmp_path / "derived"
    shutil.copytree(ROOT / "tests/faults/base", root)
    info = json.loads((root / "annotations/gold/set.json").read_text())
    for layer in lacking:
        info[layer] = "none" if layer == "duplicates" else {}
        shutil.rmtree(root / "annotations/gold" / layer, ignore_errors=True)
        (root / "annotations/gold" / f"{layer}.jsonl").unlink(missing_ok=True)
    (root / "annotations/gold/set.json").write_text(json.dumps(info, indent=2) + "\n")
    layers = {
        layer: [] for layer in ("segments", "entities", "quotes", "decoys", "duplicates") if layer not in lacking
    }
    (root / "corpus/profile.json").write_text(json.dumps({"layers": layers, "subsets": {"test": ["p1-01"]}}))
    command = ["derive", str(out), "--n", "20", "--difficulty", difficulty, "--root", str(root)]
    assert main(command) == 0
    assert check(out) == []
    made = goldwire.load(out)
    assert (made.duplicates == "none") == ("duplicates" in lacking)
    for document in made.documents.values():
        assert (document.mentions is None, document.quotes is None) == ("entities" in lacking, "quotes" in lacking)


def test_a_document_that_lacks_a_layer_is_not_derived_from(tmp_path, capsys):
    root = tmp_path / "small"
    shutil.copytree(ROOT / "tests/faults/base", root)
    (root / "annotations/gold/quotes/p1-02.jsonl").unlink()
    info = json.loads((root / "annotations/gold/set.json").read_text())
    del info["quotes"]["p1-02"]
    (root / "annotations/gold/set.json").write_text(json.dumps(info, indent=2) + "\n")
    assert main(["derive", str(tmp_path / "derived"), "--n", "20", "--root", str(root)]) == 0
    assert "leaving out 1 of 4 documents" in capsys.readouterr().err
    assert check(tmp_path / "derived") == []
    used = {paragraph.source[:5] for one in read_sources(goldwire.load(root)) for paragraph in one.paragraphs}
    assert used == {"p1-01", "p1-03"}  # p2-01 repeats one of them


def test_a_subset_of_the_profile_is_derived_from_alone(tmp_path, capsys):
    root = tmp_path / "small"
    shutil.copytree(ROOT / "tests/faults/base", root)
    (root / "corpus/profile.json").write_text(json.dumps({"subsets": {"train": ["p1-01", "p1-02"]}}))
    assert main(["derive", str(tmp_path / "d"), "--n", "20", "--root", str(root), "--docs", "train"]) == 0
    assert check(tmp_path / "d") == []
    small = limited(goldwire.load(root), "train")
    assert {one.id for one in read_sources(small)} == {"p1-01", "p1-02"}
    assert {name for pair in small.pairs for name in (pair.a, pair.b)} <= {"p1-01", "p1-02"}
    assert main(["derive", str(tmp_path / "e"), "--root", str(root), "--docs", "tain"]) == 2
    assert "did you mean train?" in capsys.readouterr().err
    shards = ["derive", str(tmp_path / "e"), "--root", str(root), "--docs", "train", "--format", "parquet"]
    assert main(shards) == 2
    assert "--docs with --format parquet" in capsys.readouterr().err


def test_a_corpus_without_a_whole_document_is_refused(tmp_path, capsys):
    root = tmp_path / "small"
    shutil.copytree(ROOT / "tests/faults/base", root)
    info = json.loads((root / "annotations/gold/set.json").read_text())
    for layer, names in (("quotes", ("p1-01", "p1-02")), ("entities", ("p1-03", "p2-01"))):
        for name in names:
            info[layer][name] = "partial"
    (root / "annotations/gold/set.json").write_text(json.dumps(info, indent=2) + "\n")
    assert main(["derive", str(tmp_path / "derived"), "--root", str(root)]) == 2
    assert "has no document with entities, quotes, decoys; expected at least one" in capsys.readouterr().err


@given(st.integers(0, 10**6), st.sampled_from(["easy", "news", "hostile"]))
def test_every_label_has_the_words_at_its_offsets(sources, seed, difficulty):
    for article in articles(compose(Plan(difficulty, seed, 16), seed, sources)):
        document = labelled_document(article)
        spans = [*document.mentions, *document.decoys]
        for quote in document.quotes:
            spans += [*quote.content, *(part for part in (quote.cue, quote.speaker) if part)]
        assert all(document.text[s.start : s.end] == s.text and s.text == s.text.strip() != "" for s in spans)


def test_a_document_depends_on_the_seed_and_its_number_alone(sources):
    few, many = Plan("news", 5, 20), Plan("news", 5, 4000)
    assert articles(compose(few, 1, sources)) == articles(compose(many, 1, sources))
    assert articles(compose(few, 1, sources)) != articles(compose(Plan("news", 6, 20), 1, sources))


def test_every_group_is_full_and_no_two_entities_share_an_id(sources):
    plan = Plan("hostile", 1, 320)
    groups = [compose(plan, number, sources) for number in range(plan.groups)]
    numbers = [article.number for group in groups for article in articles(group)]
    assert numbers == list(range(20 * GROUP))
    names = [entity.id for group in groups for entity in group.entities]
    assert len(names) == len(set(names))


def test_no_real_person_or_organisation_is_mentioned_or_quoted(sources):
    gold = goldwire.load(ROOT)
    real = {e.id for e in gold.entities.values() if e.type in ("PERSON", "ORG")}
    for article in articles(compose(Plan("news", 7, 16), 0, sources)):
        document = labelled_document(article)
        assert real.isdisjoint(m.entity for m in document.mentions)
        assert real.isdisjoint(entity for quote in document.quotes for entity in quote.speaker_entities)


def test_a_derived_corpus_loads_and_its_signature_names_its_plan(tmp_path):
    out = tmp_path / "derived"
    main(["derive", str(out), "--n", "20", "--seed", "3", "--difficulty", "easy"])
    gold = goldwire.load(out)
    found = goldwire.score({name: gold.documents[name].mentions for name in gold.documents}, gold)
    assert found.f1 == 1.0
    assert "-derived.easy.3.20+" in str(found.signature)
    assert str(parse(str(found.signature))) == str(found.signature)


def test_the_registry_names_the_entity_that_each_invented_one_replaces(tmp_path):
    out = tmp_path / "derived"
    main(["derive", str(out), "--n", "16", "--seed", "3", "--difficulty", "easy"])
    gold, derived = goldwire.load(ROOT).entities, goldwire.load(out).entities
    invented = [entity for name, entity in derived.items() if name not in gold]
    assert invented
    for entity in invented:
        original = entity.note.removeprefix("Invented; stands in for ").removesuffix(".")
        assert gold[original].type == entity.type


def test_an_existing_folder_is_not_changed(tmp_path, capsys):
    assert main(["derive", str(tmp_path), "--n", "16"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("n", [0, -1])
def test_a_corpus_without_documents_is_refused(n):
    with pytest.raises(GoldwireError, match="expected one or more"):
        Plan("news", 1, n)
