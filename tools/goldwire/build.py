"""Pages and the gold blocks on them, made into documents: the same bytes in, the same bytes out."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from goldwire import spans
from goldwire.corpus import MANIFEST, read_pages
from goldwire.errors import GoldwireError
from goldwire.files import sha256, write_bytes
from goldwire.jsonl import dump, pretty, read_json
from goldwire.records import TEXT_ROLES, Block, Document, FileEntry, Manifest, Page, Run
from goldwire.sets import ANNOTATIONS, GOLD, read_set

FIRST_VERSION = "0.1.0"
"""Data version of a corpus that was never built."""


def build(pages: Mapping[str, str], blocks: Mapping[str, Iterable[Block]]) -> Iterator[tuple[Document, str]]:
    """Yield every document with its text, in page order.

    `pages` and `blocks` are keyed by page id; a page without blocks has no documents. The text of
    a document is its blocks of the roles in `TEXT_ROLES`, normalised and joined by one line feed.
    """
    for page_id, page in pages.items():
        by_document: dict[str, list[Block]] = {}
        for block in sorted(blocks.get(page_id, ()), key=lambda b: b.start):
            if block.document is not None and block.role in TEXT_ROLES:
                by_document.setdefault(block.document, []).append(block)
        for document_id in sorted(by_document):
            yield _document(document_id, page_id, page, by_document[document_id])


def _document(document_id: str, page_id: str, page: str, blocks: list[Block]) -> tuple[Document, str]:
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    for i, block in enumerate(blocks):
        if i:  # the line feed that joins two blocks stands for all that lies between them
            gap = blocks[i - 1].end, block.start
            runs.append(Run(start=length, end=length + 1, page_start=gap[0], page_end=gap[1]))
            length += 1
        text, sources = spans.normalise(page[block.start : block.end])
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
    """Longest runs that map one to one, and one run for each cluster that composition changed."""
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

    Raises ValueError where the span is empty or runs past the text.
    """
    if not 0 <= start < end <= document.length:
        raise ValueError(f"[{start}:{end}] is no span of {document.id}, which has {document.length} code points")
    first = next(run for run in document.map if run.start <= start < run.end)
    last = next(run for run in document.map if run.start < end <= run.end)
    return _place(first, start, first.page_start), _place(last, end, last.page_end)


def _place(run: Run, offset: int, otherwise: int) -> int:
    if run.end - run.start == run.page_end - run.page_start:
        return run.page_start + offset - run.start
    return otherwise


def built_files(
    version: str, pages: Iterable[Page], page_texts: Mapping[str, str], blocks: Mapping[str, Iterable[Block]]
) -> dict[str, bytes]:
    """Every file that `goldwire build` writes below corpus/, by its path there.

    The manifest lists these and the files they were made from; it carries `version` on.
    """
    built = list(build(page_texts, blocks))
    files = {f"text/{document.id}.txt": text.encode() for document, text in built}
    files["documents.jsonl"] = dump(document for document, _ in built)
    sources = {f"pages/{page_id}.txt": text.encode() for page_id, text in page_texts.items()}
    sources["pages.jsonl"] = dump(pages)
    files["manifest.json"] = manifest(version, {**files, **sources})
    return files


def manifest(version: str, files: Mapping[str, bytes]) -> bytes:
    """The manifest of some files, by their paths below corpus/; its digest is over the entries."""
    entries = [
        FileEntry(path=path, sha256=sha256(data), count=_count(path, data)) for path, data in sorted(files.items())
    ]
    digest = sha256("".join(f"{entry.sha256}  {entry.path}\n" for entry in entries).encode())
    record = Manifest(version=version, digest=digest, files=entries)
    return pretty(record).encode()


def _count(path: str, data: bytes) -> int:
    return data.count(b"\n") if path.endswith(".jsonl") else len(data.decode())


def build_tree(root: Path, write: bool = True) -> list[str]:
    """Build the documents of a corpus; return the paths below `root` that differed.

    Reads pages, gold blocks and the data version; writes nothing with `write=False`. Texts of
    documents that are no more are deleted. Raises GoldwireError where pages or blocks are at fault.
    """
    pages, texts, faults = read_pages(root)
    labels, more = read_set(root, f"{ANNOTATIONS}/{GOLD}")
    faults += [fault for fault in more if "/segments/" in fault.path]
    if faults:
        raise GoldwireError(f"nothing built, for what it is made from is at fault: {faults[0]}")
    current, _ = read_json(root, MANIFEST, Manifest)
    made = built_files(current.version if current else FIRST_VERSION, pages, texts, labels.segments)
    changed = []
    for path, data in made.items():
        place = root / "corpus" / path
        if not place.is_file() or place.read_bytes() != data:
            changed.append(f"corpus/{path}")
            if write:
                write_bytes(place, data)
    for place in sorted((root / "corpus/text").glob("*")):
        if f"text/{place.name}" not in made:
            changed.append(f"corpus/text/{place.name}")
            if write:
                place.unlink()
    return changed
