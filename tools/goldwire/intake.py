"""A new page on its way into the corpus: a proposal to mend, then page, blocks, documents and labels of repeats."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldwire import segmenter
from goldwire.blocks import UNKNOWN, blocks_text, read_blocks, read_head
from goldwire.build import built_files
from goldwire.checks.cover import check_cover
from goldwire.corpus import MANIFEST, PAGES, page_path, text_path
from goldwire.errors import GoldwireError
from goldwire.files import sha256, write_bytes
from goldwire.folders import update_folder
from goldwire.jsonl import Table, dump, pretty, text_faults
from goldwire.manifest import opened
from goldwire.projection import Projection
from goldwire.records import AnnotationSet, Block, Page
from goldwire.sets import ANNOTATIONS, GOLD, SET, STAGING, LabelSet, layer_path, set_files
from goldwire.studio.candidates import similar_pairs
from goldwire.tree import Tree, read_tree

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
    if page.id in {known.id for known in tree.corpus.pages}:
        raise GoldwireError(
            f"the corpus has a page {page.id} already, and it is another; choose a page id that is free"
        )
    intake = Intake(page, text, blocks)
    faults = [*check_cover(_labels_of_one(tree, intake), {page.id: text})]
    for path, data in built_files({page.id: text}, {page.id: intake.blocks}).items():
        faults += text_faults(path, data.decode()) if path.endswith(".txt") else []
    if faults:
        raise GoldwireError(f"{proposal_path(file)}: {faults[0].code}: {faults[0].message}")
    return intake


def _labels_of_one(tree: Tree, intake: Intake) -> LabelSet:
    name = intake.page.id
    rows = Table(layer_path(f"{ANNOTATIONS}/{GOLD}", "segments", name), list(enumerate(intake.blocks, 1)))
    info = tree.gold.info.model_copy(update={"segments": {name: "complete"}}) if tree.gold and tree.gold.info else None
    return LabelSet(f"{ANNOTATIONS}/{GOLD}", info, {name: rows})


def standing_page(tree: Tree, file: Path) -> Page | None:
    """The page of the corpus that has just the bytes of a file; None where none has."""
    digest = sha256(read_page(file).encode())
    return next((page for page in tree.corpus.pages if page.sha256 == digest), None)


def take_in(tree: Tree, intake: Intake) -> Taken:
    """Bring a page into the corpus: labels first, the corpus last and at once.

    Killed before the end, the corpus does not know the page yet, and doing it again completes it.
    The pairs of the new documents are not judged yet, so gold's duplicates are partial from then on.
    """
    corpus, name = tree.corpus, intake.page.id
    assert tree.gold is not None
    segments = {**tree.gold.segments, name: _labels_of_one(tree, intake).segments[name]}
    pages = sorted([*corpus.pages, intake.page], key=lambda page: page.id)
    texts = {page.id: {**corpus.page_texts, name: intake.text}[page.id] for page in pages}
    built = built_files(texts, segments)
    articles = sorted({block.document for block in intake.blocks if block.document})
    fresh = {each: built[text_path(each)].decode() for each in articles if text_path(each) in built}
    repeated = dict(_repeated(corpus.texts, fresh))
    changed = []
    if repeated:
        changed += _update(tree.root, f"{ANNOTATIONS}/{REPEATS}", set_files(_pre_labels(tree, fresh, repeated)))
    info = _declared(tree.gold.info, name)
    gold = {SET: pretty(info).encode(), f"segments/{name}.jsonl": dump(intake.blocks)}
    changed += _update(tree.root, f"{ANNOTATIONS}/{GOLD}", gold)
    content = {**built, page_path(name): intake.text.encode(), PAGES: dump(pages)}
    if corpus.manifest is not None:
        content[MANIFEST] = pretty(opened(corpus.manifest)).encode()
    changed += _update(tree.root, "corpus", {path.removeprefix("corpus/"): data for path, data in content.items()})
    return Taken(changed, sorted(fresh), repeated)


def _update(root: Path, folder: str, content: dict[str, bytes]) -> list[str]:
    return [f"{folder}/{path}" for path in update_folder(root / folder, content, root / STAGING)]


def _declared(info: AnnotationSet | None, page: str) -> AnnotationSet:
    assert info is not None
    duplicates = "partial" if info.duplicates == "complete" else info.duplicates
    return info.model_copy(update={"segments": {**info.segments, page: "complete"}, "duplicates": duplicates})


def _repeated(known: dict[str, str], fresh: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For every new document that is alike to an earlier one, the first of these."""
    earlier: dict[str, str] = {}
    for a, b in sorted(similar_pairs({**known, **fresh})):
        if b in fresh and a in known:
            earlier.setdefault(b, a)
    yield from earlier.items()


def _pre_labels(tree: Tree, fresh: dict[str, str], repeated: dict[str, str]) -> LabelSet:
    """The set of labels taken over from repeated articles, with those of new documents added."""
    path, gold = f"{ANNOTATIONS}/{REPEATS}", tree.gold
    standing = next((labels for labels in tree.sets if labels.path == path), LabelSet(path, None))
    layers: dict[str, dict[str, Any]] = {}
    for layer in ("entities", "quotes", "decoys"):
        tables = dict(getattr(standing, layer))
        for document, source in repeated.items():
            way = Projection(document, tree.corpus.texts[source], fresh[document])
            records = list(_carried(way, getattr(gold, layer).get(source, ())))
            tables[document] = Table(layer_path(path, layer, document), list(enumerate(records, 1)))
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
