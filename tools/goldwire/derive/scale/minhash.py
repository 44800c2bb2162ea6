"""Candidates for duplicates among any number of documents: MinHash signatures, cut into bands, a band at a time.

Broder, On the resemblance and containment of documents (1997); Leskovec, Rajaraman & Ullman, Mining of
Massive Datasets, chapter 3. Signatures stay on disk; in memory stands one band and the pairs found.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from goldwire.bench.baselines.hashing import SEED, word_shingles
from goldwire.corpus.files import write_bytes
from goldwire.derive.plan import PAGE
from goldwire.derive.scale.run import Run, whole
from goldwire.derive.scale.shards import SHARD, read_part, shard_count
from goldwire.derive.scale.workers import EngineName, run
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need
from goldwire.scoring.counts import Counts, matched

PERMUTATIONS = 128
ROWS = 4
"""Values of a signature that make a band: with 32 bands, half the pairs of a similarity of 0.42 are candidates."""
CROWD = 2000
"""Documents with one band in common from which on they are no candidates by it, but by another band perhaps."""
MOST = 10_000_000
"""Candidates that memory is to hold."""
CHUNK = 50_000
"""Pairs whose signatures are compared at a time."""
FOUND = "steps/minhash/found.json"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: candidates, those as alike as was asked, and how these compare with the gold's pairs.

    `duplicates` are exact or near, as everywhere; of the false ones, those that are contained or related are told
    apart from the `strangers`, which no shard lists: pairs across groups, related where they share a passage, and
    those of one group that share nothing.
    """

    threshold: float
    documents: int
    candidates: int
    alike: int
    duplicates: Counts
    contained: int
    related: int
    strangers: int
    crowds: int


@dataclass(frozen=True, slots=True)
class SignShard:
    """The step that leaves the signatures of one shard."""

    out: Path

    def __call__(self, shard: int) -> int:
        rensa = need("rensa", "minhash")
        numpy = need("numpy", "scale")
        texts = [row.text for row in read_part(self.out, "documents", shard, ["text"])]
        signatures = numpy.empty((len(texts), PERMUTATIONS), dtype=numpy.uint32)
        for i, text in enumerate(texts):
            hashed = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
            hashed.update(word_shingles(text))
            signatures[i] = hashed.digest()
        write_bytes(signature_path(self.out, shard), signatures.tobytes())
        return len(texts)


def signature_path(out: Path, shard: int) -> Path:
    """Where the signatures of a shard stand."""
    return out / "steps" / "minhash" / f"{shard:05}.u32"


def sign_shards(out: Path, workers: int = 1, engine: EngineName = "local") -> Iterator[int]:
    """Make the signatures that are missing; yield the number of shards that are done, as it grows."""
    count = shard_count(whole(out).plan)
    todo = [shard for shard in range(count) if not signature_path(out, shard).is_file()]
    yield count - len(todo)
    for done, _ in enumerate(run(SignShard(out.resolve()), todo, workers, engine), count - len(todo) + 1):
        yield done


def find_pairs(out: Path, threshold: float = 0.5, rows: int = ROWS) -> Found:
    """Pair the documents whose signatures are alike, compare with the gold's pairs, and leave the pairs on disk.

    `rows` values of a signature make a band: the more, the fewer candidates, and the more alike. Raises
    GoldwireError for a threshold that is no similarity, for rows that do not part a signature, and where
    candidates would be too many to hold.
    """
    if not 0 < threshold <= 1:
        raise GoldwireError(f"{threshold} is no similarity; expected more than 0, and 1 at most")
    if rows < 1 or PERMUTATIONS % rows:
        raise GoldwireError(f"{rows} rows do not part {PERMUTATIONS} values; expected 1, 2, 4, 8, 16 …")
    numpy = need("numpy", "scale")
    found = whole(out)
    signatures = [_signatures(out, shard) for shard in range(shard_count(found.plan))]
    candidates, crowds = _candidates(signatures, found.n, rows)
    alike = candidates[_similarity(signatures, candidates, found.n) >= threshold]
    write_bytes(out / "steps" / "minhash" / "pairs.i64", alike.tobytes())
    gold = gold_codes(out, found)
    told = {name: int(numpy.isin(alike, codes).sum()) for name, codes in gold.items()}
    hits = told["exact"] + told["near"]
    result = Found(
        threshold=threshold,
        documents=found.n,
        candidates=len(candidates),
        alike=len(alike),
        duplicates=matched(hits, len(alike), len(gold["exact"]) + len(gold["near"])),
        contained=told["contained"],
        related=told["related"],
        strangers=len(alike) - sum(told.values()),
        crowds=crowds,
    )
    write_bytes(out / FOUND, (json.dumps(asdict(result), indent=2) + "\n").encode())
    return result


