"""Shingles: runs of a fixed number of words of a text.

Broder, On the resemblance and containment of documents (1997).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from goldwire.text.shared_runs import WORD

ALIKE = 0.3
"""The Jaccard similarity of three-word shingles from which two texts are shown to an annotator for comparison."""


def shingles(words: list[str], size: int) -> list[str]:
    """The runs of `size` words, in order; one run of all words if there are fewer."""
    return [" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]


def text_shingles(text: str) -> set[str]:
    """The runs of three words of a text, ignoring case; apostrophes and hyphens are part of a word."""
    return set(shingles([match.group().casefold() for match in WORD.finditer(text)], 3))


class ShingleIndex:
    """Texts by their shingles of three words, to find those that another text is alike to."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._names: dict[str, list[str]] = defaultdict(list)

    def add(self, name: str, text: str) -> None:
        """Add a text under a name that is not in the index yet."""
        own = text_shingles(text)
        self._sizes[name] = len(own)
        for shingle in own:
            self._names[shingle].append(name)

    def alike(self, text: str) -> dict[str, float]:
        """The names of the texts that a text is alike to, with their Jaccard similarity, `ALIKE` or more."""
        own = text_shingles(text)
        shared = Counter(name for shingle in own for name in self._names.get(shingle, ()))
        found = {name: count / (len(own) + self._sizes[name] - count) for name, count in shared.items()}
        return {name: similarity for name, similarity in sorted(found.items()) if similarity >= ALIKE}


def alike_pairs(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of ids, the smaller first, whose texts are alike."""
    index, found = ShingleIndex(), set[tuple[str, str]]()
    for name, text in sorted(texts.items()):
        found |= {(earlier, name) for earlier in index.alike(text)}
        index.add(name, text)
    return found
