"""What speaks for the role of a line: the names of the cues that it, its neighbours and its page give."""

from collections.abc import Sequence

from goldwire.corpus.line_shapes import BULLET, SENTENCE_END, form, shape_cues
from goldwire.corpus.neighbour_cues import Seen, add_neighbour_cues
from goldwire.corpus.page_lines import Line
from goldwire.corpus.site_phrases import function_words, phrase_cues, words

LEAD_LENGTH = 45
"""Code points that a sentence which leads on to others, with a colon, has at least."""
TOPIC_WORDS = 50
"""Words of a line that say what it is about."""
CAPITALS = 0.7
"""Share of a page in capitals from which capitals say nothing."""
WRAP_WIDTH = 100
"""Code points that no line of a page with hard line ends is longer than, but few."""


def page_cues(lines: Sequence[Line]) -> list[list[str]]:
    """For every line of a page the names of its cues, in a fixed order."""
    texts = paragraphs(lines)
    if sum(len(text) for text in texts if text.isupper()) > CAPITALS * sum(map(len, texts)):
        texts = [text.capitalize() for text in texts]
    seen = [_seen(line, text) for line, text in zip(lines, texts, strict=True)]
    if sum(own.body == 2 for own in seen) < sum(own.kind == "sentence" for own in seen):  # its paragraphs are short
        for own in seen:
            if own.kind == "sentence":
                own.kind, own.body = "body", 2
    add_neighbour_cues(seen)
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
        and any(map(str.isalpha, line.text))
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
    own.form = form(own.words, text)
    _judge(own, furniture)
    if own.body or own.kind in ("title", "short", "caps"):
        long = {word for word in own.words[:TOPIC_WORDS] if len(word) > 3}
        own.stems = frozenset([word[:6] for word in long - function_words()])
    return own


def _judge(own: Seen, furniture: int) -> None:
    """Set how like body a line is (2 a paragraph, 1 a short sentence) and its coarse kind."""
    cues, size, count = set(own.cues), len(own.text), max(1, len(own.words))
    ends = "ends in ." in cues or "ends in ?" in cues or "ends in …" in cues
    leads_on = own.text[-1] == ":" and size >= LEAD_LENGTH and "function words" in cues
    if "function words" in cues and (size >= 160 or (ends and size >= 75)):
        own.body = 2
    elif leads_on or (ends and size >= 25 and "no function word" not in cues):
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
    if "marks alone" in cues:
        return "rule"
    if "end alone" in cues:
        return "end"
    if "like a slug" in cues or "slug alone" in cues:
        return "slug"
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
