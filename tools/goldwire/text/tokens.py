"""Tokens of a text, split so that every label starts and ends at a token boundary."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from goldwire.text import spans

BLOCKS = (
    *((0x300, 0x1E00), (0x20D0, 0x2100), (0x2CE0, 0x30A0), (0xA660, 0xAC00), (0xFB10, 0xFE30)),
    *((0x10A00, 0x12000), (0x1E000, 0x1E960)),
)
"""The blocks of Unicode in which the scripts of languages have combining characters."""
COMBINING = "".join(
    char for block in BLOCKS for char in map(chr, range(*block)) if unicodedata.category(char)[0] == "M"
)
"""Vowel signs, tone marks and diacritics, which belong to a word although `\\w` excludes them."""
WORD = rf"\w+(?:(?![\0-\u02ff\u2000-\u200b\u200e-\u206f])[{COMBINING}\u200c\u200d]+\w*)*"
"""A word in any script, as a regular expression; what it cannot contain is excluded first, to save time."""
TOKEN = re.compile(rf"{WORD}|[^\w\s]")


def is_word(text: str, i: int) -> bool:
    """Whether the character at a position is part of a word; positions outside the text have none."""
    return 0 <= i < len(text) and (text[i].isalnum() or text[i] == "_" or unicodedata.category(text[i])[0] == "M")


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
    return (match.span() for match in TOKEN.finditer(text))


def edges(labels: Iterable[spans.SpanLike]) -> Iterator[int]:
    """The starts and ends of labels."""
    for label in labels:
        yield from (label.start, label.end)
