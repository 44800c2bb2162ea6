"""The cues that a line's neighbours, its copies and its place on the page give."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from goldwire.corpus.line_shapes import CELL_MARK
from goldwire.corpus.page_lines import Line

PREFIX = re.compile(r"^(?:re:\s*|fwd?:\s*|[-–—•*·|]\s*)+", re.I)
"""What stands before a copy of a line."""
NEAR = 8
"""Lines within which a copy is near."""
TELLING = 20
"""Code points from which a copied line is no mere button."""
CELLS_LENGTH = 160
RECURS = 3
"""Lines of one form, apart from each other, that make the form one of the page's."""
FEED_HEAD, FEED_MEDIAN = 45, 72
"""Code points that a line which opens an article of a feed has at least, and that half of a page's have."""
AHEAD = 12
"""Lines within which what follows says what a line is about."""


@dataclass(slots=True)
class Seen:
    """A line with what is read off its own words: its cues, its coarse kind, its form, how like body it is
    (2 a paragraph, 1 a short sentence), and its stems."""

    line: Line
    text: str
    words: list[str]
    cues: list[str] = field(default_factory=list)
    kind: str = "short"
    form: str = ""
    body: int = 0
    stems: frozenset[str] = frozenset()


def add_neighbour_cues(seen: Sequence[Seen]) -> None:
    """Add to each line of a page the cues that need the others."""
    copies, after, feed = _Copies(seen), _next_paragraphs(seen), _feed_heads(seen)
    gaps = sum(own.line.gap > 0 for own in seen)
    is_mixed = 0.05 * len(seen) < gaps < 0.85 * len(seen)
    cells = [len(CELL_MARK.findall(own.text)) if len(own.text) < CELLS_LENGTH else 0 for own in seen]
    before: list[int] = []
    for i, own in enumerate(seen):
        own.cues.extend(_kinds(seen, i))
        own.cues.extend(_pieces(seen, i))
        if is_mixed:
            own.cues.extend(_blanks(seen, i))
        if cells[i] and cells[i] in (*cells[max(0, i - 1) : i], *cells[i + 1 : i + 2]):
            own.cues.append("as many cells as the line beside it")
        own.cues.extend(copies.cues(i))
        own.cues.extend(_distances(seen, i, after[i], before))
        if own.stems and own.body < 2:
            own.cues.extend(_topic(seen, i, after[i], before))
        if i in feed:
            own.cues.append("opens an article of a feed")
        if own.body == 2:
            before = [*before[-2:], i]


def _kinds(seen: Sequence[Seen], i: int) -> Iterator[str]:
    own = seen[i].kind
    above = seen[i - 1].kind if i else "edge"
    below = seen[i + 1].kind if i + 1 < len(seen) else "edge"
    yield f"is {own}"
    yield f"after {above}"
    yield f"before {below}"
    yield f"{own} before {below}"
    yield f"{own} after {above}"
    yield f"two after {seen[i - 2].kind if i > 1 else 'edge'}"
    yield f"two before {seen[i + 2].kind if i + 2 < len(seen) else 'edge'}"


def _pieces(seen: Sequence[Seen], i: int) -> Iterator[str]:
    line = seen[i].line
    if line.is_time:
        yield "time"
    if line.piece:
        yield "rest of a line"
        if seen[i - 1].line.is_time:
            yield "after its time"
    if i + 1 < len(seen) and seen[i + 1].line.piece:
        yield "start of a line"


def _blanks(seen: Sequence[Seen], i: int) -> Iterator[str]:
    is_above = seen[i].line.gap > 0
    is_below = i + 1 < len(seen) and seen[i + 1].line.gap > 0
    if is_above:
        yield "blank above"
    if is_below:
        yield "blank below"
    if is_above and is_below:
        yield "between blanks"


