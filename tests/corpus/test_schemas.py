"""The schemas in schema/ are generated from the models and accept the same records."""

import copy
import json

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from goldwire.corpus.schemas import schema_files, stale_schemas, write_schemas
from goldwire.model.profile import SHIPPED, news
from repository import ROOT

RECORDS = news().records()
CHECKS = ROOT / "tests" / "faults"
SCHEMAS = {name: json.loads(schema_files()[f"{name}.schema.json"]) for name in RECORDS}
VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
LAYERS = {"segments": "block", "entities": "mention", "quotes": "quote", "decoys": "decoy"}
FILES = {
    "pages.jsonl": "page",
    "documents.jsonl": "document",
    "manifest.json": "manifest",
    "registry.jsonl": "entity",
    "exemptions.jsonl": "exemption",
    "set.json": "set",
    "duplicates.jsonl": "pair",
}


def record_name(path):
    """The record of a file by its path; None for a file without records."""
    return FILES.get(path.name) or (LAYERS.get(path.parent.name) if path.suffix == ".jsonl" else None)


def iter_objects(folder):
    """Each line (or whole file) below a folder that is a JSON object of a known record, with the name of the record."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and record_name(path)):
        text = path.read_bytes().decode(errors="replace")
        for line in text.split("\n") if path.suffix == ".jsonl" else [text]:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield record_name(path), value


def model_accepts(name, value):
    try:
        RECORDS[name].model_validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def subschemas(node):
    if isinstance(node, dict):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from subschemas(item)


def test_the_files_are_the_generated_ones():
    assert {path.name: path.read_bytes() for path in (ROOT / "schema").iterdir()} == schema_files()


def test_writing_updates_and_removes_schemas_but_leaves_other_files(tmp_path):
    assert len(stale_schemas(tmp_path)) == len(write_schemas(tmp_path)) == len(schema_files())
    for name in ("quote.schema.json", "quotation.schema.json"):
        (tmp_path / "schema" / name).write_text('{"$id": "https://goldwire.invalid/schema/other"}')
    for name in ("README.md", "invoice.schema.json"):
        (tmp_path / "schema" / name).write_text("{}")
    assert stale_schemas(tmp_path) == ["schema/quotation.schema.json", "schema/quote.schema.json"]
    assert write_schemas(tmp_path) == ["schema/quote.schema.json", "schema/quotation.schema.json"]
    assert stale_schemas(tmp_path) == write_schemas(tmp_path) == []
    assert {"README.md", "invoice.schema.json"} <= {path.name for path in (tmp_path / "schema").iterdir()}


@pytest.mark.parametrize("name", RECORDS)
def test_is_a_valid_closed_described_schema(name):
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://goldwire.invalid/schema/{name}.schema.json"
    assert schema["title"] == name
    assert schema["description"] == RECORDS[name].__doc__
    for node in subschemas(schema):
        assert "properties" not in node or node.get("additionalProperties") is False
        assert node.get("$ref", "#/").startswith("#/")
        for example in node.get("examples", ()):
            Draft202012Validator({**node, "$defs": schema.get("$defs", {})}).validate(example)


@pytest.mark.parametrize("name", RECORDS)
def test_keys_with_a_default_may_be_left_out(name):
    fields = RECORDS[name].model_fields
    assert SCHEMAS[name].get("required", []) == [key for key, field in fields.items() if field.is_required()]


@pytest.mark.parametrize("folder", ["corpus", "annotations", "tests/faults/base"])
def test_every_record_of_the_data_is_valid_by_both(folder):
    seen = set()
    for name, value in iter_objects(ROOT / folder):
        VALIDATORS[name].validate(value)
        assert model_accepts(name, value), value
        seen.add(name)
    assert seen


def test_both_accept_the_same_fixtures():
    verdicts = [(VALIDATORS[name].is_valid(value), model_accepts(name, value)) for name, value in iter_objects(CHECKS)]
    assert {(True, True), (False, False)} == set(verdicts)


def places(value, path=()):
    """The path of every part of a JSON value, without the whole."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(value[key], (*path, key))


def part(value, path):
    for key in path:
        value = value[key]
    return value


SOUND = ["base", "unaccounted-mark/good", "ambiguous-surface/good"]
"""Trees with a record of every kind; the base has no exemption."""
VALID = {
    name: [value for folder in SOUND for other, value in iter_objects(CHECKS / folder) if other == name]
    for name in RECORDS
}
VALID["profile"] = [json.loads(path.read_text()) for path in sorted(SHIPPED.glob("*.json"))]
RIGHT = st.sampled_from([part(value, path) for values in VALID.values() for value in values for path in places(value)])
"""Values that are valid somewhere, though perhaps not at the place where a test puts them."""
WRONG = st.sampled_from([None, True, 0, -1, 10**30, 0.5, "", "GPE", "Q7", "2025-1", "٣-01", "gpe-x", [], [None], {}])
KEYS = st.sampled_from(["x", "id", "text", "note", "p1", "p1-01", "ID", ""])
ENDS = st.sampled_from(["\n", "\r\n", " ", "x", "1", "-1"])


@st.composite
def mutants(draw):
    """A valid record with one or two parts dropped, added, renamed, lengthened or replaced."""
    name = draw(st.sampled_from(list(RECORDS)))
    value = copy.deepcopy(draw(st.sampled_from(VALID[name])))
    for _ in range(draw(st.integers(1, 2))):
        *way, key = draw(st.sampled_from(list(places(value))))
        parent = part(value, way)
        change = draw(st.sampled_from(["drop", "add", "rename", "lengthen", "put"]))
        if change == "drop":
            del parent[key]
        elif change == "rename" and isinstance(parent, dict):
            parent[key + draw(ENDS)] = parent.pop(key)
        elif change == "lengthen" and isinstance(parent[key], str):
            parent[key] += draw(ENDS)
        else:
            at = draw(KEYS) if change == "add" and isinstance(parent, dict) else key
            parent[at] = copy.deepcopy(draw(WRONG | RIGHT))
    return name, value


@settings(max_examples=1000, deadline=None)
@given(mutants())
def test_both_accept_the_same_damaged_records(mutant):
    name, value = mutant
    verdict = model_accepts(name, value)
    event("accepted" if verdict else "refused")
    assert VALIDATORS[name].is_valid(value) is verdict


@pytest.mark.parametrize("name", RECORDS)
def test_both_treat_a_final_line_feed_alike(name):
    """In Python, `$` also matches before it."""
    for value in VALID[name]:
        for *way, key in places(value):
            damaged = copy.deepcopy(value)
            parent = part(damaged, way)
            if isinstance(parent[key], str):
                parent[key] += "\n"
                assert VALIDATORS[name].is_valid(damaged) is model_accepts(name, damaged), damaged
            if isinstance(parent, dict):
                parent[f"{key}\n"] = part(value, [*way, key])
                del parent[key]
                assert VALIDATORS[name].is_valid(damaged) is model_accepts(name, damaged), damaged


def test_a_whole_number_with_a_point_is_the_one_difference():
    value = {"start": 0.0, "end": 1, "text": "a", "type": "GPE"}
    assert VALIDATORS["mention"].is_valid(value)  # to JSON Schema 0.0 is an integer
    assert not model_accepts("mention", value)
