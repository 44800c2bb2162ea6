"""The labels of a derived article as records of its document."""

from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.derive.pages import document_id
from goldwire.derive.paragraphs import Offsets, QuoteLabel
from goldwire.model.profile import Profile, news
from goldwire.model.records import Decoy, Mention, Quote, Span, Speaker


class DerivedDocument(NamedTuple):
    """A document: its id, its text, and every layer of its labels."""

    id: str
    text: str
    mentions: list[Mention]
    quotes: list[Quote]
    decoys: list[Decoy]


def labelled_document(article: Article, profile: Profile | None = None) -> DerivedDocument:
    """A derived article as a document with its labels, whose ids count from 1.

    The records are constructed without validation, which would take most of the time; the checks look at each.
    """
    name, text, labels = document_id(article.number), article.text, article.labels
    return DerivedDocument(
        name,
        text,
        [
            Mention.model_construct(
                id=f"{name}-e{i:03}",
                start=start,
                end=end,
                text=text[start:end],
                type=kind,
                entity=entity or None,
                stands_for=stands_for,
            )
            for i, (start, end, kind, entity, stands_for) in enumerate(labels.mentions, 1)
        ],
        [_quote(quote, name, i, text, profile or news()) for i, quote in enumerate(labels.quotes, 1)],
        [
            Decoy.model_construct(id=f"{name}-d{i:03}", start=start, end=end, text=text[start:end], reason=reason)
            for i, (start, end, reason) in enumerate(labels.decoys, 1)
        ],
    )


def _quote(quote: QuoteLabel, document: str, number: int, text: str, profile: Profile) -> Quote:
    def span(place: Offsets) -> Span:
        return Span.model_construct(start=place[0], end=place[1], text=text[slice(*place)])

    speaker = None
    if quote.speaker:
        speaker = Speaker.model_construct(
            start=quote.speaker[0],
            end=quote.speaker[1],
            text=text[slice(*quote.speaker)],
            head=quote.head and span(quote.head),
            kind=quote.kind,
        )
    return Quote.model_construct(
        id=f"{document}-q{number:03}",
        type=quote.type,
        content=[span(place) for place in quote.content],
        cue=quote.cue and span(quote.cue),
        speaker=speaker,
        speaker_entities=list(quote.entities) if profile.requires("quotes", "speaker_entities") else None,
        status=quote.status if profile.requires("quotes", "status") else None,
        parent=None if quote.parent is None else f"{document}-q{quote.parent + 1:03}",
    )
