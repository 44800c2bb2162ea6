"""Metadata: what pages, registry, exemptions and set.json say of themselves is possible and said once."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, SET, LabelSet, read_proposals
from goldwire.corpus.jsonl import R, Table
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.vocabulary import UNIT_LAYERS

GUIDELINE = f"{ANNOTATIONS}/GUIDELINES.md"
VERSION = re.compile(r'^Version "([^"\n]+)"', re.MULTILINE)
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Controls other than tab and line feed, and format characters other than joiners, which some scripts need."""
NAMED_GOLD = "the gold, and no other set, is named gold"
LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig "
    "ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh "
    "mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru "
    "rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty "
    "ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
"""The codes of two letters in ISO 639; codes of three letters are not checked."""


def check_metadata(tree: Tree) -> Iterator[Finding]:
    """Check the pages' metadata, the registry, what is proposed for it, the exemptions and the gold's guideline."""
    pages, registry = tree.corpus.pages, tree.registry
    proposals, faults = read_proposals(tree.root, tree.profile)
    yield from faults
    yield from _check_repeated("duplicate-source", pages, "source")
    for line, page in pages.rows:
        yield from _check_date(pages.path, line, page.date)
        if len(page.language) == 2 and page.language not in LANGUAGES:
            yield finding("unknown-language", pages.path, line, language=page.language)
    yield from _check_blank(pages, ("source", "publisher", "site", "rights", "date_note"))
    yield from _check_repeated("shared-item", registry, "wikidata")
    for entities in (registry, proposals):
        yield from _check_blank(entities, ("name", "aliases", "note"))
    yield from _check_blank(tree.exemptions, ("reason",))
    if tree.gold is not None and tree.gold.info is not None:
        yield from _check_guideline(tree.root, tree.gold.path, tree.gold.info.guidelines)


def _check_repeated(code: str, table: Table[R], key: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for line, record in table.rows:
        value = getattr(record, key)
        if value is not None and (other := seen.setdefault(value, line)) != line:
            yield finding(code, table.path, line, value=value, other=other, also=[(table.path, other)])


def _check_blank(table: Table[R], keys: tuple[str, ...]) -> Iterator[Finding]:
    for line, record in table.rows:
        for key in keys:
            value = getattr(record, key)
            for text in value if isinstance(value, list) else [value]:
                if text is not None and (not text or text != text.strip()):
                    yield finding("blank-edge", table.path, line, key=key, reads=shorten(text))
                hidden = (
                    None if text is None or key == "aliases" else INVISIBLE.search(text)
                )  # aliases are as in texts
                if hidden:
                    point = f"U+{ord(hidden[0]):04X}"
                    yield finding("invisible-character", table.path, line, key=key, point=point, at=hidden.start())


def _check_date(path: str, line: int, printed: str | None) -> Iterator[Finding]:
    try:
        date.fromisoformat((printed or "2000") + "-01-01"[len(printed or "2000") - 4 :])
    except ValueError:
        yield finding("impossible-date", path, line, date=printed)


def _check_guideline(root: Path, folder: str, followed: str | None) -> Iterator[Finding]:
    place = root / GUIDELINE
    found = VERSION.search(place.read_text(encoding="utf-8", errors="replace")) if place.is_file() else None
    if found and followed is not None and followed != found[1]:
        also = [(GUIDELINE, 0)]
        yield finding("unknown-guideline", f"{folder}/{SET}", found=followed, expected=found[1], also=also)


def check_set_info(labels: LabelSet) -> Iterator[Finding]:
    """Check that set.json lists its pages and documents in order, and that only the folder gold is the gold."""
    info, path = labels.info, f"{labels.path}/{SET}"
    if info is None or info.kind == "system":
        return
    if (info.kind == "gold") != (labels.name == GOLD):
        yield finding("mistaken-kind", path, kind=info.kind, folder=labels.name, expected=NAMED_GOLD)
    yield from _check_blank(Table(path, [(0, info)]), ("description", "annotators", "adjudicators", "canary"))
    declared: dict[str, list[str]] = {layer: list(info.units(layer)) for layer in UNIT_LAYERS}
    if isinstance(info.duplicates, dict):
        declared["duplicates"] = list(info.duplicates)
    for layer, units in declared.items():
        place = next((i for i in range(1, len(units)) if units[i] < units[i - 1]), None)
        if place is not None:
            yield finding("unsorted-units", path, layer=layer, unit=units[place], before=units[place - 1])
