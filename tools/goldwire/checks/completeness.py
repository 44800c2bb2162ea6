"""Completeness: what a gold set must contain if it is declared complete."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

from goldwire.checks.attribution import check_attribution, check_decoy_marks, check_metonyms, check_voices
from goldwire.checks.exemptions import Exemptions
from goldwire.checks.quotes import check_decoys, check_doubles, check_kinds, check_parents, check_word_edges
from goldwire.checks.surface_forms import CONTEXT, SurfaceForms, check_surfaces
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.profile import names
from goldwire.model.records import Decoy, Mention, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, DocumentLayer
from goldwire.text.quotation_marks import MARKED_TYPES, MARKS, marked_spans, marked_type


def check_completeness(tree: Tree, left_out: Collection[str] = (), aliases: bool = True) -> Iterator[Finding]:
    """Check the layers of the gold set that are declared complete; some documents, or all aliases, are left out."""
    gold = tree.gold
    if gold is None:
        return
    exemptions, surfaces = Exemptions(tree.exemptions), SurfaceForms(a for e in tree.registry for a in e.aliases)
    pages = {page.id: page.language for page in tree.corpus.pages}
    languages = {document.id: pages.get(document.page, "") for document in tree.corpus.documents}
    profile, silent = tree.profile, tree.profile.with_trait("silent")
    types = {entity.id: entity.type for entity in tree.registry}
    for document, text in tree.corpus.texts.items():
        if document in left_out:
            continue
        complete = {layer for layer in DOCUMENT_LAYERS if _is_complete(gold, layer, document)}
        if {"quotes", "decoys"} <= complete:
            yield from _check_marks(gold.quotes[document], gold.decoys[document], document, text, exemptions)
            yield from check_decoys(gold.decoys[document], gold.quotes[document])
        if "decoys" in complete:
            yield from check_decoy_marks(gold.decoys[document], document, text, exemptions)
        if "entities" in complete and profile.requires("entities", "stands_for"):
            yield from check_metonyms(gold.entities[document], types, profile, document, exemptions)
        if "quotes" in complete:
            yield from check_attribution(gold.quotes[document], document, text, exemptions)
            named = gold.entities[document] if "entities" in complete else None
            yield from check_voices(gold.quotes[document], named, types, silent, document, exemptions)
            if profile.requires("quotes", "type") and set(names(profile.quote_types)) >= MARKED_TYPES:
                yield from _check_types(gold.quotes[document], document, text, exemptions)
            yield from check_doubles(gold.quotes[document])
            if profile.requires("quotes", "parent"):
                yield from check_parents(gold.quotes[document])
        if "entities" in complete and aliases:
            yield from check_surfaces(surfaces, gold.entities[document], document, text, exemptions)
        if {"entities", "quotes"} <= complete:
            quotes, mentions = gold.quotes[document], gold.entities[document]
            yield from _check_speakers(quotes, mentions, document, exemptions)
            yield from check_kinds(quotes, mentions, document, languages.get(document, ""), exemptions)
        for layer in sorted(complete):
            yield from check_word_edges(gold.tables(layer)[document], document, text, exemptions)
    if aliases:
        yield from _check_aliases(tree, gold, exemptions, left_out)
        yield from exemptions.unused(left_out)


def _is_complete(labels: LabelSet, layer: DocumentLayer, document: str) -> bool:
    table = labels.tables(layer).get(document)
    return labels.declared(layer, document) == "complete" and table is not None and table.whole


def _check_marks(
    quotes: Table[Quote], decoys: Table[Decoy], document: str, text: str, exemptions: Exemptions
) -> Iterator[Finding]:
    covered = [(span.start, span.end) for quote in quotes for span in quote.content]
    covered += [(decoy.start, decoy.end) for decoy in decoys]
    for span in marked_spans(text):
        for i in {i for i in (span[0], span[1] - 1) if text[i] in MARKS}:
            near = text[max(0, i - CONTEXT) : i + CONTEXT]
            inside = any(start <= i < end for start, end in covered)
            if not inside and not exemptions.cover("unaccounted-mark", document, i, text[i]):
                yield finding("unaccounted-mark", quotes.path, document=document, at=i, reads=shorten(near))


def _check_types(quotes: Table[Quote], document: str, text: str, exemptions: Exemptions) -> Iterator[Finding]:
    for line, quote in quotes.rows:
        expected = marked_type(text, [(span.start, span.end) for span in quote.content])
        place = quote.content[0].start, quote.content[0].text
        if quote.type != expected and not exemptions.cover("quote-type-mismatch", document, *place):
            shown = shorten(quote.content[0].text)
            yield finding("quote-type-mismatch", quotes.path, line, found=quote.type, expected=expected, reads=shown)


def _check_speakers(
    quotes: Table[Quote], mentions: Table[Mention], document: str, exemptions: Exemptions
) -> Iterator[Finding]:
    for line, quote in quotes.rows:
        speaker = quote.speaker
        if speaker is None or speaker.head is None or speaker.kind != "name" or quote.speaker_entities is None:
            continue
        head = speaker.head
        inside = [mention for mention in mentions if head.start <= mention.start and mention.end <= head.end]
        named = {name for mention in inside for name in (mention.entity, mention.stands_for)}
        if named.isdisjoint(quote.speaker_entities) and not exemptions.cover(
            "speaker-not-mentioned", document, head.start, head.text
        ):
            entities = ", ".join(quote.speaker_entities) or "no entity"
            yield finding("speaker-not-mentioned", quotes.path, line, head=shorten(head.text), entities=entities)


def _check_aliases(tree: Tree, gold: LabelSet, exemptions: Exemptions, left_out: Collection[str]) -> Iterator[Finding]:
    yield from _check_surfaces_are_aliases(tree, gold, left_out)
    yield from _check_aliases_are_used(tree, gold)
    yield from _check_aliases_are_unique(tree, exemptions)


def _check_surfaces_are_aliases(tree: Tree, gold: LabelSet, left_out: Collection[str]) -> Iterator[Finding]:
    registered = {entity.id: (line, entity.aliases) for line, entity in tree.registry.rows}
    for document, mentions in gold.entities.items():
        for line, mention in mentions.rows if document not in left_out else ():
            entity_line, aliases = registered.get(mention.entity or "", (0, [mention.text]))
            if mention.text not in aliases:
                reads, also = shorten(mention.text), [(tree.registry.path, entity_line)]
                yield finding("unregistered-surface", mentions.path, line, reads=reads, id=mention.entity, also=also)


def _check_aliases_are_used(tree: Tree, gold: LabelSet) -> Iterator[Finding]:
    used = {(mention.entity, mention.text) for mentions in gold.entities.values() for mention in mentions}
    complete = tree.registry.whole and all(table.whole for table in gold.entities.values())
    complete = complete and gold.info is not None and gold.entities.keys() >= gold.info.entities.keys()
    names = {name for mentions in gold.entities.values() for m in mentions for name in (m.entity, m.stands_for)}
    names |= {name for quotes in gold.quotes.values() for quote in quotes for name in quote.speaker_entities or ()}
    # An annotator's set may use an entity that gold does not need yet: only a gold that is finished decides.
    finished = all(
        gold.declared(layer, document.id) == "complete"
        for document in tree.corpus.documents
        for layer in DOCUMENT_LAYERS
        if tree.profile.has(layer)
    ) and all(table.whole for table in gold.quotes.values())
    for line, entity in tree.registry.rows:
        if complete and finished and not entity.aliases and entity.id not in names:
            yield finding("unused-entity", tree.registry.path, line, id=entity.id)
        for alias in entity.aliases if complete else ():
            if (entity.id, alias) not in used:
                yield finding("unused-alias", tree.registry.path, line, alias=shorten(alias), id=entity.id)
        if any(a >= b for a, b in pairwise(entity.aliases)):
            yield finding("unsorted-aliases", tree.registry.path, line, id=entity.id)


def _check_aliases_are_unique(tree: Tree, exemptions: Exemptions) -> Iterator[Finding]:
    path, holders = tree.registry.path, defaultdict[str, list[tuple[int, str]]](list)
    for line, entity in tree.registry.rows:
        for alias in entity.aliases:
            holders[alias].append((line, entity.id))
    for line, entity in tree.registry.rows:
        for alias in entity.aliases:
            others = [(other, name) for other, name in holders[alias] if name != entity.id]
            if others and not exemptions.cover("ambiguous-surface", None, None, alias):
                found = {"alias": shorten(alias), "id": entity.id, "others": ", ".join(name for _, name in others)}
                yield finding("ambiguous-surface", path, line, also=[(path, other) for other, _ in others], **found)
