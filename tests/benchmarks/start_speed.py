"""Cold starts compared with bare Python, loading compared with `json`: ratios in one run.

`python tests/benchmarks/start_speed.py`; best of five by processor time.
"""

import sys

from measuring import ROOT, beside, table

READ = """
import json, pathlib
for path in sorted(pathlib.Path('.').glob('corpus/**/*')) + sorted(pathlib.Path('.').glob('annotations/**/*.json*')):
    if path.suffix == '.jsonl':
        [json.loads(line) for line in path.read_text().splitlines()]
    elif path.suffix in ('.json', '.txt'):
        json.loads(path.read_text()) if path.suffix == '.json' else path.read_text()
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
    loads = {"the same files with json": python(READ), "goldwire.load()": python("import goldwire; goldwire.load()")}
    print(table(beside(loads, ROOT, 5), "the same files with json"))


if __name__ == "__main__":
    main()
