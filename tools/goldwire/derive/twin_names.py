"""The names of a twin: every entity of a corpus gets an invented name, or the name of another entity of its corpus.

A name keeps its type, and its forms keep their shape: full name, surname, given name, initials, acronym, plural.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal, get_args

from goldwire.checks.surface_forms import SurfaceForms
from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.derive.names import BODIES, CITIES, NATIONS, SURNAMES, SYLLABLES, stem
from goldwire.model.errors import GoldwireError
from goldwire.model.fields import slug_of
from goldwire.model.records import Mention
from goldwire.scoring.matching import best_pairs
from goldwire.text.alignment import common_prefix
from goldwire.text.tokens import TOKEN

Naming = Literal["invented", "real"]
NAMINGS: tuple[Naming, ...] = get_args(Naming)
GIVEN = """
    Alex Ariel Avery Blake Casey Charlie Dana Drew Eden Emery Finley Harper Jamie Jordan Jules Kai Kerry Lee Logan
    Morgan Noel Parker Quinn Reese Riley Robin Rowan Sasha Shannon Sidney Skyler Taylor Tracy Val
    """.split()
"""Given names of women and men alike, so that no pronoun contradicts them."""
HE, SHE = frozenset("he him his himself mr".split()), frozenset("she her hers herself mrs ms".split())
INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+ ?(?=\w)|[A-Z]{2,3} (?=[A-Z][a-z])")


@dataclass(slots=True)
class Name:
    """An entity with the forms that name it, how often each; `after_the` counts those that follow the article."""

    key: str
    type: str
    name: str
    forms: Counter[str] = field(default_factory=Counter)
    after_the: int = 0
    gender: int = 0
    """Above 0 if feminine words follow the name more often than masculine ones, below 0 if less often."""
    documents: set[str] = field(default_factory=set)
    acronyms: list[str] = field(default_factory=list)
    longs: list[str] = field(default_factory=list)
    given: str = ""
    short: str = ""
    full: str = ""

    def complete(self) -> "Name":
        """The entity with its forms sorted by their shape, the most frequent first."""
        often = [form for form, _ in self.forms.most_common()] or [self.name]
        self.acronyms = [form for form in often if is_acronym(form)]
        self.longs = [form for form in often if not is_acronym(form)]
        if is_person(self.type):
            words = [self.name, *(form for form in often if not INITIALS.match(form))]
            self.full = next((w for w in [*words[1:], self.name] if " " in w and w[0].isalnum()), self.name)
            single = [form for form in often if " " not in form]
            self.short = next((w for w in single if w in self.full.split()), self.full.split()[-1])
            self.given = self.full.replace(self.short, "").strip() or self.short
            if not self.gender:  # most languages of the press write the feminine so
                self.gender = 1 if self.given.split()[0].endswith(("a", "а", "я")) else -1
        return self


def is_person(kind: str) -> bool:
    """Whether a type is that of people, by its name: PERSON, PER."""
    return kind.upper().startswith("PER")


def is_acronym(form: str) -> bool:
    """Whether a form is capitals alone, from two to six."""
    return form.isalpha() and form.isupper() and 1 < len(form) < 7


def key_of(mention: Mention) -> str:
    """The entity of a mention; without an id, people with the same last word are one, and other equal forms."""
    form = (mention.text.split()[-1] if is_person(mention.type) else mention.text).casefold()
    return mention.entity or f"{mention.type}:{form.removesuffix('s') if mention.type == 'NORP' else form}"


def read_names(gold: Gold) -> dict[str, Name]:
    """The entities of a corpus that its articles name, by id."""
    found: dict[str, Name] = {}
    for document in gold.documents.values():
        mentions = document.mentions or ()
        for number, mention in enumerate(mentions):
            key = key_of(mention)
            entity = gold.entities.get(key)
            name = found.setdefault(key, Name(key, mention.type, entity.name if entity else mention.text))
            name.forms[mention.text] += 1
            name.documents.add(document.id)
            name.after_the += document.text[: mention.start].endswith(("the ", "The "))
            if is_person(mention.type):
                name.gender += _gender(document, mentions[number:])
    return {key: found[key].complete() for key in sorted(found)}


def _gender(document: GoldDocument, mentions: tuple[Mention, ...]) -> int:
    """Feminine words minus masculine ones, from a title before a name to the next name of a person on its line."""
    first = mentions[0]
    ends = (other.start for other in mentions[1:] if is_person(other.type))
    line = document.text.find("\n", first.end)
    reach = min([line if line >= 0 else len(document.text), *ends])
    words = [word.casefold() for word in TOKEN.findall(document.text[max(0, first.start - 4) : reach])]
    return sum((word in SHE) - (word in HE) for word in words)


def nation_of(name: Name, names: dict[str, Name]) -> str:
    """The key that a people shares with its country, as Russian and Russia do; its own for all other entities."""
    if name.key in NATIONS or name.type not in ("NORP", "LANGUAGE"):
        return NATIONS.get(name.key, name.key)
    shared = {
        place.key: length
        for place in names.values()
        for form in place.longs
        if place.type in ("GPE", "LOC") and (length := _common(form, name.longs)) >= max(4, len(form) - 2)
    }
    return max(shared, key=lambda key: shared[key], default=name.key)


def _common(form: str, others: list[str]) -> int:
    """The length of the longest beginning that a form shares with one of others of as many words."""
    alike = (other for other in others if other.count(" ") == form.count(" "))
    return max((common_prefix(form, other) for other in alike), default=0)


class TwinNames:
    """The new names of the entities of a corpus: which, and in which form; a seed and a corpus give the same ones."""

    def __init__(self, gold: Gold, naming: Naming, seed: int, kept: set[str]) -> None:
        self.names = read_names(gold)
        self.draw = Random(f"{naming}/{seed}")
        texts = [*gold.page_texts.values(), *(document.text for document in gold.documents.values())]
        self.words = {word for text in texts for word in TOKEN.findall(text)}
        nations = {(nation_of(name, self.names), name.type): key for key, name in reversed(self.names.items())}
        self.nations = dict.fromkeys(self.names, "") | {key: nation for (nation, _), key in nations.items()}
        self.nations = {key: nation or key for key, nation in self.nations.items()}
        self.stems: dict[str, str] = {}
        self.forms = SurfaceForms(form for name in self.names.values() for form in name.forms)
        self.new: dict[str, Name] = {}
        free = {key: name for key, name in self.names.items() if key not in kept}
        self.new = dict(self._invent(free) if naming == "invented" else self._exchange(free))

    def entity(self, key: str) -> str:
        """The id of the entity that replaces one; the same id if it keeps its name."""
        return self.new[key].key if key in self.new else key

    def surface(self, key: str, form: str) -> str:
        """The form that replaces one of an entity."""
        if key not in self.new:
            return form
        old, new = self.names[key], self.new[key]
        if form.isupper() and form.lower() != form and not form.istitle():
            plain = next((other for other in old.forms if other != form and other.upper() == form), None)
            if plain is not None:
                return self.surface(key, plain).upper()
        if is_person(old.type):
            return _person(old, new, form)
        alike, others = (old.acronyms, new.acronyms) if is_acronym(form) else (old.longs, new.longs)
        others = others or new.longs or new.acronyms
        if old.type == "NORP":
            singular = next((other for other in others if not other.endswith("s")), others[0])
            is_plural = form.endswith("s") and not singular.endswith(("s", "ese", "sh", "ch", "m", "y"))
            return singular + "s" * is_plural
        if form not in alike:
            raise GoldwireError(f"{form!r} is no form of {key}; goldwire check names the mention, correct it first")
        return others[min(alike.index(form), len(others) - 1)]

    def _exchange(self, free: dict[str, Name]) -> Iterator[tuple[str, Name]]:
        """Every entity with another of its kind: of the same gender and shape if it can be, from other articles."""
        bundles: dict[str, dict[str, Name]] = defaultdict(dict)
        for key, name in free.items():
            bundles[key if name.type == "LANGUAGE" else self.nations[key]][name.type] = name
        pools: dict[tuple[str, ...], list[dict[str, Name]]] = defaultdict(list)
        for bundle in bundles.values():
            pools[tuple(sorted(bundle))].append(bundle)
        for kinds, pool in sorted(pools.items()):
            edges = {
                (i, j): 100 - sum(_unlike(a[kind], b[kind]) for kind in kinds) / len(kinds) + self.draw.random()
                for i, a in enumerate(pool)
                for j, b in enumerate(pool)
                if i != j
            }
            for i, j in best_pairs(edges):
                yield from ((pool[i][kind].key, pool[j][kind]) for kind in kinds)

    def _invent(self, free: dict[str, Name]) -> Iterator[tuple[str, Name]]:
        for key, old in free.items():
            made, number = self._stem(self.nations[key], [len(form) for form in old.acronyms])
            new = Name("", old.type, "", gender=old.gender)
            if is_person(old.type):
                new.given, new.short = GIVEN[number % len(GIVEN)], made + SURNAMES[number % len(SURNAMES)]
                new.full = new.name = f"{new.given} {new.short}"
            else:
                nation = key in NATIONS or list(self.nations.values()).count(self.nations[key]) > 1
                new.acronyms = [made.upper()[: len(form)] for form in old.acronyms]
                new.longs = [self._long(old.type, made, form, number, nation) for form in old.longs]
                new.longs = new.longs or [self._long(old.type, made, "", number, nation)]
                new.name = new.longs[0]
            new.key = f"{slug_of(old.type)}-{re.sub('[^a-z0-9]+', '-', new.name.casefold()).strip('-')}"
            yield key, new

    def _stem(self, key: str, acronyms: list[int]) -> tuple[str, int]:
        """A stem that begins no word of the corpus; nor do its first letters, if they are to be an acronym."""
        while key not in self.stems or any(self.stems[key].upper()[:n] in self.words for n in acronyms):
            made = stem(self.draw.randrange(len(SYLLABLES) ** 3))
            if not any(word.startswith(made) for word in self.words):
                self.stems[key] = made
        made = self.stems[key]
        self.words |= {made, *(made.upper()[:n] for n in acronyms)}
        return made, sum(map(ord, made))

    def _long(self, kind: str, made: str, form: str, number: int, nation: bool) -> str:
        """A name that is no acronym; a last word that is a common noun, as in Foreign Ministry, is kept."""
        if kind in ("NORP", "LANGUAGE"):
            return f"{made}nian"
        first, _, tail = form.rpartition(" ")
        if first and (tail.lower() in self.words or tail in BODIES):
            return f"{made} {tail}"
        if kind == "GPE":
            return made + ("nia" if nation else CITIES[number % len(CITIES)])
        return f"{made}t" if kind == "ORG" else made


def _person(old: Name, new: Name, form: str) -> str:
    """A form of a person's name for another person: initials, the given name, the surname or both."""
    if form == old.given != old.short:
        return new.given
    if " " not in form and not INITIALS.match(form):
        return new.short
    if form.startswith("["):  # [Vladimir] Zelensky
        return f"[{new.given}] {new.short}"
    if INITIALS.match(form) and not INITIALS.match(new.full):
        return f"{new.given[0]}. {new.short}"
    return new.full


def _unlike(a: Name, b: Name) -> float:
    """How unlike two names are: what would not read as before, and whether both are in one article."""
    return (
        20 * (is_person(a.type) and (a.gender > 0) != (b.gender > 0))
        + 4 * abs(_share(a) - _share(b))
        + 3 * (bool(a.acronyms) and not b.acronyms)
        + 3 * (bool(a.longs) and not b.longs)
        + 3 * (_is_noun(a) != _is_noun(b))
        + (" " in a.name) * (" " not in b.name)
        + 2 * (not a.documents.isdisjoint(b.documents))
    )


def _is_noun(name: Name) -> bool:
    """Whether a group is named by what it believes, as Orthodoxy is, so that no noun can follow."""
    return name.type == "NORP" and name.longs[:1] != [] and name.longs[0].endswith(("ism", "y"))


def _share(name: Name) -> float:
    """The share of mentions that follow the article, as those of the United States do."""
    return name.after_the / max(1, sum(name.forms.values()))
