"""Candidate duplicates among any number of documents: MinHash signatures, cut into bands, one band at a time.

Broder, On the resemblance and containment of documents (1997); Leskovec, Rajaraman & Ullman, Mining of
Massive Datasets, chapter 3. Signatures stay on disk; memory holds one band and the candidates.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.bench.baselines.hashing import SEED, word_shingles
from goldwire.corpus.files import write_bytes
from goldwire.derive.plan import PAGE
from goldwire.derive.scale.results import Tell, fingerprint, keep_only
from goldwire.derive.scale.run import Run, read_complete_run
from goldwire.derive.scale.shards import SHARD, damaged, read_documents, read_pairs, shard_count
from goldwire.derive.scale.workers import EngineName, run
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need
from goldwire.scoring.counts import Counts, matched

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERMUTATIONS = 128
ROWS = 4
"""Values of a signature in a band: with 32 bands, half the pairs of similarity 0.42 are candidates."""
CROWD = 2000
"""Documents that share a band from which on they are no candidates by that band."""
MOST = 10_000_000
"""Candidates that memory holds at most."""
CHUNK = 50_000
"""Pairs whose signatures are compared at a time."""
FOUND = "steps/minhash/found.json"


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """The number of candidates, of those at or above the threshold, and how these compare with the gold's pairs.

    `duplicates` are exact or near. The others are `contained`, `related`, or `strangers`, which no shard lists:
    pairs of two groups, which are related if they share a passage, and pairs of one group that share nothing.
    `crowds` counts the bands that too many documents share.
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
    """The step that writes the signatures of one shard."""

    out: Path

    def __call__(self, shard: int) -> int:
        rensa = need("rensa", "minhash")
        numpy = need("numpy", "scale")
        texts = [row.text for row in read_documents(self.out, shard, ["text"])]
        signatures = numpy.empty((len(texts), PERMUTATIONS), dtype=numpy.uint32)
        for i, text in enumerate(texts):
            hashed = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
            hashed.update(word_shingles(text))
            signatures[i] = hashed.digest()
        write_bytes(signature_path(self.out, shard), signatures.tobytes())
        return len(texts)


def signature_path(out: Path, shard: int) -> Path:
    """The file with the signatures of a shard: 128 unsigned 32-bit integers for each document."""
    return out / "steps" / "minhash" / f"{shard:05}.u32"


def sign_shards(
    out: Path, workers: int = 1, engine: EngineName = "local", tell: Tell = lambda _: None
) -> Iterator[int]:
    """Write the missing signatures; yield the number of signed shards so far, with those of before.

    Signatures of other packages, code or texts are deleted, and `tell` is called with a sentence that says so.
    """
    found = read_complete_run(out)
    count = shard_count(found.plan)
    keep_only(signature_path(out, 0).parent, fingerprint(found, "minhash"), tell)
    todo = [shard for shard in range(count) if not signature_path(out, shard).is_file()]
    yield count - len(todo)
    for done, _ in enumerate(run(SignShard(out.resolve()), todo, workers, engine), count - len(todo) + 1):
        yield done


def find_pairs(out: Path, threshold: float = 0.5, rows: int = ROWS) -> CandidateScore:
    """Pair the documents with similar signatures, compare them with the gold's pairs, and write both to disk.

    A band has `rows` values of a signature: the more, the fewer and the more similar the candidates. Raises
    GoldwireError for a threshold outside (0, 1], for rows that do not divide a signature, and if there are too many
    candidates to hold in memory.
    """
    if not 0 < threshold <= 1:
        raise GoldwireError(f"threshold {threshold}; expected a similarity above 0, and 1 at most")
    if rows < 1 or PERMUTATIONS % rows:
        raise GoldwireError(f"{rows} rows; expected a divisor of {PERMUTATIONS}: 1, 2, 4, 8, 16 …")
    numpy = need("numpy", "scale")
    found = read_complete_run(out)
    signatures = [_signatures(out, shard, found.n) for shard in range(shard_count(found.plan))]
    candidates, crowds = _candidates(signatures, found.n, rows)
    alike = candidates[_similarity(signatures, candidates, found.n) >= threshold]
    write_bytes(out / "steps" / "minhash" / "pairs.i64", alike.tobytes())
    gold = gold_codes(out, found)
    found_in = {name: int(numpy.isin(alike, codes).sum()) for name, codes in gold.items()}
    hits = found_in["exact"] + found_in["near"]
    result = CandidateScore(
        threshold=threshold,
        documents=found.n,
        candidates=len(candidates),
        alike=len(alike),
        duplicates=matched(hits, len(alike), len(gold["exact"]) + len(gold["near"])),
        contained=found_in["contained"],
        related=found_in["related"],
        strangers=len(alike) - sum(found_in.values()),
        crowds=crowds,
    )
    write_bytes(
        out / FOUND, (json.dumps(asdict(result) | {"duplicates": result.duplicates.parts()}, indent=2) + "\n").encode()
    )
    return result


