"""The phrases that news sites print around a story, `cue_phrases.txt`, and which of them a line has."""

from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("cue_phrases.txt")
GRAMMAR = "function words"
STRIP = ".,:;!?…()[]{}<>\"'“”‘’„«»‹›|/\\-–—·•*†=+~_।॥^"
PHRASE_LENGTH = 200
"""Code points from which only the first words of a line can be a phrase of the site."""
FIRST_WORDS = 12
"""Words of a longer line that are looked at."""
FURNITURE = (
    "navigation",
    "share",
    "signup",
    "consent",
    "paywall",
    "footer",
    "comments",
    "forum",
    "advertising",
    "machine",
)
"""Classes of phrases that a site prints whatever the story."""


@cache
def phrase_lists() -> dict[str, list[str]]:
    """The phrases of each class, as they are written."""
    lists: dict[str, list[str]] = {}
    for part in PHRASES.read_text(encoding="utf-8").split("\n[")[1:]:
        name, _, phrases = part.partition("]")
        lists[name] = [" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip()]
    return lists


@cache
def function_words() -> frozenset[str]:
    """Words that few sentences are without, and most menus."""
    return frozenset(phrase_lists()[GRAMMAR])


@cache
def _index() -> dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]:
    """First word to second word, or "", to the phrases that begin so, each with its class."""
    index: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for name, phrases in phrase_lists().items():
        for parts in dict.fromkeys(tuple(words(phrase)) for phrase in phrases if name != GRAMMAR):
            if parts:
                second = parts[1] if len(parts) > 1 else ""
                index.setdefault(parts[0], {}).setdefault(second, []).append((parts, name))
    return index


def words(text: str) -> list[str]:
    """The words of a text in lower case without the marks around them; a number is #."""
    found = (word.strip(STRIP) or (word if word in "#©&×" else "") for word in text.lower().replace("’", "'").split())
    return ["#" if word.replace(",", "").replace(".", "").isdigit() else word for word in found if word]


def phrase_cues(names: list[str], length: int) -> tuple[list[str], int]:
    """The cues of the phrases in a line of so many code points, and how many of its words are the site's furniture."""
    cues: list[str] = []
    index = _index()
    covered: dict[str, int] = {}
    reach: dict[str, int] = {}
    leading: set[str] = set()
    total = 0
    furniture_reach = 0
    scanned = names if length <= PHRASE_LENGTH else names[:FIRST_WORDS]
    for i, word in enumerate(scanned):
        if word not in index:
            continue
        seconds = index[word]
        following = names[i + 1] if i + 1 < len(names) else ""
        for parts, name in (*seconds.get("", ()), *(seconds.get(following, ()) if following else ())):
            size = len(parts)
            if size > 2 and tuple(names[i : i + size]) != parts:
                continue
            start = max(i, reach.get(name, 0))
            if i + size > start:
                covered[name] = covered.get(name, 0) + i + size - start
                reach[name] = i + size
            if i == 0:
                leading.add(name)
            if name in FURNITURE and i + size > furniture_reach:
                total += i + size - max(i, furniture_reach)
                furniture_reach = i + size
    count = max(1, len(names))
    for name, size in covered.items():
        if length <= PHRASE_LENGTH:
            cues.append(name)
            if name in leading:
                cues.append(f"{name} first")
            if size >= 0.7 * count:
                cues.append(f"{name} alone")
            elif size == 1 and count > 7:
                cues.append(f"{name} in passing")
        elif size >= 3:
            cues.append(f"{name} in a paragraph")
    if total >= 0.7 * count:
        cues.append("furniture alone")
    elif total >= 0.4 * count:
        cues.append("much furniture")
    return cues, total
