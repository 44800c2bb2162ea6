"""Shingles: runs of a fixed number of words of a text.

Broder, On the resemblance and containment of documents (1997).
"""

from goldwire.text.shared_runs import WORD

ALIKE = 0.3
"""The Jaccard similarity of three-word shingles from which two texts are shown to an annotator for comparison."""


def shingles(words: list[str], size: int) -> list[str]:
    """The runs of `size` words, in order; one run of all words if there are fewer."""
    return [" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]


def text_shingles(text: str) -> set[str]:
    """The runs of three words of a text, ignoring case; apostrophes and hyphens are part of a word."""
    return set(shingles([match.group().casefold() for match in WORD.finditer(text)], 3))
