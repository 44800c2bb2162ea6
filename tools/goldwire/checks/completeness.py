"""Completeness: what a gold set that calls itself complete must hold, beyond what it holds being right."""

from collections.abc import Iterator
from itertools import pairwise

from goldwire.checks.exemptions import Exempt
from goldwire.checks.quotes import check_decoys, check_doubles, check_kinds, check_parents, check_word_edges
from goldwire.checks.surface_forms import CONTEXT, Surfaces, check_surfaces
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import DOCUMENT_LAYERS, Decoy, Mention, Quote
from goldwire.text.quotation_marks import marked_spans, marked_type


def check_completeness(tree: Tree) -> Iterator[Finding]:
    """Check the gold set's layers of every document where they are declared complete."""
    gold = tree.gold
    if gold is None:
        return
    exempt, surfaces = Exempt(tree), Surfaces(tree.registry)
    pages = {page.id: page.language for page in tree.corpus.pages}
    languages = {document.id: pages.get(document.page, "") for document in tree.corpus.documents}
    for document, text in tree.corpus.texts.items():
        complete = {layer for layer in DOCUMENT_LAYERS if _is_complete(gold, layer, document)}
        if {"quotes", "decoys"} <= complete:
            yield from _check_marks(gold.quotes[document], gold.decoys[document], document, text, exempt)
            yield from check_decoys(gold.decoys[document], gold.quotes[document])
        if "quotes" in complete:
            yield from _check_types(gold.quotes[document], document, text, exempt)
            yield from check_doubles(gold.quotes[document])
            yield from check_parents(gold.quotes[document])
        if "entities" in complete and tree.registry.whole:
            yield from check_surfaces(surfaces, gold.entities[document], document, text, exempt)
        if {"entities", "quotes"} <= complete:
            quotes, mentions = gold.quotes[document], gold.entities[document]
            yield from _check_speakers(quotes, mentions, document, exempt)
            yield from check_kinds(quotes, mentions, document, languages.get(document, ""), exempt)
        for layer in sorted(complete):
            yield from check_word_edges(getattr(gold, layer)[document], document, text, exempt)
    yield from _check_aliases(tree, gold, exempt)
    yield from exempt.needless()


def _is_complete(labels: LabelSet, layer: str, document: str) -> bool:
    table = getattr(labels, layer).get(document)
    declared = getattr(labels.info, layer).get(document) if labels.info else None
    return declared == "complete" and table is not None and table.whole


def _check_marks(
    quotes: Table[Quote], decoys: Table[Decoy], document: str, text: str, exempt: Exempt
) -> Iterator[Finding]:
    held = [(span.start, span.end) for quote in quotes for span in quote.content]
    held += [(decoy.start, decoy.end) for decoy in decoys]
    for span in marked_spans(text):
        for i in {span[0], span[1] - 1}:
            near = text[max(0, i - CONTEXT) : i + CONTEXT]
            inside = any(start <= i < end for start, end in held)
            if not inside and not exempt.holds("unaccounted-mark", document, i, text[i]):
                yield finding("unaccounted-mark", quotes.path, document=document, at=i, reads=shorten(near))


def _check_types(quotes: Table[Quote], document: str, text: str, exempt: Exempt) -> Iterator[Finding]:
    for line, quote in quotes.rows:
        expected = marked_type(text, [(span.start, span.end) for span in quote.content])
        place = quote.content[0].start, quote.content[0].text
        if quote.type != expected and not exempt.holds("quote-type-mismatch", document, *place):
            shown = shorten(quote.content[0].text)
            yield finding("quote-type-mismatch", quotes.path, line, found=quote.type, expected=expected, reads=shown)


def _check_speakers(
    quotes: Table[Quote], mentions: Table[Mention], document: str, exempt: Exempt
) -> Iterator[Finding]:
    for line, quote in quotes.rows:
        speaker = quote.speaker
        if speaker is None or speaker.head is None or speaker.kind != "name" or quote.speaker_entities is None:
            continue
        head = speaker.head
        inside = [mention for mention in mentions if head.start <= mention.start and mention.end <= head.end]
        named = {name for mention in inside for name in (mention.entity, mention.stands_for)}
        if named.isdisjoint(quote.speaker_entities) and not exempt.holds(
            "speaker-not-mentioned", document, head.start, head.text
        ):
            entities = ", ".join(quote.speaker_entities) or "nobody"
            yield finding("speaker-not-mentioned", quotes.path, line, head=shorten(head.text), entities=entities)


def _check_aliases(tree: Tree, gold: LabelSet, exempt: Exempt) -> Iterator[Finding]:
    """The registry holds just the surface forms that are marked, and none of them names two entities unsaid."""
    used: dict[str, set[str]] = {}
    aliases = {entity.id: (line, entity.aliases) for line, entity in tree.registry.rows}
    for mentions in gold.entities.values():
        for line, mention in mentions.rows:
            used.setdefault(mention.entity or "", set()).add(mention.text)
            place, forms = aliases.get(mention.entity or "", (0, [mention.text]))
            if mention.text not in forms:
                reads, also = shorten(mention.text), [(tree.registry.path, place)]
                yield finding("unregistered-surface", mentions.path, line, reads=reads, id=mention.entity, also=also)
    complete = tree.registry.whole and all(table.whole for table in gold.entities.values())
    holders: dict[str, list[str]] = {}
    for line, entity in tree.registry.rows:
        for alias in entity.aliases:
            holders.setdefault(alias, []).append(entity.id)
            if complete and alias not in used.get(entity.id, ()):
                yield finding("unused-alias", tree.registry.path, line, alias=shorten(alias), id=entity.id)
        if any(a >= b for a, b in pairwise(entity.aliases)):
            yield finding("unsorted-aliases", tree.registry.path, line, id=entity.id)
    lines = {entity.id: line for line, entity in tree.registry.rows}
    for line, entity in tree.registry.rows:
        for alias in entity.aliases:
            others = [name for name in holders[alias] if name != entity.id]
            if others and not exempt.holds("ambiguous-surface", None, None, alias):
                found = {"alias": shorten(alias), "id": entity.id, "others": ", ".join(others)}
                also = [(tree.registry.path, lines[name]) for name in others]
                yield finding("ambiguous-surface", tree.registry.path, line, also=also, **found)
