"""Labels of one text carried to another that repeats it, along an alignment of the two."""

from bisect import bisect_right
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, TypeVar

from goldwire.model.records import Decoy, Mention, Quote

R = TypeVar("R", Mention, Quote, Decoy)


class Projection:
    """The way from the code points of a source text to those of a target document's text."""

    def __init__(self, document: str, source: str, target: str) -> None:
        self.document, self.source, self.target = document, source, target
        self.blocks = _shared_blocks(source, target)

    def place(self, offset: int) -> int:
        """Where a code point of the source stands in the target; raises ValueError where it does not."""
        i = bisect_right(self.blocks, (offset, float("inf"), 0)) - 1
        if i < 0 or offset >= self.blocks[i][0] + self.blocks[i][2]:
            raise ValueError(f"the character at {offset} is not in the other text")
        return self.blocks[i][1] + offset - self.blocks[i][0]

    def record(self, record: R) -> R:
        """A record of the source as one of the target; raises ValueError where an end of a span is not there."""
        return type(record).model_validate(self._moved(record.model_dump()))

    def _moved(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._moved(item) for item in value]
        if not isinstance(value, dict):
            return value
        moved = {key: self._moved(item) for key, item in value.items()}
        if "start" in moved:
            moved["start"] = self.place(value["start"])
            moved["end"] = self.place(value["end"] - 1) + 1
            moved["text"] = self.target[moved["start"] : moved["end"]]
        for key in ("id", "parent"):
            if moved.get(key):
                moved[key] = f"{self.document}-{moved[key].rsplit('-', 1)[1]}"
        return moved


def _shared_blocks(source: str, target: str) -> list[tuple[int, int, int]]:
    """Stretches that both texts hold, in order: start in each, and length."""
    if source == target:
        return [(0, 0, len(source))]
    head = _alike(source, target)
    tail = _alike(source[head:][::-1], target[head:][::-1])
    ends = len(source) - tail, len(target) - tail
    matcher = SequenceMatcher(None, source[head : ends[0]], target[head : ends[1]], autojunk=False)
    middle = [(head + block.a, head + block.b, block.size) for block in matcher.get_matching_blocks()]
    return [block for block in [(0, 0, head), *middle, (*ends, tail)] if block[2]]


def _alike(a: str, b: str) -> int:
    """Length of the longest common beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def project(document: str, records: Iterable[R], source: str, target: str) -> list[R]:
    """Records of a source text as records of a target document, with its id in theirs.

    Raises ValueError for a record with an end that the texts do not share.
    """
    way = Projection(document, source, target)
    return [way.record(record) for record in records]
