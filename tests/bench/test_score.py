"""The benchmark: gold in, a system or its labels in, a score with its interval and signature out."""

import gc
import json
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import int64

import goldwire
from goldwire.model.records import DOCUMENT_LAYERS
from goldwire.scoring.entities import MODES
from goldwire.scoring.settings import CHOICES, TASKS, Settings, parse

QUICK = Settings(resamples=20)


@pytest.fixture(scope="module")
def gold():
    return goldwire.load()


@pytest.fixture(scope="module")
def perfect(gold):
    return {name: document.mentions for name, document in gold.documents.items()}


@pytest.fixture(scope="module")
def half(perfect):
    return {name: mentions[::2] for name, mentions in perfect.items()}


def edit(folder, path, change):
    """Change a record of a JSON file, or the first one of a JSONL file."""
    place = folder / path
    if path.endswith(".json"):
        record = json.loads(place.read_text())
        change(record)
        place.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    else:
        first, *rest = place.read_text().splitlines(keepends=True)
        record = json.loads(first)
        change(record)
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        place.write_text("".join([line, *rest]))


def test_the_gold_is_32_documents_of_25_articles(gold):
    assert len(gold.documents) == 32
    assert len(gold.clusters) == 25
    assert sorted(name for cluster in gold.clusters for name in cluster) == list(gold.documents)
    assert all(document.mentions for document in gold.documents.values())


def test_a_mention_of_gold_reads_as_its_text_says(gold):
    for document in gold.documents.values():
        assert all(document.text[m.start : m.end] == m.text for m in document.mentions)


@pytest.mark.parametrize("docs", ["unique", "all"])
@pytest.mark.parametrize("trim", ["none", "article"])
def test_gold_against_itself_is_perfect_in_every_mode(gold, perfect, docs, trim):
    result = goldwire.score(perfect, gold, Settings(docs=docs, trim=trim, resamples=20))
    for mode in MODES:
        counts = result.counts.modes[mode]
        assert (counts.precision, counts.recall, counts.f1) == (1.0, 1.0, 1.0)
    assert (result.f1, result.interval, result.macro, result.ignored) == (1.0, (1.0, 1.0), 1.0, {})
    assert str(result).startswith("strict F1 1.000 [1.000, 1.000]  goldwire|")


def test_a_system_that_finds_nothing_scores_0_and_has_no_precision(gold):
    result = goldwire.score(lambda text: [], gold, QUICK)
    assert (result.f1, result.counts.modes["strict"].precision, result.interval) == (0.0, None, (0.0, 0.0))


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
    with pytest.raises(goldwire.GoldwireError, match=r"'999-01', which is no document.*ids look like 003-01"):
        goldwire.score({**perfect, "999-01": []}, gold)


def test_a_document_left_out_is_refused(gold, perfect):
    without = {name: labels for name, labels in perfect.items() if name != "003-01"}
    with pytest.raises(goldwire.GoldwireError, match=r"no labels for 003-01;.* needs an empty list"):
        goldwire.score(without, gold)


def test_repeats_may_be_left_out_where_they_are_not_scored(gold, perfect):
    firsts = {cluster[0]: perfect[cluster[0]] for cluster in gold.clusters}
    assert goldwire.score(firsts, gold, QUICK).f1 == 1.0
    with pytest.raises(goldwire.GoldwireError, match="no labels for"):
        goldwire.score(firsts, gold, replace(QUICK, docs="all"))


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


def test_a_system_that_returns_none_is_told_so(gold):
    with pytest.raises(goldwire.GoldwireError, match="000-01"):
        goldwire.score(lambda text: None, gold, QUICK)


def test_types_gold_does_not_label_are_ignored_and_counted(gold, perfect):
    more = {name: [*mentions, (0, 4, "DATE"), (0, 4, "DATE"), (5, 9, "MONEY")] for name, mentions in perfect.items()}
    result = goldwire.score(more, gold, QUICK)
    assert result.ignored == {"DATE": 50, "MONEY": 25}
    assert (result.f1, result.counts.modes) == (1.0, goldwire.score(perfect, gold, QUICK).counts.modes)


def test_repeats_count_once_unless_all_are_asked_for(gold, perfect):
    firsts = {cluster[0] for cluster in gold.clusters}
    system = {name: mentions if name in firsts else [] for name, mentions in perfect.items()}
    unique = goldwire.score(system, gold, QUICK)
    everything = goldwire.score(system, gold, replace(QUICK, docs="all"))
    assert (unique.f1, len(unique.by_unit), unique.signature.units) == (1.0, 25, 25)
    assert everything.f1 < 1.0
    assert (len(everything.by_unit), everything.signature.units) == (32, 32)


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


def test_the_number_is_told_where_no_interval_is_asked_for(gold, perfect):
    result = goldwire.score(perfect, gold, Settings(resamples=0))
    assert result.interval is None
    assert str(result).startswith("strict F1 1.000")


