"""Importing a corpus: articles of another format become pages of one document each, with their labels as gold."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, REGISTRY, SET, STAGING, layer_path
from goldwire.corpus.attributes import ATTRIBUTES, protect
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import DOCUMENTS, MANIFEST, PAGES, page_path, text_path
from goldwire.corpus.files import sha256, update_folder
from goldwire.corpus.manifest import opened
from goldwire.corpus.tree import Tree
from goldwire.curate.add_page import read_corpus
from goldwire.curate.import_labels import Placed, place, records
from goldwire.curate.import_profile import clean_types, files_beside, new_tree, profile_from
from goldwire.curate.import_registry import Registry
from goldwire.formats.articles import Article, listed
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, names
from goldwire.model.records import AnnotationSet, Page
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Completeness, DocumentLayer

VALUES: dict[tuple[DocumentLayer, str], str] = {
    ("entities", "type"): "entity_types",
    ("quotes", "type"): "quote_types",
    ("decoys", "reason"): "decoy_reasons",
}
"""The fields of labels that have the values of a list of the profile."""


LANGUAGE = r"[a-z]{2,3}"


@dataclass(frozen=True, slots=True)
class About:
    """What the articles of a source have in common, for the records of their pages."""

    publisher: str
    rights: str
    language: str


@dataclass(slots=True)
class Imported:
    """What an import changed: new documents, labels by layer, articles that were there, and what was left out."""

    changed: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    known: int = 0
    left: dict[str, list[str]] = field(default_factory=dict)


def rename(articles: Iterable[Article], types: Mapping[str, str]) -> None:
    """Give mentions other types; those whose new type is empty are left out."""
    for article in articles:
        kept = []
        for one in article.layers.get("entities", ()):
            kind = types.get(one["type"], one["type"])
            if kind:
                kept.append({**one, "type": kind})
            else:
                article.left.append((f"{one['type']}, left out by --rename", article.place))
        if "entities" in article.layers:
            article.layers["entities"] = kept


def import_collection(
    root: Path,
    articles: Sequence[Article],
    renamed: Mapping[str, str],
    source: str,
    publisher: str,
    rights: str,
    language: str | None,
) -> Imported:
    """Add articles to the corpus below `root`, or start one with them, whose profile has what their labels have.

    `renamed` are other types of mentions, `source` the words for the source in set.json of a new corpus. `language`
    is that of articles without one. Raises GoldwireError, as `import_articles` does.
    """
    if language is not None and not re.fullmatch(LANGUAGE, language):
        raise GoldwireError(f"--language {language}: expected an ISO 639 code, such as en")
    rename(articles, renamed)
    clean_types(articles)
    if (root / "corpus").exists():
        tree, beside = read_corpus(root), dict[str, bytes]()
    elif (root / ANNOTATIONS).exists():
        raise GoldwireError(f"{root / ANNOTATIONS} exists without corpus/; expected a corpus, or a folder without one")
    else:
        profile = profile_from(articles, language or next((one.language for one in articles if one.language), "en"))
        tree, beside = new_tree(root, profile, f"Imported from {source}."), files_beside(root, profile)
    about = About(publisher, rights, language or tree.profile.languages[0])
    return import_articles(tree, articles, about, beside)


def import_articles(tree: Tree, articles: Sequence[Article], about: About, beside: Mapping[str, bytes]) -> Imported:
    """Add articles with their labels to a corpus; all files change or none. `beside` are further files of a new one.

    A layer that no article has stays undeclared; the others are complete for the new documents. Articles that the
    corpus has are passed over. Raises GoldwireError, and writes nothing, if a label has a value that the profile of
    the corpus lacks.
    """
    assert tree.gold is not None
    assert tree.gold.info is not None
    found = Imported()
    fresh = _fresh(articles, tree)
    found.known = len({one.name for one in articles} & {page.source for page in tree.corpus.pages})
    _refuse_unknown(fresh, tree.profile)
    layers: list[DocumentLayer] = [
        layer for layer in DOCUMENT_LAYERS if any(layer in one.layers for one in fresh) and tree.profile.has(layer)
    ]
    _leave_layers(fresh, layers)
    registry = Registry(fresh, {entity.id: entity for entity in tree.registry}, tree.profile)
    placed = _placed(fresh, tree)
    content: dict[str, bytes | None] = dict(beside)
    forms: dict[str | None, set[str]] = defaultdict(set)
    gold = f"{ANNOTATIONS}/{GOLD}"
    for one in placed:
        registry.rewrite(one.article)
        made = records(one, tree.profile)
        content |= {
            page_path(one.page): _bytes(one.article),
            text_path(one.document.id): one.text.encode(),
            layer_path(gold, "segments", one.page): dump(one.blocks),
        }
        for layer in layers:
            if layer not in one.article.unjudged:
                content[layer_path(gold, layer, one.document.id)] = dump(made[layer])
            found.labels[layer] += len(made[layer])
        for mention in made["entities"]:
            forms[mention.entity].add(mention.text)
            forms[mention.stands_for] |= set()
        for quote in made["quotes"]:
            for name in quote.speaker_entities or ():
                forms[name] |= set()
    found.documents = [one.document.id for one in placed]
    found.left = listed(what for article in articles for what in article.left)
    if not placed:
        return found
    pages = [*tree.corpus.pages, *(_page(one, about) for one in placed)]
    content[PAGES] = dump(pages)
    content[DOCUMENTS] = dump([*tree.corpus.documents, *(one.document for one in placed)])
    content[REGISTRY] = dump(registry.entities(forms))
    content[f"{gold}/{SET}"] = pretty(_declared(tree.gold.info, placed, layers)).encode()
    if tree.corpus.manifest is not None:
        content[MANIFEST] = pretty(opened(tree.corpus.manifest)).encode()
    found.changed = _write(tree.root, content)
    return found


def _bytes(article: Article) -> bytes:
    """The page of an article; raises GoldwireError if it is no text."""
    try:
        if "\0" not in article.text:
            return article.text.encode()
    except UnicodeEncodeError:
        pass
    raise GoldwireError(f"{article.place}: its text has a NUL or half a surrogate pair; expected Unicode text")


def _fresh(articles: Iterable[Article], tree: Tree) -> list[Article]:
    """The articles that the corpus lacks, each with a name of its own; raises GoldwireError if a text differs."""
    there = {page.source: page.sha256 for page in tree.corpus.pages}
    seen: dict[str, list[str]] = defaultdict(list)
    found = []
    for one in articles:
        one.name = unicodedata.normalize("NFC", " ".join(one.name.split())) or "article"
        if one.text in seen[one.name]:
            one.left.append(("further labels of an article", one.place))
            continue
        seen[one.name].append(one.text)
        one.name += f" ({len(seen[one.name])})" if len(seen[one.name]) > 1 else ""
        if one.name not in there:
            found.append(one)
        elif there[one.name] != sha256(_bytes(one)):
            raise GoldwireError(f"{one.place}: the corpus has a page from {one.name} with another text; rename one")
    return found


def _refuse_unknown(articles: Iterable[Article], profile: Profile) -> None:
    unknown: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article in articles:
        for (layer, key), listing in VALUES.items():
            known = {*names(getattr(profile, listing)), None}
            for one in article.layers.get(layer, ()):
                if one.get(key) not in known:
                    unknown[listing, str(one.get(key))].append(article.place)
    if unknown:
        lines = [
            f'  {listing}: {{"name": "{value}"}} ({len(places)} labels, the first in {places[0]})'
            for (listing, value), places in sorted(unknown.items())
        ]
        raise GoldwireError(
            "nothing was imported: corpus/profile.json lacks values of the labels; add them to its lists, or give "
            "other types, as in --rename Person=PERSON\n" + "\n".join(lines)
        )


def _leave_layers(articles: Iterable[Article], layers: Sequence[DocumentLayer]) -> None:
    """List the labels of layers that the profile lacks."""
    for article in articles:
        for layer in [layer for layer in article.layers if layer not in layers]:
            labels = article.layers.pop(layer)
            article.left += [(f"{layer}, which the profile lacks", article.place)] * len(labels)


def _placed(articles: Iterable[Article], tree: Tree) -> list[Placed]:
    taken = {page.id.casefold() for page in tree.corpus.pages}  # some file systems know no case
    found = []
    for article in articles:
        page = first = re.sub(r"[^A-Za-z0-9_]+", "_", article.name)[-LONGEST:].strip("_") or "page"
        number = 1
        while page.casefold() in taken:
            number += 1
            page = f"{first}_{number}"
        one = place(article, page, tree.profile)
        if one is None:
            article.left.append(("article without words", article.place))
            continue
        taken.add(page.casefold())
        found.append(one)
        if set(DOCUMENT_LAYERS) <= set(article.unjudged):
            article.left.append(("article without labels, not declared complete", article.place))
    return found


LONGEST = 80
"""The characters of an article's name that are part of the id of its page, which is a file's name."""


def _page(one: Placed, about: About) -> Page:
    return Page(
        id=one.page,
        source=one.article.name,
        sha256=sha256(_bytes(one.article)),
        publisher=about.publisher,
        site=None,
        rights=about.rights,
        language=one.article.language or about.language,
        date=None,
        date_note=None,
    )


def _declared(info: AnnotationSet, placed: Sequence[Placed], layers: Iterable[DocumentLayer]) -> AnnotationSet:
    """The declaration of the gold: the layers of the source are complete; blocks are not judged, nor are pairs."""
    pages: dict[str, Completeness] = {one.page: "partial" for one in placed}
    units: dict[str, object] = {}
    for layer in layers:
        whole = {one.document.id: "complete" for one in placed if layer not in one.article.unjudged}
        units[layer] = dict(sorted({**info.units(layer), **whole}.items()))
    units["segments"] = dict(sorted({**info.segments, **pages}.items()))
    return info.model_copy(update={**units, "duplicates": info.duplicates if info.duplicates == "none" else "partial"})


def _write(root: Path, content: Mapping[str, bytes | None]) -> list[str]:
    """Write all files or none; raises GoldwireError if git would store other bytes of a page or text."""
    protected = [ATTRIBUTES] if protect(root) else []
    changed = update_folder(root, content, root / STAGING, exchange=False)
    return [*protected, *changed]
