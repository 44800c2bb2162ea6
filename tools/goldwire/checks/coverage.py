"""Cover: every character of a page that is not white space lies in exactly one block, inside one line."""

from collections.abc import Container, Generator, Iterator, Mapping

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.profile import Profile
from goldwire.model.records import Block
from goldwire.text import spans

HEADS = ("headline", "standfirst")
"""The roles of the blocks that an article's title is made from."""


def check_cover(labels: LabelSet, pages: Mapping[str, str], profile: Profile) -> Iterator[Finding]:
    """Check the blocks of one set; pages whose text is missing are skipped."""
    needing = profile.article_roles
    for unit, blocks in labels.segments.items():
        if unit in pages:
            sound = yield from _check_blocks(blocks, unit, pages[unit], needing)
            if sound and blocks.whole and labels.declared("segments", unit) == "complete":
                yield from _check_covered(blocks, unit, pages[unit])
                by_system = labels.info is not None and labels.info.kind == "system"
                if not by_system and not needing.isdisjoint(HEADS):  # a system may find articles without one
                    yield from _check_headed(blocks, needing)


def _check_blocks(
    blocks: Table[Block], unit: str, page: str, needing: Container[str]
) -> Generator[Finding, None, bool]:
    sound = True
    previous: tuple[int, Block] | None = None
    for line, block in blocks.rows:
        faults = list(_check_block(blocks.path, line, block, unit, page, needing))
        sound = sound and not faults
        yield from faults
        if previous and block.start < previous[1].end:
            sound = False
            yield finding(
                "overlapping-blocks",
                blocks.path,
                line,
                start=block.start,
                end=block.end,
                other=previous[0],
                also=[(blocks.path, previous[0])],
            )
        if previous is None or block.end > previous[1].end:
            previous = line, block
    return sound


def _check_block(
    path: str, line: int, block: Block, unit: str, page: str, needing: Container[str]
) -> Iterator[Finding]:
    start, end = block.start, block.end
    if start >= end:
        yield finding("empty-span", path, line, key="the block", start=start, end=end)
    elif end > len(page):
        yield finding("span-out-of-range", path, line, key="the block", start=start, end=end, length=len(page))
    elif spans.trim(page, start, end) != (start, end):
        reads = shorten(page[start:end])
        yield finding("span-edge-space", path, line, key="the block", start=start, end=end, reads=reads)
    elif "\n" in page[start:end]:
        yield finding("block-crosses-line", path, line, start=start, end=end)
    if block.document is None and block.role in needing:
        yield finding("misplaced-block", path, line, role=block.role, found="no document", expected="one")
    elif block.document is not None and block.document.rsplit("-", 1)[0] != unit:
        expected = "one of its own page"
        yield finding("misplaced-block", path, line, role=block.role, found=block.document, expected=expected)


def _check_covered(blocks: Table[Block], unit: str, page: str) -> Iterator[Finding]:
    reach = 0
    before: list[tuple[str, int]] = []
    for line, start, end in [
        *((line, block.start, block.end) for line, block in blocks.rows),
        (0, len(page), len(page)),
    ]:
        here = [(blocks.path, line)] if line else []
        gap = spans.trim(page, reach, start)
        if gap[0] < gap[1]:
            reads, also = shorten(page[slice(*gap)]), [*before, *here]
            yield finding("uncovered-text", blocks.path, reads=reads, start=gap[0], end=gap[1], page=unit, also=also)
        reach, before = end, here


def _check_headed(blocks: Table[Block], needing: Container[str]) -> Iterator[Finding]:
    """Check that each article has a headline or a standfirst, from which its title is made."""
    headed = {block.document for block in blocks if block.role in HEADS}
    first: dict[str, int] = {}
    for line, block in blocks.rows:
        if block.document is not None and block.role in needing:
            first.setdefault(block.document, line)
    for document, line in first.items():
        if document not in headed:
            yield finding("missing-headline", blocks.path, line, document=document)