@st.composite
def chosen_settings(draw):
    task = draw(st.sampled_from(TASKS))
    said = {name: draw(st.sampled_from(values or ["none", "ontonotes-18"])) for name, values in CHOICES[task].items()}
    if said.get("match") == "ggt":
        said |= {"trim": "none", "nested": "all"}
    return Settings(task, **said, resamples=draw(st.integers(1, 10**6)), seed=draw(st.integers()))


SETTINGS = chosen_settings()


@pytest.fixture(scope="module")
def signature(gold):
    return goldwire.score(lambda text: [], gold, QUICK).signature


@settings(deadline=None)
@given(SETTINGS)
def test_a_signature_parses_back_to_itself(gold, signature, chosen):
    signature = replace(signature, settings=chosen)
    again = parse(str(signature))
    assert again.settings == chosen
    assert (again.data, again.gold, again.units, again.version) == (
        gold.version,
        "gold",
        signature.units,
        goldwire.__version__,
    )
    assert gold.digest.startswith(again.digest)
    assert str(again) == str(signature)


@settings(deadline=None)
@given(SETTINGS, SETTINGS)
def test_settings_differ_where_their_signatures_do(signature, one, other):
    lines = {str(replace(signature, settings=chosen)) for chosen in (one, other)}
    assert len(lines) == len({one, other})


OTHER = [{"docs": "all"}, {"trim": "article"}, {"resamples": 21}, {"seed": 14}]


@pytest.mark.parametrize("other", OTHER, ids=str)
def test_each_setting_changes_the_signature_of_a_score(gold, perfect, other):
    first, second = (goldwire.score(perfect, gold, chosen) for chosen in (QUICK, replace(QUICK, **other)))
    assert str(first.signature) != str(second.signature)


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(["goldwire", "task:entities", "docs:unique:25", "bs:1/x"])).map("|".join))
def test_what_is_no_signature_is_refused(line):
    with pytest.raises(ValueError, match="no goldwire signature"):
        parse(line)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"docs": "some"}, {"trim": "the"}, {"task": "entity"}, {"trim": "marks"}, {"nested": "all"}),
        *({"task": "segments", "docs": "all"}, {"task": "duplicates", "match": "iou.5"}, {"labels": "a|b"}),
        *({"resamples": -1}, {"resamples": "9"}, {"seed": None}),
    ],
)
def test_a_wrong_setting_is_refused_with_the_right_ones(wrong):
    with pytest.raises(ValueError, match=r"is no (setting|task).*expected"):
        Settings(**wrong)


def test_the_digest_changes_with_every_label(repository, gold):
    digests = [gold.digest, goldwire.load(repository).digest]
    for path in ("segments/003", "entities/003-01", "quotes/003-01", "decoys/000-06", "duplicates"):
        place = repository / f"annotations/gold/{path}.jsonl"
        lines = place.read_text().splitlines(keepends=True)
        place.write_text("".join(lines[:-1]))
        digests.append(goldwire.load(repository).digest)
    assert digests[0] == digests[1]
    assert len(set(digests)) == len(digests) - 1


def test_the_digest_changes_with_a_type(repository, gold):
    edit(repository, "annotations/gold/entities/003-01.jsonl", lambda record: record.update(type="ORG"))
    assert goldwire.load(repository).digest != gold.digest


def test_a_text_that_was_edited_is_not_scored_under_the_same_digest(repository, gold):
    place = repository / "corpus/text/003-01.txt"
    place.write_text(f" {place.read_text()}")
    with suppress(goldwire.GoldwireError):  # to refuse it is as good
        assert goldwire.load(repository).digest != gold.digest


def declare(layer, unit, how_far):
    def change(record):
        record[layer][unit] = how_far

    return change


def test_a_document_that_gold_does_not_label_is_not_scored(repository, perfect):
    edit(repository, "annotations/gold/set.json", declare("entities", "003-01", "none"))
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
def test_a_layer_that_gold_marks_partial_is_refused(repository, layer):
    layer, unit = LAYER_OF[layer]
    edit(repository, "annotations/gold/set.json", declare(layer, unit, "partial"))
    gold = goldwire.load(repository)
    task = "quotes" if layer == "decoys" else layer
    with pytest.raises(goldwire.GoldwireError, match=f"{layer} of {unit} are not complete"):
        goldwire.score(lambda text: [], gold, task=task)
    other = "segments" if layer == "entities" else "entities"
    assert goldwire.score(lambda text: [], gold, task=other).f1 == 0.0


def test_pairs_that_gold_marks_partial_are_refused(repository):
    edit(repository, "annotations/gold/set.json", lambda record: record.update(duplicates="partial"))
    with pytest.raises(goldwire.GoldwireError, match="duplicates are not complete"):
        goldwire.score([], goldwire.load(repository), task="duplicates")


