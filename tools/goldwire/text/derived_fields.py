"""Fields of a quote that follow from other labels; what somebody set stays as it is.

The type follows from the marks in the content (`quotation_marks.marked_type`); the rest is here.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from goldwire.model.profile import Profile, names
from goldwire.model.records import Mention, Quote, Span, Speaker
from goldwire.model.vocabulary import QuoteStatus, SpeakerKind
from goldwire.text import spans
from goldwire.text.quotation_marks import MARKED_TYPES

FIELDS = frozenset({"type", "parent", "head", "kind", "speaker_entities", "status"})
"""The fields that are derived."""
PERSONAL = frozenset("i you he she it we they me him her us them his its their our my your".split())
"""English words that are always pronouns as the head of a phrase."""
PRONOUNS = PERSONAL | frozenset(
    "this that these those who whom whose which one ones some any many most few several others other another both all "
    "each either neither none everyone everybody someone somebody anyone anybody no-one nobody mine yours hers ours "
    "theirs himself herself itself themselves ourselves myself yourself".split()
)
"""English words that may be pronouns."""
PLURALS = frozenset("media police people men women they we them us their our these those some many others".split())
"""English heads that mean several people and do not end in s."""
BODIES = frozenset(
    "administration agency army association authority commission committee company council court crowd department "
    "embassy government group ministry office opposition parliament party team".split()
)
"""English heads that mean a body, which may be an entity of the registry, and if it is none is not one person."""
WRITINGS = frozenset(
    "banner banners sign signs poster posters placard placards constitution law charter treaty document documents "
    "statement report declaration message letter".split()
)
"""English heads that name no speaker: a writing whose author the text may not name."""
PREPOSITIONS = "of for from in at on to with by"
AFTER_NOUN = re.compile(rf"\s+(?:{PREPOSITIONS.replace(' ', '|')}|who|that|which|including)\s", re.I)
"""What follows the head noun of an English phrase begins with one of these words."""
GOVERNED = re.compile(
    rf"(?:^|\s)(?:{PREPOSITIONS.replace(' ', '|')})\s+"
    r"(?:(?:the|an?|his|her|its|their|m(?:r|rs|s)|dr|us|president|prime|foreign|minister|king|queen|pope|chancellor)\.?\s+)*$",
    re.I,
)
"""The end of the text before a name that a preposition governs: the name is not the head."""
BETWEEN = re.compile(r"\s*,?\s+(?:and|&|und|et|y|e|и)\s+|\s*[,،、]\s*", re.I)
"""What separates the parts of a coordination."""
TITLE = re.compile(
    r"(?<!\w)(?:then-)?(?:acting|aide|ambassador|chancellor|chief|commander|deputy|diplomat|director|dr|envoy|first|"
    r"foreign|former|general|governor|head|judge|king|lawmaker|leader|mayor|minister|mps?|mrs?|ms|opposition|pope|press|"
    r"president|presidential|prime|prince|princess|prof|professor|queen|secretary|senator|senior|sir|spokes\w+|top|"
    r"vice)\.?[ -]$",
    re.I,
)
"""The last word before a name, if it is part of a title."""
WINDOW = 40
"""The characters before a name in which its title is searched."""
ARTICLE = re.compile(r"(?<!\w)(?:the|an?|then-)\s?$", re.I)
POSSESSIVE = re.compile(r"['’]s?$")


def derivable(profile: Profile) -> frozenset[str]:
    """The fields that are derived in a corpus of a profile: those it requires, and the type if its types are ours.

    Every quote has a type, so it is derived even if nobody is asked for it.
    """
    has_types = set(names(profile.quote_types)) >= MARKED_TYPES
    return frozenset(f for f in FIELDS if (has_types if f == "type" else profile.requires("quotes", f)))


def derived(
    quotes: Sequence[Quote],
    mentions: Iterable[Mention],
    text: str,
    language: str = "en",
    fields: Collection[str] = FIELDS,
) -> list[Quote]:
    """The quotes of a document with each of `fields` that is null, and follows from other labels, filled in.

    `language` is an ISO 639 code; of phrases that are not English, only names and single words have a head. A type is
    never null, so it stays: make a quote with `marked_type`. Entities stay null unless a name speaks, or nobody does
    although there is a cue.
    """
    named = {(mention.start, mention.end): mention for mention in mentions}
    found = []
    for quote, parent in zip(quotes, parents(quotes), strict=True):
        more: dict[str, object] = {}
        speaker = quote.speaker
        if speaker is not None:
            inside = [mention for mention in named.values() if spans.contains(speaker, mention)]
            head = speaker.head or (head_of(speaker, inside, text, language) if "head" in fields else None)
            kind = speaker.kind or (kind_of(head, named, language) if "kind" in fields and head else None)
            more["speaker"] = speaker.model_copy(update={"head": head, "kind": kind})
            if quote.speaker_entities is None and quote.status in (None, "resolved") and "speaker_entities" in fields:
                more["speaker_entities"] = entities_of(speaker, head, inside, text, language)
        elif quote.cue and quote.speaker_entities is None and "speaker_entities" in fields and quote.status is None:
            more["speaker_entities"] = []
        if quote.parent is None and "parent" in fields:
            more["parent"] = parent
        quote = quote.model_copy(update=more)
        if quote.status is None and "status" in fields:
            quote = quote.model_copy(update={"status": status_of(quote.speaker, quote.speaker_entities)})
        found.append(quote)
    return found


def parents(quotes: Sequence[Quote]) -> list[str | None]:
    """The id of the parent of each quote: the shortest other quote whose content contains its content."""
    found: list[str | None] = []
    for quote in quotes:
        around = [outer for outer in quotes if outer.content != quote.content and lies_in(quote, outer)]
        found.append(min(around, key=lambda outer: sum(s.end - s.start for s in outer.content)).id if around else None)
    return found


def lies_in(quote: Quote, parent: Quote) -> bool:
    """Whether each fragment of a quote lies in a fragment of `parent`."""
    return all(any(spans.contains(outer, inner) for outer in parent.content) for inner in quote.content)


def head_of(speaker: spans.SpanLike, inside: Sequence[Mention], text: str, language: str) -> Span | None:
    """The name without titles, the head noun or the pronoun of a speaker's phrase; None if no rule decides.

    `inside` are the mentions in the phrase. Of a coordination, it is the head of the first part that is a name.
    """
    if names := _named_parts(speaker, inside, text, language):
        return Span(start=names[0].start, end=names[0].end, text=names[0].text)
    start, end = next(_parts(BETWEEN, speaker.start, speaker.end, inside, text))
    if language == "en":
        start, end = next(_parts(AFTER_NOUN, start, end, inside, text))
        if name := _name_at(end, inside):
            return Span(start=name.start, end=name.end, text=name.text)
        start = max((i + 1 for i in range(start, end) if text[i].isspace()), default=start)
    words = text[start:end]
    return None if not words or any(map(str.isspace, words)) else Span(start=start, end=end, text=words)


def phrase_around(name: spans.SpanLike, names: Iterable[spans.SpanLike], text: str) -> Span:
    """The noun phrase of a person or body who is named: the name with its titles, and with names before them."""
    begins = {other.end: other.start for other in names}
    start = name.start
    while True:
        near = max(0, start - WINDOW)
        title = TITLE.search(text[near:start])
        if title is not None:
            start = near + title.start()
        elif start and text[start - 1] == " " and start - 1 in begins:
            start = begins[start - 1]
        else:
            break
    if article := ARTICLE.search(text[near:start]):
        start = near + article.start()
    return Span(start=start, end=name.end, text=text[start : name.end])


def _named_parts(speaker: spans.SpanLike, inside: Sequence[Mention], text: str, language: str) -> list[Mention]:
    """The names at the ends of the parts of a phrase that no preposition governs."""
    found = []
    for start, end in _parts(BETWEEN, speaker.start, speaker.end, inside, text):
        if possessive := POSSESSIVE.search(text, start, end):
            end = possessive.start()
        name = _name_at(end, inside)
        if name is None:
            continue
        before = text[start : name.start]
        if language == "en":
            is_head = GOVERNED.search(before) is None
        else:
            is_head = name.type == "PERSON" or len(before.split()) <= 1
        if is_head:
            found.append(name)
    return found


def _name_at(end: int, inside: Sequence[Mention]) -> Mention | None:
    return next((mention for mention in inside if mention.end == end), None)


def _parts(
    between: re.Pattern[str], start: int, end: int, inside: Sequence[Mention], text: str
) -> Iterator[tuple[int, int]]:
    """The parts of a span around the separators in it, except those inside names."""
    for match in between.finditer(text, start, end):
        if match.start() > start and not any(m.start < match.end() and match.start() < m.end for m in inside):
            yield start, match.start()
            start = match.end()
    yield start, end


def kind_of(head: Span, names: Collection[tuple[int, int]], language: str) -> SpeakerKind | None:
    """Whether a head is a name, a pronoun or another noun; None for what is no name in another language than English.

    `names` are the starts and ends of the mentions.
    """
    if (head.start, head.end) in names:
        return "name"
    if language != "en":
        return None
    return "pronoun" if head.text.casefold() in PRONOUNS else "nominal"


def entities_of(
    speaker: spans.SpanLike, head: Span | None, inside: Sequence[Mention], text: str, language: str
) -> list[str] | None:
    """The entities that the names in a speaker's phrase stand for, or else name; None if its head is no name."""
    names = _named_parts(speaker, inside, text, language)
    if head is not None and not any((name.start, name.end) == (head.start, head.end) for name in names):
        names = [mention for mention in inside if (mention.start, mention.end) == (head.start, head.end)]
    found = [name.stands_for or name.entity for name in names]
    known = [name for name in found if name is not None]
    return list(dict.fromkeys(known)) if known and len(known) == len(found) else None


def status_of(speaker: Speaker | None, entities: Sequence[str] | None) -> QuoteStatus | None:
    """How precisely the speaker is known; None if nobody said who speaks, and the phrase does not tell."""
    if entities:
        return "resolved" if len(entities) == 1 else "group"
    if speaker is None:
        return "none" if entities is not None else None
    word = speaker.head.text.casefold() if speaker.head else ""
    is_plural = word in PLURALS or (speaker.kind == "nominal" and word.endswith("s") and not word.endswith("ss"))
    if word in WRITINGS:
        return "none" if entities is not None else None
    if is_plural and speaker.kind != "pronoun":
        return "group"
    return None if entities is None else "group" if is_plural or word in BODIES else "unnamed"
