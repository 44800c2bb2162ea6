"""Conformance vectors: small cases worked by hand, that a scorer in any language can be held to."""

import json
from collections.abc import Mapping
from typing import Any

from goldwire.bench.judging import known_types, pairing
from goldwire.bench.label_tables import find_table
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.corpus.locate import data_root
from goldwire.scoring.counts import Line
from goldwire.scoring.duplicates import score_duplicates
from goldwire.scoring.entities import score_entities
from goldwire.scoring.quotes import score_quotes
from goldwire.scoring.segments import score_segments
from goldwire.scoring.settings import TASKS, Settings

FOLDER = "tests/scores"
Vector = Mapping[str, Any]


def vectors() -> list[Vector]:
    """Every vector that goldwire ships, as JSON reads it, by task and name.

    README.md beside them says what they hold; they stand in tests/scores of the data root.
    """
    folder = data_root() / FOLDER
    places = [place for task in TASKS for place in sorted((folder / task).glob("*.json"))]
    return [json.loads(place.read_text(encoding="utf-8")) for place in places]


def score_vector(vector: Vector) -> Any:
    """The counts that goldwire's own scorer comes to, of the class of the vector's task."""
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
        sides = [[read_entity(label, "text", text) for label in side] for side in (gold, system)]
        return score_entities(sides[0], known_types(sides[1], find_table("none").system, {}), text, settings.trim)  # type: ignore[arg-type]
    return score_quotes(
        [read_quote(label, "text", text) for label in gold],
        [read_quote(label, "text", text) for label in system],
        text,
        {(m["start"], m["end"]): m["entity"] for m in vector.get("mentions", ())},
        [read_quote((d["start"], d["end"]), "text", text).content[0] for d in vector.get("decoys", ())],
        settings.trim,  # type: ignore[arg-type]
        settings.nested,  # type: ignore[arg-type]
        pairing(settings),
        settings.match == "ggt",
    )


def lines(counts: Any) -> dict[str, Line]:
    """The measures of a task's counts by the names that vectors use: group, a slash, name."""
    return {f"{line.group}/{line.name}": line for line in counts.lines()}
