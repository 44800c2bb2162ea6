"""Adding a page: a proposal for a person to correct, then the page with blocks, documents and labels of repeats."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from goldwire.checks.coverage import check_cover
from goldwire.corpus import segmenter
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, STAGING, LabelSet, layer_path, set_files
from goldwire.corpus.attributes import ATTRIBUTES, is_altered_by_git, protect
from goldwire.corpus.build import built_files
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import MANIFEST, PAGES, page_path, stale_path, text_path
from goldwire.corpus.files import read_regular, sha256, update_folder, write_bytes
from goldwire.corpus.jsonl import Table, text_faults
from goldwire.corpus.manifest import opened
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.page_draft import FIELDS, UNKNOWN, blocks_text, read_blocks, read_head
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import names
from goldwire.model.records import AnnotationSet, Block, Decoy, Mention, Page, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness
from goldwire.text.alignment import Projection
from goldwire.text.shingles import ShingleIndex

R = TypeVar("R", Mention, Quote, Decoy)
PROPOSAL = ".blocks"
"""Suffix that makes the name of a proposal from the name of its page's file."""
REPEATS = "system-repeats"
"""The set with labels for articles of new pages, copied from the articles that they repeat."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to add: its record, its text, and its blocks as a person corrected them."""

    page: Page
    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a page changed: the paths, the new documents, and for each repeat the document that it repeats."""

    changed: list[str]
    documents: list[str] = field(default_factory=list)
    repeats: dict[str, str] = field(default_factory=dict)


def proposal_path(file: Path) -> Path:
    """The file with the proposal for a page, beside the page's file."""
    if not file.name:
        raise GoldwireError(f"{file} is a folder; expected a scraped page, as text")
    return file.with_name(file.name + PROPOSAL)


def read_page(file: Path) -> str:
    """The text of a page as scraped; raises GoldwireError if it is blank or no plain text in UTF-8."""
    try:
        text = read_regular(file).decode()
    except OSError as error:
        raise GoldwireError(f"{file}: {error.strerror}; expected a scraped page, as text") from None
    except UnicodeDecodeError as error:
        raise GoldwireError(f"{file}: byte {error.start} is not valid UTF-8; save the page as UTF-8") from None
    if "\0" in text:
        raise GoldwireError(f"{file} contains a NUL; expected plain text in UTF-8")
    if not text.strip():
        raise GoldwireError(f"{file} is blank; expected a page or its proposal")
    return text


def read_corpus(root: Path) -> Tree:
    """The corpus to add a page to; raises GoldwireError if a file of it cannot be read or gold is missing."""
    tree, findings = read_tree(root)
    stale = stale_path(tree.corpus)
    if findings or stale or tree.gold is None or tree.gold.info is None:
        what = findings[0] if findings else f"{ANNOTATIONS}/{GOLD} is missing"
        what = f"{stale} differs from its recorded sha256" if stale else what
        raise GoldwireError(f"the corpus has faults: {what}; run goldwire check and fix them first")
    return tree


def propose(tree: Tree, file: Path) -> Path:
    """Write the segmenter's proposal for a page beside its file, for a person to correct; return its path."""
    if file.name.endswith(PROPOSAL):
        raise GoldwireError(f"{file} is a proposal; expected its page, {file.name.removesuffix(PROPOSAL)}")
    text = read_page(file)
    known = {page.id for page in tree.corpus.pages}
    number = re.match(r"[0-9]{3,}", file.name)
    name = number[0] if number and number[0] not in known else _next_number(known)
    first = next(iter(tree.corpus.pages), None)
    fields = {"publisher": UNKNOWN, "rights": UNKNOWN, "language": first.language if first else UNKNOWN}
    proposal = segmenter.proposal(name, text)
    draft = blocks_text(text, proposal.blocks, name, fields, tree.profile, proposal.unsure)
    write_bytes(proposal_path(file), draft.encode())
    return proposal_path(file)


def propose_again(tree: Tree, page: Page, file: Path) -> Path:
    """Write the blocks of a page that the corpus has beside its file, as a proposal to correct; return its path."""
    if file.resolve().is_relative_to((tree.root / "corpus").resolve()):
        raise GoldwireError(f"{file} is inside the corpus; copy it to a place outside and add the copy")
    fields = {name: value for name in FIELDS if (value := getattr(page, name)) is not None}
    blocks = tree.gold.segments.get(page.id, ()) if tree.gold else ()
    write_bytes(proposal_path(file), blocks_text(read_page(file), blocks, page.id, fields, tree.profile).encode())
    return proposal_path(file)


def _next_number(known: set[str]) -> str:
    return f"{max((int(name) for name in known if name.isascii() and name.isdigit()), default=-1) + 1:03}"


