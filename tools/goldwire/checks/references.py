"""Links: every id is unique, in the right file, and refers to something that exists."""

import difflib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from goldwire.corpus.annotation_sets import ANNOTATIONS, SET, SUBMISSIONS, SYSTEM, LabelSet
from goldwire.corpus.jsonl import R, Table
from goldwire.corpus.profiles import PROFILE
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding
from goldwire.model.profile import Profile
from goldwire.model.records import Document, Entity, Mention, Page, Pair, Quote, UnitLabel
from goldwire.model.vocabulary import UNIT_LAYERS
from goldwire.text.derived_fields import lies_in

Item = TypeVar("Item", Page, Document, Entity)
Identified = Page | Document | Entity | Pair | UnitLabel

NAMED_SYSTEM = "a system's set, and no other, is named system-… or is in submissions/"
OF_SYSTEMS = (f"{ANNOTATIONS}/{SYSTEM}", f"{SUBMISSIONS}/")
LIKE = 0.8
"""The similarity (difflib) from which an id is suggested as the nearest; below it, ids share little but the type."""


class _Ids(Generic[Item]):
    """The ids of a table; if a line of the table could not be read, no id counts as missing."""

    def __init__(self, table: Table[Item]) -> None:
        self.path, self.whole = table.path, table.whole
        self.records: dict[str, Item] = {record.id: record for record in table}
        self.lines = {record.id: line for line, record in table.rows}
        self.nearest = cache(self._nearest)

    def lacks(self, name: str) -> bool:
        return self.whole and name not in self.records

    def _nearest(self, name: str) -> str | None:
        return next(iter(difflib.get_close_matches(name, self.records, 1, LIKE)), None)

    def unknown(self, path: str, line: int, name: str) -> Finding:
        """A finding for an id that is not registered, with the most similar id."""
        nearest = self.nearest(name)
        close = f"; the most similar id is {nearest}" if nearest else ""
        also = [(self.path, self.lines[nearest])] if nearest else []
        return finding("unknown-entity", path, line, id=name, close=close, also=also)


class Known:
    """The ids of pages, documents and entities that exist."""

    def __init__(self, tree: Tree) -> None:
        self.pages, self.documents = _Ids(tree.corpus.pages), _Ids(tree.corpus.documents)
        self.entities = _Ids(tree.registry)


def check_ids(tree: Tree, known: Known) -> Iterator[Finding]:
    """Check the ids of the corpus and the registry, the pages of documents, and the documents of subsets."""
    for name in sorted({name for subset in tree.profile.subsets.values() for name in subset}):
        if known.documents.lacks(name):
            yield finding("unknown-document", PROFILE, 1, id=name)
    yield from _check_ids(tree.corpus.pages)
    yield from _check_ids(tree.corpus.documents)
    yield from _check_ids(tree.registry)
    for line, document in tree.corpus.documents.rows:
        if known.pages.lacks(document.page):
            yield finding("unknown-page", tree.corpus.documents.path, line, id=document.page)
    for line, entity in tree.registry.rows:
        if not entity.id.startswith(prefix := entity.type.lower().replace("_", "-") + "-"):
            yield finding("misnamed-entity", tree.registry.path, line, id=entity.id, type=entity.type, prefix=prefix)


def check_links(labels: LabelSet, known: Known, profile: Profile) -> Iterator[Finding]:
    """Check the ids of one set and the pages, documents and entities it refers to."""
    yield from check_units(labels, known)
    yield from check_labels(labels, known, profile)


