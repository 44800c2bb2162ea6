"""Invented worlds: names that stand in for the gold's, one world a family of articles.

No name is given twice, whatever the family, so two derived articles never speak of the same people, and
nobody real is said to have said what a derived article says.
"""

from functools import lru_cache
from typing import NamedTuple

from goldwire.derive.edits import Edit
from goldwire.derive.paragraphs import Name, Paragraph

ONSETS = "bdfgklmnprstvzh"
SYLLABLES = tuple(onset + vowel for onset in ONSETS for vowel in "aeiou")
"""Every stem parses into these in one way, and every ending begins like none of them could go on."""
SLOTS = 64
"""Names that one family may need."""
STRIDE = 7_368_772
"""What numbers are multiplied by, so that neighbours get unlike stems; it shares no factor with a power of 75."""
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
"""Peoples and languages with their country: they take one stem."""
COUNTRIES = frozenset(NATIONS.values()) | frozenset(
    f"gpe-{name}"
    for name in """
    afghanistan armenia azerbaijan belarus iran israel kazakhstan malaysia malta mongolia pakistan serbia
    slovakia united-arab-emirates uzbekistan
    """.split()
)
KEPT = frozenset({"gpe-nazi-germany", "gpe-ussr"})
"""Countries of the past keep their names, as wars, works and parts of the world do."""
TAILS = ("Region", "Regions", "People’s Republics", "People's Republics")
"""What stays of the name of a place."""
BODIES = ("Ministry", "Assembly", "Council", "Church", "Union", "Organization", "Corporation", "Club")
"""What stays of the name of a body."""


class Invented(NamedTuple):
    """An entity of a world: its id, canonical name, and the id of the one it stands in for."""

    id: str
    name: str
    original: str


def stem(number: int) -> str:
    """The stem of a number, in three syllables or more; no two numbers share one."""
    size = 3
    while len(SYLLABLES) ** size <= number:
        size += 1
    rest = number * STRIDE % len(SYLLABLES) ** size
    made = []
    for _ in range(size):
        rest, digit = divmod(rest, len(SYLLABLES))
        made.append(SYLLABLES[digit])
    return "".join(made).capitalize()


class World:
    """The names of one family of articles; which one an entity gets depends on the order it is asked for."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.stems: dict[str, tuple[int, str]] = {}
        self.ids: dict[str, str] = {}
        self.invented: list[Invented] = []

    def _stem(self, key: str) -> tuple[int, str]:
        if key not in self.stems:
            slot = len(self.stems)
            if slot >= SLOTS:
                raise ValueError(f"a family needs more than {SLOTS} names")
            number = self.family * SLOTS + slot
            self.stems[key] = number, stem(number)
        return self.stems[key]

    def entity(self, original: str) -> str:
        """The id of what stands in for an entity; its own where it keeps its name."""
        if original not in self.ids:
            self.ids[original] = self._invent(original)
        return self.ids[original]

    def _invent(self, original: str) -> str:
        kind = original.split("-", 1)[0]
        if not is_swapped(original):
            return original
        name = self.surface(original, {"person": "Given Surname", "org": "Body"}.get(kind, "Name"))
        made_id = f"{kind}-{name.casefold().replace(' ', '-')}"
        self.invented.append(Invented(made_id, name, original))
        return made_id

    def surface(self, original: str, form: str) -> str:
        """What stands in for a surface form of an entity."""
        if not is_swapped(original):
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

    def swap(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph with every name in it swapped, the article before it with it (`an` to `a`)."""
        edits = []
        for name in paragraph.names:
            form = paragraph.text[name.start : name.end]
            new = self.surface(name.entity, form)
            if new != form:
                edits.append(Edit(name.start, name.end, new))
                if paragraph.text[max(0, name.start - 4) : name.start].casefold() in (" an ", "an "):
                    edits.append(Edit(name.start - 2, name.start - 1, ""))
        moved = paragraph.edited(edits)
        names = tuple(self._named(name) for name in moved.names)
        quotes = tuple(q._replace(entities=tuple(sorted(map(self.entity, q.entities)))) for q in moved.quotes)
        return Paragraph(moved.source, moved.role, moved.text, names, quotes, moved.decoys)

    def _named(self, name: Name) -> Name:
        stands_for = self.entity(name.stands_for) if name.stands_for else None
        return name._replace(entity=self.entity(name.entity), stands_for=stands_for)


@lru_cache(maxsize=4096)
def is_swapped(original: str) -> bool:
    """Whether derived articles give an entity another name: people, bodies, places and nations with a government."""
    kind = original.split("-", 1)[0]
    return original in NATIONS or (kind in ("person", "org", "gpe") and original not in KEPT)


def _person(number: int, made: str, form: str) -> str:
    surname = made + SURNAMES[number % len(SURNAMES)]
    given = GIVEN[number % len(GIVEN)]
    if form.startswith("["):  # [Vladimir] Zelensky
        return f"[{given}] {surname}"
    return f"{given} {surname}" if " " in form else surname