def test_a_repeat_stands_in_for_a_first_document_that_is_not_labelled(repository, perfect):
    cluster = next(cluster for cluster in goldwire.load(repository).clusters if len(cluster) > 1)
    edit(repository, "annotations/gold/set.json", declare("entities", cluster[0], "none"))
    result = goldwire.score(perfect, goldwire.load(repository), QUICK)
    assert result.signature.units == 25
    assert cluster[0] not in result.by_unit
    assert cluster[1] in result.by_unit


FAULTS = {
    "not-json": ("annotations/gold/entities/003-01.jsonl", lambda text: text.replace("{", "<", 1)),
    "wrong-value": ("annotations/gold/quotes/003-01.jsonl", lambda text: text.replace("direct", "straight", 1)),
    "not-nfc": ("corpus/text/003-01.txt", lambda text: f"e\u0301{text}"),
    "missing-key": ("corpus/manifest.json", lambda text: text.replace('"version"', '"edition"')),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_tree_at_fault_is_not_loaded(repository, code):
    path, change = FAULTS[code]
    (repository / path).write_text(change((repository / path).read_text()))
    with pytest.raises(goldwire.GoldwireError, match=rf"{path}.*: {code}: .*goldwire check"):
        goldwire.load(repository)


@pytest.mark.parametrize("path", ["corpus/text/003-01.txt", "annotations/gold/set.json", "corpus/manifest.json"])
def test_a_tree_that_lacks_a_file_is_not_loaded(repository, path):
    (repository / path).unlink()
    with pytest.raises(goldwire.GoldwireError, match=rf"{path}: missing-file"):
        goldwire.load(repository)


@pytest.mark.parametrize("layer", DOCUMENT_LAYERS)
def test_labels_that_are_said_to_be_complete_and_are_not_there_are_not_loaded(repository, layer):
    (repository / f"annotations/gold/{layer}/003-01.jsonl").unlink()
    with pytest.raises(goldwire.GoldwireError, match="003-01"):
        goldwire.load(repository)


@pytest.mark.parametrize("was", [gc.enable, gc.disable])
def test_loading_leaves_the_search_for_garbage_as_it_was(was, tmp_path):
    try:
        was()
        before = gc.isenabled()
        goldwire.load()
        assert gc.isenabled() == before
        (tmp_path / "corpus").mkdir()
        with pytest.raises(goldwire.GoldwireError):
            goldwire.load(tmp_path)
        assert gc.isenabled() == before
    finally:
        gc.enable()


def test_there_is_nothing_to_load_where_there_is_nothing(tmp_path):
    with pytest.raises(goldwire.GoldwireError, match=r"has no folder corpus/; expected"):
        goldwire.load(tmp_path)


def test_what_is_no_gold_and_no_settings_is_refused(perfect):
    with pytest.raises(goldwire.GoldwireError, match=r"gold= is a str; expected what goldwire\.load"):
        goldwire.score(perfect, "annotations/gold")
    with pytest.raises(goldwire.GoldwireError, match=r"settings= is a dict; expected what goldwire\.Settings"):
        goldwire.score(perfect, None, {"docs": "all"})


def test_types_that_gold_has_no_word_for_are_told_beside_the_number(gold):
    labels = {name: [(0, 1, "PER"), (1, 2, "GPE"), (2, 3, "DATE")] for name in gold.documents}
    assert ", ignoring PER 25  goldwire|" in str(goldwire.score(labels, gold, QUICK))


def test_a_comparison_is_told_in_a_line(gold, perfect):
    told = str(goldwire.compare({name: [] for name in gold.documents}, perfect, gold, QUICK))
    assert re.fullmatch(
        r"strict F1: b minus a \+1\.000 \[.*\], p bootstrap 0\.\d+, p randomised 0\.\d+  goldwire\|.*", told
    )


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


@pytest.mark.parametrize("answer", [None, 5, "GPE", b"GPE"], ids=str)
def test_an_answer_that_can_hold_no_labels_is_told_as_the_answer_it_is(gold, answer):
    kind = "None" if answer is None else f"an answer of type {type(answer).__name__}"
    with pytest.raises(goldwire.GoldwireError, match=f"the system gave {kind} for 000-01; expected labels"):
        goldwire.score(lambda text: answer, gold, QUICK)


def test_a_table_is_told_to_be_one(gold):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame([{"start": 0, "end": 6, "type": "GPE"}])
    with pytest.raises(
        goldwire.GoldwireError, match="the system gave an answer of type DataFrame for 000-01; expected labels"
    ):
        goldwire.score(lambda text: table, gold, QUICK)


def test_a_document_of_spacy_without_quotes_is_told_what_it_lacks(gold):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    with pytest.raises(goldwire.GoldwireError, match="a Doc without the span group 'quotes'"):
        goldwire.score(nlp, gold, task="quotes")
    with pytest.raises(goldwire.GoldwireError, match=r"\w+ \(of type Token\) is no quote"):
        goldwire.score(lambda text: list(nlp(text)), gold, task="quotes")
