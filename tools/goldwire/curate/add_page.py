"""A new page on its way into the corpus: a proposal to mend, then page, blocks, documents and labels of repeats."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldwire.checks.coverage import check_cover
from goldwire.corpus import segmenter
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, STAGING, LabelSet, layer_path, set_files
from goldwire.corpus.build import built_files
from goldwire.corpus.documents import MANIFEST, PAGES, page_path, text_path
from goldwire.corpus.files import sha256, update_folder, write_bytes
from goldwire.corpus.jsonl import Table, dump, pretty, text_faults
from goldwire.corpus.manifest import opened
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.page_draft import FIELDS, UNKNOWN, blocks_text, read_blocks, read_head
from goldwire.model.errors import GoldwireError
from goldwire.model.records import DOCUMENT_LAYERS, AnnotationSet, Block, Page
from goldwire.text.alignment import Projection
from goldwire.text.shingles import ALIKE, text_shingles

PROPOSAL = ".blocks"
"""What is appended to the name of a page's file for the name of its proposal."""
REPEATS = "system-repeats"
"""The set of labels that articles of new pages take over from the articles they repeat, to be pre-labels."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A page that is to come in: its record, its text, and its blocks as a person settled them."""

    page: Page
    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: the paths that changed, and for every new document the one it repeats, if any."""

    changed: list[str]
    documents: list[str] = field(default_factory=list)
    repeats: dict[str, str] = field(default_factory=dict)


def proposal_path(file: Path) -> Path:
    """Where the proposal for a page stands: beside its file."""
    return file.with_name(file.name + PROPOSAL)


def read_page(file: Path) -> str:
    """The text of a page as scraped; raises GoldwireError for what cannot be one."""
    try:
        text = file.read_bytes().decode()
    except OSError as error:
        raise GoldwireError(f"{file}: {error.strerror}; expected a scraped page, as text") from None
    except UnicodeDecodeError as error:
        raise GoldwireError(f"{file}: byte {error.start} is no UTF-8; save the page as UTF-8") from None
    for char, what in (("\ufeff", "a byte order mark"), ("\0", "a NUL")):
        if char in text:
            raise GoldwireError(f"{file} holds {what}; expected plain text in UTF-8")
    if not text.strip():
        raise GoldwireError(f"{file} is blank; expected a page, or the proposal for one")
    return text


def read_corpus(root: Path) -> Tree:
    """The tree that a page comes into; raises GoldwireError where it does not read clean."""
    tree, findings = read_tree(root)
    if findings or tree.gold is None or tree.gold.info is None:
        what = findings[0] if findings else f"{ANNOTATIONS}/{GOLD} is not there"
        raise GoldwireError(f"the corpus does not read clean: {what}; run goldwire check")
    return tree


def propose(tree: Tree, file: Path) -> Path:
    """Write the segmenter's proposal for a page beside its file, for a person to mend; return its path."""
    if file.name.endswith(PROPOSAL):
        raise GoldwireError(f"{file} is a proposal; name its page, {file.name.removesuffix(PROPOSAL)}")
    text = read_page(file)
    known = {page.id for page in tree.corpus.pages}
    number = re.match(r"[0-9]{3,}", file.name)
    name = number[0] if number and number[0] not in known else _next_number(known)
    first = next(iter(tree.corpus.pages), None)
    fields = {"publisher": UNKNOWN, "rights": UNKNOWN, "language": first.language if first else UNKNOWN}
    write_bytes(proposal_path(file), blocks_text(text, segmenter.propose(name, text), name, fields).encode())
    return proposal_path(file)


def propose_again(tree: Tree, page: Page, file: Path) -> Path:
    """Write a page of the corpus as it stands there beside its file, as a proposal to mend; return its path."""
    if file.resolve().is_relative_to((tree.root / "corpus").resolve()):
        raise GoldwireError(f"{file} is the corpus's own copy; copy it out of the corpus, and add the copy")
    fields = {name: value for name in FIELDS if (value := getattr(page, name)) is not None}
    blocks = tree.gold.segments.get(page.id, ()) if tree.gold else ()
    write_bytes(proposal_path(file), blocks_text(read_page(file), blocks, page.id, fields).encode())
    return proposal_path(file)


def _next_number(known: set[str]) -> str:
    return f"{max((int(name) for name in known if name.isascii() and name.isdigit()), default=-1) + 1:03}"


