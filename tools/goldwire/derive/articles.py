"""Derived articles: how the article of a family is composed, and how each copy of it is damaged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from goldwire.derive.difficulty import Damage, find_difficulty
from goldwire.derive.edits import Edit
from goldwire.derive.names import InventedEntity, NameMap
from goldwire.derive.paragraphs import DecoyLabel, MentionLabel, Paragraph, QuoteLabel, resolved
from goldwire.derive.plan import GROUP, Family, Member, Plan, families, generator
from goldwire.derive.rewriting import REWRITINGS, scanned
from goldwire.derive.sources import SourceArticle, is_self_contained, sentence_ends

Paragraphs = tuple[Paragraph, ...]
STRUCTURAL: tuple[Damage, ...] = ("truncated", "dropped", "reordered")
"""Damage that cuts or moves paragraphs; the copies of one family get at most one kind of it."""
WORDS = 12
"""Spaces that a paragraph must have at least to be transplanted."""
SHORTEST = 4
"""Paragraphs that an article keeps at least when some are dropped."""


class ArticleLabels(NamedTuple):
    """The labels of an article, with offsets in code points of its text."""

    mentions: list[MentionLabel]
    quotes: list[QuoteLabel]
    decoys: list[DecoyLabel]


@dataclass(frozen=True, slots=True)
class Article:
    """A derived document: its number in the corpus, its family, the damage to it, and its paragraphs."""

    number: int
    family: int
    kinds: tuple[Damage, ...]
    paragraphs: Paragraphs

    @property
    def text(self) -> str:
        """The text, as `goldwire build` makes it from its page."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def sources(self) -> frozenset[str]:
        """Ids of the gold articles that its paragraphs come from."""
        return frozenset(paragraph.source.split(":", 1)[0] for paragraph in self.paragraphs)

    @property
    def labels(self) -> ArticleLabels:
        """The labels of all paragraphs, shifted to their offsets in the text."""
        found = ArticleLabels([], [], [])
        at = 0
        for paragraph in self.paragraphs:
            first = len(found.quotes)
            found.mentions.extend(m._replace(start=m.start + at, end=m.end + at) for m in paragraph.mentions)
            found.quotes.extend(quote.shifted(at, first) for quote in paragraph.quotes)
            found.decoys.extend(d._replace(start=d.start + at, end=d.end + at) for d in paragraph.decoys)
            at += len(paragraph.text) + 1
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Families with their whole articles, and the invented entities of all of them."""

    plan: Plan
    number: int
    families: tuple[Family, ...]
    whole: tuple[Paragraphs, ...]
    entities: tuple[InventedEntity, ...]


def compose(plan: Plan, number: int, sources: Sequence[SourceArticle]) -> Group:
    """The families of a group with the article of each, under invented names."""
    made = families(plan, number, sources)
    whole: list[Paragraphs] = []
    entities: list[InventedEntity] = []
    for family in made:
        chosen = [sources[family.lead].paragraphs[i] for i in family.paragraphs]
        chosen += [sources[source].paragraphs[i] for source, i in family.background]
        names = NameMap(family.number)
        whole.append(resolved(names.renamed(paragraph) for paragraph in chosen))
        entities += names.invented
    return Group(plan, number, tuple(made), tuple(whole), tuple(entities))


def articles(group: Group) -> list[Article]:
    """The documents of a group, in order."""
    made = []
    for position, family in enumerate(group.families):
        cut = generator(group.plan, "family", family.number).choice(STRUCTURAL)
        transplants = 0
        for member in family.members:
            kinds = tuple(_allowed(kind, cut, transplants) for kind in member.kinds)
            transplants += "transplanted" in kinds
            made.append(_copy(group, position, member, kinds))
    return sorted(made, key=lambda article: article.number)


def _allowed(kind: Damage, cut: Damage, transplants: int) -> Damage:
    """The damage that a copy gets: its family's own for paragraphs, so that cut and moved text never overlap."""
    if kind in STRUCTURAL:
        return cut
    return "glued" if kind == "transplanted" and transplants else kind


def _copy(group: Group, position: int, member: Member, kinds: tuple[Damage, ...]) -> Article:
    family = group.families[position]
    draw = generator(group.plan, "member", family.number, member.place)
    paragraphs = group.whole[position]
    for kind in kinds:
        if kind == "transplanted":
            paragraphs = (*paragraphs, *transplanted(group, position, draw))
        elif kind in CUTS:
            paragraphs = CUTS[kind](paragraphs, draw)
    paragraphs = rewritten(paragraphs, kinds, draw, find_difficulty(group.plan.difficulty).scan)
    return Article(group.number * GROUP + member.place, family.number, kinds, paragraphs)


def rewritten(paragraphs: Paragraphs, kinds: Sequence[Damage], draw: Random, scan: int = 40) -> Paragraphs:
    """Paragraphs after those kinds of damage that change words."""
    for kind in kinds:
        if kind == "scanned":
            paragraphs = tuple(p.edited(scanned(p, draw, scan)) for p in paragraphs)
        elif kind in REWRITINGS:
            paragraphs = tuple(p.edited(REWRITINGS[kind](p, draw)) for p in paragraphs)
    return paragraphs


def truncated(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The beginning of an article, cut off after a sentence; the whole if speakers would no longer be mentioned."""
    if len(paragraphs) < 3:
        return paragraphs
    keep = draw.randint(3, max(3, len(paragraphs) - 1))
    last = paragraphs[keep - 1]
    ends = sentence_ends(last)
    if ends:
        last = last.edited([Edit(draw.choice(ends), len(last.text), "")])
    cut = (*paragraphs[: keep - 1], last)
    return cut if resolved(cut) == cut else paragraphs


def standfirst(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The first two lines alone; speakers that they do not mention become unnamed."""
    return resolved(paragraphs[:2])


def dropped(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """An article without one or two of its shortest paragraphs, in an order that is the same for the whole family."""
    wanted = draw.randint(1, 2)
    kept = paragraphs
    for paragraph in sorted(paragraphs[2:-1], key=lambda p: len(p.text)):
        rest = tuple(p for p in kept if p is not paragraph)
        if wanted and len(rest) >= SHORTEST and resolved(rest) == rest:
            kept, wanted = rest, wanted - 1
    return kept


def reordered(paragraphs: Paragraphs, draw: Random) -> Paragraphs:
    """The third and the fourth paragraph exchanged."""
    if len(paragraphs) <= SHORTEST:
        return paragraphs
    return (*paragraphs[:2], paragraphs[3], paragraphs[2], *paragraphs[4:])


def transplanted(group: Group, position: int, draw: Random) -> Paragraphs:
    """A self-contained paragraph of another family's article, if there is one."""
    others = [whole for i, whole in enumerate(group.whole) if i != position]
    fit = [p for whole in others for p in whole[2:] if is_self_contained(p) and p.text.count(" ") >= WORDS]
    return (draw.choice(fit),) if fit else ()


CUTS: dict[str, Callable[[Paragraphs, Random], Paragraphs]] = {
    "truncated": truncated,
    "standfirst": standfirst,
    "dropped": dropped,
    "reordered": reordered,
}
"""Damage to whole paragraphs, by its name."""
