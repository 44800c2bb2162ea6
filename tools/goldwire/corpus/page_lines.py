"""The lines of a scraped page, each cut where a date or a time is joined to other words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.text import spans

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
CUT_LENGTH = 150
"""Code points up to which a line is cut at its dates and times; a longer one is a paragraph."""

_MONTH = (
    r"(?:jan(?:uary|uar|vier|eiro|\.)?|feb(?:ruary|ruar|braio|rero|\.)?|f[eé]v(?:rier|ereiro|\.)?|mar(?:ch|s|ço|zo|\.)?|märz|mrz"
    r"|apr(?:il|ile|\.)?|avr(?:il|\.)?|abr(?:il|\.)?|may|mai|maj|mei|mayo|maio|maggio|june?|juin|juni|junio|junho|giugno"
    r"|jul(?:y|i|io|ho|\.)?|juillet|luglio|aug(?:ust|ustus|\.)?|ao[uû]t|agosto|ago|sept?(?:ember|embre|iembre|\.)?|set(?:embro|tembre|\.)?"
    r"|oct(?:ober|obre|ubre|\.)?|okt(?:ober|\.)?|out(?:ubro|\.)?|ottobre|nov(?:ember|embre|iembre|embro|\.)?"
    r"|dec(?:ember|\.)?|dez(?:ember|embro|\.)?|d[eé]c(?:embre|\.)?|dic(?:iembre|embre|\.)?|enero|ene|gennaio)"
    r"|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर"
    r"|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_DAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b\.?|(?:mon|diens|mitt|donners|frei|sams|sonn)[a-z]{1,6}tag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार"
)
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?|yrs?)"
_ZONE = r"(?:UTC(?:[+-]\d+)?|[A-Z]{1,3}T|Z|Uhr|hrs|[+-]\d{2}:?\d{2})(?![A-Za-z])"
_CLOCK = (
    rf"(?<!\d)[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?!\d|\.\d|%)(?:\s*[ap]\.?m\b\.?)?(?:\s*(?-i:{_ZONE}))?"
    rf"|(?<!\d)[0-2]\d[0-5]\d\s*(?-i:GMT|UTC|hrs|HRS)\b|(?<!\d)[0-2]?\d\s*(?:[ap]\.m\.|[ap]m\b|uhr\b)(?:\s*(?-i:{_ZONE}))?"
)
_DATE = (
    r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de\s+|of\s+)?(?:{_MONTH})(?![^\W\d_])(?:,?[\s-]*(?:de\s+)?'?\d{{2,4}}(?!\d))?"
    rf"|(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d.:]\d|\d)(?:,?\s+\d{{4}})?|(?:{_MONTH})\s+(?:de\s+)?\d{{4}}"
    r"|(?:spring|summer|autumn|fall|winter)\s+\d{4}"
)
_AGO = (
    rf"(?:(?:about|over|almost)\s+)?(?:an?|one|two|few|\d+)\s*{_UNIT}\s+ago|\d+[mhd]\b|just now"
    r"|vor\s+\w+\s+(?:minuten?|stunden?|tag(?:en)?|wochen?)"
    r"|il y a\s+\w+\s+(?:minutes?|heures?|jours?|semaines?)|hace\s+\w+\s+(?:minutos?|horas?|días?|semanas?)"
    r"|há\s+\w+\s+(?:minutos?|horas?|dias?|semanas?)|\w+\s+(?:minuti|or[ae]|giorni|settimane)\s+fa"
    r"|\w+\s+(?:मिनट|घंटे|दिन)\s+पहले|(?:today|yesterday|heute|gestern|hier|hoje|ontem|hoy|ayer|aujourd'hui|आज|कल)\b"
)
_SAYS = (
    r"(?:first\s+|last\s+|zuletzt\s+|post\s+)?(?:published|posted|updated?|modified|refreshed|edited|created|issued|filed|reviewed|date|datum|fecha"
    r"|publié|mis à jour|mis en ligne|modifié"
    r"|veröffentlicht|aktualisiert|erstellt|stand|publicado|actualizado|atualizado|modificado"
    r"|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|प्रकाशित|अपडेटेड|अपडेट|опубликовано|обновлено|نشر|تحديث)"
    r"(?:\s+(?:on|at|le|el|em|am|il|op))?\s*:?"
)
_PART = rf"(?:{_DAY}|(?:{_DATE})(?:\s(?-i:{_ZONE}))?|{_AGO}|{_CLOCK})"
_JOIN = r"[\s,|·•/–—()»-]*(?:\b(?:at|à|um|on|a las|às|alle|om|and|und|et|o'clock|the|le|den|el|de|il)\b[\s,]*)?"
TIME = re.compile(
    rf"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[PUVLA])))(?:time)?(?:le\s)?(?:{_SAYS}\s*(?:the\s+|le\s+)?)?(?<![^\W\d_]){_PART}(?:{_JOIN}(?:{_SAYS}\s*)?(?<![^\W\d_]){_PART})*",
    re.I,
)
GLUED = re.compile(r"(?<=[^\W\d_])(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2})$|^time(?=\d+\s*\w+ ago$)", re.I)
DIGIT = re.compile(r"\d")
WORDS = re.compile(r"ago$|now$|day$|heute|gestern|hier|hoy|ayer|hoje|ontem|आज|कल|tag$|di$|एक|पहले", re.I)
"""What a time without a digit has in it, and WORDS_LENGTH the code points of a line that may be one."""
WORDS_LENGTH = 40
STARTS = re.compile(rf"{_CLOCK}|{_DATE}", re.I)
EDGE = " \t,|·•»–—-:"
"""What stands between a time and the words beside it; it goes with the time."""
TIMER = re.compile(r"\d:\d\d\s*/\s*\d+:\d\d")
"""How far a player has come; no time of day."""
AUTHOR = re.compile(r"(?:by|von|par|por|di|door|av)\s+[^\W\d]{2}")
RUNS_ON = re.compile(
    r"(?:\b(?:of|in|on|since|from|until|till|by|before|after|for|born|died|at|to|the|and|or|between|around|about|late|early|last|next"
    r"|vom|im|seit|bis|am|du|de|depuis|le|en|del|desde|em|do|da|dal|nel)|[(=<>@])\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a piece of one.

    Its span in code points of the page, its text without what nobody sees, the number of its line from 1,
    whether it is a date or a time, which piece of the line it is from 0, and the blank lines above it.
    """

    start: int
    end: int
    text: str
    number: int
    is_time: bool
    piece: int
    gap: int


