"""Damage that aggregators, editors and scanners do to the words of a paragraph, as edits of its text."""

import re
from collections.abc import Callable, Iterator
from random import Random

from goldwire.derive.edits import Edit
from goldwire.derive.paragraphs import Paragraph
from goldwire.text.quotation_marks import marked_spans

WORD = re.compile(r"(?<![\w’'-])[a-z]+(?:-[a-z]+)?(?![\w’'-])")
GLUE = re.compile(r"(?<=[.,!?][”’\"']) (?=[“‘\"'])|(?<=[.!?]) (?=[“\"])")
TWO_WORDS = re.compile(r"\b(?:do|does|did|is|are|was|were|has|have|had|could|would|should) not\b(?! only)")
WORDS = dict(
    pair.split("/")
    for pair in """
    two/2 three/3 four/4 five/5 six/6 seven/7 eight/8 nine/9 ten/10 four-day/4-day defense/defence
    center/centre organization/organisation program/programme honor/honour favor/favour labor/labour
    neighbors/neighbours criticized/criticised recognize/recognise organized/organised emphasized/emphasised
    offense/offence toward/towards amid/amidst while/whilst however/nevertheless
    also/likewise several/various recently/lately currently/presently previously/earlier
    despite/notwithstanding nearly/almost began/started
    begin/start big/large major/significant key/crucial many/numerous often/frequently
    stressed/emphasized stated/declared noted/remarked insisted/maintained argued/contended told/informed
    conflict/dispute settlement/resolution leaders/heads efforts/attempts
    """.split()
)
"""Synonyms, numerals and British spelling, as a copy editor exchanges them."""
MISREAD = {"m": "rn", "l": "1", "e": "c", "h": "b", "o": "0", "s": "5", "i": "l", "n": "ri", "a": "o", "t": "f"}
"""Letters with what an optical reader confuses them with."""
LEGIBLE = 5
"""Characters that a mention must have to be misread: in a shorter one a misreading could make another word."""

Edits = Iterator[Edit]


def straight(paragraph: Paragraph, draw: Random) -> Edits:
    """Curly marks made straight, apostrophes too."""
    yield from _marks(paragraph, {"“": '"', "”": '"', "‘": "'", "’": "'"})


def single(paragraph: Paragraph, draw: Random) -> Edits:
    """Every quotation mark made a straight single one, as one aggregator prints them."""
    yield from _marks(paragraph, {"“": "'", "”": "'", '"': "'", "‘": "'", "’": "'"})


def _marks(paragraph: Paragraph, table: dict[str, str]) -> Edits:
    """Marks exchanged, unless they would then pair differently: the labels would be wrong."""
    text = paragraph.text
    changed = "".join(table.get(char, char) for char in text)
    if changed != text and marked_spans(changed) == marked_spans(text):
        for i, char in enumerate(text):
            if char in table and table[char] != char:
                yield Edit(i, i + 1, table[char])


def glued(paragraph: Paragraph, draw: Random) -> Edits:
    """The space removed between two quotations, or between a sentence and the quotation after it."""
    text = paragraph.text
    cuts = [Edit(*gap.span(), "") for gap in GLUE.finditer(text)]
    for cut in cuts:
        before = [(a - (a > cut.start), b - (b > cut.start)) for a, b in marked_spans(text)]
        if list(marked_spans(text[: cut.start] + text[cut.end :])) == before:
            yield cut


def edited(paragraph: Paragraph, draw: Random) -> Edits:
    """Light copy-editing outside quotation marks and mentions: synonyms, contractions, numerals, spelling."""
    kept = [*marked_spans(paragraph.text), *((m.start, m.end) for m in paragraph.mentions)]
    apostrophe = "’" if "’" in paragraph.text or "“" in paragraph.text else "'"
    found = [Edit(w.start(), w.end(), WORDS[w.group()]) for w in WORD.finditer(paragraph.text) if w.group() in WORDS]
    for two in TWO_WORDS.finditer(paragraph.text):
        found.append(Edit(two.end() - 4, two.end(), f"n{apostrophe}t"))
    reach = 0
    for edit in sorted(found):
        free = not any(a < edit.end and edit.start < b for a, b in kept)
        if free and edit.start >= reach and draw.random() < 0.8:
            yield edit
            reach = edit.end


def scanned(paragraph: Paragraph, draw: Random, one_in: int = 40) -> Edits:
    """Optical misreadings: in about one word of `one_in`, a letter is read as another.

    Short mentions and pronouns of speakers stay as they are: misread, they would be other words.
    """
    short = [(m.start, m.end) for m in paragraph.mentions if m.end - m.start < LEGIBLE]
    short += [quote.head for quote in paragraph.quotes if quote.head and quote.kind == "pronoun"]
    for word in re.finditer(r"[A-Za-z]{4,}", paragraph.text):
        if draw.random() * one_in >= 1:
            continue
        at = draw.randrange(word.start() + 1, word.end())
        char = paragraph.text[at]
        if char in MISREAD and not any(a <= at < b for a, b in short):
            yield Edit(at, at + 1, MISREAD[char])


REWRITINGS: dict[str, Callable[[Paragraph, Random], Edits]] = {
    "straight": straight,
    "single": single,
    "glued": glued,
    "edited": edited,
    "scanned": scanned,
}
"""Damage to the words of one paragraph, by its name."""
