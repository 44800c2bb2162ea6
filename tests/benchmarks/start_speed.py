"""Cold starts beside bare Python, loading beside `json`, candidates beside datasketch: ratios in one run.

`python tests/benchmarks/start_speed.py`; best of five by processor time. Needs the extras `scale` and `studio`.
"""

import sys
import tempfile
from pathlib import Path

from measuring import ROOT, beside, table

READ = """
import json, pathlib
for path in sorted(pathlib.Path('.').glob('corpus/**/*')) + sorted(pathlib.Path('.').glob('annotations/**/*.json*')):
    if path.suffix == '.jsonl':
        [json.loads(line) for line in path.read_text().splitlines()]
    elif path.suffix in ('.json', '.txt'):
        json.loads(path.read_text()) if path.suffix == '.json' else path.read_text()
"""
TEXTS = """
import pyarrow.parquet as pq
texts = pq.read_table('documents/00000.parquet', columns=['text']).column('text').to_pylist()
from goldwire.systems.hashing import shingles
"""
DATASKETCH = """
from datasketch import MinHash, MinHashLSH
index = MinHashLSH(num_perm=128, params=(32, 4))
signed = {}
for i, text in enumerate(texts):
    signed[i] = MinHash(num_perm=128, seed=13)
    signed[i].update_batch([shingle.encode() for shingle in shingles(text)])
    index.insert(i, signed[i])
pairs = {(min(i, j), max(i, j)) for i in signed for j in index.query(signed[i])
         if i != j and signed[i].jaccard(signed[j]) >= 0.5}
"""
GOLDWIRE = """
import shutil, pathlib
from goldwire.derive.candidates import find_pairs, sign_shards
shutil.rmtree('steps', ignore_errors=True)
list(sign_shards(pathlib.Path('.')))
find_pairs(pathlib.Path('.'))
"""
SIZE = 2048


def python(code):
    return [sys.executable, "-c", code]


def main():
    starts = {
        "bare python": python("pass"),
        "import goldwire": python("import goldwire"),
        "goldwire --help": [sys.executable, "-m", "goldwire", "--help"],
    }
    print(table(beside(starts, ROOT, 5), "bare python"))
    loads = {"the same files with json": python(READ), "goldwire.load()": python("import goldwire; goldwire.load()")}
    print(table(beside(loads, ROOT, 5), "the same files with json"))
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "shards"
        derive = ["derive", str(out), "--n", str(SIZE), "--format", "parquet"]
        made = beside({f"derive {SIZE} documents": [sys.executable, "-m", "goldwire", *derive]}, ROOT, 1)
        pairs = {
            "texts read and shingled": python(TEXTS + "[shingles(text) for text in texts]"),
            "goldwire, candidates": python(GOLDWIRE),
            "datasketch, same bands": python(TEXTS + DATASKETCH),
        }
        found = made | beside(pairs, out, 3)
        print(table(found, "texts read and shingled"))


if __name__ == "__main__":
    main()
