"""What speaks for the role of a line: the names of the cues that it, its neighbours and its page give."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from goldwire.corpus.line_shapes import BULLET, CELL_MARK, SENTENCE_END, shape_cues
from goldwire.corpus.page_lines import Line
from goldwire.corpus.site_phrases import function_words, phrase_cues, words

WRAP_WIDTH = 100
"""Code points that no line of a page with hard line ends is longer than, but few."""


PREFIX = re.compile(r"^(?:re:\s*|fwd?:\s*|[-–—•*·|]\s*)+", re.I)


@dataclass(slots=True)
class Seen:
    """A line with what is read off its own words: its cues, its coarse kind, how like body it is, its stems."""

    line: Line
    text: str
    words: list[str]
    cues: list[str] = field(default_factory=list)
    kind: str = "short"
    body: int = 0
    stems: frozenset[str] = frozenset()


def page_cues(lines: Sequence[Line]) -> list[list[str]]:
    """For every line of a page the names of its cues, in a fixed order."""
    texts = paragraphs(lines)
    seen = [_seen(line, text) for line, text in zip(lines, texts, strict=True)]
    _around(seen)
    return [each.cues for each in seen]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Each line's text, or the whole paragraph's where a page breaks its paragraphs at a width."""
    sizes = sorted(len(line.text) for line in lines)
    width = sizes[int(len(sizes) * 0.95)] if sizes else 0
    texts = [line.text for line in lines]
    flows = [
        after.gap == 0
        and after.piece == 0
        and len(line.text) >= 0.72 * width
        and not line.is_time
        and not BULLET.match(after.text)
        for line, after in zip(lines, [*lines[1:]], strict=False)
    ]
    broken = sum(flow and not SENTENCE_END.search(text) for flow, text in zip(flows, texts, strict=False))
    if not 35 <= width <= WRAP_WIDTH or broken < max(6, 0.2 * len(lines)):
        return texts
    start = 0
    for i in range(len(lines)):
        if i == len(lines) - 1 or not flows[i]:
            joined = " ".join(texts[start : i + 1])
            texts[start : i + 1] = [joined] * (i + 1 - start)
            start = i + 1
    return texts


def _seen(line: Line, text: str) -> Seen:
    if not text:
        return Seen(line, text, [], ["nothing to see"], "end")
    own = Seen(line, text, words(text))
    own.cues.extend(shape_cues(text, own.words))
    phrases, furniture = phrase_cues(own.words, len(text))
    own.cues.extend(phrases)
    _judge(own, furniture)
    if own.body or own.kind in ("title", "short", "caps"):
        own.stems = frozenset(word[:6] for word in own.words if len(word) > 3 and word not in function_words())
    return own


def _judge(own: Seen, furniture: int) -> None:
    """Set how like body a line is (2 a paragraph, 1 a short sentence) and its coarse kind."""
    cues, size, count = set(own.cues), len(own.text), max(1, len(own.words))
    ends = "ends in ." in cues or "ends in ?" in cues or "ends in …" in cues
    if "function words" in cues and (size >= 160 or (ends and size >= 75)):
        own.body = 2
    elif ends and size >= 25 and "no function word" not in cues:
        own.body = 1
    if furniture >= 0.4 * count or (furniture >= 3 and size < 160 and "addresses the reader" in cues):
        own.body = 0
    own.kind = _kind(own, cues, furniture >= 0.7 * count)


def _kind(own: Seen, cues: set[str], furniture: bool) -> str:
    if own.line.is_time:
        return "time"
    if own.body == 2 and not {"note first", "end first"} & cues:
        return "body"
    if {"popular alone", "related alone"} & cues:
        return "list heading"
    if furniture and "more first" not in cues:
        return "furniture"
    if "more first" in cues:
        return "more"
    if {"byline first"} & cues and len(own.text) < 90:
        return "byline"
    if {"credit first"} & cues:
        return "credit"
    if {"end alone", "marks alone"} & cues:
        return "end"
    if "cells" in cues or "figures" in cues or "figures alone" in cues:
        return "figures"
    if "bullet" in cues:
        return "bullet"
    if own.body:
        return "sentence"
    if "kicker alone" in cues:
        return "kicker"
    if len(own.text) > 25 and len(own.words) > 3:
        return "title"
    return "caps" if "capitals" in cues else "short"


