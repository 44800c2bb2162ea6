"""The gold in memory: complete, refused if the corpus has findings, and its digest changes with every label."""

import gc
from contextlib import suppress

import pytest

import goldwire
from goldwire.model.vocabulary import DOCUMENT_LAYERS
from repository import edit_first_record


def test_the_gold_is_32_documents_of_25_articles(gold):
    assert len(gold.documents) == 32
    assert len(gold.clusters) == 25
    assert sorted(name for cluster in gold.clusters for name in cluster) == list(gold.documents)
    assert all(document.mentions for document in gold.documents.values())


def test_a_mention_of_gold_reads_as_its_text_says(gold):
    for document in gold.documents.values():
        assert all(document.text[m.start : m.end] == m.text for m in document.mentions)


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
    edit_first_record(repository, "annotations/gold/entities/003-01.jsonl", lambda record: record.update(type="ORG"))
    assert goldwire.load(repository).digest != gold.digest


def test_a_text_that_was_edited_is_not_scored_under_the_same_digest(repository, gold):
    place = repository / "corpus/text/003-01.txt"
    place.write_text(f" {place.read_text()}")
    with suppress(goldwire.GoldwireError):  # to refuse it is as good
        assert goldwire.load(repository).digest != gold.digest


FAULTS = {
    "not-json": ("annotations/gold/entities/003-01.jsonl", lambda text: text.replace("{", "<", 1)),
    "wrong-value": ("annotations/gold/quotes/003-01.jsonl", lambda text: text.replace("direct", "straight", 1)),
    "not-nfc": ("corpus/text/003-01.txt", lambda text: f"e\u0301{text}"),
    "missing-key": ("corpus/manifest.json", lambda text: text.replace('"version"', '"edition"')),
}


def use(root):
    """Load a corpus and read all that it has of one document."""
    gold = goldwire.load(root)
    document = gold.documents["003-01"]
    return document.text, document.mentions, document.quotes, document.decoys


@pytest.mark.parametrize("code", FAULTS)
def test_a_file_at_fault_is_refused_when_it_is_used(repository, code):
    path, change = FAULTS[code]
    (repository / path).write_text(change((repository / path).read_text()))
    with pytest.raises(goldwire.GoldwireError, match=rf"{path}.*: {code}: .*goldwire check"):
        use(repository)


@pytest.mark.parametrize("path", ["corpus/text/003-01.txt", "annotations/gold/set.json", "corpus/manifest.json"])
def test_a_file_that_is_not_there_is_refused_when_it_is_used(repository, path):
    (repository / path).unlink()
    with pytest.raises(goldwire.GoldwireError, match=rf"{path}: missing-file"):
        use(repository)


@pytest.mark.parametrize("layer", DOCUMENT_LAYERS)
def test_labels_that_are_said_to_be_complete_and_are_not_there_are_refused(repository, layer):
    (repository / f"annotations/gold/{layer}/003-01.jsonl").unlink()
    with pytest.raises(goldwire.GoldwireError, match="003-01"):
        use(repository)


def test_a_score_never_mixes_two_states_of_a_file(repository):
    gold, labels = goldwire.load(repository), "annotations/gold/quotes/003-01.jsonl"
    goldwire.score(lambda text: [], gold, goldwire.Settings("entities", resamples=5))
    edit_first_record(repository, labels, lambda record: record.update(type="mixed"))
    with pytest.raises(goldwire.GoldwireError, match=rf"{labels} has changed since it was loaded; load .* again"):
        goldwire.score(lambda text: [], gold, goldwire.Settings("quotes", resamples=5))
    text = gold.documents["003-02"].text
    (repository / "corpus/text/003-02.txt").write_text("")
    assert gold.documents["003-02"].text == text


def test_only_what_is_used_is_read(repository):
    (repository / "annotations/gold/quotes/003-01.jsonl").write_text("<")
    (repository / "annotations/pass-a/set.json").write_text("<")
    assert goldwire.load(repository).documents["003-01"].mentions == goldwire.load().documents["003-01"].mentions


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