def check_labels(labels: LabelSet, known: Known, profile: Profile) -> Iterator[Finding]:
    """Check the ids of the labels of a set, or of a part of one, and the documents and entities they refer to."""
    for unit, blocks in labels.segments.items():
        yield from _check_unit_ids(unit, blocks)
        for line, block in (
            blocks.rows if _is_by_people(labels) else ()
        ):  # a system may find articles that do not exist
            if block.document is not None and known.documents.lacks(block.document):
                yield finding("unknown-document", blocks.path, line, id=block.document)
    for unit, mentions in labels.entities.items():
        yield from _check_unit_ids(unit, mentions)
        yield from _check_mentions(mentions, known.entities)
    for unit, quotes in labels.quotes.items():
        yield from _check_unit_ids(unit, quotes)
        yield from _check_quotes(quotes, known.entities)
    for unit, decoys in labels.decoys.items():
        yield from _check_unit_ids(unit, decoys)
    if labels.duplicates is not None:
        yield from _check_ids(labels.duplicates)
        yield from _check_pairs(labels.duplicates, known.documents)
    if labels.info is not None and _is_by_people(labels):
        yield from _check_complete(labels, labels.info.kind, profile)


def _is_by_people(labels: LabelSet) -> bool:
    return labels.info is None or labels.info.kind != "system"


