"""Tokens of a text, split so that every label starts and ends at a token boundary."""

import re
from collections.abc import Iterable, Iterator

from goldwire.text import spans

WORD = re.compile(r"\w+|[^\w\s]")


def pieces(tokens: Iterable[tuple[int, int]], cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Tokens (start, end), split at the positions in `cuts`, in code points."""
    places = sorted(set(cuts))
    i = 0
    for start, end in tokens:
        while i < len(places) and places[i] <= start:
            i += 1
        while i < len(places) and places[i] < end:
            yield start, places[i]
            start = places[i]
            i += 1
        yield start, end


def words(text: str) -> Iterator[tuple[int, int]]:
    """The words and single punctuation marks of a text: the tokens of a CoNLL file."""
    return (match.span() for match in WORD.finditer(text))


def edges(labels: Iterable[spans.SpanLike]) -> Iterator[int]:
    """The starts and ends of labels."""
    for label in labels:
        yield from (label.start, label.end)
