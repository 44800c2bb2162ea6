"""Refusals: what is wrong with a label, the part that is at fault, and the likely cause."""

from collections.abc import Callable, Iterator
from itertools import combinations
from operator import index
from typing import Any

from goldwire.bench.parts import is_plain, part
from goldwire.bench.unknown_keys import closest_key, unknown_keys
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import code_points, differ_at, foreign
from goldwire.scoring.labels import PlainSpan
from goldwire.scoring.settings import Task
from goldwire.text.quotation_marks import ALIKE

NOUNS: dict[Task, str] = {"entities": "entity", "quotes": "quote", "segments": "block", "duplicates": "pair"}
SHOWN = 200
"""Characters of a label that a message repeats."""
PLAIN = str.maketrans({mark: marks[0] for marks in ALIKE for mark in marks})
FOLDS: dict[str, Callable[[str], str]] = {
    "quotation marks": lambda words: words.translate(PLAIN).replace("''", '"'),
    "case": str.casefold,
    "white space": lambda words: "".join(words.split()),
}
"""What may differ in the words of a label whose offsets are right."""


UNEXPLAINED = "; expected half-open code points of the stored text"


class PartFault(ValueError):
    """A part of a label is at fault: its name, its value, and what is expected of it."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(name)
        self.name, self.value, self.expected = name, value, expected

    def within(self, name: str) -> "PartFault":
        """Return the fault of the part that contains this one."""
        return PartFault(f"{name}'s {self.name}", self.value, self.expected)


def read_offsets(start: Any, end: Any, text: str) -> PlainSpan:
    """Return the span of two offsets; raise PartFault if one of them is not an offset of the text."""
    for name, value in (("start", start), ("end", end)):
        if not hasattr(value, "__index__") or value is True or value is False:
            raise PartFault(name, value, f"a whole number; {value!r} is a {type(value).__name__}")
    first, last = index(start), index(end)
    if first < 0:
        raise PartFault("start", first, "0 or more")
    if last > len(text):
        hint = "; an offset past the text may count bytes or UTF-16 units, expected code points"
        raise PartFault("end", last, f"at most {len(text)}{hint if last <= len(text.encode()) else ''}")
    if first >= last:
        hint = "; if the end counts the last character, a letter has no length: give the end after it"
        raise PartFault("start", first, f"before its end, {last}{hint if first == last else ''}")
    return PlainSpan(first, last)


def is_half_pair(words: str) -> bool:
    """Return whether text contains half a surrogate pair, which is not a character."""
    return not words.isascii() and any("\ud800" <= letter <= "\udfff" for letter in words)


def check_surface(label: object, unit: str, text: str) -> None:
    """Raise GoldwireError if a label repeats its text and the text at its offsets differs."""
    surface = None if is_plain(label) else part(label, "text")
    if not isinstance(surface, str):
        return
    start, end = index(part(label, "start")), index(part(label, "end"))
    if text[start:end] != surface:
        found, stored = code_points(surface, text[start:end])
        raise GoldwireError(
            f"{unit}: a label has {surface!r}{found} at {start}:{end}, where the text reads "
            f"{text[start:end]!r}{stored}{counted_in(surface, start, end, text)}"
        )


def counted_in(surface: str, start: int, end: int, text: str) -> str:
    """Return the end of a message: the likely reason why a label's text is not at its offsets."""
    if is_half_pair(surface):
        return "; half a surrogate pair is a sign of offsets in UTF-16 units, expected code points"
    if text.encode()[start:end] == surface.encode():
        return "; the offsets count UTF-8 bytes, expected code points"
    if text.encode("utf-16-le")[2 * start : 2 * end] == surface.encode("utf-16-le"):
        return "; the offsets count UTF-16 units, expected code points"
    if text[start : end + 1] == surface:
        return "; the end counts the last character, expected the one after it"
    for names in (names for size in (1, 2, 3) for names in combinations(FOLDS, size)):
        if _folded(surface, names) == _folded(text[start:end], names):
            return f"; the offsets are right, the words differ only in {' and '.join(names)}; expected the stored text"
    return UNEXPLAINED


def is_hinted(surface: str, start: int, end: int, text: str) -> bool:
    """Return whether there is a likely reason why a label's text is not at its offsets."""
    return counted_in(surface, start, end, text) != UNEXPLAINED


def _folded(words: str, names: tuple[str, ...]) -> str:
    for name in names:
        words = FOLDS[name](words)
    return words


def refusal(label: object, unit: str, text: str, task: Task, expected: str) -> GoldwireError:
    """Return the error for a label."""
    place, of = (
        ("", "of documents") if task == "duplicates" else (f"{unit}: ", f"of a text of {len(text)} code points")
    )
    return GoldwireError(
        f"{place}{shown(label)} is not a valid {NOUNS[task]} {of}; expected {expected}{_misspelt(label, task)}"
    )


def fault(label: object, unit: str, text: str, task: Task, wrong: PartFault) -> GoldwireError:
    """Return the error for a label with a part at fault."""
    return refusal(label, unit, text, task, f"its {wrong.name}, {shown(wrong.value)}, to be {wrong.expected}")


def _misspelt(label: object, task: Task) -> str:
    """Return the end of a message: the keys that unknown keys may stand for."""
    hints = list(dict.fromkeys(_hints(label, task)))
    return f"; did you mean {', '.join(hints)}?" if hints else ""


def _hints(label: object, task: Task) -> Iterator[str]:
    for key in unknown_keys(label, task):
        if closest := closest_key(key, task):
            yield f"{closest!r} for {shown(key)}"


def shown(label: object) -> str:
    """Return a label as a message shows it: whole if it is short."""
    words, kind = repr(label), type(label).__name__
    if isinstance(label, str) and len(label) <= SHOWN:
        return words + foreign(label)
    if type(label).__module__ != "builtins" and kind not in words:  # spaCy's tokens look like bare words
        words = f"{words} (of type {kind})"
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def first_difference(found: str, stored: str, where: str) -> str | None:
    """Return the message for a text that is not the stored one; None if at most white space at its end differs."""
    if found == stored or found.rstrip() == stored.rstrip():
        return None
    at = differ_at(found, stored)
    ours, theirs = code_points(found, stored)
    return (
        f"{where}: the text is not the stored one, so offsets in it are shifted: it first differs at {at}, "
        f"{found[at : at + 20]!r}{ours} where the stored text reads {stored[at : at + 20]!r}{theirs}"
        f"{counted_text(found, stored)}"
    )


def counted_text(found: str, stored: str) -> str:
    """Return the end of a message: the likely reason why a text differs from the stored one."""
    if is_half_pair(found):
        return "; half a surrogate pair is a sign of UTF-16"
    if found.replace("\r\n", "\n").rstrip() == stored.rstrip():
        return "; its lines end in CRLF"
    return "; its first character is a byte order mark" if found.startswith("\ufeff") else ""