def page_lines(page: str) -> list[Line]:
    """The lines of a page that are not blank, trimmed, cut at dates and times joined to other words."""
    found: list[Line] = []
    number, gap, start = 0, 0, 0
    for match in [*LINE_END.finditer(page), None]:
        end = match.start() if match else len(page)
        number += 1
        first, last = spans.trim(page, start, end)
        start = match.end() if match else end
        if first == last:
            gap += 1
            continue
        reach = _marks(page, first, last)
        if reach > first:
            found.append(Line(first, reach, "", number, False, 0, gap))
            first, last = spans.trim(page, reach, last)
        pieces = _pieces(page, first, last) if first < last else ()
        for piece, (a, b, is_time) in enumerate(pieces):
            found.append(Line(a, b, visible(page[a:b]), number, is_time, piece, gap))
        gap = 0
    return found


def _marks(page: str, start: int, end: int) -> int:
    """The end of the byte order marks that a line starts with, which no text of an article may start with."""
    while start < end and page[start] == "\ufeff":
        start += 1
    return start


def visible(text: str) -> str:
    """A text without invisible characters, with plain spaces."""
    return text if text.isascii() else INVISIBLE.sub("", text).replace("\xa0", " ").strip()


def _pieces(page: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Spans of a line's pieces, and whether each is a time."""
    text = page[start:end]
    may_have_time = DIGIT.search(text) or (end - start <= WORDS_LENGTH and WORDS.search(text))
    if end - start > CUT_LENGTH or not may_have_time:
        yield start, end, False
        return
    found = _time(text)
    if found is None:
        yield start, end, False
        return
    a, b = found
    for first, last, is_time in ((0, a, False), (a, b, True), (b, len(text), False)):
        first, last = spans.trim(page, start + first, start + last)
        if first < last:
            yield first, last, is_time


def _time(text: str) -> tuple[int, int] | None:
    """The span of the date or time that parts a line, with the marks beside it; None where none does."""
    if TIMER.search(text):
        return None
    if glued := GLUED.search(text):
        return (0, len(text)) if glued.start() == 0 else (glued.start(), len(text))
    matches = [match for match in TIME.finditer(text) if match.end() > match.start()]
    if not matches:
        return None
    match = max(matches, key=lambda match: match.end() - match.start())
    before, after = text[: match.start()], text[match.end() :]
    a = len(before.rstrip(EDGE))
    b = len(text) - len(after.lstrip(EDGE + ".)"))
    says = bool(re.match(_SAYS, match[0], re.I))
    if not (before := text[:a]) and b == len(text):
        return 0, b
    if not before.strip("(["):
        return (0, b) if STARTS.match(match[0]) and _is_free(text, match.end(), b, match[0]) else None
    joined = text[a : match.start()]
    if joined.startswith(","):  # the comma ends what it follows
        a += 1
    parted = says or any(mark in joined for mark in ",|·•»–—") or "  " in joined or "(" in joined
    if RUNS_ON.search(before) or not parted or not before.strip(EDGE) or before.count("(") > before.count(")"):
        return None
    if b < len(text) and not (
        re.search(r"\d{4}|ago", match[0]) and any(mark in text[match.end() : b] for mark in "|·•–—")
    ):
        return None
    return a, b


def _is_free(text: str, end: int, after: int, time: str) -> bool:
    """Whether a time at the start of a line is not the first word of a sentence that runs on."""
    rest = text[after:]
    separated = any(mark in text[end:after] for mark in "|·•–—») ") or end == after
    runs_on = rest[:1].islower() and not AUTHOR.match(rest)
    return separated and not runs_on and text[end:after].strip()[:1] not in (",", ".") and len(rest) > 1
