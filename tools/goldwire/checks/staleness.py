"""Build and release: pages are unchanged, built files are up to date, and changed data has a new version."""

from collections.abc import Container, Iterator

from goldwire.corpus.attributes import altered_by_git
from goldwire.corpus.build import built_files
from goldwire.corpus.documents import DOCUMENTS, MANIFEST, PAGES, page_path, text_path
from goldwire.corpus.files import sha256
from goldwire.corpus.jsonl import missing_file
from goldwire.corpus.manifest import CHANGELOG, entries, is_edited
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding

SHOWN = 12
"""The hexadecimal digits of a hash that a message shows."""


def check_pages(tree: Tree) -> Iterator[Finding]:
    """Compare each page with its hash in pages.jsonl."""
    for line, page in tree.corpus.pages.rows:
        text = tree.corpus.page_texts.get(page.id)
        found = sha256(text.encode()) if text is not None else page.sha256
        if found != page.sha256:
            yield _stale("stale-page", page_path(page.id), found, page.sha256, (PAGES, line))


def check_texts(tree: Tree) -> Iterator[Finding]:
    """Compare each text with its hash in documents.jsonl."""
    for line, document in tree.corpus.documents.rows:
        text = tree.corpus.texts.get(document.id)
        found = sha256(text.encode()) if text is not None else document.sha256
        if found != document.sha256:
            yield _stale("stale-text", text_path(document.id), found, document.sha256, (DOCUMENTS, line))


def check_git(tree: Tree) -> Iterator[Finding]:
    """Compare each page and text with what git would store of it."""
    pages = {page_path(name): text.encode() for name, text in tree.corpus.page_texts.items()}
    texts = {text_path(name): text.encode() for name, text in tree.corpus.texts.items()}
    for path in altered_by_git(tree.root, pages | texts):
        yield finding("altered-by-git", path)


def _stale(code: str, path: str, found: str, expected: str, listed: tuple[str, int]) -> Finding:
    return finding(code, path, found=found[:SHOWN], expected=expected[:SHOWN], also=[listed])


def check_built_files(tree: Tree, left_out: Container[str] = (), partial: bool = False) -> Iterator[Finding]:
    """Compare each built file with a new build; some pages are left out, and `partial` data have no whole list."""
    if tree.gold is None:
        return
    pages = {name: text for name, text in tree.corpus.page_texts.items() if name not in left_out}
    made = built_files(pages, tree.gold.segments, tree.profile)
    for path, data in made.items():
        if partial and path == DOCUMENTS:
            continue
        try:
            current = (tree.root / path).read_bytes()
        except FileNotFoundError:
            yield missing_file(path, "the gold blocks of its page")
            continue
        if current != data:
            yield finding("stale-build", path)


def check_release(tree: Tree) -> Iterator[Finding]:
    """Compare the data with the released files in the manifest, unless the manifest marks it as edited."""
    manifest = tree.corpus.manifest
    if manifest is None or is_edited(manifest):
        return
    released = {entry.path: entry.sha256 for entry in manifest.files}
    current = {entry.path: entry.sha256 for entry in entries(tree.root)}
    for path in sorted({*released, *current}):
        if released.get(path) != current.get(path):
            what = "added" if path not in released else "deleted" if path not in current else "changed"
            yield finding("unreleased-change", path, version=manifest.version, what=what)
    changelog = tree.root / CHANGELOG
    text = changelog.read_text(encoding="utf-8", errors="replace") if changelog.is_file() else ""
    if f"## Data {manifest.version}" not in (line.strip() for line in text.splitlines()):
        yield finding("undocumented-version", MANIFEST, version=manifest.version, changelog=CHANGELOG)
