"""Tables of types: what a system's inventory is called in gold's, or both in a third where neither holds the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from goldwire.model.errors import GoldwireError
from goldwire.model.records import EntityType

GOLD_TYPES: tuple[str, ...] = get_args(EntityType)
NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The types that are compared: what each of the system's, and each of gold's, is called there.

    A type of the system that has no entry is ignored and counted as such; a type of gold that has none
    is not asked for, since the inventory has no word for it.
    """

    says: str
    system: Mapping[str, str]
    gold: Mapping[str, str] = field(default_factory=lambda: {kind: kind for kind in GOLD_TYPES})


TABLES: dict[str, LabelTable] = {
    "none": LabelTable("the types as they are", {kind: kind for kind in GOLD_TYPES}),
    "ontonotes-18": LabelTable(
        "OntoNotes 5: gold's eleven types; the seven of numbers and dates are ignored",
        {kind: kind for kind in GOLD_TYPES},
    ),
    "conll-4": LabelTable(
        "CoNLL-2003: gold's places fold into LOC, all that is no person, place or body into MISC",
        {kind: kind for kind in ("PER", "ORG", "LOC", "MISC")},
        {
            "PERSON": "PER",
            "ORG": "ORG",
            **dict.fromkeys(("GPE", "LOC", "FAC"), "LOC"),
            **dict.fromkeys(("NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC"),
        },
    ),
    "ace-7": LabelTable(
        "ACE 2005: persons, bodies, places and buildings; vehicles and weapons are PRODUCT; the rest is not asked for",
        {"PER": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "VEH": "PRODUCT", "WEA": "PRODUCT"},
        {kind: kind for kind in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT")},
    ),
}


def find_table(name: str) -> LabelTable:
    """The table of a name; raises GoldwireError where there is none."""
    if name not in TABLES:
        raise GoldwireError(f"no table of labels {name!r}; expected {', '.join(TABLES)}")
    return TABLES[name]
