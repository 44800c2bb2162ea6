"""Text that two documents share: runs of the same words, case and punctuation aside."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SHORTEST = 8
"""Consecutive words from which a shared run is reuse; see annotations/GUIDELINES.md."""
WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A longest run of the same words: a half-open span in each of two texts, in code points."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    words: int


@dataclass(frozen=True, slots=True)
class _Words:
    folded: list[str]
    spans: list[tuple[int, int]]


def _words(text: str) -> _Words:
    found = list(WORD.finditer(text))
    return _Words([match.group().replace("’", "'").casefold() for match in found], [match.span() for match in found])


def shared_runs(a: str, b: str, shortest: int = SHORTEST) -> list[SharedRun]:
    """Every longest run of at least `shortest` words that two texts share, in the order of `a`."""
    return list(_runs(_words(a), _words(b), shortest))


def _runs(a: _Words, b: _Words, shortest: int) -> Iterator[SharedRun]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(b.folded) - shortest + 1):
        places[tuple(b.folded[j : j + shortest])].append(j)
    for i in range(len(a.folded) - shortest + 1):
        for j in places.get(tuple(a.folded[i : i + shortest]), ()):
            if i and j and a.folded[i - 1] == b.folded[j - 1]:
                continue  # the run began earlier
            n = shortest
            while i + n < len(a.folded) and j + n < len(b.folded) and a.folded[i + n] == b.folded[j + n]:
                n += 1
            yield SharedRun(a.spans[i][0], a.spans[i + n - 1][1], b.spans[j][0], b.spans[j + n - 1][1], n)


def sharing_pairs(texts: Mapping[str, str], shortest: int = SHORTEST) -> dict[tuple[str, str], list[SharedRun]]:
    """The shared runs of every two texts that have any, keyed by their ids, the smaller first."""
    words = {name: _words(text) for name, text in sorted(texts.items())}
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, text in words.items():
        for i in range(len(text.folded) - shortest + 1):
            holders[tuple(text.folded[i : i + shortest])].add(name)
    pairs = {(a, b) for names in holders.values() if len(names) > 1 for a in names for b in names if a < b}
    return {(a, b): list(_runs(words[a], words[b], shortest)) for a, b in sorted(pairs)}
