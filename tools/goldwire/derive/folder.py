"""A derived corpus as a folder of its own, with all layers complete, so that `goldwire check` covers all of it."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from goldwire.checks.duplicates import expected_relation
from goldwire.corpus.annotation_sets import ANNOTATIONS, EXEMPTIONS, GOLD, LabelSet, write_registry, write_set
from goldwire.corpus.build import build_tree
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import MANIFEST, PAGES, page_path
from goldwire.corpus.files import sha256, temporary, write_bytes
from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.corpus.jsonl import Table
from goldwire.corpus.manifest import CHANGELOG, EDITED, make_manifest
from goldwire.corpus.profiles import PROFILE
from goldwire.derive.articles import Article, Group, articles, compose
from goldwire.derive.labels import DerivedDocument, labelled_document
from goldwire.derive.names import InventedEntity
from goldwire.derive.pages import PUBLISHER, DerivedPage, document_id, make_page
from goldwire.derive.pairs import PairRelation, group_pairs, passages
from goldwire.derive.plan import GROUP, PAGE, Plan
from goldwire.derive.sources import layers_of, read_sources
from goldwire.model.errors import GoldwireError
from goldwire.model.records import AnnotationSet, Block, Entity, Exemption, Page, Pair, Passage, Record, Span
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness, DocumentLayer
from goldwire.text.shared_runs import sharing_pairs

LARGEST = 2000
"""Documents of a folder at most: it lists all related pairs, whose number grows with the square of its size."""


def version(gold: Gold, plan: Plan) -> str:
    """The data version of a derived corpus: that of its gold, then difficulty, seed and number of documents."""
    return f"{gold.version.removesuffix(EDITED)}-derived.{plan}"


def derive_folder(gold: Gold, plan: Plan, out: Path) -> None:
    """Write a corpus derived from the documents of a gold to a new folder, atomically.

    Raises GoldwireError if the folder exists, or if the corpus is too large for this format.
    """
    if plan.n > LARGEST:
        raise GoldwireError(f"{plan.n} documents; expected {LARGEST} at most in a folder: use --format parquet")
    with new_folder(out) as place:
        sources = read_sources(gold)
        write_folder(gold, plan, [compose(plan, number, sources) for number in range(plan.groups)], place)


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to write to, which is renamed to `out` at the end; raises GoldwireError if that exists."""
    if out.exists():
        raise GoldwireError(f"{out} exists already; expected the name of a new folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    place = temporary(out)
    place.mkdir()
    try:
        yield place
        place.rename(out)
    except BaseException:
        shutil.rmtree(place)
        raise


def write_folder(gold: Gold, plan: Plan, groups: Sequence[Group], root: Path) -> None:
    """Write the corpus of some groups to an empty folder."""
    made = [article for group in groups for article in articles(group) if article.number < plan.n]
    pages = [make_page(plan, made[i].number // PAGE, made[i : i + PAGE]) for i in range(0, len(made), PAGE)]
    documents = [labelled_document(article, gold.profile) for article in made]
    profile = gold.root / PROFILE
    if profile.is_file():
        write_bytes(root / PROFILE, _without_subsets(profile))
    registry = registry_of(gold, [entity for group in groups for entity in group.entities], documents)
    labels = _labels(gold, plan, pages, documents, _pairs(made))
    write_tree(
        root, {page.id: page.text for page in pages}, map(_page, pages), labels, registry, [], version(gold, plan)
    )


def write_tree(
    root: Path,
    texts: Mapping[str, str],
    pages: Iterable[Page],
    labels: LabelSet,
    registry: list[Entity],
    exemptions: Iterable[Exemption],
    number: str,
) -> None:
    """Write pages, labels and a registry to a folder, and all that follows from them."""
    for name, text in texts.items():
        write_bytes(root / page_path(name), text.encode())
    write_bytes(root / PAGES, dump(pages))
    write_set(root, labels)
    write_registry(root, registry)
    needed = [*exemptions, *_exemptions(registry)]
    if needed:
        write_bytes(root / EXEMPTIONS, dump(needed))
    build_tree(root)
    write_bytes(root / CHANGELOG, f"# Changelog\n\n## Data {number}\n\nDerived by goldwire; not edited.\n".encode())
    write_bytes(root / MANIFEST, pretty(make_manifest(root, number)).encode())


def _page(page: DerivedPage) -> Page:
    return Page(
        id=page.id,
        source=f"{page.id}.txt",
        sha256=sha256(page.text.encode()),
        publisher=PUBLISHER,
        site=None,
        rights="Derived from press text, all rights its publisher's; for research and testing only.",
        language="en",
        date=None,
        date_note="Derived by goldwire: its people, bodies and places with a government are invented.",
    )


def _without_subsets(profile: Path) -> bytes:
    """A profile without its subsets, which name documents of another corpus."""
    given = json.loads(profile.read_bytes())
    given.pop("subsets", None)
    return (json.dumps(given, indent=2, ensure_ascii=False) + "\n").encode()


def _labels(
    gold: Gold, plan: Plan, pages: Sequence[DerivedPage], documents: Sequence[DerivedDocument], pairs: Iterable[Pair]
) -> LabelSet:
    layers, profile = layers_of(gold), gold.profile
    blocks = {
        page.id: [block.model_copy(update={"role": profile.role_like(block.role)}) for block in page.blocks]
        for page in pages
    }
    tables: dict[DocumentLayer, dict[str, Sequence[Record]]] = {
        "entities": {document.id: document.mentions for document in documents},
        "quotes": {document.id: document.quotes for document in documents},
        "decoys": {document.id: document.decoys for document in documents},
    }
    about = f"Derived by goldwire ({plan}): the gold's labels, carried through every edit of its texts."
    duplicates: Completeness = "complete" if profile.has("duplicates") else "none"
    return gold_set(about, blocks, {layer: tables[layer] for layer in layers}, pairs, duplicates, gold.canary)


def gold_set(
    about: str,
    blocks: Mapping[str, Iterable[Block]],
    layers: Mapping[DocumentLayer, Mapping[str, Iterable[Record]]],
    pairs: Iterable[Pair],
    duplicates: Completeness | dict[str, Completeness],
    canary: str | None,
) -> LabelSet:
    """A gold set of some labels by page and document, all of them complete; without duplicates if that is `none`."""
    declared = {layer: dict.fromkeys(layers.get(layer, ()), "complete") for layer in DOCUMENT_LAYERS}
    info = AnnotationSet.model_validate(
        {
            "name": GOLD,
            "kind": "gold",
            "description": about,
            "annotators": [],
            "adjudicators": [],
            "guidelines": "1",
            "segments": dict.fromkeys(blocks, "complete"),
            **declared,
            "duplicates": duplicates,
            "canary": canary,
        }
    )
    tables: dict[str, Any] = {
        layer: {name: Table.numbered("", records) for name, records in layers.get(layer, {}).items()}
        for layer in DOCUMENT_LAYERS
    }
    segments = {page: Table.numbered("", found) for page, found in blocks.items()}
    listed = None if duplicates == "none" else Table.numbered("", pairs)
    return LabelSet(f"{ANNOTATIONS}/{GOLD}", info, segments, **tables, duplicates=listed)


def _pairs(made: Sequence[Article]) -> list[Pair]:
    """Every pair that shares text; articles of two groups can only be related."""
    related: dict[tuple[str, str], PairRelation] = {}
    for i in range(0, len(made), GROUP):
        for one, other, found in group_pairs(made[i : i + GROUP]):
            related[document_id(one.number), document_id(other.number)] = found
    texts = {document_id(article.number): article.text for article in made}
    shared = sharing_pairs(texts)
    pairs = []
    for a, b in sorted({*related, *shared}):
        relation, direction = related.get((a, b), PairRelation("related"))
        stretches = passages(texts[a], texts[b], shared.get((a, b), ()))
        reused = [
            Passage(a=span(texts[a], s.a_start, s.a_end), b=span(texts[b], s.b_start, s.b_end)) for s in stretches
        ]
        pair = Pair(id=f"{a}_{b}", a=a, b=b, relation=relation, direction=direction, passages=reused)
        pairs.append(corrected(pair, texts[a], texts[b]))
    return pairs


def corrected(pair: Pair, a: str, b: str) -> Pair:
    """The pair with the relation of its texts: where no name is invented, articles of two groups may be equal."""
    expected = expected_relation(pair, a, b)
    if pair.relation in expected:
        return pair
    relation, _, direction = expected.partition(" ")
    return Pair.model_validate(pair.model_dump() | {"relation": relation, "direction": direction or None})


def span(text: str, start: int, end: int) -> Span:
    """The record of a half-open span of a text."""
    return Span(start=start, end=end, text=text[start:end])


def registry_of(
    gold: Gold, invented: Iterable[InventedEntity], documents: Iterable[DerivedDocument | GoldDocument]
) -> list[Entity]:
    """All entities that are mentioned, quoted or stood for, with exactly the surface forms that the texts have."""
    forms: dict[str, set[str]] = {}
    for document in documents:
        for mention in document.mentions or ():
            if mention.entity:
                forms.setdefault(mention.entity, set()).add(mention.text)
            if mention.stands_for:
                forms.setdefault(mention.stands_for, set())
        for quote in document.quotes or ():
            for entity in quote.speaker_entities or ():
                forms.setdefault(entity, set())
    known = {entity.id: entity for entity in invented}
    return [_entity(gold, known.get(name), name, sorted(aliases)) for name, aliases in sorted(forms.items())]


def _entity(gold: Gold, invented: InventedEntity | None, name: str, aliases: list[str]) -> Entity:
    if invented is None:
        return gold.entities[name].model_copy(update={"aliases": aliases})
    kind = gold.entities[invented.original].type
    note = f"Invented; stands in for {invented.original}."
    return Entity.model_validate(
        {"id": name, "type": kind, "name": invented.name, "aliases": aliases, "wikidata": None, "note": note}
    )


def _exemptions(registry: Iterable[Entity]) -> list[Exemption]:
    """One exemption for each name that a people shares with its language, as in the gold."""
    entities: dict[str, list[str]] = {}
    for entity in registry:
        for alias in entity.aliases:
            entities.setdefault(alias, []).append(entity.id)
    return [
        Exemption(
            code="ambiguous-surface",
            document=None,
            start=None,
            text=alias,
            reason=f"It names {' and '.join(names)}, as one word names a people and a language (guideline E9).",
        )
        for alias, names in sorted(entities.items())
        if len(names) > 1
    ]
