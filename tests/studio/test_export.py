"""Tasks exported for Label Studio: read back as the records they were made from, by goldwire and by its converter."""

import json

import pytest
from label_studio_sdk.converter import Converter

from goldwire.formats.labelled import read_source
from goldwire.formats.registry import export
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.export import LABEL_STUDIO
from goldwire.studio.task_data import document_labels
from repository import ROOT


@pytest.fixture(scope="module")
def source():
    return read_source(ROOT, "gold")


@pytest.fixture(scope="module")
def written(source, tmp_path_factory):
    place = tmp_path_factory.mktemp("exported")
    assert sorted(export(source, LABEL_STUDIO, place)) == ["CANARY", "config.xml", "tasks.json"]
    return place


def test_label_studio_tasks_give_the_records_back_and_its_converter_reads_them(written, source, tmp_path):
    tasks = json.loads((written / "tasks.json").read_text())
    for task in tasks:
        name, (annotation,) = task["data"]["document"], task["annotations"]
        known = document_labels(source.labels, name)
        read = read_labels(task["data"], annotation["result"], Labels(pairs=[]))
        assert read == known
    converter = Converter((written / "config.xml").read_text(), str(tmp_path), download_resources=False)
    for number, task in enumerate(tasks):
        task |= {"id": number, "annotations": [{"id": number, "completed_by": 1, **task["annotations"][0]}]}
    (tmp_path / "in.json").write_text(json.dumps(tasks))
    converter.convert_to_json_min(str(tmp_path / "in.json"), str(tmp_path / "out"), is_dir=False)
    rows = {row["document"]: row for row in json.loads((tmp_path / "out/result.json").read_text())}
    for name, document in {document.id: document for document in source.documents()}.items():
        seen = [(one["start"], one["end"], one["labels"]) for one in rows[name]["entity"]]
        assert seen == [(m.start, m.end, [m.type]) for m in document.mentions]


def test_labels_of_a_system_are_exported_as_predictions(tmp_path):
    export(read_source(ROOT, "system-clauses"), LABEL_STUDIO, tmp_path / "out")
    for task in json.loads((tmp_path / "out/tasks.json").read_text()):
        assert "annotations" not in task
        ids = {result["id"] for result in task["predictions"][0]["result"] if result["type"] == "labels"}
        assert all(name.startswith("p-system-clauses-q") for name in ids)


def test_the_files_are_described():
    section = (ROOT / "docs/export.md").read_text().split("## label-studio\n")[1]
    assert all(f"`{name}`" in section for name in ("tasks.json", "config.xml"))
