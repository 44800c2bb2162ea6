"""Files of labels: JSONL, brat and columns are read by document id, and an error is named by line."""

import json

import pytest

from goldwire.bench.submissions import read_files
from goldwire.model.errors import GoldwireError
from standoff import ANN, LAVROV, TEXT, places


def test_a_file_of_one_document_a_line_scores_as_its_labels_do(gold, tmp_path):
    place = tmp_path / "predictions.jsonl"
    half = {
        name: [m.model_dump(include={"start", "end", "type", "text"}) for m in d.mentions[::2]]
        for name, d in gold.documents.items()
    }
    place.write_text(
        "".join(json.dumps({"document": name, "entities": labels}) + "\n" for name, labels in half.items())
    )
    texts = {name: document.text for name, document in gold.documents.items()}
    read = read_files(place, "entities", texts)
    assert read == half
    folder = tmp_path / "mine" / "entities"
    folder.mkdir(parents=True)
    for name, labels in half.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
    assert read_files(tmp_path / "mine", "entities", texts) == half


BAD = {
    "not JSON": ("x.jsonl:2: not JSON", '{"document": "000-01", "entities": []}\n{'),
    "no object": ("x.jsonl:1: a list", "[]"),
    "no labels": ("x.jsonl:1: found 'document'; expected an object with 'document'", '{"document": "000-01"}'),
    "twice": ("x.jsonl:2: 000-01 appears twice", '{"document": "000-01", "entities": []}\n' * 2),
    "nothing": ("has no entities; expected an annotation set", ""),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_file_at_fault_is_refused_with_its_line(tmp_path, fault):
    message, content = BAD[fault]
    (tmp_path / "x.jsonl").write_text(content)
    with pytest.raises(GoldwireError, match=message):
        read_files(tmp_path / "x.jsonl", "entities", {"000-01": TEXT})


def test_files_of_brat_and_of_columns_are_read_by_document_id(tmp_path):
    (tmp_path / "000-01.ann").write_text(ANN)
    (tmp_path / "000-02.conll").write_text("Sergey B-PERSON\nLavrov I-PERSON\n")
    texts = {"000-01": TEXT, "000-02": TEXT}
    assert {name: places(found) for name, found in read_files(tmp_path, "entities", texts).items()} == {
        "000-01": [(*LAVROV, "PERSON")],
        "000-02": [(*LAVROV, "PERSON")],
    }
    assert list(read_files(tmp_path, "quotes", texts)) == ["000-01"]
    with pytest.raises(GoldwireError, match="labels for '000-02', which is not a document"):
        read_files(tmp_path, "entities", {"000-01": TEXT})
