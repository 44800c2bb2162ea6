"""The data of a large report: an index of the corpus, and a file for every page with its texts and labels."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.model.records import Block, Pair
from goldwire.report.corpus_data import about_corpus, document_data, page_data, pair_data
from goldwire.report.html import embedded

LARGE = 500
"""Documents from which on texts and labels are in files of their own: a browser reads some MB at once, not 100."""
HEAVY = ("text", "blocks", "mentions", "quotes", "decoys")
"""The keys of pages and documents that only the files of pages have."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def index_data(gold: Gold, folder: str) -> dict[str, object]:
    """The data of a report whose pages are in a folder beside it: all but texts, labels, blocks and passages."""
    repeats = {name: cluster[0] for cluster in gold.clusters for name in cluster[1:]}
    return about_corpus(gold) | {
        "parts": folder,
        "stamp": gold.digest[:16],
        "pages": [
            _light(page_data(page, gold)) | {"cover": _cover(gold.blocks.get(page.id))} for page in gold.pages.values()
        ],
        "documents": [
            _light(document_data(document, repeats.get(name))) | {"sizes": _sizes(document), "names": _names(document)}
            for name, document in gold.documents.items()
        ],
        "pairs": [_pair(pair, gold) for pair in gold.pairs],
    }


def page_files(gold: Gold) -> Iterator[tuple[str, bytes]]:
    """The file of every page, by its name: a call with its text and blocks, its documents, and passages of pairs."""
    documents, pairs = defaultdict[str, list[GoldDocument]](list), defaultdict[str, list[Pair]](list)
    for document in gold.documents.values():
        documents[document.page].append(document)
    for pair in gold.pairs:
        for name in {gold.documents[pair.a].page, gold.documents[pair.b].page}:
            pairs[name].append(pair)
    for page in gold.pages.values():
        part = {
            "page": _heavy(page_data(page, gold)),
            "documents": {one.id: _heavy(document_data(one, None)) for one in documents[page.id]},
            "pairs": {f"{pair.a}_{pair.b}": pair_data(pair)["passages"] for pair in pairs[page.id]},
        }
        call = f"goldwirePart({embedded(gold.digest[:16])}, {embedded(page.id)}, {embedded(part)});\n"
        yield f"{page.id}.js", call.encode()


def _light(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key not in HEAVY}


def _heavy(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key in HEAVY}


def _cover(blocks: tuple[Block, ...] | None) -> dict[str, int] | None:
    """The number of characters in each role."""
    if blocks is None:
        return None
    found = Counter[str]()
    for block in blocks:
        found[block.role] += block.end - block.start
    return found


def _sizes(document: GoldDocument) -> dict[str, int | None]:
    layers: dict[str, Any] = {"mentions": document.mentions, "quotes": document.quotes, "decoys": document.decoys}
    sizes = {name: None if labels is None else len(labels) for name, labels in layers.items()}
    return {"words": len(WORD.findall(document.text)), **sizes}


def _names(document: GoldDocument) -> dict[str, list[int]]:
    """How many mentions name each entity, and how many stand for it."""
    found: dict[str, list[int]] = {}
    for mention in document.mentions or ():
        for place, name in enumerate((mention.entity, mention.stands_for)):
            if name:
                found.setdefault(name, [0, 0])[place] += 1
    return found


def _pair(pair: Pair, gold: Gold) -> dict[str, object]:
    shared = {}
    for side, name in (("a", pair.a), ("b", pair.b)):
        spans = [getattr(passage, side) for passage in pair.passages]
        size = sum(span.end - span.start for span in spans)
        shared[side] = int(100 * size / max(1, len(gold.documents[name].text)) + 0.5)
    data = pair_data(pair) | {"number": len(pair.passages), "shared": shared}
    del data["passages"]
    return data
