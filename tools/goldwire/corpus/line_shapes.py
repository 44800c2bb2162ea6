"""What the form of a line says: its length, end, case, marks, figures, and the persons it speaks to."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from goldwire.corpus.site_phrases import function_words

SENTENCE_END = re.compile(r"[.!?…।॥。！？؟۔][”’\"')\]»“]*(?:\[\d+\]|[¹²³†*])*$")
SENTENCES = re.compile(r"[.!?…।۔][”’\"')\]»]*\s+[“‘\"'«„(\[]*[^\W\d_a-z]")
BULLET = re.compile(r"[-–—•*·▪●■►▶»>✓]\s*\S")
NUMBERED = re.compile(r"\(?\d{1,3}(?:[.)]\s*|\s+)\S")
CELLS = re.compile(r"\S\s*[|\t]\s*\S.*[|\t]|\S(?:\t|\s{2,})[-+–]?[\d–—-]")
MENU = re.compile(r"\S(?:\s[|·•›‹»/]\s\S.*\s[|·•›‹»/]\s|\s{2,}\S.*\s{2,}|\t)\S")
ADDRESS = re.compile(r"\w@\w|https?:|www\.|\.(?:com|org|net|example)\b|\+?\d[\d\s()-]{7,}\d")
LABEL = re.compile(r"[^\W\d_][\w’' -]{1,28}:\s+\S")
DATELINE = re.compile(r"(?:[A-Z][\w.’'-]+[\s,]+){1,4}.{0,40}?(?:\)\s*|\s)[-–—]+\s+\S")
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b|\b(?:19|20)\d{2}\b")
SLUG = re.compile(
    r"(?=.{4,60}$)(?=.*(?:[A-Z]{3}[-/][A-Z]{3}|^[A-Z]+\d*-\d+\s+[A-Z]|^[a-z]{2,4}\d{3}))"
    r"(?:(?:\(?[A-Z\d][A-Z\d()/.,:-]*|[a-z]{2,4}\d*)(?:\s+|$))+$"
)
YOU = frozenset(
    "you your yours us our we me my i'm ihr ihre ihnen sie uns unser unsere dein deine votre vos vous nos notre je"
    " tu tus nuestro nuestra nuestros"
    " su seu sua seus você nosso nossa आप आपका अपना अपनी हमें हमारे".split()
)
SPEECH = frozenset("said says told added asked according sagte dit dijo disse कहा".split())
CREDIT = re.compile(
    r"(?:\b(?:photos?|photographs?|pic|picture|image|foto|fotos|bild|crédit|credit|illustration|graphic|bilder)s?"
    r"\s?(?:by|:|/|credit|source)?"
    r"|©|\b(?:getty images|handout|reuters|afp))[\s:]*(?:[^\W\d_][\w.'’-]*[\s/,]+){0,6}(?:[^\W\d_][\w.'’-]*)?[)\].]?$",
    re.I,
)
CREDIT_LENGTH = 70
CREDIT_WORDS = frozenset(
    "photo photos photograph photographs pic picture pictures image images foto fotos bild bilder crédit credit"
    " credits illustration graphic getty handout reuters afp".split()
)
SEPARATORS = frozenset("|·•›‹»/\t")
ADDRESS_MARKS = frozenset("@.")
CELL_MARK = re.compile(r"\||\t|\s{2,}")
CASE_LENGTH = 160
"""Code points from which the case of a line's words says nothing."""
FORM_LENGTH = 60
"""Code points from which a line has no form that others can have."""
LENGTHS = (3, 12, 25, 45, 70, 100, 140, 200)
LONGER = tuple(f"longer than {limit}" for limit in LENGTHS)
WORDS = (1, 2, 4, 7)
MORE_WORDS = tuple(f"more words than {limit}" for limit in WORDS)


