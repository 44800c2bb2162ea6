"""Difficulties of derived corpora: named settings."""

from dataclasses import dataclass
from typing import Literal, get_args

from goldwire.model.errors import GoldwireError

DifficultyName = Literal["easy", "news", "hostile"]
Damage = Literal[
    "straight",
    "single",
    "glued",
    "edited",
    "scanned",
    "truncated",
    "standfirst",
    "dropped",
    "reordered",
    "transplanted",
]
"""What is done to a copy of an article; `rewriting` changes words, `articles` whole paragraphs."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How many copies an article has, and how they are damaged.

    `families` has weights for the number of documents made of one article, `kinds` for the first damage of a copy,
    where "" is none. Each further kind of damage to words has the probability `more`. In a scanned copy about one
    word in `scan` is misread.
    """

    families: dict[int, int]
    kinds: dict[Damage | Literal[""], int]
    more: float
    scan: int


DIFFICULTIES: dict[DifficultyName, Difficulty] = {
    "easy": Difficulty(
        families={1: 60, 2: 30, 3: 10},
        kinds={"": 50, "straight": 20, "glued": 15, "truncated": 15},
        more=0.0,
        scan=60,
    ),
    "news": Difficulty(
        families={1: 55, 2: 22, 3: 13, 5: 10},
        kinds={
            "": 20,
            "straight": 12,
            "single": 8,
            "glued": 10,
            "edited": 12,
            "scanned": 3,
            "truncated": 12,
            "standfirst": 5,
            "dropped": 8,
            "reordered": 5,
            "transplanted": 5,
        },
        more=0.15,
        scan=40,
    ),
    "hostile": Difficulty(
        families={1: 30, 2: 25, 4: 25, 6: 20},
        kinds={
            "": 5,
            "straight": 5,
            "single": 10,
            "glued": 5,
            "edited": 15,
            "scanned": 15,
            "truncated": 12,
            "standfirst": 8,
            "dropped": 10,
            "reordered": 7,
            "transplanted": 8,
        },
        more=0.4,
        scan=15,
    ),
}


def find_difficulty(name: str) -> Difficulty:
    """The difficulty of a name; raises GoldwireError if there is none."""
    if name not in DIFFICULTIES:
        raise GoldwireError(f"unknown difficulty {name!r}; expected one of {', '.join(get_args(DifficultyName))}")
    return DIFFICULTIES[name]
