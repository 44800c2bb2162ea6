"""Faults of blocks: edges, roles, documents."""

import functools
from pathlib import Path

from goldwire.model.profile import news
from mutations.gold import compact, kind
from mutations.offsets import moved

COVER = "uncovered-text overlapping-blocks span-edge-space block-crosses-line empty-span span-out-of-range"


@kind(COVER)
def block_off_by_one(gold):
    for path, line, record in gold.rows("segments"):
        start, end = gold.random.choice([(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)])
        start = max(start, -record["start"])
        if start or end:
            what = moved(gold, record, record, record["start"] + start, record["end"] + end)
            yield gold.edit(path, line, what, record)


@kind(COVER)
def block_in_utf8_bytes(gold):
    for path, line, record in gold.rows("segments"):
        page = gold.pages[Path(path).stem]
        start, end = (len(page[: record[key]].encode()) for key in ("start", "end"))
        if (start, end) != (record["start"], record["end"]):
            yield gold.edit(path, line, moved(gold, record, record, start, end), record)


@kind("uncovered-text")
def dropped_block(gold):
    for path, line, record in gold.rows("segments"):
        yield gold.edit(path, line, f"dropped {record['id']}")


def _merged(gold, seen):
    for path, line, record in gold.rows("segments"):
        if line < len(gold.lines[path]):
            after, lines = gold.records[path][line], gold.lines[path]
            page = gold.pages[Path(path).stem]
            in_text = {record["role"], after["role"]} & TEXT_ROLES
            if seen == bool("\n" in page[record["start"] : after["end"]] or in_text):
                merged = compact({**record, "end": after["end"]})
                text = "".join(f"{item}\n" for item in [*lines[: line - 1], merged, *lines[line + 1 :]])
                yield gold.rewrite(path, f"merged {record['id']} with {after['id']}", text, line)


@kind("block-crosses-line stale-build")
def block_merged_with_the_next(gold):
    yield from _merged(gold, seen=True)


@kind("stale-build")
def block_outside_texts_merged_with_the_next_of_its_line(gold):
    yield from _merged(gold, seen=False)


TEXT_ROLES = news().text_roles
ROLES = ("headline", "standfirst", "byline", "source", "timestamp", "body", "subheading", "caption", "teaser")


def _roles(gold, record, same_text):
    """Other roles; of two text roles a headline alone changes what is built, for it is the title."""
    role = record["role"]
    found = []
    for other in (*ROLES, "boilerplate"):
        same = (other in TEXT_ROLES) == (role in TEXT_ROLES) and "headline" not in (role, other)
        if other != role and same == same_text and (record["document"] or other in ("teaser", "boilerplate")):
            found.append(other)
    return found


def _changed_role(gold, same_text):
    for path, line, record in gold.rows("segments"):
        roles = _roles(gold, record, same_text)
        if roles and (record["document"] or same_text):
            record["role"] = gold.random.choice(roles)
            yield gold.edit(path, line, f"{record['id']} is {record['role']}", record)


@kind("stale-build missing-headline")
def changed_role_with_the_text(gold):
    for fault in _changed_role(gold, same_text=False):
        was, now = gold.records[fault[1]][fault[2] - 1]["role"], fault[0].split()[-1]
        if (was in TEXT_ROLES) != (now in TEXT_ROLES):
            yield fault


@kind("misplaced-block")
def changed_role_of_the_page_s_own_to_one_of_an_article(gold):
    for path, line, record in gold.rows("segments"):
        if record["document"] is None:
            record["role"] = gold.random.choice(ROLES[:-1])
            yield gold.edit(path, line, f"{record['id']} is {record['role']}", record)


@kind("stale-build")
def changed_role_of_the_same_text(gold):
    yield from _changed_role(gold, same_text=True)


def _changed_document(gold, choose, wanted):
    for path, line, record in gold.rows("segments"):
        if wanted(record):
            others = choose(Path(path).stem, record["document"])
            if others:
                record["document"] = gold.random.choice(others)
                yield gold.edit(path, line, f"{record['id']} belongs to {record['document']}", record)


def _of_page(gold, page, current):
    return [name for name, document in gold.documents.items() if document.page == page and name != current]


@kind("stale-build missing-file")
def changed_document_of_a_text_block(gold):
    choose = functools.partial(_of_page, gold)
    yield from _changed_document(gold, choose, lambda b: b["role"] in TEXT_ROLES)


@kind("stale-build")
def changed_document_of_a_block_outside_texts(gold):
    choose = functools.partial(_of_page, gold)
    yield from _changed_document(gold, choose, lambda b: b["role"] not in TEXT_ROLES)


@kind("misplaced-block")
def changed_document_to_one_of_another_page(gold):
    def choose(page, current):
        return [name for name, document in gold.documents.items() if document.page != page]

    yield from _changed_document(gold, choose, lambda b: True)


@kind("unknown-document")
def changed_document_to_an_unknown_one(gold):
    yield from _changed_document(gold, lambda page, current: [f"{page}-77"], lambda b: True)


@kind("misplaced-block")
def dropped_document_of_a_block_of_an_article(gold):
    free = ("teaser", "boilerplate")
    yield from _changed_document(gold, lambda page, current: [None], lambda b: b["role"] not in free)


@kind("stale-build")
def dropped_document_of_a_block_of_the_page(gold):
    def wanted(block):
        return block["document"] and block["role"] in ("teaser", "boilerplate")

    yield from _changed_document(gold, lambda page, current: [None], wanted)
