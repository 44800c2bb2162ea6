"""Finders of duplicates compared on the same derived articles: what each finds, its processor time and its memory.

    python tests/benchmarks/candidates_speed.py [DOCUMENTS [RUNS]]

MinHash with 128 values over five-word shingles everywhere, in 32 bands of 4 values (or as named). goldwire,
datasketch and rensa compare the signatures of candidates and keep those alike from 0.5 on; text-dedup
compares nothing and takes connected components as clusters, so it is also run with fewer, longer bands. The
processor time is the best of the runs. text-dedup is in no extra, since it has many dependencies: it takes part after
`pip install --no-deps text-dedup click-option-group`.
"""

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy
from measuring import ROOT, beside, keep

from goldwire.derive.scale.minhash import gold_codes
from goldwire.derive.scale.run import read_run

READ = """
import sys, numpy
import pyarrow.parquet as pq
from goldwire.bench.baselines.hashing import word_shingles
def leave(pairs):
    numpy.save('found.npy', numpy.unique([min(a, b) * len(texts) + max(a, b) for a, b in pairs]))
texts = pq.read_table('documents', columns=['text']).column('text').to_pylist()
"""
GOLDWIRE = """
import shutil, pathlib, numpy
from goldwire.derive.scale.minhash import find_pairs, sign_shards
shutil.rmtree('steps', ignore_errors=True)
list(sign_shards(pathlib.Path('.')))
find_pairs(pathlib.Path('.'))
numpy.save('found.npy', numpy.fromfile('steps/minhash/pairs.i64', numpy.int64))
"""
DATASKETCH = """
from datasketch import MinHash, MinHashLSH
index, signed = MinHashLSH(num_perm=128, params=(32, 4)), []
for i, text in enumerate(texts):
    signed.append(MinHash(num_perm=128, seed=13))
    signed[i].update_batch([shingle.encode() for shingle in word_shingles(text)])
    index.insert(i, signed[i])
leave((i, j) for i, one in enumerate(signed) for j in index.query(one) if i < j and one.jaccard(signed[j]) >= 0.5)
"""
RENSA = """
from rensa import RMinHash, RMinHashLSH
index, signed = RMinHashLSH(0.5, 128, 32), []
for i, text in enumerate(texts):
    signed.append(RMinHash(num_perm=128, seed=13))
    signed[i].update(word_shingles(text))
    index.insert(i, signed[i])
leave((i, j) for i, one in enumerate(signed) for j in index.query(one) if i < j and one.jaccard(signed[j]) >= 0.5)
"""
TEXT_DEDUP = """
import pickle, shutil, subprocess
from collections import defaultdict
from itertools import combinations
for left in ('cache', 'kept'):
    shutil.rmtree(left, ignore_errors=True)
subprocess.run(
    [sys.executable, '-m', 'text_dedup.minhash', '--path', 'parquet', '--data_files', 'documents/*.parquet', '--split',
     'train', '--cache_dir', 'cache', '--output', 'kept', '--column', 'text', '--ngram', '5', '--num_perm', '128',
     '--min_length', '1', '--hash_func', 'xxh3', '--b', '{bands}', '--r', '{rows}', '--num_proc', '1', '--debug'],
    check=True)
clusters, union = defaultdict(list), pickle.load(open('kept/uf.pkl', 'rb'))
for i in list(union.parent):
    clusters[union.find(i)].append(i)
leave(pair for cluster in clusters.values() for pair in combinations(cluster, 2))
"""
BANDS = [(32, 4), (16, 8), (8, 16)]


def methods():
    """The code that runs each finder, by its name."""
    found = {"goldwire": GOLDWIRE, "datasketch": READ + DATASKETCH, "rensa": READ + RENSA}
    if find_spec("text_dedup"):
        for bands, rows in BANDS:
            found[f"text-dedup, {bands} bands"] = READ + TEXT_DEDUP.format(bands=bands, rows=rows)
    return {name: [sys.executable, "-c", code] for name, code in found.items()}


def main(n, runs):
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "shards"
        derive = ["derive", str(out), "--n", str(n), "--format", "parquet"]
        beside({"derive": [sys.executable, "-m", "goldwire", *derive]}, ROOT, 1)
        gold = gold_codes(out, read_run(out))
        duplicates = numpy.concatenate([gold["exact"], gold["near"]])
        print(f"{n:,} documents, {len(duplicates):,} pairs of duplicates")
        print(f"{'':<24}{'cpu':>9}{'peak':>9}{'ratio':>7}{'pairs':>10}{'precision':>11}{'recall':>8}")
        base = beside({"": [sys.executable, "-c", READ + "[word_shingles(text) for text in texts]"]}, out, runs)[""]
        print(f"{'read and shingled':<24}{base.cpu:>7.2f} s{base.megabytes:>6.0f} MB{1:>7.1f}")
        for name, command in methods().items():
            took = beside({name: command}, out, runs)[name]
            pairs = numpy.load(out / "found.npy")
            if name == "goldwire":
                keep("finding duplicates beside reading and shingling", took.cpu / base.cpu)
            hits = int(numpy.isin(duplicates, pairs).sum())
            print(
                f"{name:<24}{took.cpu:>7.2f} s{took.megabytes:>6.0f} MB{took.cpu / base.cpu:>7.1f}"
                f"{len(pairs):>10,}{hits / max(1, len(pairs)):>11.3f}{hits / len(duplicates):>8.3f}"
            )


if __name__ == "__main__":
    main(*(int(given) for given in (*sys.argv[1:], *("10000", "1")[len(sys.argv) - 1 :])))
