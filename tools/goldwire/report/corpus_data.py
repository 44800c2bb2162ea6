"""The data of a corpus in the HTML report: one plain object of texts and labels.

Spans are [start, end], half-open, in code points.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, read_info
from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.model.profile import names
from goldwire.model.records import Block, Decoy, Mention, Page, Pair, Quote
from goldwire.studio.palette import words
from goldwire.text.spans import SpanLike

CARD = f"{ANNOTATIONS}/README.md"
NOTES = ("Contested content", "Who labelled, and how", "Rights", "Known limits")
"""The sections of the data card that the report shows."""


def corpus_data(gold: Gold) -> dict[str, object]:
    """All data of a corpus that the report shows; a layer that is not labelled is None, `runs` has no systems yet."""
    repeats = {name: cluster[0] for cluster in gold.clusters for name in cluster[1:]}
    return about_corpus(gold) | {
        "pages": [page_data(page, gold) for page in gold.pages.values()],
        "documents": [document_data(document, repeats.get(name)) for name, document in gold.documents.items()],
        "pairs": [pair_data(pair) for pair in gold.pairs],
    }


def about_corpus(gold: Gold) -> dict[str, object]:
    """The data of a report without pages, documents and pairs."""
    return {
        "corpus": {"version": gold.version, "digest": gold.digest[:8], "set": _set(gold), "canary": gold.canary},
        "judged": gold.duplicates,
        "notes": card_sections(gold.root, NOTES),
        "words": words(gold.profile),
        "roles": names(gold.profile.roles),
        "text_roles": sorted(gold.profile.text_roles),
        "entities": [entity.model_dump() for entity in gold.entities.values()],
        "runs": [],
    }


def card_sections(root: Path, names: Iterable[str]) -> list[dict[str, str]]:
    """The sections of a corpus's data card with these headings; those it does not have are left out."""
    card = root / CARD
    if not card.is_file():
        return []
    parts = re.split(r"^## (.+)\n", card.read_text(encoding="utf-8", errors="replace"), flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return [{"title": name, "text": sections[name].strip()} for name in names if name in sections]


def _set(gold: Gold) -> dict[str, object]:
    info, _ = read_info(gold.root, f"{ANNOTATIONS}/{gold.name}")
    shown: dict[str, object] = {
        "name": gold.name,
        "description": "",
        "annotators": [],
        "adjudicators": [],
        "guidelines": None,
    }
    return shown | (info.model_dump(include=set(shown)) if info else {})


def page_data(page: Page, gold: Gold) -> dict[str, object]:
    """A page with its text and its blocks."""
    blocks = gold.blocks.get(page.id)
    return page.model_dump(include={"id", "source", "publisher", "site", "rights", "date", "date_note"}) | {
        "text": gold.page_texts[page.id],
        "blocks": None if blocks is None else [_block(block) for block in blocks],
    }


def _block(block: Block) -> dict[str, object]:
    return {"id": block.id, "span": _offsets(block), "role": block.role, "document": block.document}


def document_data(document: GoldDocument, repeats: str | None) -> dict[str, object]:
    """A document with its labels; `repeats` is the document whose article it repeats."""
    return {
        "id": document.id,
        "page": document.page,
        "title": document.title,
        "repeats": repeats,
        "text": document.text,
        "mentions": None if document.mentions is None else [_mention(m) for m in document.mentions],
        "quotes": None if document.quotes is None else [_quote(q) for q in document.quotes],
        "decoys": None if document.decoys is None else [_decoy(d) for d in document.decoys],
    }


def _mention(mention: Mention) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": mention.id,
        "span": _offsets(mention),
        "type": mention.type,
        "entity": mention.entity,
    }
    return shown | ({"stands_for": mention.stands_for} if mention.stands_for else {})


def _quote(quote: Quote) -> dict[str, object]:
    speaker = quote.speaker
    return {
        "id": quote.id,
        "type": quote.type,
        "content": [_offsets(fragment) for fragment in quote.content],
        "cue": _offsets(quote.cue),
        "speaker": _offsets(speaker),
        "head": _offsets(speaker.head) if speaker else None,
        "kind": speaker.kind if speaker else None,
        "entities": quote.speaker_entities or [],
        "status": quote.status,
        "parent": quote.parent,
    }


def _decoy(decoy: Decoy) -> dict[str, object]:
    return {"id": decoy.id, "span": _offsets(decoy), "reason": decoy.reason}


def pair_data(pair: Pair) -> dict[str, object]:
    """A pair of documents with its passages."""
    passages = [{"a": _offsets(passage.a), "b": _offsets(passage.b)} for passage in pair.passages]
    return {"a": pair.a, "b": pair.b, "relation": pair.relation, "direction": pair.direction, "passages": passages}


def _offsets(span: SpanLike | None) -> list[int] | None:
    """A span as [start, end], half-open, in code points."""
    return None if span is None else [span.start, span.end]
