"""The source of an export: the texts of a corpus with the labels of one annotation set."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.documents import stale_path
from goldwire.corpus.tree import Tree, read_tree
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Decoy, Document, Mention, Quote


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its text and labels; a layer is None if the set does not have it."""

    document: Document
    text: str
    mentions: list[Mention] | None
    quotes: list[Quote] | None
    decoys: list[Decoy] | None

    @property
    def id(self) -> str:
        """The id of the document."""
        return self.document.id


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus and the annotation set whose labels are exported."""

    tree: Tree
    labels: LabelSet

    def documents(self) -> Iterator[Labelled]:
        """Yield every document in order, its labels by position."""
        for document in self.tree.corpus.documents:
            name = document.id
            yield Labelled(
                document,
                self.tree.corpus.texts[name],
                list(self.labels.entities[name]) if name in self.labels.entities else None,
                list(self.labels.quotes[name]) if name in self.labels.quotes else None,
                list(self.labels.decoys[name]) if name in self.labels.decoys else None,
            )


def read_source(root: Path, name: str) -> Source:
    """Read a corpus and one of its sets; raise GoldwireError if the corpus has findings or no such set."""
    tree, findings = read_tree(root)
    if findings:
        raise GoldwireError(f"{root} has findings: {findings[0]} ({len(findings)} in all; run goldwire check)")
    if (stale := stale_path(tree.corpus)) is not None:
        raise GoldwireError(f"{root}/{stale} differs from its recorded sha256; run goldwire check")
    return Source(tree, tree.get_set(name))
