"""Builds the documents from the pages and their gold blocks; equal input gives equal bytes."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, STAGING, LabelSet, read_set
from goldwire.corpus.canonical import dump
from goldwire.corpus.documents import DOCUMENTS, TEXTS, page_path, read_documents, read_pages, text_path
from goldwire.corpus.files import sha256, update_folder
from goldwire.corpus.jsonl import leads_out
from goldwire.corpus.profiles import profile_of
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news
from goldwire.model.records import Block, Document, Page, Run
from goldwire.text import spans


def build(
    pages: Mapping[str, str], blocks: Mapping[str, Iterable[Block]], profile: Profile | None = None
) -> Iterator[tuple[Document, str]]:
    """Yield each document with its text, in page order.

    `pages` and `blocks` are keyed by page id; a page without blocks has no documents. The text of a document
    consists of its blocks with a role that the profile makes part of texts, normalised and joined by line feeds.
    """
    text_roles = (profile or news()).text_roles
    for page_id, page in pages.items():
        by_document: dict[str, list[Block]] = {}
        for block in sorted(blocks.get(page_id, ()), key=lambda b: b.start):
            if block.document is not None and block.role in text_roles:
                by_document.setdefault(block.document, []).append(block)
        for document_id in sorted(by_document):
            yield _document(document_id, page_id, page, by_document[document_id])


def _document(document_id: str, page_id: str, page: str, blocks: list[Block]) -> tuple[Document, str]:
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    for i, block in enumerate(blocks):
        if i:  # the line feed between two blocks maps to all that separates them on the page
            gap = blocks[i - 1].end, block.start
            runs.append(Run(start=length, end=length + 1, page_start=gap[0], page_end=gap[1]))
            length += 1
        raw = page[block.start : block.end]
        if unicodedata.is_normalized("NFC", raw):  # nothing to compose, so one run: nearly every block
            text = spans.plain(raw)
            runs.append(Run(start=length, end=length + len(raw), page_start=block.start, page_end=block.end))
        else:
            text, sources = spans.normalise(raw)
            runs.extend(_runs(sources, length, block.start))
        parts.append(text)
        length += len(text)
    text = "\n".join(parts)
    headline = next((p for p, b in zip(parts, blocks, strict=True) if b.role == "headline"), parts[0])
    document = Document(
        id=document_id,
        page=page_id,
        title=headline,
        length=len(text),
        sha256=sha256(text.encode()),
        map=runs,
    )
    return document, text


def _runs(sources: list[tuple[int, int]], start: int, page_start: int) -> Iterator[Run]:
    """Maximal runs that map one to one, and one run per cluster that composition changed."""
    i = 0
    while i < len(sources):
        j = i + 1
        if sources[i][1] - sources[i][0] == 1:
            while j < len(sources) and sources[j] == (sources[j - 1][0] + 1, sources[j - 1][1] + 1):
                j += 1
        else:
            while j < len(sources) and sources[j] == sources[i]:
                j += 1
        yield Run(
            start=start + i,
            end=start + j,
            page_start=page_start + sources[i][0],
            page_end=page_start + sources[j - 1][1],
        )
        i = j


def to_page(document: Document, start: int, end: int) -> tuple[int, int]:
    """Map a half-open span of a document's text to the span of its page, both in code points.

    Raises ValueError if the span is empty, not inside the text, or not in the document's map.
    """
    if not 0 <= start < end <= document.length:
        raise ValueError(f"[{start}:{end}] is not a span of {document.id}, which has {document.length} code points")
    first = next((run for run in document.map if run.start <= start < run.end), None)
    last = next((run for run in document.map if run.start < end <= run.end), None)
    if first is None or last is None:
        raise ValueError(f"[{start}:{end}] is not in the map of {document.id}; run goldwire build")
    return _place(first, start, first.page_start), _place(last, end, last.page_end)


def _place(run: Run, offset: int, otherwise: int) -> int:
    if run.end - run.start == run.page_end - run.page_start:
        return run.page_start + offset - run.start
    return otherwise


def built_files(
    page_texts: Mapping[str, str], blocks: Mapping[str, Iterable[Block]], profile: Profile | None = None
) -> dict[str, bytes]:
    """The files that `goldwire build` writes, by their paths below the root."""
    built = list(build(page_texts, blocks, profile))
    files = {text_path(document.id): text.encode() for document, text in built}
    return {**files, DOCUMENTS: dump(document for document, _ in built)}


def build_tree(root: Path, write: bool = True) -> list[str]:
    """Build the documents of a corpus; return the paths below `root` that changed.

    With `write=False` nothing is written. The texts of documents that documents.jsonl still lists and that no longer
    exist are deleted; other files stay. All files change or none. Raises GoldwireError if pages or blocks have faults.
    """
    pages, texts, faults = read_pages(root)
    profile = profile_of(root)
    labels, more = read_set(root, f"{ANNOTATIONS}/{GOLD}", profile)
    faults += [fault for fault in more if "/segments/" in fault.path]
    if faults:
        raise GoldwireError(f"nothing was built: a page or a block has a fault, {faults[0]}")
    _refuse_unsound(pages, texts, labels)
    made = built_files(texts, labels.segments, profile)
    for path in (TEXTS, *made):
        if leads_out(root, path):
            raise GoldwireError(f"nothing was built: {root / path} is a link out of the corpus; remove it")
    former = (text_path(document.id) for document in read_documents(root)[0])
    changed = [path for path in made if not (root / path).is_file() or (root / path).read_bytes() != made[path]]
    gone = sorted({path for path in former if path not in made and (root / path).is_file()})
    if write:
        content = {path.removeprefix("corpus/"): made.get(path) for path in (*changed, *gone)}
        update_folder(root / "corpus", content, root / STAGING)
    return changed + gone


def _refuse_unsound(pages: Iterable[Page], texts: Mapping[str, str], labels: LabelSet) -> None:
    for page in pages:
        if sha256(texts[page.id].encode()) != page.sha256:
            raise GoldwireError(f"nothing was built: {page_path(page.id)} differs from its sha256; restore the page")
    for unit, blocks in labels.segments.items():
        for line, block in blocks.rows:
            if unit in texts and not 0 <= block.start < block.end <= len(texts[unit]):
                place = f"{blocks.path}:{line}"
                raise GoldwireError(
                    f"nothing was built: [{block.start}:{block.end}] in {place} is not a span of its page"
                )
