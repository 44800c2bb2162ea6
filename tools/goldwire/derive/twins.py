"""Twins: the articles of a corpus with nothing changed but their names, to measure what a system has memorised."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from goldwire.corpus.annotation_sets import read_exemptions
from goldwire.corpus.build import build, to_page
from goldwire.corpus.files import sha256, write_bytes
from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.corpus.manifest import EDITED
from goldwire.corpus.profiles import PROFILE
from goldwire.derive.edits import Edit, EditMap
from goldwire.derive.folder import corrected, gold_set, new_folder, registry_of, span, write_tree
from goldwire.derive.names import InventedEntity
from goldwire.derive.pairs import passages
from goldwire.derive.twin_names import Naming, TwinNames, is_acronym, key_of
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Block, Document, Exemption, Pair, Passage, Record
from goldwire.model.vocabulary import Completeness, DocumentLayer
from goldwire.text.quotation_marks import marked_spans
from goldwire.text.shared_runs import SharedRun, sharing_pairs
from goldwire.text.spans import SpanLike

ARTICLE = re.compile(r"\b[Aa]n? [\"'“‘]?$")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Twin:
    """A corpus under other names, with the number of its mentions and how many of them have another name now."""

    gold: Gold
    naming: Naming
    seed: int
    mentions: int
    renamed: int
    exemptions: tuple[Exemption, ...]


def make_twin(gold: Gold, naming: Naming, seed: int) -> Twin:
    """Return a corpus with other names: invented ones, or each entity with the name of another of its type.

    All articles have the same new names, so repeats stay repeats. Articles without complete entities have no labels
    in the twin. A name keeps its form where another label ends inside it, and where it is the only one of its type.
    Raises GoldwireError if no article has complete entities.
    """
    if not any(document.mentions for document in gold.documents.values()):
        raise GoldwireError(f"{gold.root} has no complete entities; expected some, since a twin has other names")
    gold = _with_blocks(gold)
    names = TwinNames(gold, naming, seed, {key for d in gold.documents.values() for key in _cut(d)})
    built = [document for document, _ in build(gold.page_texts, gold.blocks, gold.profile)]
    moves = {name: EditMap(found.text, _edits(found, names)) for name, found in gold.documents.items()}
    pages = {
        page: EditMap(text, _page_edits(gold, page, built, moves, names)) for page, text in gold.page_texts.items()
    }
    texts = {page: moved.text for page, moved in pages.items()}
    blocks = {page: tuple(_moved(b, pages[page], names) for b in found) for page, found in gold.blocks.items()}
    documents = {
        document.id: _document(gold.documents[document.id], document.title, moves[document.id], names)
        for document, _ in build(texts, blocks, gold.profile)
    }
    mentions = [mention for document in gold.documents.values() for mention in document.mentions or ()]
    invented = [
        InventedEntity(new.key, new.name, old)
        for old, new in names.new.items()
        if old in gold.entities and new.key not in gold.entities
    ]
    made = replace(
        gold,
        version=f"{gold.version.removesuffix(EDITED)}-derived.{naming}.{seed}.{len(documents)}",
        documents=documents,
        pages={k: page.model_copy(update={"sha256": sha256(texts[k].encode())}) for k, page in gold.pages.items()},
        page_texts=texts,
        blocks=blocks,
        pairs=tuple(_pairs(gold, moves, documents)),
        entities={entity.id: entity for entity in registry_of(gold, invented, documents.values())},
    )
    renamed = sum(key_of(mention) in names.new for mention in mentions)
    return Twin(made, naming, seed, len(mentions), renamed, tuple(_exemptions(made, moves)))


def _cut(document: GoldDocument) -> Iterable[str]:
    """The entities of the mentions inside which a quote, a part of one, or a decoy begins or ends."""
    ends = {end for quote in document.quotes or () for part in quote.content for end in (part.start, part.end)}
    ends |= {end for decoy in document.decoys or () for end in (decoy.start, decoy.end)}
    for quote in document.quotes or ():
        for part in (quote.cue, quote.speaker, quote.speaker and quote.speaker.head):
            ends |= {part.start, part.end} if part else set()
    order = sorted(ends)
    for mention in document.mentions or ():
        at = bisect_right(order, mention.start)
        if at < len(order) and order[at] < mention.end:
            yield key_of(mention)


def _edits(document: GoldDocument, names: TwinNames) -> Iterable[Edit]:
    """The edits of a text: new names, `a` or `an` before them, and the s of a possessive after them."""
    text, reach = document.text, 0
    closing = {end - 1 for _, end in marked_spans(text)}
    for mention in sorted(document.mentions or (), key=lambda m: (m.start, -m.end)):
        form = text[mention.start : mention.end]
        new = names.surface(key_of(mention), form)
        if mention.start < reach or new == form:  # inside another name
            continue
        reach = mention.end
        article = ARTICLE.search(text, 0, mention.start)
        if article and _sounds_open(form) != _sounds_open(new):
            at = article.start()
            yield Edit(at, at + text[at:].index(" "), text[at] + "n" * _sounds_open(new))
        yield Edit(mention.start, mention.end, new)
        bare = form.endswith("s") and text[reach : reach + 1] in ("'", "’") and text[reach + 1 : reach + 2] == " "
        if bare and reach not in closing and not new.endswith("s"):
            yield Edit(reach + 1, reach + 1, "s")


def _sounds_open(name: str) -> bool:
    """Whether a name begins with the sound of a vowel, so that `an` precedes it; some acronyms are spelt."""
    if is_acronym(name) and (len(name) < 4 or not set(name[1:-1]) & set("AEIOU")):
        return name[0] in "AEFHILMNORSX"
    return name[0] in "AEIOUaeiouÀÁÂÄÅÉÈÍÓÖ" and not name.startswith(("Eu", "Uk", "Uni", "Ur", "Us", "Ut"))


def _page_edits(
    gold: Gold, page: str, built: Iterable[Document], moves: Mapping[str, EditMap], names: TwinNames
) -> Iterable[Edit]:
    """The edits of a page: those of its articles, and new names in its other blocks, such as repeated headlines."""
    for document in built:
        for start, end, new in moves[document.id].edits if document.page == page else ():
            place = to_page(document, start - (start == end), end)
            yield Edit(place[start == end], place[1], new)
    text, keys = gold.page_texts[page], {form: key for key, name in names.names.items() for form in name.forms}
    for block in gold.blocks[page]:
        if block.document is None or block.role not in gold.profile.text_roles:
            for start, form in names.forms.occurrences(text[block.start : block.end]):
                at = block.start + start
                yield Edit(at, at + len(form), names.surface(keys[form], form))


def _with_blocks(gold: Gold) -> Gold:
    """A corpus in which every page has blocks; a page without complete ones becomes the lines of its articles."""
    texts, blocks, profile = dict(gold.page_texts), dict(gold.blocks), gold.profile
    for page in gold.page_texts.keys() - blocks.keys():
        at, made = 0, list[Block]()
        lines = [(d.id, line) for d in gold.documents.values() if d.page == page for line in d.text.split("\n")]
        for document, line in lines:
            role = profile.role_like("body" if any(block.document == document for block in made) else "headline")
            made.append(
                Block(id=f"{page}-b{len(made) + 1:03}", start=at, end=at + len(line), role=role, document=document)
            )
            at += len(line) + 1
        texts[page], blocks[page] = "\n".join(line for _, line in lines) + "\n", tuple(made)
    return replace(gold, page_texts=texts, blocks=blocks)


def _moved(record: R, moves: EditMap, names: TwinNames) -> R:
    """A record with its spans in the new text, and its entities replaced."""

    def moved(value: Any) -> Any:
        if isinstance(value, list):
            return [moved(part) for part in value]
        if not isinstance(value, dict):
            return value
        made = {key: moved(part) for key, part in value.items()}
        if "start" in value:
            made["start"], made["end"] = moves.span(value["start"], value["end"]) or (0, 0)
            if "text" in value:
                made["text"] = moves.text[made["start"] : made["end"]]
        for key in ("entity", "stands_for"):
            if value.get(key):
                made[key] = names.entity(value[key])
        if value.get("speaker_entities"):
            made["speaker_entities"] = sorted(map(names.entity, value["speaker_entities"]))
        return made

    return type(record).model_validate(moved(record.model_dump()))


def _document(document: GoldDocument, title: str, moves: EditMap, names: TwinNames) -> GoldDocument:
    if document.mentions is None:
        return replace(document, quotes=None, decoys=None)
    kept = [mention for mention in document.mentions if moves.span(mention.start, mention.end)]
    layers: dict[str, Any] = {"mentions": kept, "quotes": document.quotes, "decoys": document.decoys}
    for key, records in layers.items():
        layers[key] = None if records is None else tuple(_moved(record, moves, names) for record in records)
    return replace(document, title=title, text=moves.text, **layers)


def _pairs(gold: Gold, moves: Mapping[str, EditMap], documents: Mapping[str, GoldDocument]) -> Iterable[Pair]:
    """The pairs of the gold; passages are computed again where one begins or ends inside a name, or more is shared."""
    texts = {name: document.text for name, document in documents.items()}
    judged = {name: text for name, text in texts.items() if ("duplicates", name) not in gold.partial}
    known = {(pair.a, pair.b): pair for pair in gold.pairs}
    shared = sharing_pairs(judged) if gold.pairs else {}
    for a, b in sorted({*known, *shared}):
        pair = known.get((a, b)) or Pair(id=f"{a}_{b}", a=a, b=b, relation="related", direction=None, passages=[])
        places = [(_place(passage.a, moves[a]), _place(passage.b, moves[b])) for passage in pair.passages]
        runs = shared.get((a, b), ())
        if all(x and y for x, y in places) and all(_covered(run, places) for run in runs):
            found = [(x, y) for x, y in places if x and y]
        else:
            found = [((p.a_start, p.a_end), (p.b_start, p.b_end)) for p in passages(texts[a], texts[b], runs)]
        again = [Passage(a=span(texts[a], *x), b=span(texts[b], *y)) for x, y in found]
        yield corrected(pair.model_copy(update={"passages": again}), texts[a], texts[b])


def _place(part: SpanLike, moves: EditMap) -> tuple[int, int] | None:
    """Where a span is in the new text; None if it begins or ends inside a name."""
    cut = any(edit.start < end < edit.end for edit in moves.edits for end in (part.start, part.end))
    return None if cut else moves.span(part.start, part.end)


def _covered(run: SharedRun, places: Iterable[tuple[tuple[int, int] | None, tuple[int, int] | None]]) -> bool:
    ends = (run.a_start, run.a_end, run.b_start, run.b_end)
    return any(
        x and y and x[0] <= ends[0] and ends[1] <= x[1] and y[0] <= ends[2] and ends[3] <= y[1] for x, y in places
    )


def _exemptions(twin: Gold, moves: Mapping[str, EditMap]) -> Iterable[Exemption]:
    """The exemptions of the corpus that the twin needs too, where their texts are now."""
    forms = {form for entity in twin.entities.values() for form in entity.aliases}
    for one in read_exemptions(twin.root)[0]:
        made = one
        if one.start is not None and (moved := moves.get(one.document or "")) is not None:
            place = moved.span(one.start, one.start + len(one.text))
            new = moved.text[slice(*place)] if place else ""
            made = one.model_copy(update={"start": place[0], "text": new}) if place else one
        if one.code != "ambiguous-surface" and (one.code != "unmarked-surface" or made.text in forms):
            yield made


def write_twin(twin: Twin, out: Path) -> None:
    """Write a twin to a new folder, atomically; raises GoldwireError if the folder exists."""
    gold, found = twin.gold, twin.gold.documents
    keys: dict[DocumentLayer, str] = {"entities": "mentions", "quotes": "quotes", "decoys": "decoys"}
    layers = {
        layer: {name: records for name, document in found.items() if (records := getattr(document, key)) is not None}
        for layer, key in keys.items()
    }
    judged: Completeness | dict[str, Completeness] = gold.duplicates
    if judged == "partial":
        judged = {name: "none" if ("duplicates", name) in gold.partial else "complete" for name in found}
    about = f"Twin by goldwire ({twin.naming} names, seed {twin.seed}): the gold's labels under other names."
    labels = gold_set(about, gold.blocks, layers, gold.pairs, judged, gold.canary)
    registry = [*gold.entities.values()]
    with new_folder(out) as root:
        if (profile := gold.root / PROFILE).is_file():
            write_bytes(root / PROFILE, profile.read_bytes())
        write_tree(root, gold.page_texts, gold.pages.values(), labels, registry, twin.exemptions, gold.version)
