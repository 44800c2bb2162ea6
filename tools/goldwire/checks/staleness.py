"""Staleness: pages keep their bytes, and what is built is what the pages and the gold blocks make."""

from collections.abc import Iterator

from goldwire.build import built_files
from goldwire.corpus import PAGES, page_path, text_path
from goldwire.files import sha256
from goldwire.findings import Finding, finding
from goldwire.tree import Tree

SHOWN = 12
"""Hexadecimal digits of a hash that a message shows."""


def check_pages(tree: Tree) -> Iterator[Finding]:
    """Compare the bytes of every page with what pages.jsonl says of them."""
    for page in tree.corpus.pages:
        text = tree.corpus.page_texts.get(page.id)
        found = sha256(text.encode()) if text is not None else page.sha256
        if found != page.sha256:
            yield finding("stale-page", page_path(page.id), found=found[:SHOWN], expected=page.sha256[:SHOWN])


def check_texts(tree: Tree) -> Iterator[Finding]:
    """Compare every text with the hash that documents.jsonl holds of it."""
    for document in tree.corpus.documents:
        text = tree.corpus.texts.get(document.id)
        found = sha256(text.encode()) if text is not None else document.sha256
        if found != document.sha256:
            yield finding("stale-text", text_path(document.id), found=found[:SHOWN], expected=document.sha256[:SHOWN])


def check_built_files(tree: Tree) -> Iterator[Finding]:
    """Compare every built file with what is built anew."""
    if tree.gold is None or tree.corpus.manifest is None:
        return
    version = tree.corpus.manifest.version
    for path, data in built_files(version, tree.corpus.pages, tree.corpus.page_texts, tree.gold.segments).items():
        name = f"corpus/{path}"
        try:
            current = (tree.root / name).read_bytes()
        except FileNotFoundError:
            yield finding("missing-file", name, source=f"the build from {PAGES}")
            continue
        if current != data:
            yield finding("stale-build", name)
