"""W3C Web Annotation: every label is an annotation whose target has a position and the words around it.

The model: Web Annotation Data Model, W3C Recommendation of 23 February 2017. Positions are code
points (its section 4.2.5). The address of its context is written, never fetched.
"""

import json
from collections.abc import Iterator, Mapping

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.records import Quote
from goldwire.text import spans

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"goldwire": "urn:goldwire:"}]
JsonObject = Mapping[str, object]
AROUND = 32
"""Code points of the text given on either side of the words."""


def export_web(source: Source) -> dict[str, bytes]:
    """Export a .jsonld file for every document, an AnnotationPage of its labels, and its text as .txt."""
    content = {}
    for document in source.documents():
        page = {
            "@context": CONTEXT,
            "id": f"urn:goldwire:page:{document.id}",
            "type": "AnnotationPage",
            "items": list(_annotations(document)),
        }
        content[f"{document.id}.jsonld"] = (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()
        content[f"{document.id}.txt"] = document.text.encode()
    return content


def _annotations(document: Labelled) -> Iterator[JsonObject]:
    for number, mention in enumerate(document.mentions or (), 1):
        named = [_entity(mention.entity, "identifying")] if mention.entity else []
        stands = [_entity(mention.stands_for, "linking")] if mention.stands_for else []
        bodies = [_word(mention.type, "classifying"), *named, *stands]
        yield _annotation(mention.id or f"{document.id}-e{number:03}", bodies, [_target(document, mention)])
    for number, decoy in enumerate(document.decoys or (), 1):
        name = decoy.id or f"{document.id}-d{number:03}"
        yield _annotation(
            name, [_word("decoy", "tagging"), _word(decoy.reason, "classifying")], [_target(document, decoy)]
        )
    for number, quote in enumerate(document.quotes or (), 1):
        yield _quote(document, quote, quote.id or f"{document.id}-q{number:03}")


def _quote(document: Labelled, quote: Quote, name: str) -> JsonObject:
    """Return a quote: its fragments are the targets, its type and its speaker's entities are bodies."""
    bodies = [_word("quote", "tagging"), _word(quote.type, "classifying")]
    bodies += [_entity(entity, "identifying") for entity in quote.speaker_entities or ()]
    made = dict(_annotation(name, bodies, [_target(document, fragment) for fragment in quote.content]))
    if quote.cue:
        made["goldwire:cue"] = _target(document, quote.cue)
    if quote.speaker:
        head = {"goldwire:head": _target(document, quote.speaker.head)} if quote.speaker.head else {}
        kind = {"goldwire:kind": quote.speaker.kind} if quote.speaker.kind else {}
        made["goldwire:speaker"] = {**_target(document, quote.speaker), **head, **kind}
    if quote.status:
        made["goldwire:status"] = quote.status
    if quote.parent:
        made["goldwire:parent"] = f"urn:goldwire:{quote.parent}"
    return made


def _annotation(name: str, bodies: list[JsonObject], targets: list[JsonObject]) -> JsonObject:
    return {"id": f"urn:goldwire:{name}", "type": "Annotation", "body": bodies, "target": targets}


def _word(value: str, purpose: str) -> JsonObject:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _entity(name: str, purpose: str) -> JsonObject:
    return {"type": "SpecificResource", "purpose": purpose, "source": f"urn:goldwire:{name}"}


def _target(document: Labelled, span: spans.SpanLike) -> JsonObject:
    text, start, end = document.text, span.start, span.end
    words = {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return {
        "type": "SpecificResource",
        "source": f"urn:goldwire:{document.id}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", **words},
        ],
    }
