"""Label tables: the types of a system's inventory in gold's terms, or both in a third inventory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news

GOLD_TYPES = news().types
"""The types of the shipped profile, which the tables are made for."""
NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")
"""The types of OntoNotes 5 that gold leaves out on purpose."""


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The types that are compared: the name there of each type of the system, and of each of gold's.

    A type of the system without an entry is ignored and counted as such; a type of gold without an
    entry is not expected, because the system's inventory has no name for it.
    """

    says: str
    system: Mapping[str, str]
    gold: Mapping[str, str] = field(default_factory=lambda: {kind: kind for kind in GOLD_TYPES})


TABLES: dict[str, LabelTable] = {
    "none": LabelTable(
        "gold's eleven types as they are; the seven of OntoNotes 5 for numbers and dates are ignored",
        {kind: kind for kind in GOLD_TYPES},
    ),
    "conll-4": LabelTable(
        "CoNLL-2003: gold's places become LOC; everything except persons, places and organisations becomes MISC",
        {kind: kind for kind in ("PER", "ORG", "LOC", "MISC")},
        {
            "PERSON": "PER",
            "ORG": "ORG",
            **dict.fromkeys(("GPE", "LOC", "FAC"), "LOC"),
            **dict.fromkeys(("NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC"),
        },
    ),
    "ace-7": LabelTable(
        "ACE 2005: persons, organisations, places and buildings; vehicles and weapons are PRODUCT; no other types",
        {"PER": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "VEH": "PRODUCT", "WEA": "PRODUCT"},
        {kind: kind for kind in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT")},
    ),
}


def find_table(name: str, profile: Profile) -> LabelTable:
    """Return the table of a name for gold of a profile; raise GoldwireError if there is none."""
    if name not in TABLES:
        raise GoldwireError(f"no label table {name!r}; expected {', '.join(TABLES)}")
    if name == "none":
        same = {kind: kind for kind in profile.types}
        return LabelTable(TABLES[name].says, same, same)
    if lacking := [kind for kind in profile.types if kind not in (*GOLD_TYPES, *TABLES[name].gold)]:
        raise GoldwireError(f"label table {name} has no name for gold's type {lacking[0]}; expected --labels none")
    return TABLES[name]
