"""Shingles: the runs of a fixed number of words in a text.

Broder, On the resemblance and containment of documents (1997).
"""

from goldwire.text.shared_runs import WORD

ALIKE = 0.3
"""The Jaccard similarity of two texts' shingles of three words from which an annotator compares them."""


def shingles(words: list[str], size: int) -> list[str]:
    """The runs of `size` words, in order; all the words as one run where there are fewer."""
    return [" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]


def text_shingles(text: str) -> set[str]:
    """The runs of three words of a text, case aside; apostrophes and hyphens join a word."""
    return set(shingles([match.group().casefold() for match in WORD.finditer(text)], 3))
