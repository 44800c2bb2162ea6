"""Cold starts compared with bare Python, and loading compared with `json` on the same files: ratios in one run.

`python tests/benchmarks/start_speed.py [FOLDER …]`; best of five by processor time. The floor reads corpus/, the registry
and the gold set; "all of it" also reads every text and label and computes the digest. FOLDERs are other corpora to load.
"""

import sys
from pathlib import Path

from measuring import ROOT, beside, table

READ = """
import json, pathlib
here = pathlib.Path('.')
for path in (*here.glob('corpus/**/*'), *here.glob('annotations/*.jsonl'), *here.glob('annotations/gold/**/*.json*')):
    if path.suffix == '.jsonl':
        [json.loads(line) for line in path.read_text().splitlines()]
    elif path.suffix in ('.json', '.txt'):
        json.loads(path.read_text()) if path.suffix == '.json' else path.read_text()
"""
LOAD = "import goldwire; gold = goldwire.load('.')"
USE = """
gold.digest, gold.page_texts, gold.blocks, gold.entities, gold.pairs, gold.clusters
[(one.text, one.mentions, one.quotes, one.decoys) for one in gold.documents.values()]
"""


def python(code):
    return [sys.executable, "-c", code]


def main():
    starts = {
        "bare python": python("pass"),
        "import goldwire": python("import goldwire"),
        "goldwire --help": [sys.executable, "-m", "goldwire", "--help"],
    }
    print(table(beside(starts, ROOT, 5), "bare python"))
    for folder in (ROOT, *map(Path, sys.argv[1:])):
        loads = {
            "the same files with json": python(READ),
            "the imports alone": python("import goldwire.corpus.gold"),
            "goldwire.load()": python(LOAD),
            "goldwire.load(), all of it": python(LOAD + USE),
        }
        print(
            table(beside(loads, folder, 5), "the same files with json", "" if folder == ROOT else f", {folder.name}")
        )


if __name__ == "__main__":
    main()
