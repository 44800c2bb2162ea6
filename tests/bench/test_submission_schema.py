"""The schema of what is handed in gives the verdict of the reader, on right lines and on lines with one fault."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.judging import READ
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.bench.submissions import read_files
from goldwire.model.errors import GoldwireError
from goldwire.model.submissions import LINES
from repository import ROOT

SCHEMA = json.loads((ROOT / "schema/submission.schema.json").read_text())
TEXTS = {"000-01": "x" * 1000, "000-02": "x" * 1000, "000": "x" * 1000}
ONE = {"entities": read_entity, "quotes": read_quote, "segments": read_block}

ENTITIES = [
    [0, 9, "GPE"],
    [0, 9, "GPE", "gpe-x"],
    [0, 9, "GPE", None],
    {"start": 0, "end": 9, "type": "GPE", "entity": "gpe-x", "more": 1},
    {"start": 0, "end": 9, "label": "GPE", "entity": None},
    {"start_char": 0, "end_char": 9, "entity_type": "GPE", "score": 0.9},
]
QUOTES = [
    [0, 9],
    [0, 9, "direct"],
    {"start": 0, "end": 9, "type": "direct"},
    {
        "content": [{"start": 0, "end": 9}, [2, 12]],
        "type": "indirect",
        "cue": [1, 5],
        "speaker": {"start": 1, "end": 5},
    },
    {
        "content": [[0, 9]],
        "speaker": {"start": 1, "end": 5, "head": [1, 4]},
        "speaker_entities": ["a", None],
        "parent": "p",
    },
]
SEGMENTS = [[0, 9, "body"], [0, 9, "body", "1"], {"start": 0, "end": 9, "role": "body", "document": None}]
LABELS = {"entities": ENTITIES, "quotes": QUOTES, "segments": SEGMENTS}
RIGHT = [
    *((task, {"page" if task == "segments" else "document": "000" if task == "segments" else "000-01", task: labels})
      for task, labels in LABELS.items()),
    *((task, {"id": "000-01", task: []}) for task in ("entities", "quotes")),
    ("entities", {"document": "000-01", "entities": {"GPE": [[0, 9], {"start": 2, "end": 12}], "LOC": []}}),
    ("duplicates", {"a": "000-01", "b": "000-02"}),
    ("duplicates", {"a": "000-01", "b": "000-02", "relation": "contained", "direction": "a_in_b", "score": 0.9}),
    ("duplicates", {"a": "000-01", "b": "000-02", "passages": [{"a": [0, 9], "b": {"start": 1, "end": 9}}, [[0, 9], [0, 9]]]}),
]  # fmt: skip
ODD = (None, "", "x", 3, -1, 1.5, True, [], {}, [3], ["x"], {"x": 3}, "a_in_b", "near")


def reader_accepts(tmp_path, task, line):
    place = tmp_path / "mine.jsonl"
    place.write_text(json.dumps(line))
    try:
        found = read_files(place, task, TEXTS)
        if task == "duplicates":
            read_pairs(read_duplicates(found, list(TEXTS)), TEXTS)
        else:
            for name, labels in found.items():
                for label in READ[task](labels, TEXTS["000"]):
                    ONE[task](label, name, TEXTS["000"])
    except GoldwireError:
        return False
    return True


def schema_accepts(task, line):
    line_of = {"$ref": f"#/$defs/{LINES[task].__name__}", "$defs": SCHEMA["$defs"]}
    return Draft202012Validator(line_of).is_valid(line)


def faults(value):
    """Every version of a JSON value with one part replaced by an odd one, or left out."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        changed = copy.copy(value)
        del changed[key]
        yield changed
        for part in [*ODD, *faults(value[key])]:
            changed = copy.copy(value)
            changed[key] = part
            yield changed


def depends_on_the_corpus(task, line):
    """Whether a line has other ids than the corpus, or a word where an id or a passage of text is meant."""
    ids = [line.get(key) for key in ("a", "b", "document", "page", "id") if key in line]
    return any(isinstance(name, str) and name not in TEXTS for name in ids)


def test_the_schema_is_valid_and_accepts_a_line_of_any_task():
    Draft202012Validator.check_schema(SCHEMA)
    for _, line in RIGHT:
        Draft202012Validator(SCHEMA).validate(line)
    assert not Draft202012Validator(SCHEMA).is_valid({"document": "000-01"})


@pytest.mark.parametrize(("task", "line"), RIGHT, ids=[f"{task} {i}" for i, (task, _) in enumerate(RIGHT)])
def test_schema_and_reader_give_one_verdict_on_a_line_and_on_each_fault_in_it(tmp_path, task, line):
    assert schema_accepts(task, line)
    assert reader_accepts(tmp_path, task, line)
    verdicts = set()
    for wrong in faults(line):
        if not depends_on_the_corpus(task, wrong):
            both = schema_accepts(task, wrong), reader_accepts(tmp_path, task, wrong)
            assert both[0] == both[1], wrong
            verdicts.add(both[0])
    assert False in verdicts


@pytest.mark.parametrize("task", LABELS)
def test_the_records_of_the_gold_are_accepted_by_both(tmp_path, task):
    folder = ROOT / "annotations/gold" / task
    for path in sorted(folder.glob("*.jsonl"))[:5]:
        labels = [json.loads(line) for line in path.read_text().splitlines()]
        assert schema_accepts(task, {"page" if task == "segments" else "document": path.stem, task: labels})
