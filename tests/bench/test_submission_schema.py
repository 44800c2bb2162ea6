"""The schema of what is handed in gives the verdict of the reader, on right lines and on lines with one fault."""

import copy
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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
    ("entities", {"document": "000-01", "entities": {"title": None, "ents": [[0, 9, "GPE"]], "entities": ENTITIES}}),
    ("duplicates", {"a": "000-01", "b": "000-02"}),
    ("duplicates", {"a": "000-01", "b": "000-02", "relation": "contained", "direction": "a_in_b", "score": 0.9}),
    ("duplicates", {"a": "000-01", "b": "000-02", "passages": [{"a": [0, 9], "b": {"start": 1, "end": 9}}, [[0, 9], [0, 9]]]}),
]  # fmt: skip
ODD = (None, "", "x", 3, -1, 1.5, True, [], {}, [3], ["x"], {"x": 3}, "a_in_b", "near")


def reader_accepts(tmp_path, task, line):
    return refusal(tmp_path, task, line) is None


def refusal(tmp_path, task, line):
    """What the reader says of a line; None if it accepts it."""
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
    except GoldwireError as error:
        return str(error)
    return None


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


OF_THE_CORPUS = re.compile(
    "to be before its end|to be at most|not a document|not a page|to be another document|where the text reads"
    "|the text is not the stored one"
)
"""What a schema cannot know: the order of offsets, their limit, ids, and the words of a text."""
# without 1.0, which is an integer for JSON Schema and none for the reader
NUMBERS = st.integers(-2, 1002) | st.sampled_from([0.5, 1.5, 2**53, 2**64, 10**30])
WORDS = st.sampled_from(["", " ", "O", "near", "a_in_b", "000-01", "000-02", "GPE", "body", "direct", "1"]) | st.text(
    max_size=3
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["start", "end", "type", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
KEYS = ["start", "end", "type", "label", "entity", "entity_group", "content", "cue", "speaker", "head", "text", "role",
        "document", "page", "id", "a", "b", "relation", "direction", "passages", "entities", "quotes", "segments", "more",
        "start_char", "end_char", "parent", "speaker_entities", "tag", "score"]  # fmt: skip


def places(value, path=()):
    yield path
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from places(value[key], (*path, key))


@st.composite
def damaged(draw):
    """A line of a task with one to three random changes, each of any part of it."""
    task, line = draw(st.sampled_from(RIGHT))
    line = copy.deepcopy(line)
    for _ in range(draw(st.integers(1, 3))):
        *above, key = draw(st.sampled_from([path for path in places(line) if path] or [("more",)]))
        part = line
        for step in above:
            part = part[step]
        match draw(st.sampled_from(["set", "set", "delete", "rename", "add", "double"])):
            case "set":
                part[key] = draw(VALUES)
            case "delete":
                part.pop(key, None) if isinstance(part, dict) else part.pop(key)
            case "rename" if isinstance(part, dict) and key in part:
                part[draw(st.sampled_from(KEYS))] = part.pop(key)
            case "add" if isinstance(part, dict):
                part[draw(st.sampled_from(KEYS))] = draw(VALUES)
            case "double" if isinstance(part, list):
                part.append(copy.deepcopy(part[key]))
    return task, line


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
def test_schema_and_reader_give_one_verdict_on_any_damage(tmp_path, one):
    task, line = one
    said = refusal(tmp_path, task, line)
    if schema_accepts(task, line):
        assert said is None or OF_THE_CORPUS.search(said), said
    else:
        assert said is not None
