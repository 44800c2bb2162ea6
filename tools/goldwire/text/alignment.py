"""Projection of labels from one text to another that repeats it, along an alignment of the two."""

from bisect import bisect_right
from difflib import SequenceMatcher
from typing import TypeVar

from goldwire.model.records import DocumentLabel, Quote, Record
from goldwire.model.records import Span as SpanRecord
from goldwire.text.spans import TextSpan

R = TypeVar("R", bound=DocumentLabel)


class Projection:
    """Maps the code points and labels of a source text to the text of a target document."""

    def __init__(self, document: str, source: str, target: str) -> None:
        self.document, self.source, self.target = document, source, target
        self.blocks = _shared_blocks(source, target)

    def offset(self, offset: int) -> int:
        """The offset in the target of a code point of the source; raises ValueError if the target lacks it."""
        i = bisect_right(self.blocks, (offset, float("inf"), 0)) - 1
        if i < 0 or offset >= self.blocks[i][0] + self.blocks[i][2]:
            raise ValueError(f"the character at {offset} is not in the other text")
        return self.blocks[i][1] + offset - self.blocks[i][0]

    def record(self, record: R) -> R:
        """The record with the offsets and ids of the target; raises ValueError if it lacks an end of a span."""
        moved = self._quote(record) if isinstance(record, Quote) else self._moved(record)
        return Record.model_copy(record, update={"id": self._renamed(record.id), **moved})

    def _quote(self, quote: Quote) -> dict[str, object]:
        speaker = quote.speaker
        if speaker:
            head = self._span(speaker.head) if speaker.head else None
            speaker = speaker.model_copy(update={**self._moved(speaker), "head": head})
        return {
            "content": [self._span(fragment) for fragment in quote.content],
            "cue": self._span(quote.cue) if quote.cue else None,
            "speaker": speaker,
            "parent": self._renamed(quote.parent),
        }

    def _span(self, span: SpanRecord) -> SpanRecord:
        return span.model_copy(update=self._moved(span))

    def _moved(self, span: TextSpan) -> dict[str, object]:
        start, end = self.offset(span.start), self.offset(span.end - 1) + 1
        return {"start": start, "end": end, "text": self.target[start:end]}

    def _renamed(self, name: str | None) -> str | None:
        return f"{self.document}-{name.rsplit('-', 1)[1]}" if name else name


def _shared_blocks(source: str, target: str) -> list[tuple[int, int, int]]:
    """The stretches that both texts contain, in order: start in each, and length."""
    if source == target:
        return [(0, 0, len(source))]
    head = common_prefix(source, target)
    tail = common_prefix(source[head:][::-1], target[head:][::-1])
    ends = len(source) - tail, len(target) - tail
    matcher = SequenceMatcher(None, source[head : ends[0]], target[head : ends[1]], autojunk=False)
    middle = [(head + block.a, head + block.b, block.size) for block in matcher.get_matching_blocks()]
    return [block for block in [(0, 0, head), *middle, (*ends, tail)] if block[2]]


def common_prefix(a: str, b: str) -> int:
    """The length of the longest common prefix."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
