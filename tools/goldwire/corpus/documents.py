"""Reading corpus/: the scraped pages, the documents built from them, and their texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldwire.corpus.files import names_in, sha256
from goldwire.corpus.jsonl import Table, read_json, read_jsonl, read_text, text_faults
from goldwire.corpus.profiles import PROFILE
from goldwire.model.findings import Finding, finding
from goldwire.model.records import Document, Manifest, Page

PAGES = "corpus/pages.jsonl"
DOCUMENTS = "corpus/documents.jsonl"
MANIFEST = "corpus/manifest.json"
TEXTS = "corpus/text"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The contents of corpus/; texts are keyed by id, and files that cannot be read are left out."""

    root: Path
    pages: Table[Page]
    documents: Table[Document]
    manifest: Manifest | None
    page_texts: dict[str, str]
    texts: dict[str, str]


def page_path(page: str) -> str:
    """The path of the text of a page, below the root."""
    return f"corpus/pages/{page}.txt"


def text_path(document: str) -> str:
    """The path of the text of a document, below the root."""
    return f"corpus/text/{document}.txt"


def read_pages(root: Path) -> tuple[Table[Page], dict[str, str], list[Finding]]:
    """Read the pages and their texts by id, with the findings."""
    pages, findings = read_jsonl(root, PAGES, Page)
    texts: dict[str, str] = {}
    for page in pages:
        text, faults = read_text(root, page_path(page.id), PAGES)
        findings += faults
        if text is not None:
            texts[page.id] = text
    return pages, texts, findings


def read_documents(root: Path) -> tuple[Table[Document], list[Finding]]:
    """Read the records of the documents that were built last, with the findings."""
    return read_jsonl(root, DOCUMENTS, Document)


def read_corpus(root: Path) -> tuple[Corpus, list[Finding]]:
    """Read a corpus, with a finding for each faulty file and line."""
    pages, page_texts, findings = read_pages(root)
    if not (root / DOCUMENTS).exists() and not page_texts:
        return Corpus(root, pages, Table(DOCUMENTS), None, page_texts, {}), findings
    documents, faults = read_documents(root)
    findings += faults
    texts: dict[str, str] = {}
    for document in documents:
        text, faults = read_text(root, text_path(document.id), DOCUMENTS)
        if text is not None:
            faults += text_faults(text_path(document.id), text)
        findings += faults
        if text is not None and not faults:
            texts[document.id] = text
    manifest, faults = read_json(root, MANIFEST, Manifest)
    findings += faults
    findings += _strays(root, pages, documents)
    return Corpus(root, pages, documents, manifest, page_texts, texts), findings


def stale_path(corpus: Corpus) -> str | None:
    """The path of the first page or text that differs from its recorded hash; None if there is none."""
    pages = ((page_path(page.id), page.sha256, corpus.page_texts.get(page.id)) for page in corpus.pages)
    texts = ((text_path(one.id), one.sha256, corpus.texts.get(one.id)) for one in corpus.documents)
    for path, expected, text in (*pages, *texts):
        if text is not None and sha256(text.encode()) != expected:
            return path
    return None


def _strays(root: Path, pages: Table[Page], documents: Table[Document]) -> Iterator[Finding]:
    """Findings for files that no record names, if all records could be read."""
    top = {PROFILE, PAGES, DOCUMENTS, MANIFEST, "corpus/pages", "corpus/text"}
    yield from _unnamed(root, "corpus", top, ", ".join(sorted(top)))
    if pages.whole:
        named = {page_path(page.id) for page in pages}
        yield from _unnamed(root, "corpus/pages", named, f"the text of a page in {PAGES}")
    if documents.whole:
        named = {text_path(document.id) for document in documents}
        yield from _unnamed(root, "corpus/text", named, f"the text of a document in {DOCUMENTS}")


def _unnamed(root: Path, folder: str, named: set[str], expected: str) -> Iterator[Finding]:
    for name in names_in(root / folder):
        if f"{folder}/{name}" not in named:
            yield finding("unexpected-file", f"{folder}/{name}", expected=expected)