def read_new_page(tree: Tree, file: Path) -> NewPage:
    """A page with its corrected proposal; raises GoldwireError if they do not fit each other or the corpus."""
    text, head = read_page(file), read_page(proposal_path(file))
    try:
        page = read_head(head, file.name).model_copy(update={"sha256": sha256(text.encode())})
        blocks = read_blocks(head, text, page.id, names(tree.profile.roles))
    except GoldwireError as error:
        raise GoldwireError(f"{proposal_path(file)}: {error}") from None
    known = known_page(tree, file)
    if known is not None and known.id != page.id:
        raise GoldwireError(
            f"the proposal says page {page.id}, but the corpus has this page as {known.id}; write that"
        )
    if known is None and page.id in {other.id for other in tree.corpus.pages}:
        raise GoldwireError(f"the corpus has another page {page.id}; choose a page id that is not in use")
    if known is not None:
        page = page.model_copy(update={"source": known.source})
    new = NewPage(page, text, blocks)
    faults = [*check_cover(_labels_of_one(tree, new), {page.id: text}, tree.profile)]
    for path, data in built_files({page.id: text}, {page.id: new.blocks}, tree.profile).items():
        faults += text_faults(path, data.decode()) if path.endswith(".txt") else []
    if faults:
        raise GoldwireError(f"{proposal_path(file)}: {faults[0].code}: {faults[0].message}")
    return new


def _labels_of_one(tree: Tree, new: NewPage) -> LabelSet:
    name = new.page.id
    rows = Table.numbered(layer_path(f"{ANNOTATIONS}/{GOLD}", "segments", name), new.blocks)
    info = tree.gold.info.model_copy(update={"segments": {name: "complete"}}) if tree.gold and tree.gold.info else None
    return LabelSet(f"{ANNOTATIONS}/{GOLD}", info, {name: rows})


def known_page(tree: Tree, file: Path) -> Page | None:
    """The page of the corpus that has the bytes of a file; None if there is none."""
    digest = sha256(read_page(file).encode())
    return next((page for page in tree.corpus.pages if page.sha256 == digest), None)


def is_known(tree: Tree, new: NewPage) -> bool:
    """Whether the corpus has the page with the same record and the same blocks."""
    blocks = tree.gold.segments.get(new.page.id, ()) if tree.gold else ()
    return new.page in list(tree.corpus.pages) and list(blocks) == new.blocks


def add_page(tree: Tree, new: NewPage) -> Added:
    """Add a page to the corpus, or give a page that it has other blocks.

    If it is killed, running it again completes it: the files by which a page counts as added are written last and
    atomically (`corpus/` for a new page, gold's blocks for a known one). The pairs of documents with new texts are
    not judged yet: sets whose pairs are complete declare which documents they compared. Raises GoldwireError if a
    text would change that has labels.
    """
    corpus, name = tree.corpus, new.page.id
    assert tree.gold is not None
    segments = {**tree.gold.segments, name: _labels_of_one(tree, new).segments[name]}
    pages = {page.id: page for page in sorted([*corpus.pages, new.page], key=lambda page: page.id)}
    pages[name] = new.page
    built = built_files({each: {**corpus.page_texts, name: new.text}[each] for each in pages}, segments, tree.profile)
    before = {document.id: corpus.texts[document.id] for document in corpus.documents if document.page == name}
    articles = sorted({block.document for block in new.blocks if block.document})
    after = {each: built[text_path(each)].decode() for each in articles if text_path(each) in built}
    fresh = {each: text for each, text in after.items() if before.get(each) != text}
    moved = [each for each, text in before.items() if after.get(each) != text]
    _refuse_labelled(tree, moved)
    repeated = dict(_repeated({each: text for each, text in corpus.texts.items() if each not in before}, fresh))
    kept = [document.id for document in corpus.documents if document.id not in {*moved, *fresh}]
    info = _declared(tree.gold.info, name, kept)
    blocks = {f"segments/{name}.jsonl": dump(new.blocks)}
    gone = dict.fromkeys(text_path(each) for each in before if each not in after)
    content = {**built, **gone, page_path(name): new.text.encode(), PAGES: dump(pages.values())}
    if corpus.manifest is not None:
        content[MANIFEST] = pretty(opened(corpus.manifest)).encode()
    protected = [ATTRIBUTES] if protect(tree.root) else []
    if is_altered_by_git(tree.root, page_path(name), new.text.encode()):
        raise GoldwireError(
            f"git would store other bytes of {page_path(name)} than the page has, so every clone would have another "
            "page; see git check-attr -a on this path, and remove the attributes"
        )
    is_there = any(page.id == name for page in corpus.pages)
    described = {SET: pretty(info).encode()}
    changed = _update(tree.root, f"{ANNOTATIONS}/{REPEATS}", _repeats(tree, moved, fresh, repeated))
    for labels in tree.sets if fresh or moved else ():
        if labels.info is not None and labels.name not in (GOLD, REPEATS):
            changed += _update(tree.root, labels.path, {SET: pretty(_compared(labels.info, kept)).encode()})
    changed += _update(tree.root, f"{ANNOTATIONS}/{GOLD}", described if is_there else {**described, **blocks})
    changed += _update(tree.root, "corpus", {path.removeprefix("corpus/"): data for path, data in content.items()})
    changed += _update(tree.root, f"{ANNOTATIONS}/{GOLD}", blocks)
    return Added([*protected, *changed], sorted(fresh), repeated)