def _around(seen: list[Seen]) -> None:
    """Add the cues that a line's neighbours and its place on the page give."""
    count = len(seen)
    bodies = [i for i, each in enumerate(seen) if each.body == 2]
    gaps = sum(each.line.gap > 0 for each in seen)
    is_mixed = 0.05 * count < gaps < 0.85 * count
    plain = [PREFIX.sub("", each.text).lower() for each in seen]
    copies = Counter(plain)
    cells = [len(CELL_MARK.findall(each.text)) if len(each.text) < 160 else 0 for each in seen]
    first: dict[str, int] = {}
    feed = _feed_heads(seen)
    after = _next_bodies(seen)
    last_bodies: list[int] = []
    for i, own in enumerate(seen):
        cues = own.cues
        cues.append(f"is {own.kind}")
        before_kind = seen[i - 1].kind if i else "edge"
        next_kind = seen[i + 1].kind if i + 1 < count else "edge"
        cues.append(f"after {before_kind}")
        cues.append(f"before {next_kind}")
        cues.append(f"{own.kind} before {next_kind}")
        cues.append(f"{own.kind} after {before_kind}")
        cues.append(f"two after {seen[i - 2].kind if i > 1 else 'edge'}")
        cues.append(f"two before {seen[i + 2].kind if i + 2 < count else 'edge'}")
        if own.line.is_time:
            cues.append("time")
        if own.line.piece:
            cues.append("rest of a line")
            if seen[i - 1].line.is_time:
                cues.append("after its time")
        if i + 1 < count and seen[i + 1].line.piece:
            cues.append("start of a line")
        if is_mixed:
            if own.line.gap:
                cues.append("blank above")
            if i + 1 < count and seen[i + 1].line.gap:
                cues.append("blank below")
                if own.line.gap:
                    cues.append("between blanks")
        if cells[i] and ((i > 0 and cells[i - 1] == cells[i]) or (i + 1 < count and cells[i + 1] == cells[i])):
            cues.append("as many cells as the line beside it")
        same = plain[i]
        if copies[same] > 1:
            cues.append("repeated" if copies[same] < 4 else "repeated often")
            if i and plain[i - 1] == same:
                cues.append("as the line above")
            elif same in first:
                cues.append("as a line far above" if i - first[same] > 8 else "as a line above")
            if i + 1 < count and plain[i + 1] == same:
                cues.append("as the line below")
            if len(same) < len(own.text):
                cues.append("repeats with a mark before it")
            if len(same) > 30:
                cues.append("long and repeated")
            first[same] = i
        cues.extend(_place(i, own, bodies, after[i], last_bodies, seen))
        if i in feed:
            cues.append("opens an article of a feed")
        if own.body == 2:
            last_bodies = [*last_bodies[-2:], i]


def _next_bodies(seen: list[Seen]) -> list[list[int]]:
    """For every line the next lines that are like body, three at most."""
    found: list[list[int]] = []
    ahead: list[int] = []
    for i in range(len(seen) - 1, -1, -1):
        found.append(ahead)
        if seen[i].body == 2:
            ahead = [i, *ahead[:2]]
    return found[::-1]


def _place(
    i: int, own: Seen, bodies: list[int], after: list[int], before: list[int], seen: list[Seen]
) -> Iterator[str]:
    if not before:
        yield "before all paragraphs"
    if not after:
        yield "after all paragraphs"
    if i == 0:
        yield "first line"
    down = after[0] - i if after else 99
    up = i - before[-1] if before else 99
    yield (
        "paragraph next"
        if down == 1
        else "paragraph second next"
        if down == 2
        else "paragraph in 3 to 5"
        if down < 6
        else "paragraph far below"
    )
    yield (
        "paragraph above"
        if up == 1
        else "paragraph second above"
        if up == 2
        else "paragraph 3 to 5 above"
        if up < 6
        else "paragraph far above"
    )
    if own.body == 2 or not own.stems:
        return
    if after and down < 12:
        there = frozenset().union(*(seen[j].stems for j in after))
        share = len(own.stems & there) / len(own.stems)
        yield (
            "words of what follows"
            if share >= 0.5
            else "few words of what follows"
            if share >= 0.2
            else "no words of what follows"
        )
    if before:
        there = frozenset().union(*(seen[j].stems for j in before))
        share = len(own.stems & there) / len(own.stems)
        yield (
            "words of what precedes"
            if share >= 0.5
            else "few words of what precedes"
            if share >= 0.2
            else "no words of what precedes"
        )
    if after and before and down < 12:
        a = frozenset().union(*(seen[j].stems for j in after[:2]))
        b = frozenset().union(*(seen[j].stems for j in before[-2:]))
        shared = len(a & b) / max(1, min(len(a), len(b)))
        yield "topic changes" if shared < 0.08 else "topic stays" if shared > 0.2 else "topic may change"


def _feed_heads(seen: list[Seen]) -> set[int]:
    """Lines that open articles on a page where a long line without a full stop, and nothing else, opens each."""
    heads = [
        i
        for i, own in enumerate(seen[:-1])
        if own.kind == "title"
        and len(own.text) > 45
        and seen[i + 1].body
        and (i == 0 or seen[i - 1].body or seen[i - 1].kind == "furniture")
    ]
    times = sum(own.kind in ("time", "byline") for own in seen)
    if not heads or times > len(heads) // 2 or median(len(seen[i].text) for i in heads) < 72:
        return set()
    return set(heads)