def _check_ids(table: Table[Identified]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for line, record in table.rows:
        if record.id is None:
            continue
        if (other := seen.setdefault(record.id, line)) != line:
            yield finding("duplicate-id", table.path, line, id=record.id, other=other, also=[(table.path, other)])


def _check_unit_ids(unit: str, table: Table[UnitLabel]) -> Iterator[Finding]:
    yield from _check_ids(table)
    for line, record in table.rows:
        if record.id is not None and record.id.rsplit("-", 1)[0] != unit:
            yield finding("misfiled-record", table.path, line, id=record.id, unit=unit)


def check_units(labels: LabelSet, known: Known) -> Iterator[Finding]:
    """Check that files and declarations agree, and that their pages and documents exist."""
    pages, documents = known.pages, known.documents
    path = f"{labels.path}/{SET}"
    folder = PurePosixPath(labels.path).name
    if labels.info and labels.info.name != folder:
        yield finding("misnamed-set", path, name=labels.info.name, expected=folder)
    elif labels.info and (labels.info.kind == "system") != labels.path.startswith(OF_SYSTEMS):
        yield finding("mistaken-kind", path, kind=labels.info.kind, folder=folder, expected=NAMED_SYSTEM)
    for layer in UNIT_LAYERS:
        lacks = pages.lacks if layer == "segments" else documents.lacks
        code = "unknown-page" if layer == "segments" else "unknown-document"
        tables = labels.tables(layer)
        for unit in sorted({*tables, *(labels.info.units(layer) if labels.info else ())}):
            if lacks(unit):
                where = tables[unit].path if unit in tables else path
                yield finding(code, where, id=unit)
            elif labels.info:
                yield from _check_declared(path, layer, unit, labels.declared(layer, unit), unit in tables)
    if labels.info:
        named = labels.info.duplicates if isinstance(labels.info.duplicates, dict) else ()
        yield from (finding("unknown-document", path, id=name) for name in sorted(named) if documents.lacks(name))
        present = labels.duplicates is not None
        yield from _check_declared(path, "duplicates", "the corpus", labels.declared("duplicates"), present)


def _check_declared(path: str, layer: str, unit: str, declared: str, present: bool) -> Iterator[Finding]:
    if (declared != "none") != present:
        found = "exists" if present else "is missing"
        yield finding("undeclared-layer", path, layer=layer, unit=unit, declared=declared, found=found)


def _check_mentions(mentions: Table[Mention], entities: _Ids[Entity]) -> Iterator[Finding]:
    for line, mention in mentions.rows:
        for name in (mention.entity, mention.stands_for):
            if name is not None and entities.lacks(name):
                yield entities.unknown(mentions.path, line, name)
        entity = entities.records.get(mention.entity or "")
        if entity is not None and mention.type != entity.type:
            yield finding(
                "entity-type-mismatch",
                mentions.path,
                line,
                found=mention.type,
                id=entity.id,
                expected=entity.type,
                also=[(entities.path, entities.lines[entity.id])],
            )


def _check_quotes(quotes: Table[Quote], entities: _Ids[Entity]) -> Iterator[Finding]:
    known = {quote.id: (line, quote) for line, quote in quotes.rows}
    for line, quote in quotes.rows:
        for name in quote.speaker_entities or ():
            if entities.lacks(name):
                yield entities.unknown(quotes.path, line, name)
        yield from _check_status(quotes.path, line, quote)
        if quote.parent is None:
            continue
        other, parent = known.get(quote.parent, (0, None))
        if parent is None:
            if quotes.whole:
                yield finding("unknown-parent", quotes.path, line, id=quote.parent)
        elif other >= line or not lies_in(quote, parent):
            also = [(quotes.path, other)]
            yield finding("misplaced-parent", quotes.path, line, id=quote.parent, other=other, also=also)


def _check_status(path: str, line: int, quote: Quote) -> Iterator[Finding]:
    entities = len(quote.speaker_entities or ())
    allowed = {"resolved": entities == 1, "group": entities != 1, "unnamed": entities == 0, "none": entities == 0}
    if quote.status is not None and quote.speaker_entities is not None and not allowed[quote.status]:
        expected = {"resolved": "one", "group": "none or several"}.get(quote.status, "none")
        yield finding("status-mismatch", path, line, status=quote.status, found=entities, expected=expected)


def _check_pairs(pairs: Table[Pair], documents: _Ids[Document]) -> Iterator[Finding]:
    for line, pair in pairs.rows:
        for name in (pair.a, pair.b):
            if documents.lacks(name):
                yield finding("unknown-document", pairs.path, line, id=name)
        if pair.a >= pair.b:
            yield finding("unordered-pair", pairs.path, line, a=pair.a, b=pair.b)
        elif pair.id is not None and pair.id != f"{pair.a}_{pair.b}":
            yield finding("misnamed-pair", pairs.path, line, id=pair.id, expected=f"{pair.a}_{pair.b}")
        if (pair.relation == "contained") != (pair.direction is not None):
            expected = "null" if pair.direction else "a_in_b or b_in_a"
            yield finding(
                "misplaced-direction",
                pairs.path,
                line,
                relation=pair.relation,
                direction=pair.direction or "null",
                expected=expected,
            )


def _check_complete(labels: LabelSet, kind: str, profile: Profile) -> Iterator[Finding]:
    """Check that labels made by people have the values that the profile requires and only systems may omit."""
    of_mentions, of_quotes = profile.layers.entities or (), profile.layers.quotes or ()
    for blocks in labels.segments.values():
        yield from _check_filled(blocks, kind, ("id",))
    for decoys in labels.decoys.values():
        yield from _check_filled(decoys, kind, ("id",))
    for mentions in labels.entities.values():
        yield from _check_filled(mentions, kind, ("id", *(key for key in ("entity",) if key in of_mentions)))
    for quotes in labels.quotes.values():
        keys = (key for key in ("speaker_entities", "status") if key in of_quotes)
        yield from _check_filled(quotes, kind, ("id", *keys))
        for line, quote in quotes.rows:
            for key in ("head", "kind"):
                if key in of_quotes and quote.speaker and getattr(quote.speaker, key) is None:
                    yield finding("incomplete-record", quotes.path, line, key=f"speaker.{key}", kind=kind)
    if labels.duplicates is not None:
        yield from _check_filled(labels.duplicates, kind, ("id",))
        yield from _check_passages(labels.duplicates, profile)


def _check_passages(pairs: Table[Pair], profile: Profile) -> Iterator[Finding]:
    for line, pair in pairs.rows:
        if not pair.passages and profile.requires("duplicates", "passages"):
            yield finding("missing-passage", pairs.path, line, relation=pair.relation)
        keys = [(passage.a.start, passage.a.end, passage.b.start, passage.b.end) for passage in pair.passages]
        for i, (before, key) in enumerate(pairwise(keys), 2):
            if key <= before:
                problem = "repeats" if key == before else "belongs before"
                yield finding("unsorted-passages", pairs.path, line, number=i, problem=problem, other=i - 1)


def _check_filled(table: Table[R], kind: str, keys: tuple[str, ...]) -> Iterator[Finding]:
    for line, record in table.rows:
        for key in keys:
            if getattr(record, key) is None:
                yield finding("incomplete-record", table.path, line, key=key, kind=kind)
