"""Which derived documents are related, and by which passages: computed from the texts by the guideline's rules."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.model.vocabulary import Direction, Relation
from goldwire.text.shared_runs import SharedRun, shared_runs

SMALL = 60
"""Code points of an edit that does not end a passage."""
LIKE = 0.5
"""Share of the longer text that two copies must both keep to be `near`; below, they are `related`."""


class PairRelation(NamedTuple):
    """The relation of two documents, with its direction if it has one."""

    relation: Relation
    direction: Direction | None = None


class PassageSpans(NamedTuple):
    """The places of a passage: a half-open span in each of two texts, in code points."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def relate(a: Article, b: Article) -> PairRelation | None:
    """The relation of two documents of one group; None if they are distinct.

    Exact and contained follow from the texts, whatever damage made them. Two copies of one family are near if they
    keep at least half of the longer one in common, and related if they share a passage. Articles of two families
    can only share text that comes from one article of the gold: a transplant, or the same background.
    """
    if a.family != b.family and a.sources.isdisjoint(b.sources):
        return None
    first, second = a.text, b.text
    if a.family == b.family:
        if first == second:
            return PairRelation("exact")
        if first in second or second in first:
            return PairRelation("contained", "a_in_b" if first in second else "b_in_a")
        if kept_in_common(a, b) >= LIKE:
            return PairRelation("near")
    return PairRelation("related") if shared_runs(first, second) else None


def kept_in_common(a: Article, b: Article) -> float:
    """Share of the longer article that both have, by paragraph; damage to words does not count."""
    lengths = {p.source: len(p.text) for p in b.paragraphs}
    common = sum(min(len(p.text), lengths.get(p.source, 0)) for p in a.paragraphs)
    return common / max(sum(len(p.text) for p in a.paragraphs), sum(lengths.values()))


def group_pairs(articles: Sequence[Article]) -> list[tuple[Article, Article, PairRelation]]:
    """Every related pair of articles in a group, in order."""
    return [(a, b, relation) for a, b in combinations(articles, 2) if (relation := relate(a, b)) is not None]


def passages(a: str, b: str, runs: Sequence[SharedRun]) -> list[PassageSpans]:
    """The passages of two texts, from their shared runs: runs with a small edit between them are joined."""
    open_: list[PassageSpans] = []
    for run in sorted(runs, key=lambda run: (run.a_start, run.b_start)):
        for i, passage in enumerate(open_):
            if 0 <= run.a_start - passage.a_end <= SMALL and 0 <= run.b_start - passage.b_end <= SMALL:
                open_[i] = PassageSpans(passage.a_start, run.a_end, passage.b_start, run.b_end)
                break
        else:
            open_.append(PassageSpans(run.a_start, run.a_end, run.b_start, run.b_end))
    found = sorted({_with_punctuation(a, b, passage) for passage in open_})
    return [one for one in found if not any(one != other and _contains(other, one) for other in found)]


def _with_punctuation(a: str, b: str, passage: PassageSpans) -> PassageSpans:
    """The passage with the punctuation that follows it in both texts."""
    i, j = passage.a_end, passage.b_end
    while i < len(a) and j < len(b) and a[i] == b[j] and not (a[i].isalnum() or a[i].isspace()):
        i, j = i + 1, j + 1
    return passage._replace(a_end=i, b_end=j)


def _contains(outer: PassageSpans, inner: PassageSpans) -> bool:
    return (
        outer.a_start <= inner.a_start
        and inner.a_end <= outer.a_end
        and outer.b_start <= inner.b_start
        and inner.b_end <= outer.b_end
    )
