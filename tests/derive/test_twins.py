"""Twins: nothing is changed but the names, and a system that has memorised them loses its score."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest

import goldwire
from goldwire.checks import check
from goldwire.checks.surface_forms import SurfaceForms
from goldwire.cli.main import main
from goldwire.corpus.gold import GoldDocument
from goldwire.derive.twin_names import NAMINGS, TwinNames
from goldwire.derive.twins import make_twin
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Mention
from repository import ROOT

BASE = ROOT / "tests/faults/base"


@pytest.fixture(scope="module")
def gold():
    return goldwire.load(ROOT)


@pytest.fixture(scope="module")
def twins(gold):
    return {naming: make_twin(gold, naming, 13).gold for naming in NAMINGS}


@pytest.fixture(scope="module")
def names(gold):
    """The type of every name of the gold."""
    seen = {}
    for document in gold.documents.values():
        for mention in document.mentions:
            seen.setdefault(mention.text, Counter())[mention.type] += 1
    return {form: types.most_common(1)[0][0] for form, types in seen.items()}


def without_names(document):
    """A text with a mark for every name, and `a` for every article before one."""
    text = document.text
    for mention in reversed(document.mentions):
        text = f"{text[: mention.start]}■{text[mention.end :]}"
    return re.sub(r"\b([Aa])n ■", r"\1 ■", text)


def quoted(document):
    return [(q.id, q.type, len(q.content), q.status, q.parent, bool(q.speaker)) for q in document.quotes]


@pytest.mark.parametrize("naming", NAMINGS)
def test_nothing_is_changed_but_the_names(gold, twins, naming):
    for name, document in gold.documents.items():
        twin = twins[naming].documents[name]
        assert without_names(twin) == without_names(document)
        assert [(m.id, m.type) for m in twin.mentions] == [(m.id, m.type) for m in document.mentions]
        assert quoted(twin) == quoted(document)
        assert all(twin.text[m.start : m.end] == m.text for m in (*twin.mentions, *twin.decoys))
    assert [pair.relation for pair in twins[naming].pairs] == [pair.relation for pair in gold.pairs]


@pytest.mark.parametrize("naming", NAMINGS)
def test_an_entity_has_one_new_name_in_all_articles(gold, twins, naming):
    new, old = {}, {}
    for name, document in gold.documents.items():
        for before, after in zip(document.mentions, twins[naming].documents[name].mentions, strict=True):
            assert new.setdefault(before.entity, after.entity) == after.entity
            assert old.setdefault(after.entity, before.entity) == before.entity
            assert new.setdefault((before.entity, before.text), after.text) == after.text
    kept = [entity for entity in gold.entities if new.get(entity) == entity]
    assert kept == (["law-declaration-of-state-sovereignty-of-ukraine"] if naming == "real" else [])


@pytest.mark.parametrize("root", [ROOT, BASE])
@pytest.mark.parametrize("naming", NAMINGS)
def test_a_twin_passes_all_checks(tmp_path, root, naming, capsys):
    out = tmp_path / "twin"
    assert main(["twins", str(out), "--names", naming, "--seed", "7", "--root", str(root)]) == 0
    assert check(out) == []
    assert "mentions renamed" in capsys.readouterr().out
    made = make_twin(goldwire.load(root), naming, 7).gold
    assert {d.id: d.text for d in goldwire.load(out).documents.values()} == {
        d.id: d.text for d in made.documents.values()
    }


@pytest.mark.parametrize("naming", NAMINGS)
def test_a_seed_gives_the_same_names_and_another_seed_others(gold, twins, naming):
    again, other = make_twin(gold, naming, 13).gold, make_twin(gold, naming, 14).gold
    assert again.page_texts == twins[naming].page_texts
    assert again.documents == twins[naming].documents
    assert other.documents["003-01"].text != again.documents["003-01"].text


def corpus_of(text):
    """A corpus of one article in which [a name|TYPE] is a mention."""
    plain, mentions = "", []
    for part in re.split(r"(\[\[?[^|\[]+\|[A-Z]+\])", text):
        name, _, kind = part[1:-1].rpartition("|") if part.startswith("[") and "|" in part else ("", "", "")
        if kind:
            mentions.append(Mention(start=len(plain), end=len(plain) + len(name), text=name, type=kind))
        plain += name or part
    document = GoldDocument("p1-01", "p1", "", plain, tuple(mentions), None, None)
    whole = goldwire.load(BASE)
    pages = {"pages": {"p1": whole.pages["p1"]}, "page_texts": {"p1": plain}}
    return replace(whole, documents={"p1-01": document}, blocks={}, pairs=(), entities={}, **pages)


def invented(text):
    return make_twin(corpus_of(text), "invented", 1).gold.documents["p1-01"].text


def test_names_keep_their_forms():
    text = "[Maria Berg|PERSON] and [Berg|PERSON]; [M. Berg|PERSON], [BERG|PERSON]’s son. [Otto Falk|PERSON] left."
    made = re.fullmatch(r"(\w+) (\w+) and (\w+); (\w)\. (\w+), (\w+)’s son\. (\w+) (\w+) left\.", invented(text))
    given, name, short, initial, last, loud, _other, another = made.groups()
    assert name == short == last
    assert loud == name.upper()
    assert initial == given[0]
    assert another != name
    assert not {"Maria", "Berg", "Otto", "Falk"} & set(made.groups())


def test_acronyms_plurals_and_countries_keep_their_forms():
    text = "The [UN|ORG] and [Farland|GPE]’s [Farlander|NORP] envoy met [Farlanders|NORP] at the [Dock Authority|ORG]."
    made = re.fullmatch(r"The ([A-Z]{2}) and (\w+)’s (\w+) envoy met (\w+) at the (.+)\.", invented(text))
    un, _, people, plural, _ = made.groups()
    assert plural == f"{people}s"
    assert un != "UN"


def test_articles_and_possessives_fit_the_new_name():
    made = invented("An [Arlish|NORP] and an [ENT|ORG] man. [Moss|PERSON]’ dog, an old one; a [Beta|ORG] fan.")
    assert re.search(r"^A \w+ and an? [A-Z]{3} man\. \w+’s? dog, an old one; a \w+ fan\.$", made)
    assert re.search(r"s’ dog|[^s]’s dog", made)


def test_a_word_that_is_no_mention_stays():
    assert "reeds and Reedless" in invented("[Reed|PERSON] sees reeds and Reedless.")


def test_a_name_in_which_a_quote_begins_stays(gold):
    document = gold.documents["003-01"]
    quote = document.quotes[0]
    start = quote.content[0].start
    inside = Mention(start=start - 1, end=start + 2, text=document.text[start - 1 : start + 2], type="ORG")
    cut = replace(gold, documents={"003-01": replace(document, mentions=(inside,))}, blocks={}, pairs=())
    cut = replace(cut, page_texts={"003": gold.page_texts["003"]}, pages={"003": gold.pages["003"]})
    assert make_twin(cut, "invented", 1).gold.documents["003-01"].text == document.text


def test_without_labelled_names_there_is_no_twin():
    empty = corpus_of("Nobody is named here.")
    with pytest.raises(GoldwireError, match="no complete entities"):
        make_twin(empty, "invented", 1)


def test_a_form_that_an_entity_lacks_is_refused_in_words():
    names = TwinNames(corpus_of("[Averleigh|GPE] is far."), "invented", 1, set())
    (key,) = names.new
    with pytest.raises(GoldwireError, match="'Averle' is no form of"):
        names.surface(key, "Averle")


def bench(monkeypatch, capsys, system, *more):
    monkeypatch.setattr("goldwire.bench.baselines.find_system", lambda *_: system)
    assert main(["bench", "mine", "--task", "entities", "--twins", "--json", "--root", str(ROOT), *more]) == 0
    found = json.loads(capsys.readouterr().out)
    return found, {one["names"]: one for one in found["twins"]}


def test_a_tagger_that_has_memorised_the_names_fails_on_invented_ones(monkeypatch, capsys, names):
    forms = SurfaceForms(names)

    def tagger(text):
        return [{"start": at, "end": at + len(f), "type": names[f]} for at, f in forms.occurrences(text)]

    found, twins = bench(monkeypatch, capsys, tagger)
    low, high = twins["invented"]["difference"]["interval"]
    assert found["f1"] > 0.98
    assert twins["invented"]["f1"] < 0.05
    assert high < -0.9
    assert twins["invented"]["difference"]["delta"] == pytest.approx(twins["invented"]["f1"] - found["f1"])
    assert twins["real"]["f1"] > 0.9  # it knows these names too
    assert [one["renamed"] for one in twins.values()] == [1451, 1449]
    assert low < high < 0
    assert twins["invented"]["seed"] == 13


def test_a_tagger_that_reads_capitals_keeps_its_score(monkeypatch, capsys):
    def tagger(text):  # words with a capital that follow a word without one, whatever they are
        return [{"start": m.start(), "end": m.end(), "type": "GPE"} for m in re.finditer(r"(?<=[a-z] )[A-Z]\w+", text)]

    found, twins = bench(monkeypatch, capsys, tagger, "--match", "exact", "--seed", "3")
    assert twins["invented"]["f1"] > found["f1"] * 0.8
    main(["bench", "mine", "--task", "entities", "--twins", "--root", str(ROOT)])
    out = capsys.readouterr().out
    assert "twin - gold" in out
    assert "invented names, seed 13: 1,451 of 1,451 mentions renamed" in out


def test_all_baselines_of_a_task_are_scored_on_twins(capsys):
    assert main(["bench", "--twins", "--task", "segments", "--json", "--root", str(ROOT)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["system"] for one in found] == ["blank-lines", "sentence-ends", "segmenter"]
    assert all(twin["difference"]["clusters"] == 5 for one in found for twin in one["twins"])
    assert main(["bench", "--twins", "--freeze", "--root", str(ROOT)]) == 2
