"""The generated parts of the data card are up to date, and its metadata loads."""

from dataclasses import replace

import pytest

from goldwire.bench.score import load
from goldwire.curate.data_card import card_files, counts_table
from goldwire.model.records import Origin
from repository import ROOT

mlcroissant = pytest.importorskip("mlcroissant")


def test_the_card_is_what_is_generated():
    for path, data in card_files(ROOT).items():
        assert (ROOT / path).read_bytes() == data, f"{path} is stale; run goldwire card"


def test_the_card_counts_any_number_of_documents():
    gold = load(ROOT)
    first = next(iter(gold.documents.values()))
    names = [f"{i:03}-01" for i in range(250)]
    large = replace(
        gold,
        documents={name: replace(first, id=name) for name in names},
        clusters=tuple([(name,) for name in names[:199]] + [tuple(names[199:])]),
    )
    header = counts_table(large).splitlines()[0]
    assert header == "| layer | what | all 250 documents | 200 different articles |"


def test_croissant_validates_and_loads_every_record():
    dataset = mlcroissant.Dataset(jsonld=ROOT / "annotations/croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    for table in dataset.metadata.record_sets:
        assert list(dataset.records(table.id))
    gold = load(ROOT)
    records = list(dataset.records("entities-records"))
    assert len(records) == sum(len(document.mentions) for document in gold.documents.values())
    first = next(iter(gold.documents.values())).mentions[0]
    assert records[0]["entities-records/text"] == first.text.encode()


def test_the_card_has_the_share_of_suggestions_that_were_accepted_unchanged():
    gold = load(ROOT)
    first = gold.documents["003-01"]
    begun = [
        mention.model_copy(update={"origin": Origin(set="pre-labels", changed=i == 0)})
        for i, mention in enumerate(first.mentions[:4])
    ]
    documents = gold.documents | {first.id: replace(first, mentions=(*begun, *first.mentions[4:]))}
    table = counts_table(replace(gold, documents=documents))
    assert (
        "| entities | suggested by pre-labels | 4 | 4 |\n| entities | … accepted unchanged | 3 (75 %) | 3 (75 %) |"
        in table
    )
    assert "suggested" not in counts_table(gold)


def test_croissant_states_the_rights_of_texts_and_labels_apart():
    metadata = mlcroissant.Dataset(jsonld=ROOT / "annotations/croissant.json").metadata.to_json()
    assert metadata["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    rights = {part["@id"]: (part.get("license"), part.get("copyrightNotice")) for part in metadata["distribution"]}
    assert rights.pop("texts") == rights.pop("page-texts") == (None, metadata["copyrightNotice"])
    assert set(rights.values()) == {("https://spdx.org/licenses/MIT", None)}
