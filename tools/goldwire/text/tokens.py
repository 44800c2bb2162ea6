"""Texts cut into tokens so that every label begins and ends with one."""

import re
from collections.abc import Iterable, Iterator

from goldwire.text import spans

WORD = re.compile(r"\w+|[^\w\s]")


def pieces(tokens: Iterable[tuple[int, int]], cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Tokens (start, end) cut at some positions in the text, in code points."""
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
    """Words and single marks, the tokens of a file of columns."""
    return (match.span() for match in WORD.finditer(text))


def edges(labels: Iterable[spans.Span]) -> Iterator[int]:
    """Where labels begin and end."""
    for label in labels:
        yield from (label.start, label.end)
