"""Which documents and pages later checks leave out, because an error in them would make later findings misleading."""

from collections.abc import Iterable

from goldwire.corpus.annotation_sets import ANNOTATIONS, EXEMPTIONS, GOLD, REGISTRY, SET, layer_path
from goldwire.corpus.documents import page_path, text_path
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding
from goldwire.model.vocabulary import DOCUMENT_LAYERS

SHOWN = 3
"""Documents or pages that are named."""


class Gate:
    """The documents, pages and duplicates of the gold that have errors."""

    def __init__(self, tree: Tree, errors: Iterable[Finding]) -> None:
        errors = list(errors)
        at = {fault.path for fault in errors}
        self.registry = REGISTRY in at or any(fault.code == "unknown-entity" for fault in errors)
        gold = f"{ANNOTATIONS}/{GOLD}"
        self.any = bool(at)
        self.documents = {
            document.id
            for document in tree.corpus.documents
            if not at.isdisjoint(
                (text_path(document.id), *(layer_path(gold, layer, document.id) for layer in DOCUMENT_LAYERS))
            )
        }
        self.pages = {
            page.id
            for page in tree.corpus.pages
            if not at.isdisjoint((page_path(page.id), layer_path(gold, "segments", page.id)))
        } | {document.page for document in tree.corpus.documents if text_path(document.id) in at}
        is_declared = tree.gold is not None and tree.gold.info is not None
        self.unread = "" if tree.exemptions.whole and is_declared else SET if tree.exemptions.whole else EXEMPTIONS
        if self.unread:  # what is exempt would be reported, or no exemption would seem needed
            self.documents = {document.id for document in tree.corpus.documents}
            self.registry = True
        self.duplicates = layer_path(gold, "duplicates") in at or bool(self.unread)

    def skipped(self, has_errors: bool) -> list[str]:
        """What was not checked, in words."""
        said = []
        if self.documents:
            why = f"{self.unread} cannot be read" if self.unread else "they have the faults above"
            said.append(f"not checked for completeness, because {why}: {_listed('document', self.documents)}")
        if self.pages:
            said.append(f"not compared with their blocks, because of the faults above: {_listed('page', self.pages)}")
        if self.duplicates:
            said.append("the relations of documents were not checked, because of the faults above")
        if self.registry:
            said.append("surface forms and aliases were not checked, because of the faults above in entities")
        return [*said, *(["not compared with the last release, because of the findings above"] if has_errors else [])]


def _listed(noun: str, names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = f" and {len(ordered) - SHOWN:,} more" if len(ordered) > SHOWN else ""
    return f"{len(ordered):,} {noun}{'s' if len(ordered) > 1 else ''} ({', '.join(ordered[:SHOWN])}{more})"
