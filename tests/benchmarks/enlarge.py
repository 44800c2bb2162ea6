"""A corpus many times the size: copies of all pages, documents, entities and labels, with new ids and new words.

    python tests/benchmarks/enlarge.py FOLDER TIMES

Every word of a copy ends with two letters of that copy, so that no two copies share text, and all offsets are computed
again. Each copy has the properties of the corpus, so `goldwire check` has no findings for the whole.
"""

import re
import string
import sys
from bisect import bisect_right
from pathlib import Path

from measuring import ROOT

from goldwire.checks.duplicates import SMALL_WORDS
from goldwire.corpus.annotation_sets import EXEMPTIONS, REGISTRY, SET, layer_path
from goldwire.corpus.build import build_tree
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import MANIFEST, PAGES, page_path
from goldwire.corpus.files import sha256
from goldwire.corpus.manifest import NEVER_RELEASED, digest
from goldwire.corpus.tree import read_tree
from goldwire.model.records import Manifest
from goldwire.model.vocabulary import UNIT_LAYERS
from goldwire.text.derived_fields import PRONOUNS

WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
KEPT = SMALL_WORDS | PRONOUNS
"""Words that checks look for; copies keep them."""


class Copy:
    """One copy of the corpus: its texts, and the records of the corpus as records of the copy."""

    def __init__(self, corpus, number):
        self.code = string.ascii_lowercase[number // 26] + string.ascii_lowercase[number % 26]
        texts = {**corpus.page_texts, **corpus.texts}
        self.texts = {name: self.words(text) for name, text in texts.items()}
        self.ends = {name: [m.end() for m in WORD.finditer(text) if self._is_new(m)] for name, text in texts.items()}

    def _is_new(self, match):
        word = match.group()
        return word.casefold() not in KEPT or (word.isupper() and len(word) > 1)  # US is no pronoun

    def words(self, text):
        return WORD.sub(lambda m: m.group() + self.code if self._is_new(m) else m.group(), text)

    def id(self, name):
        """The id of a page, or of something on it, in the copy; such an id begins with the page's id and a hyphen."""
        return re.sub(r"(?<![^_])[A-Za-z0-9]+(?=-|$)", lambda m: m.group() + self.code, name)

    def place(self, text, offset):
        return offset + len(self.code) * bisect_right(self.ends[text], offset)

    def value(self, key, value, text):
        if isinstance(value, list):
            return [self.value(key, item, text) for item in value]
        if isinstance(value, dict):
            return self.span({k: self.value(k, v, text) for k, v in value.items()}, text)
        if isinstance(value, int):
            return self.place(text, value)
        if value is None or key in ("text", "type", "role", "kind", "status", "reason", "relation", "direction"):
            return value
        return f"{value}-{self.code}" if key in ("entity", "stands_for", "speaker_entities") else self.id(value)

    def span(self, value, text):
        return {**value, "text": self.texts[text][value["start"] : value["end"]]} if "text" in value else value

    def record(self, record, text):
        made = self.value("", record.model_dump(exclude={"passages"}), text)
        if hasattr(record, "passages"):
            sides = {"a": record.a, "b": record.b}
            made["passages"] = [
                {side: self.value("", getattr(p, side).model_dump(), name) for side, name in sides.items()}
                for p in record.passages
            ]
        return type(record).model_validate(made)

    def page(self, page):
        made = {
            "id": self.id(page.id),
            "sha256": sha256(self.texts[page.id].encode()),
            "source": f"{self.code}{page.source}",
        }
        return page.model_copy(update=made)

    def entity(self, entity):
        made = {"id": f"{entity.id}-{self.code}", "aliases": sorted(map(self.words, entity.aliases)), "wikidata": None}
        return entity.model_copy(update=made)

    def exemption(self, exemption):
        document, start = exemption.document, exemption.start
        made = {"text": self.words(exemption.text), "document": document and self.id(document)}
        made["start"] = start if start is None else self.place(document, start)
        return exemption.model_copy(update=made)


def put(root, path, data):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def enlarge(root, target, times):
    """Write a corpus of `times` copies of the one below `root` to a folder, and build it."""
    tree, faults = read_tree(root)
    assert not faults, faults[0]
    copies = [Copy(tree.corpus, number) for number in range(times)]
    for copy in copies:
        for page in tree.corpus.pages:
            put(target, page_path(copy.id(page.id)), copy.texts[page.id].encode())
    put(target, PAGES, dump(copy.page(page) for copy in copies for page in tree.corpus.pages))
    put(target, REGISTRY, dump(copy.entity(entity) for copy in copies for entity in tree.registry))
    put(target, EXEMPTIONS, dump(copy.exemption(e) for copy in copies for e in tree.exemptions))
    put(target, MANIFEST, pretty(Manifest(version=NEVER_RELEASED, digest=digest([]), files=[])).encode())
    for labels in tree.sets:
        enlarge_set(labels, copies, target)
    build_tree(target)


def enlarge_set(labels, copies, target):
    declared = {layer: getattr(labels.info, layer) for layer in UNIT_LAYERS}
    declared = {
        layer: dict(sorted((c.id(unit), v) for c in copies for unit, v in units.items()))
        for layer, units in declared.items()
    }
    put(target, f"{labels.path}/{SET}", pretty(labels.info.model_copy(update=declared)).encode())
    for copy in copies:
        for layer in UNIT_LAYERS:
            for unit, table in getattr(labels, layer).items():
                data = dump(copy.record(record, unit) for record in table)
                put(target, layer_path(labels.path, layer, copy.id(unit)), data)
    if labels.duplicates is not None:
        pairs = (copy.record(pair, pair.a) for copy in copies for pair in labels.duplicates)
        put(target, layer_path(labels.path, "duplicates"), dump(pairs))


if __name__ == "__main__":
    enlarge(ROOT, Path(sys.argv[1]), int(sys.argv[2]))