def _signatures(out: Path, shard: int, n: int) -> "NDArray[np.uint32]":
    numpy = need("numpy", "scale")
    path = signature_path(out, shard)
    size = path.stat().st_size if path.is_file() else 0
    expected = 4 * PERMUTATIONS * min(SHARD, n - shard * SHARD)
    if size != expected:
        raise damaged(path, f"{size:,} bytes; expected {expected:,}")
    mapped: NDArray[np.uint32] = numpy.memmap(path, dtype=numpy.uint32, mode="r")
    return mapped.reshape(-1, PERMUTATIONS)


def _candidates(
    signatures: Sequence["NDArray[np.uint32]"], n: int, rows: int = ROWS
) -> tuple["NDArray[np.int64]", int]:
    """Pairs that share a band, each coded as the number `a * n + b`, and how many bands were crowded."""
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
            raise GoldwireError(f"more than {MOST:,} candidates; use more --rows than {rows}")
    return codes[0], crowds


def _mixed(band: "NDArray[np.uint32]") -> "NDArray[np.uint64]":
    """One number for the values of a band."""
    numpy = need("numpy", "scale")
    keys: NDArray[np.uint64] = numpy.zeros(len(band), dtype=numpy.uint64)
    for column in band.T:
        keys = keys * numpy.uint64(0x9E3779B97F4A7C15) + column
    return keys


def _similarity(
    signatures: Sequence["NDArray[np.uint32]"], codes: "NDArray[np.int64]", n: int
) -> "NDArray[np.float32]":
    """The share of equal values in the signatures of each pair: an estimate of the Jaccard similarity."""
    numpy = need("numpy", "scale")
    found: NDArray[np.float32] = numpy.empty(len(codes), dtype=numpy.float32)
    for first in range(0, len(codes), CHUNK):
        a, b = numpy.divmod(codes[first : first + CHUNK], n)
        found[first : first + CHUNK] = (_gathered(signatures, a) == _gathered(signatures, b)).mean(axis=1)
    return found


def _gathered(signatures: Sequence["NDArray[np.uint32]"], numbers: "NDArray[np.int64]") -> "NDArray[np.uint32]":
    numpy = need("numpy", "scale")
    rows: NDArray[np.uint32] = numpy.empty((len(numbers), PERMUTATIONS), dtype=numpy.uint32)
    shards = numbers // SHARD
    for shard in numpy.unique(shards):
        rows[shards == shard] = signatures[shard][numbers[shards == shard] % SHARD]
    return rows


def gold_codes(out: Path, found: Run) -> dict[str, "NDArray[np.int64]"]:
    """The gold's pairs by relation, coded as candidates are."""
    numpy = need("numpy", "scale")
    codes: dict[str, list[int]] = {"exact": [], "near": [], "contained": [], "related": []}
    for shard in range(shard_count(found.plan)):
        for pair in read_pairs(out, shard):
            codes[pair.relation].append(_number(pair.a) * found.n + _number(pair.b))
    return {relation: numpy.array(known, dtype=numpy.int64) for relation, known in codes.items()}


def _number(document: str) -> int:
    page, place = document.split("-")
    return int(page.removeprefix("d")) * PAGE + int(place) - 1