def shape_cues(text: str, names: list[str]) -> Iterator[str]:
    """The cues of a line's form, in a fixed order; `names` are its words."""
    size, count = len(text), len(names)
    yield "always"
    yield from LONGER[: bisect_left(LENGTHS, size)]
    yield from MORE_WORDS[: bisect_left(WORDS, count)]
    last = text.rstrip("”’\"')]»“")[-1:]
    if SENTENCE_END.search(text):
        yield "ends in ?" if last == "?" else "ends in ." if last != "…" else "ends in …"
    elif text[-1:] in ":,;":
        yield "ends in : or ,"
    if size > 40 and SENTENCES.search(text):
        yield "several sentences"
    grammar = sum(map(function_words().__contains__, names[:40]))
    yield "no function word" if not grammar else "a function word" if grammar < 3 else "function words"
    yield from _letters(text, size, names)
    if size <= CASE_LENGTH:
        yield from _marks(text, names)
    elif DATELINE.match(text):
        yield "dateline"
    if "“" in text or "„" in text or "«" in text or not SPEECH.isdisjoint(names):
        yield "speech"
    if not YOU.isdisjoint(names[:30]):
        yield "addresses the reader"


def _letters(text: str, size: int, names: list[str]) -> Iterator[str]:
    first = text[:1]
    if first.islower():
        yield "starts small"
    elif first.isdigit():
        yield "starts with a digit"
    elif first in "“‘\"'«„":
        yield "starts with a quotation mark"
    if text.isupper() and len(names) > 0:
        yield "capitals"
    elif size <= CASE_LENGTH:
        content = [word for word in text.split() if len(word) > 3 and word[:1].isalpha()]
        capital = sum(word[0].isupper() for word in content)
        if len(content) >= 3 and capital >= 0.8 * len(content):
            yield "title case"
        elif len(content) >= 3 and capital <= 0.5 * len(content):
            yield "sentence case"
    digits = sum(map(str.isdigit, text[:60]))
    if size <= CASE_LENGTH and not any(map(str.isalpha, text)):
        yield "figures alone" if digits else "marks alone"
    elif digits > 0.25 * min(size, 60):
        yield "figures"


def _marks(text: str, names: list[str]) -> Iterator[str]:
    has_digits = any(map(str.isdigit, text))
    if "©" in text or text.startswith("(c)"):
        yield "starts with ©" if text[0] in "©(" else "© inside"
    if text[0] in "([<" and text[-1] in ")]>":
        yield "in brackets"
    if BULLET.match(text):
        yield "bullet"
    elif NUMBERED.match(text):
        yield "numbered"
    if not SEPARATORS.isdisjoint(text) or "  " in text:
        if CELLS.search(text):
            yield "cells"
        elif MENU.search(text):
            yield "menu marks"
    may_credit = len(text) > 12 and ("©" in text or not CREDIT_WORDS.isdisjoint(names))
    if may_credit and CREDIT.search(text, max(0, len(text) - CREDIT_LENGTH)):
        yield "ends in a credit"
    if (has_digits or not ADDRESS_MARKS.isdisjoint(text)) and ADDRESS.search(text):
        yield "address"
    if text[0] in "#@" and len(text) > 2:
        yield "hashtag"
    if ":" in text and LABEL.match(text):
        yield "label and colon"
    if has_digits and CLOCK.search(text):
        yield "a time or a year inside"
    if " " in text and len(names) in (2, 3) and not text.isupper() and all(word[0].isupper() for word in text.split()):
        yield "like a name"
    if SLUG.match(text):
        yield "like a slug"
    if DATELINE.match(text):
        yield "dateline"


def form(names: list[str], text: str) -> str:
    """The form of a short line: runs of capitals, capitalised and small words, and figures; empty for a long line."""
    if len(text) > FORM_LENGTH or not names:
        return ""
    found: list[str] = []
    for word in text.split():
        kind = (
            "9"
            if any(map(str.isdigit, word))
            else "A"
            if word.isupper() and len(word) > 1
            else "C"
            if word[0].isupper()
            else "c"
        )
        if not found or found[-1] != kind:
            found.append(kind)
    return "".join(found)
