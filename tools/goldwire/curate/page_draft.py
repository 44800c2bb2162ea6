"""The draft of a page: a text for a person to correct, with a line for each block: role, article, and words.

    page: 005
    publisher: The Example Courier
    roles: headline, … body, …

    headline     1  Ministers meet in Porto
    body         1  They talked for two hours.
    boilerplate  -? Logo

A ? behind the article marks a line that the proposal is unsure of; it may stay.
It has no offsets: the words of each line must follow those of the line before on the page, with only white space
between, so the blocks that are read back cover the whole page.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pydantic import ValidationError

from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, names
from goldwire.model.records import Block, Page

ROW = re.compile(r"(\S+)[ \t]+(-|[0-9]+)\??[ \t]+(\S.*)")
FIELDS = ("publisher", "site", "rights", "language", "date", "date_note")
"""Fields of a page that a draft has, beside its id."""
DATE = "expected a day, a month or a year, as 2031-05-12, 2031-05 or 2031"
UNKNOWN = "?"
"""The value of a field that a person must fill in."""


def blocks_text(
    page: str,
    blocks: Iterable[Block],
    page_id: str,
    known: Mapping[str, str],
    profile: Profile,
    unsure: Collection[str] = (),
) -> str:
    """The draft of a page; `known` has the known values of its fields, `unsure` the ids of blocks to look at first."""
    head = [f"page: {page_id}", *(f"{name}: {known.get(name, '')}".rstrip() for name in FIELDS)]
    rows = []
    for block in blocks:
        article = int(block.document.rsplit("-", 1)[1]) if block.document else "-"
        mark = "?" if block.id in unsure else " "
        rows.append(f"{profile.role_like(block.role):<11} {article!s:>2}{mark} {page[block.start : block.end]}")
    listed = ", ".join(names(profile.roles))
    roles = f"roles: {listed}; then an article's number, or - for the page itself; ? if unsure"
    return "\n".join([*head, roles, "", *rows]) + "\n"


def read_head(text: str, source: str) -> Page:
    """The page that the head of a draft describes, without its hash; raises GoldwireError for a wrong value."""
    values: dict[str, str] = {}
    for line in text.split("\n\n")[0].splitlines():
        key, _, value = line.partition(":")
        values[key.strip()] = value.strip()
    if open_fields := [name for name in ("page", *FIELDS) if values.get(name) == UNKNOWN]:
        raise GoldwireError(f"{', '.join(open_fields)} still {UNKNOWN}; replace it by the page's value")
    record = {name: values.get(name) or None for name in FIELDS}
    try:
        return Page.model_validate({"id": values.get("page"), "source": source, "sha256": "0" * 64, **record})
    except ValidationError as error:
        fault = error.errors()[0]
        field = fault["loc"][0]
        expected = DATE if field == "date" else fault["msg"]
        raise GoldwireError(f"{field} is {fault['input']!r}: {expected}") from None


def read_blocks(text: str, page: str, page_id: str, roles: Sequence[str]) -> list[Block]:
    """The blocks of a draft, with offsets in the page; raises GoldwireError for the first line that does not fit."""
    head, _, body = text.partition("\n\n")
    first = head.count("\n") + 3
    blocks: list[Block] = []
    reach = 0
    for number, line in enumerate(body.split("\n"), first):
        if not line.strip():
            continue
        role, article, words = _row(line, number, roles)
        start = reach + len(page[reach:]) - len(page[reach:].lstrip())
        if not page.startswith(words, start):
            expected = page[start : start + 40].split("\n")[0] or "the end of the page"
            raise GoldwireError(f"line {number} has {words[:40]!r}; expected {expected!r}, as the page has there")
        reach = start + len(words)
        document = None if article == "-" else f"{page_id}-{int(article):02}"
        name = f"{page_id}-b{len(blocks) + 1:03}"
        blocks.append(Block(id=name, start=start, end=reach, role=role, document=document))
    if rest := page[reach:].strip():
        raise GoldwireError(f"no line has {rest[:40]!r}, with which the page goes on; expected a block for every word")
    return blocks


def _row(line: str, number: int, roles: Sequence[str]) -> tuple[str, str, str]:
    row = ROW.fullmatch(line.rstrip())
    if row is None:
        raise GoldwireError(
            f"line {number} is {line[:40]!r}; expected a role, the number of an article or -, and words"
        )
    if row[1] not in roles:
        raise GoldwireError(f"line {number} has the role {row[1]!r}; expected one of {', '.join(roles)}")
    return row[1], row[2], row[3]
