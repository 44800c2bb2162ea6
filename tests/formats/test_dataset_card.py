"""An export is a data set: its folder loads without an argument, and polars and DuckDB read its tables."""

import json
import re
import shutil

import pytest

from goldwire.formats.dataset_card import features
from goldwire.formats.labelled import read_source
from goldwire.formats.registry import FORMATS, export
from goldwire.formats.tables import COLUMNS, tables
from goldwire.model.errors import GoldwireError
from repository import ROOT

LAYERS = ("mentions", "quotes", "decoys")


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def loaded(tmp_path):
    import datasets  # offline from its import on

    def load(folder, *configuration):
        return datasets.load_dataset(str(folder), *configuration, cache_dir=str(tmp_path / "cache"))

    return load


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
@pytest.mark.parametrize("name", ["gold", "system-clauses"])
def test_a_folder_loads_without_an_argument(form, name, loaded, tmp_path):
    source = read_source(ROOT, name)
    export(source, FORMATS[form], tmp_path / "out")
    held = tables(source)
    read = loaded(tmp_path / "out")
    assert {split: table.to_list() for split, table in read.items()} == {"test": held["documents"]}
    for table, rows in held.items():
        if rows:  # a system's set has no pairs: there is no such configuration
            assert loaded(tmp_path / "out", table)["test"].to_list() == rows
        else:
            with pytest.raises(ValueError, match=f"'{table}' not found"):
                loaded(tmp_path / "out", table)


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_documents_without_labels_come_first(form, loaded, tmp_path):
    root = tmp_path / "corpus"
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, root / folder)
    for layer in ("entities", "quotes", "decoys"):
        for path in sorted((root / "annotations/gold" / layer).glob("*"))[:-1]:
            path.unlink()
    (root / "annotations/gold/duplicates.jsonl").write_text("")
    source = read_source(root, "gold")
    export(source, FORMATS[form], tmp_path / "out")
    rows = loaded(tmp_path / "out")["test"].to_list()
    assert rows == tables(source)["documents"]
    assert [[row[layer] is None for layer in LAYERS] for row in rows] == [[True] * 3] * 31 + [[False] * 3]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_splits_are_the_subsets_of_the_profile(form, loaded, tmp_path):
    root = tmp_path / "corpus"
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, root / folder)
    subsets = {"train": ["000-02", "000-01"], "hard-test": ["004-01"]}
    (root / "corpus/profile.json").write_text(json.dumps({"subsets": subsets}))
    source = read_source(root, "gold")
    export(source, FORMATS[form], tmp_path / "out")
    rows = {row["id"]: row for row in tables(source)["documents"]}
    read = loaded(tmp_path / "out")
    wanted = {"train": [rows["000-01"], rows["000-02"]], "hard_test": [rows["004-01"]]}
    assert {split: table.to_list() for split, table in read.items()} == wanted
    assert loaded(tmp_path / "out", "all_documents")["test"].to_list() == list(rows.values())
    assert loaded(tmp_path / "out", "pairs")["test"].to_list() == tables(source)["pairs"]
    (root / "corpus/profile.json").write_text(json.dumps({"subsets": {"a-b": ["000-01"], "a_b": ["000-02"]}}))
    with pytest.raises(GoldwireError, match="subsets a-b and a_b would both be the split a_b"):
        export(read_source(root, "gold"), FORMATS[form], tmp_path / "again")


def test_30_mb_of_lines_load_though_the_first_20_mb_have_no_labels(loaded, tmp_path):
    source = read_source(ROOT, "gold")
    export(source, FORMATS["jsonl"], tmp_path / "out")
    documents = tmp_path / "out/documents.jsonl"
    rows = tables(source)["documents"]
    bare = [row | dict.fromkeys(LAYERS) | {"text": row["text"] * 20} for row in rows]
    lines = ["".join(json.dumps(row, ensure_ascii=False) + "\n" for row in half) for half in (bare, rows)]
    first, then = (round(size / len(line.encode())) + 1 for size, line in zip((20e6, 10e6), lines, strict=True))
    documents.write_text(lines[0] * first + lines[1] * then)
    assert documents.stat().st_size > 30e6
    read = loaded(tmp_path / "out")["test"]
    assert len(read) == len(rows) * (first + then)
    assert read[len(read) - len(rows) :] == {key: [row[key] for row in rows] for key in rows[0]}


def test_the_card_repeats_the_rights_in_the_texts(tmp_path):
    export(read_source(ROOT, "gold"), FORMATS["jsonl"], tmp_path / "out")
    pages = [json.loads(line) for line in (ROOT / "corpus/pages.jsonl").read_text().splitlines()]
    card = (tmp_path / "out/README.md").read_text()
    assert all(f"- {page['rights']}\n" in card for page in pages)


def test_the_features_are_those_of_the_arrow_types():
    import datasets
    import pyarrow

    from goldwire.formats.tables import arrow_type

    for columns in COLUMNS.values():
        schema = pyarrow.schema([(name, arrow_type(kind, pyarrow)) for name, kind in columns.items()])
        assert features(columns) == datasets.Features.from_arrow_schema(schema)._to_yaml_list()


def test_an_empty_table_is_read_by_pyarrow_polars_and_duckdb(tmp_path):
    import duckdb
    import polars
    from pyarrow import parquet

    export(read_source(ROOT, "system-clauses"), FORMATS["parquet"], tmp_path / "out")
    path = str(tmp_path / "out/pairs.parquet")
    columns = list(COLUMNS["pairs"])
    assert parquet.read_table(path).column_names == columns
    assert polars.read_parquet(path).columns == columns
    assert duckdb.sql(f"select * from '{path}'").columns == columns


READINGS = re.findall(
    r"```python\n(import (?:datasets|polars|duckdb)\n.*?)```\n\n```text\n(.*?)```",
    (ROOT / "docs/export.md").read_text(),
    re.S,
)


@pytest.mark.parametrize(("code", "shown"), READINGS, ids=lambda value: value.split()[1] if "import" in value else "")
def test_the_docs_read_an_export_as_they_show(code, shown, tmp_path, monkeypatch, capsys):
    export(read_source(ROOT, "gold"), FORMATS["parquet"], tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert capsys.readouterr().out == shown


def test_datasets_polars_and_duckdb_are_shown():
    assert [code.split()[1] for code, _ in READINGS] == ["datasets", "polars", "duckdb"]
