"""A new corpus for imported articles: its profile from their labels, and the files beside the data."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from goldwire.corpus.annotation_sets import ANNOTATIONS, EXEMPTIONS, GOLD, REGISTRY, LabelSet
from goldwire.corpus.attributes import ATTRIBUTES, LINES
from goldwire.corpus.documents import DOCUMENTS, PAGES, Corpus
from goldwire.corpus.jsonl import Table
from goldwire.corpus.manifest import NEVER_RELEASED, digest
from goldwire.corpus.profiles import PROFILE
from goldwire.corpus.schemas import SCHEMA, schema_files
from goldwire.corpus.tree import Tree
from goldwire.curate.init import BESIDE, GUIDELINES, HOOKS, IGNORE
from goldwire.formats.articles import Article, Label
from goldwire.model.errors import GoldwireError
from goldwire.model.fields import slug_of
from goldwire.model.profile import Profile, news
from goldwire.model.records import AnnotationSet, Manifest
from goldwire.model.vocabulary import DocumentLayer, QuoteStatus, SpeakerKind


def profile_from(articles: Sequence[Article], language: str) -> Profile:
    """A profile with the layers, types and reasons of some articles; fields that all their labels have are required.

    Raises GoldwireError if two types differ in nothing that the id of an entity shows.
    """
    mentions, quotes, decoys = (list(_labels(articles, layer)) for layer in ("entities", "quotes", "decoys"))
    languages = {word for one in articles if re.fullmatch(r"[a-z]{2,3}", word := one.language or "")}
    layers: dict[str, list[str]] = {"segments": []}
    if any("entities" in one.layers for one in articles):
        fields = ["entity"] if mentions and all(one.get("entity") for one in mentions) else []
        layers["entities"] = fields + (["stands_for"] if any(one.get("stands_for") for one in mentions) else [])
    if any("quotes" in one.layers for one in articles):
        layers["quotes"] = ["type", *_fields(quotes), "parent"]
    if any("decoys" in one.layers for one in articles):
        layers["decoys"] = []
    made: dict[str, object] = {"languages": sorted({language, *languages}), "layers": layers}
    values = {"entity_types": (mentions, "type"), "quote_types": (quotes, "type"), "decoy_reasons": (decoys, "reason")}
    for key, (labels, name) in values.items():
        shipped = {kind.name: kind for kind in getattr(news(), key)}
        found = sorted({str(one[name]) for one in labels if one.get(name)})
        if key != "entity_types":
            found = [*shipped, *(name for name in found if name not in shipped)]
        if found and found != list(shipped):
            known = {name: kind.model_dump(exclude_none=True) for name, kind in shipped.items()}
            made[key] = [known.get(name, {"name": name}) for name in found]
    _refuse_alike([str(one["type"]) for one in mentions])
    if shared := _shared_forms(articles):
        reason = f"In the source, {shared} surface forms name several entities; its references tell them apart."
        made["checks"] = {"ambiguous-surface": {"level": "warning", "reason": reason}}
    try:
        return Profile.model_validate(made)
    except ValidationError as error:
        found = error.errors()[0]["input"]
        raise GoldwireError(f"{found!r} cannot be a type or a reason: expected letters, digits, _ and -") from None


def _labels(articles: Iterable[Article], layer: DocumentLayer) -> Iterable[Label]:
    return (label for article in articles for label in article.layers.get(layer, ()))


def _fields(quotes: Sequence[Label]) -> list[str]:
    """The fields of quotes that somebody judged: a cue and a speaker may be missing from some, the rest is in all."""
    found = [name for name in ("cue", "speaker") if any(quote.get(name) for quote in quotes)]
    speakers = [quote["speaker"] for quote in quotes if quote.get("speaker")]
    found += ["head"] if speakers and all(one.get("head") for one in speakers) else []
    found += ["kind"] if speakers and all(one.get("kind") in get_args(SpeakerKind) for one in speakers) else []
    found += ["speaker_entities"] if quotes and all(one.get("speaker_entities") is not None for one in quotes) else []
    return found + (["status"] if quotes and all(one.get("status") in get_args(QuoteStatus) for one in quotes) else [])


def _shared_forms(articles: Iterable[Article]) -> int:
    """The number of surface forms that refer to several entities."""
    entities: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for one in article.layers.get("entities", ()):
            if one.get("entity"):
                entities[article.text[one["start"] : one["end"]]].add(one["entity"])
    return sum(len(names) > 1 for names in entities.values())


def _refuse_alike(types: Iterable[str]) -> None:
    slugs: dict[str, set[str]] = defaultdict(set)
    for kind in types:
        slugs[slug_of(kind)].add(kind)
    alike = [" and ".join(sorted(kinds)) for kinds in slugs.values() if len(kinds) > 1]
    if alike:
        raise GoldwireError(
            f"the types {alike[0]} differ only in case or in _ and -; give one name, as in --rename A=B"
        )


def clean_types(articles: Iterable[Article]) -> None:
    """Give types of mentions names that a profile may list; those that change are listed with their article."""
    for article in articles:
        for one in article.layers.get("entities", ()):
            plain = re.sub(r"[^A-Za-z0-9_-]+", "_", one["type"]).strip("_-") or "OTHER"
            if plain != one["type"]:
                article.left.append((f"type {one['type']!r}, imported as {plain}", article.place))
                one["type"] = plain


def new_tree(root: Path, profile: Profile, description: str) -> Tree:
    """An empty corpus in memory."""
    info = AnnotationSet(
        name=GOLD,
        kind="gold",
        description=description,
        annotators=[],
        adjudicators=[],
        guidelines=None,
        segments={},
        entities={},
        quotes={},
        decoys={},
        duplicates="none",
    )
    manifest = Manifest(version=NEVER_RELEASED, digest=digest([]), files=[])
    corpus = Corpus(root, Table(PAGES), Table(DOCUMENTS), manifest, {}, {})
    gold = LabelSet(f"{ANNOTATIONS}/{GOLD}", info)
    return Tree(root, profile, corpus, Table(REGISTRY), Table(EXEMPTIONS), [gold])


def files_beside(root: Path, profile: Profile) -> dict[str, bytes]:
    """The files of a new corpus beside its data; of those that people keep in any repository, the missing ones."""
    plain = json.loads(profile.model_dump_json(exclude_unset=True))
    made = {
        ".pre-commit-config.yaml": HOOKS.encode(),
        ATTRIBUTES: LINES.encode(),
        ".gitignore": IGNORE.encode(),
        f"{ANNOTATIONS}/GUIDELINES.md": GUIDELINES.encode(),
        PROFILE: (json.dumps(plain, indent=2, ensure_ascii=False) + "\n").encode(),
        **{f"{SCHEMA}/{name}": data for name, data in schema_files(profile).items()},
    }
    return {path: data for path, data in made.items() if path not in BESIDE or not (root / path).exists()}
