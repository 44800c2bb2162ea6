"""Quotation marks in a text, as opposed to apostrophes, and the type that they give a quote."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from goldwire.model.vocabulary import QuoteType
from goldwire.text.tokens import is_word

OPENING = {"“": '”"', "‟": '”"', '"': '"”', "„": "“”", "”": "”", "＂": "＂", "〝": "〞〟", "「": "」"}
OPENING |= {"‘": "’'", "‛": "’'", "'": "'’", "‚": "‘’", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "『": "』"}
"""Marks that may open a quotation, each with the marks that may close it: scraped text mixes curly and straight."""
MARKS = frozenset("".join(OPENING) + "".join(OPENING.values()))
"""The marks of every language that are read as quotation marks."""
SINGLE = frozenset("‘’'‛")
"""Marks that may be apostrophes."""
ALIKE = ('"“”„‟«»「」〝〞〟＂', "'‘’‚‛‹›『』`´")
"""Double and single marks of any language; those of a group stand for each other in words that a system repeats."""
ONE_SIDED = frozenset("“‟„‘‛‚«‹「『〝")
"""Marks that open a quotation even if a space follows, as French ones do."""
TWO_SIDED = frozenset('"＂')
"""Marks that open and close; between two spaces they take turns."""
REVERSED = frozenset("”»›")
"""Marks that usually close, and open a quotation in some languages: ”Swedish”, »German«."""
CONTINUING = {mark: mark + ("»" if mark == "«" else "") for mark in OPENING}
"""The marks that begin the next paragraph of a quotation, by the mark that opened it; Spanish uses closing ones."""
BEFORE = frozenset("([{-–—/") | OPENING.keys()
"""What may stand before such an opening mark, besides a space."""
MARKED_TYPES = frozenset({"direct", "indirect", "mixed"})
"""The types of quotes that follow from their marks."""


@lru_cache(maxsize=256)  # callers ask once per quote of a text
def marked_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The half-open spans from an opening mark to its closing mark, both included, sorted; marks may nest.

    A quotation over several paragraphs has an opening mark on each, and a span in each: in a paragraph that does not
    close it, the span ends with the last letter or digit. Any other mark without a partner in its paragraph is a span
    of one code point.
    """
    found: list[tuple[int, int]] = []
    unclosed: tuple[int, int] | None = None
    start = 0
    for paragraph in text.split("\n"):
        first = len(paragraph) - len(paragraph.lstrip())
        if first < len(paragraph):
            continues = unclosed is not None and paragraph[first] in CONTINUING[text[unclosed[0]]]
            if unclosed and continues:
                found[found.index((unclosed[0], unclosed[0] + 1))] = unclosed
            own = [(start + a, start + b) for a, b in _paragraph(paragraph, first if continues else -1)]
            unclosed = _unclosed(text, own, start + first, start + len(paragraph))
            found += own
        start += len(paragraph) + 1
    return tuple(sorted(found))


def _unclosed(text: str, marked: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The span from the first mark that a paragraph opens and does not close to its last letter, if there is any."""
    alone = (a for a, b in marked if b == a + 1 and text[a] in OPENING and (text[a] not in SINGLE or a == start))
    first = next((a for a in sorted(alone) if not any(x < a < y for x, y in marked)), end)
    while end > first and not is_word(text, end - 1):
        end -= 1
    return (first, end) if first < end else None


def marked_type(text: str, content: Iterable[tuple[int, int]], cut: bool = False) -> QuoteType:
    """The type of a quote by the share of its letters and digits inside quotation marks: all, none or some.

    `content` are half-open spans that do not overlap. Only marks with both ends in the content count; with `cut`,
    so do marks around the content or across its edge, as far as they reach into it.
    """
    fragments = list(content)
    inside = reach = 0
    for a, b in marked_spans(text):
        if cut or all(any(start <= i < end for start, end in fragments) for i in (a, b - 1)):
            a = max(a, reach)  # marks nest: an inner pair is counted with the outer one
            inside += sum(_alphanumeric(text, max(a, start), min(b, end)) for start, end in fragments)
            reach = max(reach, b)
    total = sum(_alphanumeric(text, start, end) for start, end in fragments)
    return "indirect" if not inside else "direct" if inside == total else "mixed"


def _alphanumeric(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def _paragraph(text: str, begins: int) -> Iterator[tuple[int, int]]:
    """The spans of a paragraph; a mark at `begins` opens one, because it goes on with the paragraph before."""
    open_marks: list[int] = []
    for i, char in enumerate(text):
        if char not in MARKS or _is_inside_word(text, i):
            continue
        partner = next((n for n in reversed(range(len(open_marks))) if _closes(text, open_marks[n], i)), None)
        if partner is not None:
            yield open_marks[partner], i + 1
            yield from ((lost, lost + 1) for lost in open_marks[partner + 1 :])
            del open_marks[partner:]
        elif char in OPENING and (i == begins or _opens(text, i)):
            open_marks.append(i)
        elif char not in SINGLE:
            yield i, i + 1  # a double mark that closes nothing; a single one is an apostrophe
    yield from ((lost, lost + 1) for lost in open_marks)


def _joins(char: str) -> bool:
    """Whether a character is part of a word of a script with spaces; Chinese puts marks between letters."""
    return is_word(char, 0) and unicodedata.east_asian_width(char) not in "WF"


def _is_inside_word(text: str, i: int) -> bool:
    return text[i] in SINGLE and 0 < i < len(text) - 1 and _joins(text[i - 1]) and _joins(text[i + 1])


def _opens(text: str, i: int) -> bool:
    char, before, after = text[i], text[i - 1] if i else " ", text[i + 1 : i + 2]
    if char in REVERSED:
        return (before.isspace() or before in BEFORE) and (is_word(after, 0) or after in OPENING)
    if after.isspace():
        return before.isspace() if char in TWO_SIDED else char in ONE_SIDED and not _joins(before)
    return bool(after) and (not _joins(before) or char in ONE_SIDED - SINGLE)


def _closes(text: str, opened: int, i: int) -> bool:
    char, before, after = text[i], text[i - 1], text[i + 1 : i + 2]
    if char not in OPENING[text[opened]] or i == opened + 1:
        return False
    if before.isspace():
        loose = text[opened + 1].isspace() or char in TWO_SIDED | REVERSED
        return loose and not _joins(after)
    return not _joins(after) or char not in SINGLE | TWO_SIDED | ONE_SIDED
