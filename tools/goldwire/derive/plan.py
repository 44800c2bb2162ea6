"""What each derived document is made of: a function of difficulty, seed and number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from goldwire.derive.difficulty import Damage, Difficulty, find_difficulty
from goldwire.derive.rewriting import REWRITINGS
from goldwire.derive.sources import SourceArticle, is_self_contained
from goldwire.model.errors import GoldwireError

PAGE = 8
"""Documents on a page."""
GROUP = 16
"""Documents in a group, on two pages: all copies of a document are in its group."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings that a derived corpus follows from: difficulty, seed, number of documents.

    Raises GoldwireError for an unknown difficulty, a negative seed or no documents.
    """

    difficulty: str
    seed: int
    n: int

    def __post_init__(self) -> None:
        find_difficulty(self.difficulty)
        if self.n < 1 or self.seed < 0:
            raise GoldwireError(
                f"{self.n} documents with seed {self.seed}; expected one or more, and a seed from 0 on"
            )

    @property
    def groups(self) -> int:
        """Number of groups; the last one may not be full."""
        return -(-self.n // GROUP)

    def __str__(self) -> str:
        return f"{self.difficulty}.{self.seed}.{self.n}"


@dataclass(frozen=True, slots=True)
class Member:
    """One document: its place in its group, and the damage to its article; the first of a family has none."""

    place: int
    kinds: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """The documents made of one article: paragraphs of a lead in their order, then some of other articles.

    `lead` is the number of a source article, `paragraphs` are numbers of its paragraphs; `background` has the
    number of a source article and of one of its paragraphs.
    """

    number: int
    lead: int
    paragraphs: tuple[int, ...]
    background: tuple[tuple[int, int], ...]
    members: tuple[Member, ...]


def generator(plan: Plan, *names: object) -> Random:
    """A random generator for one named part of a corpus, independent of all other draws."""
    key = "/".join(map(str, (plan.difficulty, plan.seed, *names))).encode()
    return Random(int.from_bytes(blake2b(key, digest_size=16).digest(), "big"))


def families(plan: Plan, group: int, sources: Sequence[SourceArticle]) -> list[Family]:
    """The families of a group; no two of them have leads of one source cluster."""
    draw = generator(plan, "group", group)
    difficulty = find_difficulty(plan.difficulty)
    clusters: dict[str, list[int]] = {}
    for number, source in enumerate(sources):
        clusters.setdefault(source.cluster, []).append(number)
    leads = [draw.choice(numbers) for numbers in clusters.values()]
    draw.shuffle(leads)
    places = list(range(GROUP))
    draw.shuffle(places)
    sizes = _sizes(difficulty, draw, limit=max(1, len(leads) - 2))
    spare = leads[len(sizes) :]
    made = []
    for number, size in enumerate(sizes):
        taken, places = places[:size], places[size:]
        made.append(
            Family(
                group * GROUP + number,
                leads[number],
                _chosen(sources[leads[number]], draw),
                tuple(_background(sources, spare, draw)),
                tuple(Member(place, _kinds(difficulty, draw) if i else ()) for i, place in enumerate(sorted(taken))),
            )
        )
    return made


def _sizes(difficulty: Difficulty, draw: Random, limit: int) -> list[int]:
    """Numbers of documents in the families of a group; at most `limit` families."""
    sizes: list[int] = []
    while (left := GROUP - sum(sizes)) > 0:
        size = draw.choices(list(difficulty.families), list(difficulty.families.values()))[0]
        sizes.append(left if len(sizes) == limit - 1 else min(size, left))
    return sizes


def _kinds(difficulty: Difficulty, draw: Random) -> tuple[Damage, ...]:
    first = draw.choices(list(difficulty.kinds), list(difficulty.kinds.values()))[0]
    kinds: list[Damage] = [first] if first else []
    for kind in difficulty.kinds:
        # a copy that is cut short keeps its words, so that it is contained in the whole article
        if not kind or kind not in REWRITINGS or kind in kinds or first in ("", "truncated", "standfirst"):
            continue
        if draw.random() < difficulty.more and not {kind, *kinds} >= {"straight", "single"}:
            kinds.append(kind)
    return tuple(kinds)


def _chosen(source: SourceArticle, draw: Random) -> tuple[int, ...]:
    """Numbers of the first two paragraphs of an article and of some others, in order."""
    bodies = [i for i, p in enumerate(source.paragraphs) if i >= 2 and p.role == "body"]
    chosen = draw.sample(bodies, min(len(bodies), draw.randint(3, 5)))
    return (*range(min(2, len(source.paragraphs))), *sorted(chosen))


def _background(sources: Sequence[SourceArticle], spare: Sequence[int], draw: Random) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for source in draw.sample(list(spare), min(len(spare), draw.randint(0, 2))):
        fit = [i for i, p in enumerate(sources[source].paragraphs) if i and is_self_contained(p)]
        if fit:
            found.append((source, draw.choice(fit)))
    return found