class _Copies:
    """Which lines of a page say the same, and which have the same form."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.seen = seen
        self.plain = [PREFIX.sub("", own.text).lower() for own in seen]
        self.counts = Counter(self.plain)
        self.paragraphs = [0]
        for own in seen:
            self.paragraphs.append(self.paragraphs[-1] + (own.body == 2))
        self.next = self._nearest(range(len(seen) - 1, -1, -1))
        self.last = self._nearest(range(len(seen)))
        apart = [own.form for i, own in enumerate(seen) if i == 0 or own.form != seen[i - 1].form]
        self.forms = Counter(apart)

    def _nearest(self, order: range) -> list[int | None]:
        known: dict[str, int] = {}
        found: list[int | None] = [None] * len(self.plain)
        for i in order:
            found[i] = known.get(self.plain[i])
            known[self.plain[i]] = i
        return found

    def cues(self, i: int) -> Iterator[str]:
        form = self.seen[i].form
        if form and self.forms[form] >= RECURS:
            yield "its form recurs"
            if len(form) > 2:
                yield "its form recurs and is odd"
        if self.counts[self.plain[i]] < 2:
            return
        yield "repeated" if self.counts[self.plain[i]] < 4 else "repeated often"
        last, following = self.last[i], self.next[i]
        if last == i - 1:
            yield "as the line above"
        elif last is not None:
            yield "as a line above" if i - last <= NEAR else "as a line far above"
        if following == i + 1:
            yield "as the line below"
        if len(self.plain[i]) < len(self.seen[i].text):
            yield "repeats with a mark before it"
        if len(self.plain[i]) > TELLING:
            yield "long and repeated"
            if following is not None and self.paragraphs[following] == self.paragraphs[i]:
                yield "copied below before a paragraph"
            if last is not None and self.paragraphs[last] == self.paragraphs[i]:
                yield "copied above in the same head"


def _next_paragraphs(seen: Sequence[Seen]) -> list[list[int]]:
    """For every line the next lines that are like paragraphs, three at most."""
    found: list[list[int]] = []
    ahead: list[int] = []
    for i in range(len(seen) - 1, -1, -1):
        found.append(ahead)
        if seen[i].body == 2:
            ahead = [i, *ahead[:2]]
    return found[::-1]


def _distances(seen: Sequence[Seen], i: int, after: Sequence[int], before: Sequence[int]) -> Iterator[str]:
    if i == 0:
        yield "first line"
    if not before:
        yield "before all paragraphs"
    if not after:
        yield "after all paragraphs"
    yield f"paragraph {_distance(after[0] - i if after else None)} below"
    yield f"paragraph {_distance(i - before[-1] if before else None)} above"
    below = next((k for k in range(i + 1, min(len(seen), i + 4)) if seen[k].body), None)
    yield f"text {_distance(below - i if below else None)} below"


def _distance(lines: int | None) -> str:
    if lines is None or lines > 5:
        return "far"
    return "next" if lines == 1 else "second next" if lines == 2 else "3 to 5 lines"


def _topic(seen: Sequence[Seen], i: int, after: Sequence[int], before: Sequence[int]) -> Iterator[str]:
    stems, is_close = seen[i].stems, bool(after) and after[0] - i < AHEAD
    below = frozenset[str]().union(*(seen[k].stems for k in after)) if is_close else frozenset()
    above = frozenset[str]().union(*(seen[k].stems for k in before))
    for there, name in ((below, "what follows"), (above, "what precedes")):
        if there:
            share = len(stems & there) / len(stems)
            yield f"{'words' if share >= 0.5 else 'few words' if share >= 0.2 else 'no words'} of {name}"
    if below and above:
        shared = len(below & above) / min(len(below), len(above))
        yield "topic changes" if shared < 0.08 else "topic stays" if shared > 0.2 else "topic may change"


def _feed_heads(seen: Sequence[Seen]) -> set[int]:
    """Lines that open articles on a page where a long line without a full stop, and nothing else, opens each."""
    heads = [i for i in range(len(seen) - 1) if _may_open(seen, i)]
    times = sum(own.kind in ("time", "byline") for own in seen)
    if not heads or times > len(heads) or median(len(seen[i].text) for i in heads) < FEED_MEDIAN:
        return set()
    return set(heads)


def _may_open(seen: Sequence[Seen], i: int) -> bool:
    is_linked = any("more alone" in above.cues for above in seen[max(0, i - 2) : i])
    is_first = i == 0 or seen[i - 1].body > 0 or seen[i - 1].kind in ("furniture", "more")
    is_long = seen[i].kind == "title" and len(seen[i].text) > FEED_HEAD and seen[i].text[-1] != ":"
    return is_long and is_first and not is_linked and seen[i + 1].body > 0
