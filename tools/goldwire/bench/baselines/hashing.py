"""The baselines for duplicates: no pairs, equal texts, and MinHash over word shingles."""

import re
from collections.abc import Mapping
from itertools import combinations

from goldwire.bench.judging import exact_hash
from goldwire.model.extras import need
from goldwire.text.shingles import shingles

SHINGLE = 5
"""Words of a shingle."""
PERMUTATIONS, SEED, THRESHOLD = 256, 13, 0.5
"""The size and seed of the MinHash, and the estimated Jaccard similarity from which two texts are near."""

Pairs = list[tuple[str, str, str]]


def none(texts: Mapping[str, str]) -> Pairs:
    """Return no pairs; a measure that gives this a high score is not useful."""
    return []


def exact(texts: Mapping[str, str]) -> Pairs:
    """Return the pairs of texts that are equal character by character."""
    return [(pair.a, pair.b, "exact") for pair in exact_hash(texts)]


def minhash(texts: Mapping[str, str]) -> Pairs:
    """Return the pairs of texts whose word shingles are similar, as estimated by rensa's MinHash.

    Broder, On the resemblance and containment of documents (1997). All pairs are compared; banding
    would only be faster for more texts.
    """
    rensa = need("rensa", "minhash")
    signatures = {}
    for name, text in sorted(texts.items()):
        signatures[name] = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signatures[name].update(word_shingles(text))
    similar = ((a, b) for a, b in combinations(signatures, 2) if signatures[a].jaccard(signatures[b]) >= THRESHOLD)
    return [(a, b, "exact" if texts[a] == texts[b] else "near") for a, b in similar]


def word_shingles(text: str) -> list[str]:
    """Return the runs of five words of a text, ignoring case and punctuation; the whole text if it is shorter."""
    return shingles(re.findall(r"\w+", text.casefold()), SHINGLE)
