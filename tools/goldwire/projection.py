"""Labels of one text carried to another that repeats it, along an alignment of the two."""

from bisect import bisect_right
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, TypeVar

from goldwire.records import Decoy, Mention, Quote

R = TypeVar("R", Mention, Quote, Decoy)


def alignment(source: str, target: str) -> list[tuple[int, int, int]]:
    """Stretches that two texts share, in order: start in source, start in target, length, in code points."""
    matcher = SequenceMatcher(None, source, target, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def project(document: str, records: Iterable[R], source: str, target: str) -> list[R]:
    """Records of a source text as records of a target document, with its id in theirs.

    Raises ValueError for a record with an end that the texts do not share.
    """
    blocks = alignment(source, target)
    return [type(record).model_validate(_moved(record.model_dump(), document, blocks, target)) for record in records]


def _moved(value: Any, document: str, blocks: list[tuple[int, int, int]], target: str) -> Any:
    if isinstance(value, list):
        return [_moved(item, document, blocks, target) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {key: _moved(item, document, blocks, target) for key, item in value.items()}
    if "start" in moved:
        moved["start"] = _place(value["start"], blocks)
        moved["end"] = _place(value["end"] - 1, blocks) + 1
        moved["text"] = target[moved["start"] : moved["end"]]
    for key in ("id", "parent"):
        if moved.get(key):
            moved[key] = f"{document}-{moved[key].rsplit('-', 1)[1]}"
    return moved


def _place(offset: int, blocks: list[tuple[int, int, int]]) -> int:
    i = bisect_right(blocks, (offset, float("inf"), 0)) - 1
    if i < 0 or offset >= blocks[i][0] + blocks[i][2]:
        raise ValueError(f"the character at {offset} is not in the other text")
    return blocks[i][1] + offset - blocks[i][0]
