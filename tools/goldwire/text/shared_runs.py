"""Text that two documents share: runs of the same words, ignoring case and punctuation."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from goldwire.text import tokens

SHORTEST = 8
"""The fewest consecutive words that count as reuse; see annotations/GUIDELINES.md."""
WORD = re.compile(rf"{tokens.WORD}(?:[’'\-]{tokens.WORD})*")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A maximal run of the same words: a half-open span in each of two texts, in code points."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    words: int


@dataclass(frozen=True)
class _Words:
    folded: list[str]
    text: str

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(self.text)]


def _words(text: str) -> _Words:
    words = "\n".join(WORD.findall(text))  # folded in one call; no word contains a line feed
    return _Words(words.replace("’", "'").casefold().split("\n") if words else [], text)


def shared_runs(a: str, b: str, shortest: int = SHORTEST) -> list[SharedRun]:
    """The maximal runs of at least `shortest` words that two texts share, in the order of `a`."""
    return list(_runs(_words(a), _words(b), shortest))


def share_a_run(a: str, b: str, shortest: int = SHORTEST) -> bool:
    """Whether two texts share any run of at least `shortest` words."""
    return not set(_grams(_words(a), shortest)).isdisjoint(_grams(_words(b), shortest))


def _grams(words: _Words, length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words.folded[i:] for i in range(length)), strict=False)


def _runs(a: _Words, b: _Words, shortest: int) -> Iterator[SharedRun]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, gram in enumerate(_grams(b, shortest)):
        places[gram].append(j)
    for i, gram in enumerate(_grams(a, shortest)):
        for j in places.get(gram, ()):
            if i and j and a.folded[i - 1] == b.folded[j - 1]:
                continue  # the run starts earlier
            n = shortest
            while i + n < len(a.folded) and j + n < len(b.folded) and a.folded[i + n] == b.folded[j + n]:
                n += 1
            yield SharedRun(a.spans[i][0], a.spans[i + n - 1][1], b.spans[j][0], b.spans[j + n - 1][1], n)


def sharing_pairs(texts: Mapping[str, str], shortest: int = SHORTEST) -> dict[tuple[str, str], list[SharedRun]]:
    """The shared runs of each pair of texts that has any, keyed by their ids, the smaller first.

    Time and memory grow with the texts, not with their pairs: an index maps the hash of each run of words to its
    texts, and only texts that share a hash are compared word by word. The index has 12 bytes a word.
    """
    names = sorted(texts)
    words = lru_cache(maxsize=256)(lambda name: _words(texts[name]))
    pairs: set[tuple[str, str]] = set()
    for grams, owners in _buckets((words(name) for name in names), shortest, sum(map(len, texts.values()))):
        last = dict(zip(grams, owners, strict=True))
        others: dict[int, set[int]] = defaultdict(set)
        for gram, owner in ((gram, owner) for gram, owner in zip(grams, owners, strict=True) if last[gram] != owner):
            others[gram].add(owner)
        for gram, found in others.items():
            pairs |= {(names[a], names[b]) for a, b in combinations(sorted({last[gram], *found}), 2)}
    runs = {(a, b): list(_runs(words(a), words(b), shortest)) for a, b in sorted(pairs)}
    return {pair: found for pair, found in runs.items() if found}  # empty if two hashes collided


LETTERS = 1 << 21
"""The letters of texts for each bucket of hashes, so that a dictionary has few of them at a time."""


def _buckets(texts: Iterable[_Words], shortest: int, letters: int) -> list[tuple["array[int]", "array[int]"]]:
    """The hashes of all runs of words, with the numbers of their texts, in buckets of equal hashes."""
    buckets = [(array("q"), array("i")) for _ in range(1 + letters // LETTERS)]
    for number, words in enumerate(texts):
        for gram in map(hash, _grams(words, shortest)):
            grams, owners = buckets[gram % len(buckets)]
            grams.append(gram)
            owners.append(number)
    return buckets
