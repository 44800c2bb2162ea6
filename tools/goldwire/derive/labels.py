"""The labels of a derived article as records of its document."""

from collections.abc import Iterator
from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.derive.pages import document_id
from goldwire.derive.paragraphs import Place, Said
from goldwire.model.records import Decoy, Mention, Quote, Span, Speaker

span = Span.model_construct  # what is derived from sound records is sound; checks look at every one of them


class Labelled(NamedTuple):
    """A document: its id, its text, and every layer of its labels."""

    id: str
    text: str
    mentions: list[Mention]
    quotes: list[Quote]
    decoys: list[Decoy]


def labelled(article: Article) -> Labelled:
    """A derived article with its labels at their places in its text, ids counted from 1."""
    name, text = document_id(article.number), article.text
    mentions: list[Mention] = []
    quotes: list[Quote] = []
    decoys: list[Decoy] = []
    at = 0
    for paragraph in article.paragraphs:
        for start, end, kind, entity, stands_for in paragraph.names:
            mentions.append(
                Mention.model_construct(
                    id=f"{name}-e{len(mentions) + 1:03}",
                    start=at + start,
                    end=at + end,
                    text=text[at + start : at + end],
                    type=kind,
                    entity=entity,
                    stands_for=stands_for,
                )
            )
        quotes += _quotes(paragraph.quotes, name, len(quotes) + 1, at, text)
        for start, end, reason in paragraph.decoys:
            decoys.append(
                Decoy.model_construct(
                    id=f"{name}-d{len(decoys) + 1:03}",
                    start=at + start,
                    end=at + end,
                    text=text[at + start : at + end],
                    reason=reason,
                )
            )
        at += len(paragraph.text) + 1
    return Labelled(name, text, mentions, quotes, decoys)


def _quotes(quotes: tuple[Said, ...], name: str, first: int, at: int, text: str) -> Iterator[Quote]:
    def put(place: Place) -> Span:
        return span(start=at + place[0], end=at + place[1], text=text[at + place[0] : at + place[1]])

    for number, quote in enumerate(quotes, first):
        speaker = None
        if quote.speaker:
            start, end = at + quote.speaker[0], at + quote.speaker[1]
            speaker = Speaker.model_construct(
                start=start,
                end=end,
                text=text[start:end],
                head=put(quote.head) if quote.head else None,
                kind=quote.kind,
            )
        yield Quote.model_construct(
            id=f"{name}-q{number:03}",
            type=quote.type,
            content=[put(place) for place in quote.content],
            cue=put(quote.cue) if quote.cue else None,
            speaker=speaker,
            speaker_entities=list(quote.entities),
            status=quote.status,
            parent=None if quote.parent is None else f"{name}-q{first + quote.parent:03}",
        )