def read_intake(tree: Tree, file: Path) -> Intake:
    """A page with its mended proposal; raises GoldwireError where they do not fit each other or the corpus."""
    text, said = read_page(file), read_page(proposal_path(file))
    try:
        page = read_head(said, file.name).model_copy(update={"sha256": sha256(text.encode())})
        blocks = read_blocks(said, text, page.id)
    except GoldwireError as error:
        raise GoldwireError(f"{proposal_path(file)}: {error}") from None
    standing = standing_page(tree, file)
    if standing is not None and standing.id != page.id:
        raise GoldwireError(f"the corpus has this page already, as {standing.id}; the proposal calls it {page.id}")
    if standing is None and page.id in {known.id for known in tree.corpus.pages}:
        raise GoldwireError(
            f"the corpus has a page {page.id} already, and it is another; choose a page id that is free"
        )
    if standing is not None:
        page = page.model_copy(update={"source": standing.source})
    intake = Intake(page, text, blocks)
    faults = [*check_cover(_labels_of_one(tree, intake), {page.id: text})]
    for path, data in built_files({page.id: text}, {page.id: intake.blocks}).items():
        faults += text_faults(path, data.decode()) if path.endswith(".txt") else []
    if faults:
        raise GoldwireError(f"{proposal_path(file)}: {faults[0].code}: {faults[0].message}")
    return intake


def _labels_of_one(tree: Tree, intake: Intake) -> LabelSet:
    name = intake.page.id
    rows = Table.numbered(layer_path(f"{ANNOTATIONS}/{GOLD}", "segments", name), intake.blocks)
    info = tree.gold.info.model_copy(update={"segments": {name: "complete"}}) if tree.gold and tree.gold.info else None
    return LabelSet(f"{ANNOTATIONS}/{GOLD}", info, {name: rows})


def standing_page(tree: Tree, file: Path) -> Page | None:
    """The page of the corpus that has just the bytes of a file; None where none has."""
    digest = sha256(read_page(file).encode())
    return next((page for page in tree.corpus.pages if page.sha256 == digest), None)


def is_taken(tree: Tree, intake: Intake) -> bool:
    """Whether the corpus has the page just so: its record and its blocks."""
    blocks = tree.gold.segments.get(intake.page.id, ()) if tree.gold else ()
    return intake.page in list(tree.corpus.pages) and list(blocks) == intake.blocks


def take_in(tree: Tree, intake: Intake) -> Taken:
    """Bring a page into the corpus, or give one that is there other blocks.

    Killed before the end, doing it again completes it: what tells a page that is taken in, the corpus
    of a new one and gold's blocks of another, comes last and at once. The pairs of documents with new
    texts are not judged yet, so gold's duplicates are partial from then on. Raises GoldwireError where
    a text would change that somebody labelled.
    """
    corpus, name = tree.corpus, intake.page.id
    assert tree.gold is not None
    segments = {**tree.gold.segments, name: _labels_of_one(tree, intake).segments[name]}
    pages = {page.id: page for page in sorted([*corpus.pages, intake.page], key=lambda page: page.id)}
    pages[name] = intake.page
    built = built_files({each: {**corpus.page_texts, name: intake.text}[each] for each in pages}, segments)
    before = {document.id: corpus.texts[document.id] for document in corpus.documents if document.page == name}
    articles = sorted({block.document for block in intake.blocks if block.document})
    after = {each: built[text_path(each)].decode() for each in articles if text_path(each) in built}
    fresh = {each: text for each, text in after.items() if before.get(each) != text}
    moved = [each for each, text in before.items() if after.get(each) != text]
    _refuse_labelled(tree, moved)
    repeated = dict(_repeated({each: text for each, text in corpus.texts.items() if each not in before}, fresh))
    info = _declared(tree.gold.info, name, judged=not fresh)
    blocks = {f"segments/{name}.jsonl": dump(intake.blocks)}
    gone = dict.fromkeys(text_path(each) for each in before if each not in after)
    content = {**built, **gone, page_path(name): intake.text.encode(), PAGES: dump(pages.values())}
    if corpus.manifest is not None:
        content[MANIFEST] = pretty(opened(corpus.manifest)).encode()
    is_there = any(page.id == name for page in corpus.pages)
    said = {SET: pretty(info).encode()}
    changed = _update(tree.root, f"{ANNOTATIONS}/{REPEATS}", _repeats(tree, moved, fresh, repeated))
    changed += _update(tree.root, f"{ANNOTATIONS}/{GOLD}", said if is_there else {**said, **blocks})
    changed += _update(tree.root, "corpus", {path.removeprefix("corpus/"): data for path, data in content.items()})
    changed += _update(tree.root, f"{ANNOTATIONS}/{GOLD}", blocks)
    return Taken(changed, sorted(fresh), repeated)


