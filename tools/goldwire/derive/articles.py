"""Derived articles: a family's article put together, and what becomes of it in each of its copies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from goldwire.derive.difficulty import Kind, find_difficulty
from goldwire.derive.edits import Edit
from goldwire.derive.names import Invented, World
from goldwire.derive.paragraphs import Paragraph, resolved
from goldwire.derive.plan import GROUP, Family, Member, Plan, families, source
from goldwire.derive.rewriting import REWRITINGS, scanned
from goldwire.derive.sources import Base, is_self_contained, sentence_ends

Paragraphs = tuple[Paragraph, ...]
STRUCTURAL: tuple[Kind, ...] = ("truncated", "dropped", "reordered")
"""Kinds that part or move paragraphs; the copies of one family suffer one of them at most."""
WORDS = 12
"""Words of a paragraph that is worth transplanting."""
SHORTEST = 4
"""Paragraphs that an article keeps whatever is dropped from it."""


@dataclass(frozen=True, slots=True)
class Article:
    """A derived document: its number in the corpus, its family, what was done to it, and its paragraphs."""

    number: int
    family: int
    kinds: tuple[Kind, ...]
    paragraphs: Paragraphs

    @property
    def text(self) -> str:
        """The text, as its page will build it."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def bases(self) -> frozenset[str]:
        """The articles of the gold that its paragraphs come from."""
        return frozenset(paragraph.source.split(":", 1)[0] for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Group:
    """Families with their whole articles, and the entities of all their worlds."""

    plan: Plan
    number: int
    families: tuple[Family, ...]
    whole: tuple[Paragraphs, ...]
    entities: tuple[Invented, ...]


def compose(plan: Plan, number: int, bases: Sequence[Base]) -> Group:
    """The families of a group with the article of each, in its own world."""
    made = families(plan, number, bases)
    whole: list[Paragraphs] = []
    entities: list[Invented] = []
    for family in made:
        chosen = [bases[family.lead].paragraphs[i] for i in family.paragraphs]
        chosen += [bases[base].paragraphs[i] for base, i in family.background]
        world = World(family.number)
        whole.append(resolved(world.swap(paragraph) for paragraph in chosen))
        entities += world.invented
    return Group(plan, number, tuple(made), tuple(whole), tuple(entities))


def articles(group: Group) -> list[Article]:
    """The documents of a group, in order."""
    made = []
    for position, family in enumerate(group.families):
        cut = source(group.plan, "family", family.number).choice(STRUCTURAL)
        hosts = 0
        for member in family.members:
            kinds = tuple(_fitting(kind, cut, hosts) for kind in member.kinds)
            hosts += "transplanted" in kinds
            made.append(_copy(group, position, member, kinds))
    return sorted(made, key=lambda article: article.number)


def _fitting(kind: Kind, cut: Kind, hosts: int) -> Kind:
    """The kind as its family has it: of two copies, one never lacks what stands elsewhere in the other."""
    if kind in STRUCTURAL:
        return cut
    return "glued" if kind == "transplanted" and hosts else kind


def _copy(group: Group, position: int, member: Member, kinds: tuple[Kind, ...]) -> Article:
    family = group.families[position]
    draw = source(group.plan, "member", family.number, member.place)
    paragraphs = group.whole[position]
    for kind in kinds:
        if kind == "transplanted":
            paragraphs = (*paragraphs, *_transplant(group, position, draw))
        elif kind in CUTS:
            paragraphs = CUTS[kind](paragraphs, draw)
    paragraphs = rewritten(paragraphs, kinds, draw, find_difficulty(group.plan.difficulty).scan)
    return Article(group.number * GROUP + member.place, family.number, kinds, paragraphs)


def rewritten(paragraphs: Paragraphs, kinds: Sequence[Kind], draw: Random, scan: int = 40) -> Paragraphs:
    """Paragraphs after the kinds of damage that are done to words."""
    for kind in kinds:
        if kind == "scanned":
            paragraphs = tuple(p.edited(scanned(p, draw, scan)) for p in paragraphs)
        elif kind in REWRITINGS:
            paragraphs = tuple(p.edited(REWRITINGS[kind](p, draw)) for p in paragraphs)
    return paragraphs


def truncated(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The beginning of an article, cut off after a sentence; whole, where speakers would lose their names by it."""
    keep = draw.randint(3, max(3, len(paragraphs) - 1))
    last = paragraphs[keep - 1]
    ends = sentence_ends(last)
    if ends:
        last = last.edited([Edit(draw.choice(ends), len(last.text), "")])
    cut = (*paragraphs[: keep - 1], last)
    return cut if resolved(cut) == cut else paragraphs


def standfirst(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The first two lines alone; speakers they do not name are forgotten."""
    return resolved(paragraphs[:2])


def dropped(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """An article without one or two of its paragraphs; which go first is its family's, not its copy's, to say."""
    wanted = draw.randint(1, 2)
    kept = paragraphs
    for paragraph in sorted(paragraphs[2:-1], key=lambda p: len(p.text)):
        rest = tuple(p for p in kept if p is not paragraph)
        if wanted and len(rest) >= SHORTEST and resolved(rest) == rest:
            kept, wanted = rest, wanted - 1
    return kept


def reordered(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The third and the fourth paragraph in each other's place."""
    if len(paragraphs) <= SHORTEST:
        return paragraphs
    return (*paragraphs[:2], paragraphs[3], paragraphs[2], *paragraphs[4:])


def _transplant(group: Group, position: int, draw: Random) -> Paragraphs:
    """A paragraph of another family's article that can stand anywhere; none, where there is no such."""
    others = [whole for i, whole in enumerate(group.whole) if i != position]
    fit = [p for whole in others for p in whole[2:] if is_self_contained(p) and p.text.count(" ") >= WORDS]
    return (draw.choice(fit),) if fit else ()


CUTS: dict[str, Callable[[Paragraphs, Random], Paragraphs]] = {
    "truncated": truncated,
    "standfirst": standfirst,
    "dropped": dropped,
    "reordered": reordered,
}
"""What is done to whole paragraphs, by its kind."""
