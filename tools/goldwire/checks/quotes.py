"""Completeness of quotes and decoys: word edges, repeats, overlaps, parents, kinds of speaker."""

import unicodedata
from collections.abc import Iterator

from goldwire.checks.exemptions import Exemptions
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import Decoy, DocumentLabel, Mention, Quote, Span, Speaker
from goldwire.model.vocabulary import SpeakerKind
from goldwire.text import spans
from goldwire.text.derived_fields import PERSONAL, PRONOUNS, lies_in
from goldwire.text.tokens import is_word

CONTEXT = 10
"""The code points shown on either side of an edge."""


def check_word_edges(
    table: Table[DocumentLabel], document: str, text: str, exemptions: Exemptions
) -> Iterator[Finding]:
    """Check that spans start and end with whole words; hyphens and apostrophes separate words."""
    for line, record in table.rows:
        for key, span in _keyed_spans(record):
            start, end = span.start, span.end
            is_inside = _is_inside_word(text, start) or _is_inside_word(text, end)
            if is_inside and not exemptions.cover("span-edge-word", document, start, span.text):
                near, reads = shorten(text[max(0, start - CONTEXT) : end + CONTEXT]), shorten(span.text)
                yield finding(
                    "span-edge-word", table.path, line, key=key, reads=reads, start=start, end=end, near=near
                )


def _keyed_spans(record: DocumentLabel) -> Iterator[tuple[str, spans.TextSpan]]:
    if not isinstance(record, Quote):
        yield ("the decoy" if isinstance(record, Decoy) else "the mention"), record
        return
    yield from (("content", fragment) for fragment in record.content)
    if record.cue:
        yield "the cue", record.cue
    if record.speaker:
        yield "the speaker", record.speaker
        if record.speaker.head:
            yield "the head", record.speaker.head


def _is_inside_word(text: str, edge: int) -> bool:
    if not 0 < edge < len(text):
        return False
    cuts_letter = unicodedata.category(text[edge])[0] == "M" and is_word(text, edge - 1)
    return cuts_letter or (_joins(text[edge - 1]) and _joins(text[edge]))


def _joins(char: str) -> bool:
    """Whether a character forms a word with its neighbours; scripts without case may be written without spaces."""
    return char.isalnum() and unicodedata.category(char) != "Lo"


def check_doubles(quotes: Table[Quote]) -> Iterator[Finding]:
    """Check that no quote is labelled twice; a second quote of the same words has another cue."""
    seen: dict[tuple[Span | None, ...], tuple[int, str | None]] = {}
    for line, quote in quotes.rows:
        other, name = seen.setdefault((*quote.content, quote.cue), (line, quote.id))
        if other != line:
            yield finding("duplicate-quote", quotes.path, line, id=name, other=other, also=[(quotes.path, other)])


def check_decoys(decoys: Table[Decoy], quotes: Table[Quote]) -> Iterator[Finding]:
    """Check that no decoy overlaps the content of a quote or another decoy."""
    seen: list[tuple[str, int, spans.SpanLike]] = [
        (quotes.path, line, fragment) for line, quote in quotes.rows for fragment in quote.content
    ]
    for line, decoy in decoys.rows:
        other = next(((path, number) for path, number, span in seen if spans.overlap(decoy, span)), None)
        if other is not None:
            where = {"start": decoy.start, "end": decoy.end}
            yield finding("overlapping-decoy", decoys.path, line, reads=shorten(decoy.text), also=[other], **where)
        seen.append((decoys.path, line, decoy))


def check_parents(quotes: Table[Quote]) -> Iterator[Finding]:
    """Check that a quote inside the content of another has a parent."""
    for line, quote in quotes.rows:
        if quote.parent is None:
            for other, outer in quotes.rows:
                if lies_in(quote, outer) and outer.content != quote.content:
                    also = [(quotes.path, other)]
                    yield finding("missing-parent", quotes.path, line, id=outer.id, other=other, also=also)
                    break


def check_kinds(
    quotes: Table[Quote], mentions: Table[Mention], document: str, language: str, exemptions: Exemptions
) -> Iterator[Finding]:
    """Check that the kind of a speaker is name if its head is a mention, and pronoun if it is an English pronoun."""
    names = {(mention.start, mention.end): line for line, mention in mentions.rows}
    for line, quote in quotes.rows:
        speaker = quote.speaker
        if speaker is None or speaker.head is None or speaker.kind is None:
            continue
        place = names.get((speaker.head.start, speaker.head.end))
        expected = _expected_kind(speaker, place is not None, language)
        key = document, speaker.head.start, speaker.head.text
        if speaker.kind not in expected and not exemptions.cover("speaker-kind-mismatch", *key):
            found = {"head": shorten(speaker.head.text), "kind": speaker.kind, "expected": " or ".join(expected)}
            also = [(mentions.path, place)] if place else []
            yield finding("speaker-kind-mismatch", quotes.path, line, also=also, **found)


def _expected_kind(speaker: Speaker, is_mention: bool, language: str) -> tuple[SpeakerKind, ...]:
    word = speaker.head.text.casefold() if speaker.head else ""
    if is_mention:
        return ("name",)
    if language != "en":
        return ("name", "nominal", "pronoun")
    if word in PERSONAL:
        return ("pronoun",)
    return ("name", "nominal", "pronoun") if word in PRONOUNS else ("name", "nominal")
