"""Quotation marks in a text, as opposed to apostrophes, and the type that they give a quote."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from goldwire.model.vocabulary import QuoteType

OPENING = {"“": '”"', "‘": "’'", "'": "'’", '"': '"”', "«": "»", "„": "“”"}
"""Marks that may open a quotation, each with the marks that may close it: scraped text mixes curly and straight."""
SINGLE = "‘’'"
MARKS = frozenset("".join(OPENING) + "".join(OPENING.values()))
"""The marks that are read as quotation marks in the corpus."""
ALIKE = ('"“”„‟«»', "'‘’‚‛‹›`´")
"""Double and single marks of any language; those of a group stand for each other in words that a system repeats."""


@lru_cache(maxsize=256)  # callers ask once per quote of a text
def marked_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The half-open spans from an opening mark to its closing mark, both included, sorted; marks may nest.

    A mark without a partner in its paragraph is a span of one code point.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        found += ((start + a, start + b) for a, b in _paragraph(paragraph))
        start += len(paragraph) + 1
    return tuple(sorted(found))


def marked_type(text: str, content: Iterable[tuple[int, int]], cut: bool = False) -> QuoteType:
    """The type of a quote by the share of its letters and digits inside quotation marks: all, none or some.

    `content` are half-open spans that do not overlap. Only marks with both ends in one of them count; with
    `cut`, so do marks around the content or across its edge, as far as they reach into it.
    """
    inside = total = 0
    for start, end in content:
        total += _alphanumeric(text, start, end)
        reach = start
        for a, b in marked_spans(text):
            if cut:
                a, b = max(a, start), min(b, end)
            if start <= a and reach < b <= end:  # marks nest: an inner pair is counted with the outer one
                inside += _alphanumeric(text, max(a, reach), b)
                reach = b
    return "indirect" if not inside else "direct" if inside == total else "mixed"


def _alphanumeric(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def _paragraph(text: str) -> Iterator[tuple[int, int]]:
    open_marks: list[int] = []
    for i, char in enumerate(text):
        if char not in MARKS or _is_inside_word(text, i):
            continue
        partner = next((n for n in reversed(range(len(open_marks))) if _closes(text, open_marks[n], i)), None)
        if partner is not None:
            yield open_marks[partner], i + 1
            yield from ((lost, lost + 1) for lost in open_marks[partner + 1 :])
            del open_marks[partner:]
        elif char in OPENING and _begins_word(text, i):
            open_marks.append(i)
        elif char not in SINGLE:
            yield i, i + 1  # a double mark that closes nothing; a single one is an apostrophe
    yield from ((lost, lost + 1) for lost in open_marks)


def _is_inside_word(text: str, i: int) -> bool:
    return text[i] in SINGLE and 0 < i < len(text) - 1 and text[i - 1].isalnum() and text[i + 1].isalnum()


def _begins_word(text: str, i: int) -> bool:
    before = text[i - 1] if i else " "
    return i + 1 < len(text) and not text[i + 1].isspace() and not before.isalnum()


def _closes(text: str, opened: int, i: int) -> bool:
    after = text[i + 1] if i + 1 < len(text) else " "
    return text[i] in OPENING[text[opened]] and i > opened + 1 and not text[i - 1].isspace() and not after.isalnum()
