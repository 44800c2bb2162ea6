"""Attribution: the cue and the speaker of a quote, the entities that speak, and what place names refer to."""

from collections.abc import Container, Iterator, Mapping

from goldwire.checks.exemptions import Exemptions
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.profile import Profile
from goldwire.model.records import Decoy, Mention, Quote
from goldwire.text import spans
from goldwire.text.quotation_marks import marked_spans


def check_attribution(quotes: Table[Quote], document: str, text: str, exemptions: Exemptions) -> Iterator[Finding]:
    """Check that cue and speaker lie next to the content, in its paragraph, and do not overlap."""
    for line, quote in quotes.rows:
        named = [("the cue", quote.cue), ("the speaker", quote.speaker)]
        found = [(key, span) for key, span in named if span is not None]
        paragraphs = {text.count("\n", 0, fragment.start) for fragment in quote.content}
        for i, (key, span) in enumerate(found):
            others = [("the content", fragment) for fragment in quote.content] + found[:i]
            place = document, span.start, span.text
            shown = f"{key} {shorten(span.text)} [{span.start}:{span.end}]"
            for other, there in others:
                if spans.overlap(span, there) and not exemptions.cover("overlapping-attribution", *place):
                    yield finding("overlapping-attribution", quotes.path, line, shown=shown, other=other)
                    break
            if text.count("\n", 0, span.start) not in paragraphs and not exemptions.cover(
                "distant-attribution", *place
            ):
                yield finding("distant-attribution", quotes.path, line, shown=shown)


def check_voices(
    quotes: Table[Quote],
    mentions: Table[Mention] | None,
    types: Mapping[str, str],
    silent: Container[str],
    document: str,
    exemptions: Exemptions,
) -> Iterator[Finding]:
    """Check the speaker entities: of a type that speaks, listed once, and named in the document if it has mentions."""
    named = None if mentions is None else {name for m in mentions for name in (m.entity, m.stands_for)}
    for line, quote in quotes.rows:
        names = quote.speaker_entities or []
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield finding("repeated-speaker", quotes.path, line, id=name)
        start = quote.content[0].start
        for name in dict.fromkeys(names):
            if types.get(name) in silent and not exemptions.cover("speaker-type-mismatch", document, start, name):
                yield finding("speaker-type-mismatch", quotes.path, line, id=name, type=types[name])
            elif (
                named is not None
                and name not in named
                and not exemptions.cover("absent-speaker", document, start, name)
            ):
                yield finding("absent-speaker", quotes.path, line, id=name, document=document)


def check_metonyms(
    mentions: Table[Mention], types: Mapping[str, str], profile: Profile, document: str, exemptions: Exemptions
) -> Iterator[Finding]:
    """Check that only places stand for something, and only for another government, organisation or people."""
    places, referents = profile.with_trait("place"), profile.with_trait("referent")
    for line, mention in mentions.rows:
        name = mention.stands_for
        if name is None or name not in types:
            continue
        if name == mention.entity:
            expected = "another entity, or null"
        elif mention.type not in places:
            expected = f"null for a name of the type {mention.type}"
        elif types[name] not in referents:
            expected = f"a government, an organisation or a people, but its type is {types[name]}"
        else:
            continue
        if not exemptions.cover("stands-for-mismatch", document, mention.start, mention.text):
            reads = shorten(mention.text)
            yield finding("stands-for-mismatch", mentions.path, line, reads=reads, id=name, expected=expected)


def check_decoy_marks(decoys: Table[Decoy], document: str, text: str, exemptions: Exemptions) -> Iterator[Finding]:
    """Check that a decoy contains quotation marks."""
    marked = marked_spans(text) if decoys.rows else ()
    for line, decoy in decoys.rows:
        if not any(start < decoy.end and decoy.start < end for start, end in marked) and not exemptions.cover(
            "unmarked-decoy", document, decoy.start, decoy.text
        ):
            reads = shorten(decoy.text)
            yield finding("unmarked-decoy", decoys.path, line, reads=reads, start=decoy.start, end=decoy.end)
