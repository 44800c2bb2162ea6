"""Conformance vectors: small cases worked by hand, for testing scorers in any language."""

import json
from collections.abc import Mapping
from typing import Any

from goldwire.bench.judging import TaskCounts, known_types, quote_options
from goldwire.bench.label_tables import find_table
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.corpus.locate import data_root
from goldwire.model.profile import news
from goldwire.scoring.counts import NamedCounts
from goldwire.scoring.duplicates import score_duplicates
from goldwire.scoring.entities import score_entities
from goldwire.scoring.quotes import score_quotes
from goldwire.scoring.segments import score_segments
from goldwire.scoring.settings import TASKS, Settings

FOLDER = "tests/scores"
Vector = Mapping[str, Any]
"""A vector as JSON reads it; tests/scores/vector.schema.json is its schema."""


def vectors() -> list[Vector]:
    """Return every vector that goldwire ships, by task and name.

    They are in tests/scores of the data root; README.md there describes them.
    """
    folder = data_root() / FOLDER
    paths = [path for task in TASKS for path in sorted((folder / task).glob("*.json"))]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def score_vector(vector: Vector) -> TaskCounts:
    """Return the counts of goldwire's own scorer, of the class of the vector's task."""
    settings = Settings(vector["task"], **vector["settings"])
    gold, system = vector["gold"], vector["system"]
    if settings.task == "duplicates":
        texts = vector["documents"]
        return score_duplicates(read_pairs(gold, texts), read_pairs(system, texts), texts)
    if settings.task == "segments":
        page = vector["page"]
        blocks = [[read_block(block, "page", page) for block in side] for side in (gold, system)]
        return score_segments(blocks[0], blocks[1], page)
    text = vector["text"]
    if settings.task == "entities":
        wanted, given = ([read_entity(label, "text", text) for label in side] for side in (gold, system))
        known = known_types(given, find_table("none", news()).system, {})
        return score_entities(wanted, known, text, "article" if settings.trim == "article" else "none")
    wanted_quotes, given_quotes = ([read_quote(label, "text", text) for label in side] for side in (gold, system))
    return score_quotes(
        wanted_quotes,
        given_quotes,
        text,
        quote_options(settings),
        entities={(m["start"], m["end"]): m["entity"] for m in vector.get("mentions", ())},
        decoys=[read_quote((d["start"], d["end"]), "text", text).content[0] for d in vector.get("decoys", ())],
    )


def lines(counts: TaskCounts) -> dict[str, NamedCounts]:
    """Return the measures of a task's counts by the names that vectors use: group, a slash, name."""
    return {f"{line.group}/{line.name}": line for line in counts.lines()}