def _refuse_labelled(tree: Tree, moved: Iterable[str]) -> None:
    """Refuse to change or remove texts that have labels; labels copied by `goldwire add` do not count."""
    for labels in tree.sets:
        paired = {document for pair in labels.duplicates or () for document in (pair.a, pair.b)}
        for document in moved if labels.path != f"{ANNOTATIONS}/{REPEATS}" else ():
            if any(document in known for known in (paired, labels.entities, labels.quotes, labels.decoys)):
                raise GoldwireError(
                    f"the text of {document} would change, but {labels.path} has labels of it; nothing changed: "
                    "remove those labels first, or keep its blocks as they were"
                )


def _update(root: Path, folder: str, content: Mapping[str, bytes | None]) -> list[str]:
    if not content:
        return []
    return [f"{folder}/{path}" for path in update_folder(root / folder, content, root / STAGING)]


def _declared(info: AnnotationSet | None, page: str, kept: Collection[str]) -> AnnotationSet:
    assert info is not None
    segments = dict(sorted({**info.segments, page: "complete"}.items()))
    return _compared(info, kept).model_copy(update={"segments": segments})


def _compared(info: AnnotationSet, kept: Collection[str]) -> AnnotationSet:
    """What a set declares of its pairs once the corpus has texts that it has not seen: those of `kept` are judged."""
    declared = dict.fromkeys(sorted(kept), "complete") if info.duplicates == "complete" else info.duplicates
    if isinstance(declared, dict):
        declared = {name: value for name, value in declared.items() if name in kept}
    return info.model_copy(update={"duplicates": declared})


def _repeated(known: dict[str, str], fresh: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For each new document, the most similar document of another page, if it is similar enough to be a repeat."""
    index = ShingleIndex()
    for name, text in known.items():
        index.add(name, text)
    for document, text in fresh.items():
        if similarity := index.alike(text):
            yield document, max(similarity, key=similarity.__getitem__)


def _repeats(
    tree: Tree, moved: Collection[str], fresh: dict[str, str], repeated: dict[str, str]
) -> dict[str, bytes | None]:
    """The files of copied labels that change: those of texts that are gone (None), and those of new repeats."""
    known = tree.find_set(REPEATS)
    files = [f"{layer}/{document}.jsonl" for layer in DOCUMENT_LAYERS for document in moved]
    there = set(set_files(known)) if known else set()
    gone = dict.fromkeys(path for path in files if path in there)
    return {**gone, **set_files(_pre_labels(tree, moved, fresh, repeated))} if gone or repeated else {}


def _pre_labels(tree: Tree, moved: Collection[str], fresh: dict[str, str], repeated: dict[str, str]) -> LabelSet:
    """The set of copied labels: those of unchanged texts, and those of new documents that repeat another."""
    path, gold = f"{ANNOTATIONS}/{REPEATS}", tree.gold
    known = tree.find_set(REPEATS) or LabelSet(path, None)
    layers: dict[str, dict[str, Any]] = {}  # records of three types, by layer
    for layer in DOCUMENT_LAYERS:
        tables = {name: table for name, table in getattr(known, layer).items() if name not in moved}
        for document, source in repeated.items():
            projection = Projection(document, tree.corpus.texts[source], fresh[document])
            records = list(carried(projection, getattr(gold, layer).get(source, ())))
            tables[document] = Table.numbered(layer_path(path, layer, document), records)
        layers[layer] = tables
    declared: dict[str, dict[str, Completeness]] = {
        layer: dict.fromkeys(sorted(tables), "complete") for layer, tables in layers.items()
    }
    info = AnnotationSet(
        name=REPEATS,
        kind="system",
        description="Labels of gold, carried to articles of new pages that repeat others, along an alignment.",
        annotators=["goldwire add"],
        adjudicators=[],
        guidelines=None,
        segments={},
        entities=declared["entities"],
        quotes=declared["quotes"],
        decoys=declared["decoys"],
        duplicates="none",
    )
    return LabelSet(path, info, {}, layers["entities"], layers["quotes"], layers["decoys"])


def carried(projection: Projection, records: Iterable[R]) -> Iterator[R]:
    """The records whose words the other text has, without quotes inside a quote whose words it lacks."""
    kept: set[str | None] = {None}
    for record in records:
        try:
            moved = projection.record(record)
        except ValueError:
            continue
        if getattr(moved, "parent", None) in kept:
            kept.add(moved.id)
            yield moved
