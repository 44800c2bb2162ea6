"""Anchoring: every span lies in its text and repeats the characters at its offsets."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, contrast, finding, shorten
from goldwire.model.records import Mention, Pair, Quote, Speaker
from goldwire.text import spans


def check_anchoring(labels: LabelSet, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Check the spans of one set; documents whose text is missing are skipped."""
    yield from check_mentions(labels, texts)
    for unit, quotes in labels.quotes.items():
        if unit in texts:
            yield from _check_quotes(quotes, texts[unit])
    for unit, decoys in labels.decoys.items():
        if unit in texts:
            for line, decoy in decoys.rows:
                yield from _check_span(decoys.path, line, "the decoy", decoy, texts[unit])
    yield from _check_passages(labels, texts)


def check_mentions(labels: LabelSet, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Check the mentions of one set; documents whose text is missing are skipped."""
    for unit, mentions in labels.entities.items():
        if unit in texts:
            yield from _check_mentions(mentions, texts[unit])


def _check_span(path: str, line: int, key: str, span: spans.TextSpan, text: str) -> Iterator[Finding]:
    start, end = span.start, span.end
    if start >= end:
        yield finding("empty-span", path, line, key=key, start=start, end=end)
    elif end > len(text):
        yield finding("span-out-of-range", path, line, key=key, start=start, end=end, length=len(text))
    elif text[start:end] != span.text:
        value, reads = contrast(span.text, text[start:end])
        yield finding("surface-mismatch", path, line, value=value, start=start, end=end, reads=reads)
    elif text[start].isspace() or text[end - 1].isspace():
        yield finding("span-edge-space", path, line, key=key, start=start, end=end, reads=shorten(text[start:end]))


def _check_mentions(mentions: Table[Mention], text: str) -> Iterator[Finding]:
    reach: tuple[int, Mention] | None = None
    for line, mention in mentions.rows:
        yield from _check_span(mentions.path, line, "the mention", mention, text)
        if reach is not None and mention.start < reach[1].end and reach[1].start < mention.end:
            yield finding(
                "nested-mention",
                mentions.path,
                line,
                reads=shorten(mention.text),
                start=mention.start,
                end=mention.end,
                other=shorten(reach[1].text),
                line_other=reach[0],
                also=[(mentions.path, reach[0])],
            )
        if reach is None or mention.end > reach[1].end:
            reach = line, mention


def _check_quotes(quotes: Table[Quote], text: str) -> Iterator[Finding]:
    for line, quote in quotes.rows:
        for fragment in quote.content:
            yield from _check_span(quotes.path, line, "content", fragment, text)
        yield from _check_fragments(quotes.path, line, quote)
        if quote.cue:
            yield from _check_span(quotes.path, line, "the cue", quote.cue, text)
        if quote.speaker:
            yield from _check_speaker(quotes.path, line, quote.speaker, text)


def _check_fragments(path: str, line: int, quote: Quote) -> Iterator[Finding]:
    for before, fragment in pairwise(quote.content):
        if fragment.start < before.end:
            yield finding(
                "overlapping-fragments",
                path,
                line,
                start=fragment.start,
                end=fragment.end,
                start_other=before.start,
                end_other=before.end,
            )


def _check_speaker(path: str, line: int, speaker: Speaker, text: str) -> Iterator[Finding]:
    yield from _check_span(path, line, "the speaker", speaker, text)
    if speaker.head is None:
        return
    yield from _check_span(path, line, "the head", speaker.head, text)
    if not spans.contains(speaker, speaker.head):
        yield finding(
            "head-outside-speaker",
            path,
            line,
            head=shorten(speaker.head.text),
            start=speaker.head.start,
            end=speaker.head.end,
            start_other=speaker.start,
            end_other=speaker.end,
        )


def _check_passages(labels: LabelSet, texts: Mapping[str, str]) -> Iterator[Finding]:
    if labels.duplicates is not None:
        for line, pair in labels.duplicates.rows:
            yield from _check_pair(labels.duplicates.path, line, pair, texts)


def _check_pair(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    for i, passage in enumerate(pair.passages, 1):
        if pair.a in texts:
            yield from _check_span(path, line, f"passage {i} in a", passage.a, texts[pair.a])
        if pair.b in texts:
            yield from _check_span(path, line, f"passage {i} in b", passage.b, texts[pair.b])