def _refuse_labelled(tree: Tree, moved: Iterable[str]) -> None:
    """Refuse to change or take away texts that somebody labelled; what was carried to them is no obstacle."""
    for labels in tree.sets:
        paired = {document for pair in labels.duplicates or () for document in (pair.a, pair.b)}
        for document in moved if labels.path != f"{ANNOTATIONS}/{REPEATS}" else ():
            if any(document in known for known in (paired, labels.entities, labels.quotes, labels.decoys)):
                raise GoldwireError(
                    f"the text of {document} would change, and {labels.path} has labels of it; nothing done: "
                    "take those out first, or leave its blocks as they were"
                )


def _update(root: Path, folder: str, content: Mapping[str, bytes | None]) -> list[str]:
    if not content:
        return []
    return [f"{folder}/{path}" for path in update_folder(root / folder, content, root / STAGING)]


def _declared(info: AnnotationSet | None, page: str, judged: bool) -> AnnotationSet:
    assert info is not None
    duplicates = "partial" if info.duplicates == "complete" and not judged else info.duplicates
    return info.model_copy(update={"segments": {**info.segments, page: "complete"}, "duplicates": duplicates})


def _repeated(known: dict[str, str], fresh: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For every new document that is alike to one of another page, the one that it is most alike to."""
    grams = {name: text_shingles(text) for name, text in known.items()}
    for b, text in fresh.items():
        own = text_shingles(text)
        likeness = {a: len(own & other) / len(own | other) for a, other in grams.items()}
        nearest = max(sorted(likeness), key=likeness.__getitem__, default=None)
        if nearest is not None and likeness[nearest] >= ALIKE:
            yield b, nearest


def _repeats(
    tree: Tree, moved: Collection[str], fresh: dict[str, str], repeated: dict[str, str]
) -> dict[str, bytes | None]:
    """The files of pre-labels that change: those of texts that are no more go, those of new repeats come."""
    standing = tree.find_set(REPEATS)
    files = [f"{layer}/{document}.jsonl" for layer in DOCUMENT_LAYERS for document in moved]
    there = set(set_files(standing)) if standing else set()
    gone = dict.fromkeys(path for path in files if path in there)
    return {**gone, **set_files(_pre_labels(tree, moved, fresh, repeated))} if gone or repeated else {}


def _pre_labels(tree: Tree, moved: Collection[str], fresh: dict[str, str], repeated: dict[str, str]) -> LabelSet:
    """The set of labels taken over from repeated articles, with those of new documents added, of texts that stand."""
    path, gold = f"{ANNOTATIONS}/{REPEATS}", tree.gold
    standing = tree.find_set(REPEATS) or LabelSet(path, None)
    layers: dict[str, dict[str, Any]] = {}
    for layer in DOCUMENT_LAYERS:
        tables = {name: table for name, table in getattr(standing, layer).items() if name not in moved}
        for document, source in repeated.items():
            way = Projection(document, tree.corpus.texts[source], fresh[document])
            records = list(_carried(way, getattr(gold, layer).get(source, ())))
            tables[document] = Table.numbered(layer_path(path, layer, document), records)
        layers[layer] = tables
    declared: dict[str, Any] = {layer: dict.fromkeys(sorted(tables), "complete") for layer, tables in layers.items()}
    info = AnnotationSet(
        name=REPEATS,
        kind="system",
        description="Labels of gold, carried to articles of new pages that repeat others, along an alignment.",
        annotators=["goldwire add"],
        adjudicators=[],
        guidelines=None,
        segments={},
        duplicates="none",
        **declared,
    )
    return LabelSet(path, info, {}, layers["entities"], layers["quotes"], layers["decoys"])


def _carried(way: Projection, records: Iterable[Any]) -> Iterator[Any]:
    """The records whose words stand in the other text, without those that lie in one whose words do not."""
    kept: set[str | None] = {None}
    for record in records:
        try:
            moved = way.record(record)
        except ValueError:
            continue
        if getattr(moved, "parent", None) in kept:
            kept.add(moved.id)
            yield moved
