"""Build and release: pages are unchanged, built files are up to date, and changed data has a new version."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from goldwire.checks.published import check_card
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.attributes import altered_by_git
from goldwire.corpus.build import build, built_files, to_page
from goldwire.corpus.documents import DOCUMENTS, MANIFEST, PAGES, page_path, text_path
from goldwire.corpus.files import sha256
from goldwire.corpus.jsonl import Table, missing_file
from goldwire.corpus.manifest import CHANGELOG, digest, entries, is_edited, place_in_order
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding
from goldwire.model.records import Block, Document, FileEntry, Manifest

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
    stale = []
    for path, data in made.items():
        if partial and path == DOCUMENTS:
            continue
        try:
            current = (tree.root / path).read_bytes()
        except FileNotFoundError:
            yield missing_file(path, "the gold blocks of its page")
            continue
        if current != data:
            stale.append(path)
    causes = _causes(tree, tree.gold, pages) if stale else {}
    causes[DOCUMENTS] = [line for lines in causes.values() for line in lines]
    for path in stale:
        line = _first_difference(made[path], (tree.root / path).read_bytes()) if path == DOCUMENTS else 0
        yield finding("stale-build", path, line, also=causes.get(path, ()))


def _first_difference(made: bytes, current: bytes) -> int:
    """The first line that differs from the one that is made, or 0 if lines are missing at the end."""
    new, old = made.splitlines(), current.splitlines()
    return next((i + 1 for i, line in enumerate(old) if i >= len(new) or line != new[i]), 0)


def _causes(tree: Tree, gold: LabelSet, pages: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """The blocks at which a text differs from its build, by the path of the text: where it was built, where it is."""
    known = {document.id: document for document in tree.corpus.documents}
    found: dict[str, list[tuple[str, int]]] = {}
    for document, text in build(pages, gold.segments, tree.profile):
        stored, old = tree.corpus.texts.get(document.id, text), known.get(document.id)
        if stored == text or old is None:
            continue
        at = next(
            (i for i, (x, y) in enumerate(zip(stored, text, strict=False)) if x != y), min(len(stored), len(text))
        )
        blocks = gold.segments[document.page]
        lines = {line: None for each in (old, document) for line in _block_at(each, at, blocks)}
        found[text_path(document.id)] = [(blocks.path, line) for line in lines]
    return found


def _block_at(document: Document, at: int, blocks: Table[Block]) -> list[int]:
    """The line of the block at a place of a text, or after the line ends there, which are in no block."""
    with suppress(ValueError):  # the map is damaged
        for i in range(at, min(at + 3, document.length)):
            place = to_page(document, i, i + 1)[0]
            if found := [line for line, block in blocks.rows if block.start <= place < block.end]:
                return found
    return []


def _manifest_problems(manifest: Manifest, found: list[FileEntry]) -> Iterator[str]:
    """What contradicts itself in a manifest: its order, entries that occur twice, counts, and the digest."""
    paths = [entry.path for entry in manifest.files]
    counts = {(entry.path, entry.sha256): entry.count for entry in found}
    for before, path in pairwise(paths):
        if place_in_order(path) < place_in_order(before):
            yield f"{path} is listed after {before}; expected before it"
    for path, times in Counter(paths).items():
        if times > 1:
            yield f"{path} is listed {times} times; expected once"
    for entry in manifest.files:
        if (expected := counts.get((entry.path, entry.sha256), entry.count)) != entry.count:
            yield f"{entry.path} has the count {entry.count}; expected {expected}"
    if manifest.files and (made := digest(manifest.files)) != manifest.digest:
        yield f"the digest is {manifest.digest[:SHOWN]}; that of the entries is {made[:SHOWN]}"


def check_release(tree: Tree) -> Iterator[Finding]:
    """Compare the data with the released files in the manifest, unless the manifest marks it as edited."""
    manifest = tree.corpus.manifest
    if manifest is None:
        return
    found = entries(tree.root)
    yield from (
        finding("wrong-manifest", MANIFEST, problem=problem) for problem in _manifest_problems(manifest, found)
    )
    if is_edited(manifest):
        return
    released = {entry.path: entry.sha256 for entry in manifest.files}
    current = {entry.path: entry.sha256 for entry in found}
    for path in sorted({*released, *current}):
        if released.get(path) != current.get(path):
            what = "added" if path not in released else "deleted" if path not in current else "changed"
            yield finding("unreleased-change", path, version=manifest.version, what=what)
    yield from check_card(tree, digest(found))
    changelog = tree.root / CHANGELOG
    text = changelog.read_text(encoding="utf-8", errors="replace") if changelog.is_file() else ""
    if f"## Data {manifest.version}" not in (line.strip() for line in text.splitlines()):
        yield finding("undocumented-version", MANIFEST, version=manifest.version, changelog=CHANGELOG)
