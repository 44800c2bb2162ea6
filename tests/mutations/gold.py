"""The real gold, and the ways to change one thing in it."""

import copy
import itertools
import json
import random
from dataclasses import dataclass, replace
from pathlib import Path

from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from goldwire.corpus import manifest
from goldwire.corpus.canonical import pretty
from goldwire.corpus.tree import read_tree

ROOT = Path(__file__).resolve().parents[2]
SEED = 20250903
GOLD = "annotations/gold"
OPEN, CLOSE = "“‘\"'«„", "”’\"'»"
REPEAT = "unlike-repeat"


@dataclass(frozen=True)
class Mutation:
    """A fault: its kind, what was changed where, the fitting codes, and the changed files (None: deleted)."""

    kind: str
    what: str
    path: str
    line: int
    fits: frozenset[str]
    files: dict[str, bytes | None]


def compact(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


class Gold:
    """The files of a corpus with its gold set, and the ways to change one thing in them."""

    def __init__(self, root):
        tree, _ = read_tree(root)
        # A released version would have every change for an unreleased one; faults are to be seen for what they are.
        opened = pretty(manifest.opened(tree.corpus.manifest)).encode()
        gold, beside = f"{GOLD}/", {sets.REGISTRY, sets.EXEMPTIONS}
        found = [name for name in manifest.data_files(root) if name.startswith(("corpus/", gold)) or name in beside]
        self.files = {name: (root / name).read_bytes() for name in found} | {corpus.MANIFEST: opened}
        self.lines = {name: data.decode().splitlines() for name, data in self.files.items() if name.endswith(".jsonl")}
        self.records = {name: [json.loads(line) for line in lines] for name, lines in self.lines.items()}
        self.texts, self.pages = tree.corpus.texts, tree.corpus.page_texts
        self.documents = {document.id: document for document in tree.corpus.documents}
        self.tree = replace(tree, sets=[tree.gold])
        self.registry = self.records[sets.REGISTRY]
        self.random = random.Random(SEED)

    def shuffled(self, items):
        items = list(items)
        self.random.shuffle(items)
        return items

    def paths(self, *layers):
        """The files of some layers: those of the gold set, or others by their own path."""
        return [p for p in sorted(self.lines) if any(p == name or p.startswith(f"{GOLD}/{name}") for name in layers)]

    def rows(self, *layers):
        """The records of some layers as (path, line, copy of the record), alternating between layers."""
        found = [self.shuffled((p, n) for p in self.paths(name) for n in range(len(self.lines[p]))) for name in layers]
        for path, i in (row for turn in itertools.zip_longest(*found) for row in turn if row):
            yield path, i + 1, copy.deepcopy(self.records[path][i])

    def spans(self, *keys):
        """Spans with their text, as (path, line, record, span, text), alternating between kinds of spans."""
        kinds = {"mention": "entities", "decoy": "decoys", "passage": "duplicates"}
        rows = [self._spans(key, self.rows(kinds.get(key, "quotes"))) for key in keys or SPANS]
        yield from (span for turn in itertools.zip_longest(*rows) for span in turn if span)

    def _spans(self, key, rows):
        for path, line, record in rows:
            text = self.texts.get(Path(path).stem, "")
            if key in ("mention", "decoy"):
                yield path, line, record, record, text
            elif key == "content":
                yield path, line, record, self.random.choice(record["content"]), text
            elif key == "passage":
                side = self.random.choice("ab")
                yield path, line, record, self.random.choice(record["passages"])[side], self.texts[record[side]]
            else:
                span = record["cue"] if key == "cue" else record["speaker"]
                span = span["head"] if span and key == "head" else span
                if span:
                    yield path, line, record, span, text

    def edit(self, path, line, what, *lines):
        """The file with one line replaced by any number of records or raw lines."""
        new = [item if isinstance(item, str) else compact(item) for item in lines]
        old = self.lines[path]
        text = "".join(f"{item}\n" for item in [*old[: line - 1], *new, *old[line:]])
        return what, path, line, {path: text.encode()}

    def rewrite(self, path, what, data, line=0):
        return what, path, line, {path: data if data is None else data if isinstance(data, bytes) else data.encode()}

    def other(self, current, known):
        return self.random.choice([item for item in known if item != current])


SPANS = ("mention", "content", "cue", "speaker", "head", "decoy", "passage")
KINDS = {}


def kind(codes):
    """Register a generator of faults under its name, with the fitting codes."""

    def register(function):
        KINDS[function.__name__.replace("_", "-")] = function, frozenset(codes.split())
        return function

    return register


def mutations(gold, name, number):
    """The first faults of a kind; the same ones for the same gold."""
    function, fits = KINDS[name]
    gold.random = random.Random(f"{SEED} {name}")
    for what, path, line, files in itertools.islice(function(gold), number):
        yield Mutation(name, what, path, line, fits, files)