def _signatures(out: Path, shard: int) -> Any:
    numpy = need("numpy", "scale")
    return numpy.memmap(signature_path(out, shard), dtype=numpy.uint32, mode="r").reshape(-1, PERMUTATIONS)


def _candidates(signatures: list[Any], n: int, rows: int = ROWS) -> tuple[Any, int]:
    """Pairs with a band in common, each as the one number `a * n + b`, and how often a band had a crowd."""
    numpy = need("numpy", "scale")
    codes, crowds = [numpy.empty(0, dtype=numpy.int64)], 0
    for first in range(0, PERMUTATIONS, rows):
        band = numpy.concatenate([one[:, first : first + rows] for one in signatures])
        keys = _mixed(band)
        order = numpy.argsort(keys, kind="stable")
        edges = numpy.flatnonzero(numpy.diff(keys[order])) + 1
        bounds = numpy.concatenate([[0], edges, [n]])
        sizes = numpy.diff(bounds)
        crowds += int((sizes > CROWD).sum())
        made = [
            a * n + b
            for i in numpy.flatnonzero((sizes > 1) & (sizes <= CROWD))
            for a, b in combinations(sorted(order[bounds[i] : bounds[i + 1]].tolist()), 2)
        ]
        codes = [numpy.unique(numpy.concatenate([*codes, numpy.array(made, dtype=numpy.int64)]))]
        if len(codes[0]) > MOST:
            raise GoldwireError(f"more than {MOST:,} candidates; take more --rows than {rows}")
    return codes[0], crowds


def _mixed(band: Any) -> Any:
    """One number for the values of a band."""
    numpy = need("numpy", "scale")
    keys = numpy.zeros(len(band), dtype=numpy.uint64)
    for column in band.T:
        keys = keys * numpy.uint64(0x9E3779B97F4A7C15) + column
    return keys


def _similarity(signatures: list[Any], codes: Any, n: int) -> Any:
    """The share of equal values in the signatures of every pair: an estimate of the Jaccard similarity."""
    numpy = need("numpy", "scale")
    found = numpy.empty(len(codes), dtype=numpy.float32)
    for first in range(0, len(codes), CHUNK):
        a, b = numpy.divmod(codes[first : first + CHUNK], n)
        found[first : first + CHUNK] = (_gathered(signatures, a) == _gathered(signatures, b)).mean(axis=1)
    return found


def _gathered(signatures: list[Any], numbers: Any) -> Any:
    numpy = need("numpy", "scale")
    rows = numpy.empty((len(numbers), PERMUTATIONS), dtype=numpy.uint32)
    shards = numbers // SHARD
    for shard in numpy.unique(shards):
        rows[shards == shard] = signatures[shard][numbers[shards == shard] % SHARD]
    return rows


def gold_codes(out: Path, found: Run) -> dict[str, Any]:
    """The gold's pairs by relation, coded as candidates are."""
    numpy = need("numpy", "scale")
    codes: dict[str, list[int]] = {"exact": [], "near": [], "contained": [], "related": []}
    for shard in range(shard_count(found.plan)):
        for pair in read_part(out, "pairs", shard, ["a", "b", "relation"]):
            codes[pair.relation].append(_number(pair.a) * found.n + _number(pair.b))
    return {relation: numpy.array(known, dtype=numpy.int64) for relation, known in codes.items()}


def _number(document: str) -> int:
    page, place = document.split("-")
    return int(page.removeprefix("d")) * PAGE + int(place) - 1
