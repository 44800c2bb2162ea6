"""Invented names that replace the gold's, one name map for each family of articles.

No two families share a name. So two derived articles never report on the same people, and no statement is
attributed to a real person.
"""

from functools import lru_cache
from typing import NamedTuple

from goldwire.derive.edits import Edit
from goldwire.derive.paragraphs import MentionLabel, Paragraph

ONSETS = "bdfgklmnprstvzh"
SYLLABLES = tuple(onset + vowel for onset in ONSETS for vowel in "aeiou")
"""A stem splits into these in exactly one way, and no ending begins as another syllable would."""
SLOTS = 64
"""Names that one family may need at most."""
STRIDE = 7_368_772
"""Factor that gives neighbouring numbers unlike stems; it is coprime to 75, the number of syllables."""
GIVEN = """
    Ada Adrian Alma Amir Anton Astrid Boris Carla Carlos Clara Cyril Dalia David Dora Edgar Elena Elias Emil
    Esther Fatima Felix Fiona Georg Greta Hana Hugo Ida Igor Ines Ivan Jonas Julia Karim Kofi Lars Laura
    Leila Leo Lena Liam Lucia Magnus Mara Marcus Marta Milan Mira Nadia Nils Nina Olga Omar Oscar Paula Pavel
    Petra Rafael Rosa Samir Selma Simon Sonia Tariq Tomas Vera Viktor Yara Yusuf
    """.split()
SURNAMES = ("v", "n", "s", "k")
CITIES = ("burg", "holm", "port", "stad", "mir")
NATIONS = {
    "norp-american": "gpe-united-states",
    "norp-british": "gpe-united-kingdom",
    "norp-chinese": "gpe-china",
    "norp-french": "gpe-france",
    "norp-german": "gpe-germany",
    "norp-indian": "gpe-india",
    "norp-indonesian": "gpe-indonesia",
    "norp-japanese": "gpe-japan",
    "norp-nicaraguan": "gpe-nicaragua",
    "norp-north-korean": "gpe-north-korea",
    "norp-polish": "gpe-poland",
    "norp-russian": "gpe-russia",
    "norp-turkish": "gpe-turkiye",
    "norp-ukrainian": "gpe-ukraine",
    "language-english": "gpe-united-kingdom",
    "language-russian": "gpe-russia",
}
"""Peoples and languages with their country: they share its stem."""
COUNTRIES = frozenset(NATIONS.values()) | frozenset(
    f"gpe-{name}"
    for name in """
    afghanistan armenia azerbaijan belarus iran israel kazakhstan malaysia malta mongolia pakistan serbia
    slovakia united-arab-emirates uzbekistan
    """.split()
)
KEPT = frozenset({"gpe-nazi-germany", "gpe-ussr"})
"""Former countries, which keep their names, as wars, works and continents do."""
TAILS = ("Region", "Regions", "People’s Republics", "People's Republics")
"""Last words that the new name of a place keeps."""
BODIES = ("Ministry", "Assembly", "Council", "Church", "Union", "Organization", "Corporation", "Club")
"""Last words that the new name of an organisation keeps."""


class InventedEntity(NamedTuple):
    """An invented entity: its id, its canonical name, and the id of the gold entity that it replaces."""

    id: str
    name: str
    original: str


def stem(number: int) -> str:
    """The stem of a number, in three syllables or more; no two numbers have the same one."""
    size = 3
    while len(SYLLABLES) ** size <= number:
        size += 1
    rest = number * STRIDE % len(SYLLABLES) ** size
    made = []
    for _ in range(size):
        rest, digit = divmod(rest, len(SYLLABLES))
        made.append(SYLLABLES[digit])
    return "".join(made).capitalize()


class NameMap:
    """The invented names of one family; which one an entity gets depends on the order in which entities are looked up.

    Raises ValueError if a family needs more than `SLOTS` names.
    """

    def __init__(self, family: int) -> None:
        self.family = family
        self.stems: dict[str, tuple[int, str]] = {}
        self.ids: dict[str, str] = {}
        self.invented: list[InventedEntity] = []

    def _stem(self, key: str) -> tuple[int, str]:
        if key not in self.stems:
            slot = len(self.stems)
            if slot >= SLOTS:
                raise ValueError(f"a family needs more than {SLOTS} names")
            number = self.family * SLOTS + slot
            self.stems[key] = number, stem(number)
        return self.stems[key]

    def entity(self, original: str) -> str:
        """The id of the entity that replaces one of the gold; the same id if it keeps its name."""
        if original not in self.ids:
            self.ids[original] = self._invent(original)
        return self.ids[original]

    def _invent(self, original: str) -> str:
        kind = original.split("-", 1)[0]
        if not is_renamed(original):
            return original
        name = self.surface(original, {"person": "Given Surname", "org": "Body"}.get(kind, "Name"))
        made_id = f"{kind}-{name.casefold().replace(' ', '-')}"
        self.invented.append(InventedEntity(made_id, name, original))
        return made_id

    def surface(self, original: str, form: str) -> str:
        """The surface form that replaces one of the gold."""
        if not is_renamed(original):
            return form
        kind = original.split("-", 1)[0]
        number, made = self._stem(NATIONS.get(original, original))
        if kind == "person":
            return _person(number, made, form)
        if kind in ("norp", "language"):
            return f"{made}nian{'s' if form.endswith('s') else ''}"
        if kind == "org":
            tail = form.rsplit(" ", 1)[-1]
            return f"{made}t {tail}" if tail in BODIES else f"{made}t"
        if original in COUNTRIES:
            return f"{made}nia"
        tail = next((f" {tail}" for tail in TAILS if form.endswith(f" {tail}")), "")
        return f"{made}{CITIES[number % len(CITIES)]}{tail}"

    def renamed(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph with new names in all mentions; `an` before a new name becomes `a`."""
        edits = []
        for mention in paragraph.mentions:
            form = paragraph.text[mention.start : mention.end]
            new = self.surface(mention.entity, form)
            if new != form:
                edits.append(Edit(mention.start, mention.end, new))
                if paragraph.text[max(0, mention.start - 4) : mention.start].casefold() in (" an ", "an "):
                    edits.append(Edit(mention.start - 2, mention.start - 1, ""))
        moved = paragraph.edited(edits)
        mentions = tuple(map(self._mention, moved.mentions))
        quotes = tuple(q._replace(entities=tuple(sorted(map(self.entity, q.entities)))) for q in moved.quotes)
        return Paragraph(moved.source, moved.role, moved.text, mentions, quotes, moved.decoys)

    def _mention(self, mention: MentionLabel) -> MentionLabel:
        stands_for = self.entity(mention.stands_for) if mention.stands_for else None
        return mention._replace(entity=self.entity(mention.entity), stands_for=stands_for)


@lru_cache(maxsize=4096)
def is_renamed(original: str) -> bool:
    """Whether derived articles rename an entity: people, organisations, peoples, and places with a government."""
    kind = original.split("-", 1)[0]
    return original in NATIONS or (kind in ("person", "org", "gpe") and original not in KEPT)


def _person(number: int, made: str, form: str) -> str:
    surname = made + SURNAMES[number % len(SURNAMES)]
    given = GIVEN[number % len(GIVEN)]
    if form.startswith("["):  # [Vladimir] Zelensky
        return f"[{given}] {surname}"
    return f"{given} {surname}" if " " in form else surname
