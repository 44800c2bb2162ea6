"""The registry of imported articles: the entities that their labels refer to, under ids of goldwire's form."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goldwire.curate.registry import proposal
from goldwire.formats.articles import Article
from goldwire.model.fields import slug_of
from goldwire.model.profile import Profile
from goldwire.model.records import Entity

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
WIKIDATA = re.compile(r"Q[1-9][0-9]*")
OWN = "goldwire"
"""The name of the registry in exports of goldwire."""


@dataclass(slots=True)
class _Referent:
    """What the labels say of one entity of the source."""

    types: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    registry: str = ""
    name: str = ""


class Registry:
    """Gives the entities of a source ids of the target's registry."""

    def __init__(self, articles: Iterable[Article], known: Mapping[str, Entity], profile: Profile) -> None:
        self.profile, self.known = profile, known
        self.slugs = {slug_of(kind): kind for kind in profile.types}
        self.found: dict[str, _Referent] = defaultdict(_Referent)
        for article in articles:
            for one in article.layers.get("entities", ()):
                if one.get("entity"):
                    referent = self.found[one["entity"]]
                    referent.types[one["type"]] += 1
                    referent.forms[article.text[one["start"] : one["end"]]] += 1
                if one.get("stands_for"):
                    self.found[one["stands_for"]].registry = OWN
            for name, (registry, words) in article.registries.items():
                self.found[name].registry, self.found[name].name = registry, words
        self.ids: dict[str, str] = {}
        self.made: dict[str, Entity] = {}
        for name, referent in sorted(self.found.items()):
            self._make(name, referent)

    def _make(self, name: str, referent: _Referent) -> None:
        """Give an entity its id: the one that it has, or one made from its type and name; none without a type."""
        is_own = referent.registry in (OWN, "") and self._type_of(name) is not None
        kind = referent.types.most_common(1)[0][0] if referent.types else self._type_of(name) if is_own else None
        if kind is None:
            return
        if is_own and self._type_of(name) == kind:
            own, words = name, self._words(name, referent)
        else:
            words = _clean(referent.name) or self._words(name, referent)
            own = self._fresh(kind, words, name)
        item = name if WIKIDATA.fullmatch(name) else None
        self.ids[name] = own
        entity = self.profile.of(Entity)
        self.made[own] = self.known.get(own) or entity(id=own, type=kind, name=words, aliases=[], wikidata=item)

    def _words(self, name: str, referent: _Referent) -> str:
        """The name of an entity: its most frequent form, or else the slug of its id."""
        form = referent.forms.most_common(1)[0][0] if referent.forms else name.partition("-")[2].replace("-", " ")
        return _clean(form) or name

    def _fresh(self, kind: str, words: str, name: str) -> str:
        """An id that no other entity has."""
        for slug in (words, name):
            try:
                own = proposal(kind, slug, slug).id
                break
            except ValueError:  # no Latin letter or digit
                continue
        else:
            own = f"{slug_of(kind)}-unnamed"
        number, first = 1, own
        while own in self.made or own in self.known:
            number += 1
            own = f"{first}-{number}"
        return own

    def _type_of(self, name: str) -> str | None:
        """The type in an id of goldwire's form."""
        found = [slug for slug in self.slugs if name.startswith(f"{slug}-")] if SLUG.fullmatch(name) else ()
        return self.slugs[max(found, key=len)] if found else None

    def rewrite(self, article: Article) -> None:
        """Give the labels of an article the ids of the registry; what has none is left out and listed."""
        for one in article.layers.get("entities", ()):
            own = self.ids.get(one.get("entity") or "")
            if own and self.made[own].type != one["type"]:
                article.left.append(("entity of another type than most of its mentions", article.place))
                own = None
            one["entity"], one["stands_for"] = own, self._id(article, one.get("stands_for"))
        for quote in article.layers.get("quotes", ()):
            if quote.get("speaker_entities") is not None:
                names = [self._id(article, name) for name in quote["speaker_entities"]]
                quote["speaker_entities"] = [name for name in names if name]

    def _id(self, article: Article, name: str | None) -> str | None:
        if name and name not in self.ids:
            article.left.append(("entity whose type no mention says", article.place))
        return self.ids.get(name or "")

    def entities(self, forms: Mapping[str | None, set[str]]) -> list[Entity]:
        """The entities with all their surface forms: those that were known, and those that imported labels name.

        `forms` are the surface forms of imported mentions by the entity that they, or other labels, name.
        """
        whole = {**self.known, **{name: entity for name, entity in self.made.items() if name in forms}}
        return [
            entity.model_copy(update={"aliases": sorted({*entity.aliases, *forms.get(name, ())})})
            for name, entity in sorted(whole.items())
        ]


def _clean(words: str) -> str:
    """Words on one line in Unicode normal form C."""
    return unicodedata.normalize("NFC", " ".join(words.split()))
