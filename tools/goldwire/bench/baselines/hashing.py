"""The baselines for duplicates: nothing, the same text, and MinHash over shingles of words."""

import re
from collections.abc import Mapping
from itertools import combinations

from goldwire.bench.judging import exact_hash
from goldwire.model.extras import need
from goldwire.text.shingles import shingles

SHINGLE = 5
"""Words of a shingle."""
PERMUTATIONS, SEED, THRESHOLD = 256, 13, 0.5
"""Of the MinHash: its size, its seed, and the estimated Jaccard similarity from which two texts are near."""

Pairs = list[tuple[str, str, str]]


def none(texts: Mapping[str, str]) -> Pairs:
    """No pairs at all, which any number that flatters a system flatters first."""
    return []


def exact(texts: Mapping[str, str]) -> Pairs:
    """Pairs of texts that are the same character by character."""
    return [(pair.a, pair.b, "exact") for pair in exact_hash(texts)]


def minhash(texts: Mapping[str, str]) -> Pairs:
    """Pairs of texts whose shingles of words are alike, as rensa's MinHash estimates it.

    Broder, On the resemblance and containment of documents (1997). All pairs are compared: banding
    pays on more texts than these.
    """
    rensa = need("rensa", "minhash")
    signatures = {}
    for name, text in sorted(texts.items()):
        signatures[name] = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signatures[name].update(word_shingles(text))
    alike = (pair for pair in combinations(signatures, 2) if _jaccard(signatures, *pair) >= THRESHOLD)
    return [(a, b, "exact" if texts[a] == texts[b] else "near") for a, b in alike]


def _jaccard(signatures: Mapping[str, object], a: str, b: str) -> float:
    return float(signatures[a].jaccard(signatures[b]))  # type: ignore[attr-defined]


def word_shingles(text: str) -> list[str]:
    """The runs of five words of a text, case and punctuation aside; the whole where it is shorter."""
    return shingles(re.findall(r"\w+", text.casefold()), SHINGLE)
