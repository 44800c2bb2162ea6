"""Quotation marks in a text, told from apostrophes."""

from collections.abc import Iterator
from functools import lru_cache

OPENING = {"“": '”"', "‘": "’'", "'": "'’", '"': '"”', "«": "»", "„": "“”"}
"""Marks that may open a quotation, each with those that may close it: scraped text mixes curly and straight."""
SINGLE = "‘’'"


@lru_cache(maxsize=256)  # a text is asked for once for every quote in it
def marked_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans from an opening to its closing mark, both inside, in order; marks may nest.

    A mark without a partner in its paragraph stands for itself, as a span of one code point.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        found += ((start + a, start + b) for a, b in _paragraph(paragraph))
        start += len(paragraph) + 1
    return tuple(sorted(found))


def _paragraph(text: str) -> Iterator[tuple[int, int]]:
    open_marks: list[int] = []
    for i, char in enumerate(text):
        if char not in "“”‘’'\"«»„" or _is_inside_word(text, i):
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
