"""What a derived document is made of: a function of the seed and its number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from goldwire.derive.difficulty import Difficulty, Kind, find_difficulty
from goldwire.derive.rewriting import REWRITINGS
from goldwire.derive.sources import Base, is_self_contained
from goldwire.model.errors import GoldwireError

PAGE = 8
"""Documents a page."""
GROUP = 16
"""Documents a group, on two pages: whatever is a copy of a document stands in its group."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a derived corpus is: its difficulty, the seed, how many documents."""

    difficulty: str
    seed: int
    n: int

    def __post_init__(self) -> None:
        find_difficulty(self.difficulty)
        if self.n < 1 or self.seed < 0:
            raise GoldwireError(f"{self.n} documents with seed {self.seed}; expected one or more, and no minus sign")

    @property
    def groups(self) -> int:
        """Number of groups, the last of which may not be full."""
        return -(-self.n // GROUP)

    def __str__(self) -> str:
        return f"{self.difficulty}.{self.seed}.{self.n}"


@dataclass(frozen=True, slots=True)
class Member:
    """One document: its place in its group, and what was done to its article; nothing, for the first of a family."""

    place: int
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """The documents made of one article: paragraphs of a lead in its order, then some of the background.

    `lead` and `background` are numbers of paragraphs and bases. Paragraphs `loose`, in their order,
    may be dropped, and those at `turned` and after it change places.
    """

    number: int
    lead: int
    paragraphs: tuple[int, ...]
    background: tuple[tuple[int, int], ...]
    members: tuple[Member, ...]


def source(plan: Plan, *names: object) -> Random:
    """A generator of its own for a thing of a corpus, whatever else was drawn before."""
    key = "/".join(map(str, (plan.difficulty, plan.seed, *names))).encode()
    return Random(int.from_bytes(blake2b(key, digest_size=16).digest(), "big"))


def families(plan: Plan, group: int, bases: Sequence[Base]) -> list[Family]:
    """The families of a group: every one of another lead, and no two of leads that share text in the gold."""
    draw = source(plan, "group", group)
    difficulty = find_difficulty(plan.difficulty)
    kin: dict[str, list[int]] = {}
    for number, base in enumerate(bases):
        kin.setdefault(base.kin, []).append(number)
    leads = [draw.choice(numbers) for numbers in kin.values()]
    draw.shuffle(leads)
    places = list(range(GROUP))
    draw.shuffle(places)
    sizes = _sizes(difficulty, draw, limit=len(leads) - 2)
    spare = leads[len(sizes) :]
    made = []
    for number, size in enumerate(sizes):
        taken, places = places[:size], places[size:]
        made.append(
            Family(
                group * GROUP + number,
                leads[number],
                _choice(bases[leads[number]], draw),
                tuple(_background(bases, spare, draw)),
                tuple(Member(place, _kinds(difficulty, draw) if i else ()) for i, place in enumerate(sorted(taken))),
            )
        )
    return made


def _sizes(difficulty: Difficulty, draw: Random, limit: int) -> list[int]:
    """Numbers of documents that make up a group, at most `limit` of them."""
    sizes: list[int] = []
    while (left := GROUP - sum(sizes)) > 0:
        size = draw.choices(list(difficulty.families), list(difficulty.families.values()))[0]
        sizes.append(left if len(sizes) == limit - 1 else min(size, left))
    return sizes


def _kinds(difficulty: Difficulty, draw: Random) -> tuple[Kind, ...]:
    first = draw.choices(list(difficulty.kinds), list(difficulty.kinds.values()))[0]
    kinds: list[Kind] = [first] if first else []
    for kind in difficulty.kinds:
        # what is cut out of an article is cut out whole, so the rest stands in it word for word
        if not kind or kind not in REWRITINGS or kind in kinds or first in ("", "truncated", "standfirst"):
            continue
        if draw.random() < difficulty.more and not {kind, *kinds} >= {"straight", "single"}:
            kinds.append(kind)
    return tuple(kinds)


def _choice(base: Base, draw: Random) -> tuple[int, ...]:
    """The opening of an article and some of its paragraphs, in order."""
    bodies = [i for i, p in enumerate(base.paragraphs) if i >= 2 and p.role == "body"]
    chosen = draw.sample(bodies, min(len(bodies), draw.randint(3, 5)))
    return (0, 1, *sorted(chosen))


def _background(bases: Sequence[Base], spare: Sequence[int], draw: Random) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for base in draw.sample(list(spare), min(len(spare), draw.randint(0, 2))):
        fit = [i for i, p in enumerate(bases[base].paragraphs) if i and is_self_contained(p)]
        if fit:
            found.append((base, draw.choice(fit)))
    return found
