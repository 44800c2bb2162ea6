"""Trying faults: each is written into a copy of the corpus, and the whole check runs on it."""

import functools
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import goldwire.checks
import goldwire.checks.completeness as completeness
import goldwire.checks.duplicates as reuse
from goldwire.checks.surface_forms import SurfaceForms
from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from goldwire.corpus.jsonl import Table, read_jsonl
from goldwire.text import spans
from mutations.gold import mutations


class SearchedForms(SurfaceForms):
    """Surface forms that search a text once."""

    def __init__(self, forms):
        super().__init__(forms)
        self.occurrences = functools.cache(lambda text: list(SurfaceForms.occurrences(self, text)))


@contextmanager
def remembered():
    """Cache results that depend only on arguments or on the bytes of one file."""
    tables = {}

    def read(root, path, model, *rest, **options):
        try:
            data = (root / path).read_bytes()
        except OSError:
            return read_jsonl(root, path, model, *rest, **options)
        key = path, data, rest, *options.items()
        if key not in tables:
            tables[key] = read_jsonl(root, path, model, *rest, **options)
        table, findings = tables[key]
        return Table(table.path, table.rows, table.whole), [*findings]  # callers add to the findings

    shared = functools.cache(lambda texts: reuse_pairs(dict(texts)))
    reuse_pairs = reuse.sharing_pairs
    indexed = functools.cache(SearchedForms)
    with ExitStack() as stack:
        for place, name, new in (
            (sets, "read_jsonl", read),
            (corpus, "read_jsonl", read),
            (completeness, "SurfaceForms", lambda forms: indexed(tuple(forms))),
            (completeness, "marked_spans", functools.cache(completeness.marked_spans)),
            (reuse, "shared_runs", functools.cache(reuse.shared_runs)),
            (reuse, "sharing_pairs", lambda texts: shared(tuple(texts.items()))),
            (reuse, "Projection", functools.cache(reuse.Projection)),
            (spans, "normalise", functools.cache(spans.normalise)),
        ):
            stack.enter_context(patch.object(place, name, new))
        yield


class Bench:
    """A copy of the corpus in which faults are made, checked and undone one after another."""

    def __init__(self, gold, folder):
        self.gold, self.folder = gold, folder
        for path, data in gold.files.items():
            self._put(path, data)

    def _put(self, path, data):
        place = self.folder / path
        if data is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            return
        place.unlink()
        for folder in place.relative_to(self.folder).parents:  # as git does: a folder without a file is none
            if folder.parts and not any((self.folder / folder).iterdir()):
                (self.folder / folder).rmdir()

    def findings(self, files):
        """The findings with some files changed; then the files are restored."""
        try:
            for path, data in files.items():
                self._put(path, data)
            return goldwire.checks.check(self.folder)
        finally:
            for path in files:
                if path in self.gold.files or (self.folder / path).exists():
                    self._put(path, self.gold.files.get(path))

    def codes(self, files):
        """The codes found with some files changed."""
        return {fault.code for fault in self.findings(files)}

    def trial(self, name, number):
        """The faults of a kind, each with the codes that were found."""
        return [(fault, self.codes(fault.files)) for fault in mutations(self.gold, name, number)]
