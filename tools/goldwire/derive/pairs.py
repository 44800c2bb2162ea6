"""Which derived documents are related, and where: computed from the texts, by the rules of the guideline."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from goldwire.derive.articles import Article
from goldwire.model.records import Direction, Relation
from goldwire.text.shared_runs import SharedRun, shared_runs

SMALL = 60
"""Code points of a small edit, over which a passage runs on."""
LIKE = 0.5
"""Share of the longer text that two copies must both keep to be one article with edits; below, they are related."""


class Relating(NamedTuple):
    """How two documents are related."""

    relation: Relation
    direction: Direction | None = None


class Stretch(NamedTuple):
    """A passage: a half-open span in each of two texts, in code points."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def relate(a: Article, b: Article) -> Relating | None:
    """The relation of two documents of one group; None where they are distinct.

    Exact and contained are what the texts are, whatever was done. Two copies are near where they keep
    at least half of the longer one in common, and related where they share a passage. Articles of two
    families can only share what comes from one article of the gold: a transplant, or the same background.
    """
    if a.family != b.family and a.bases.isdisjoint(b.bases):
        return None
    first, second = a.text, b.text
    if a.family == b.family:
        if first == second:
            return Relating("exact")
        if first in second or second in first:
            return Relating("contained", "a_in_b" if first in second else "b_in_a")
        if kept_in_common(a, b) >= LIKE:
            return Relating("near")
    return Relating("related") if shared_runs(first, second) else None


def kept_in_common(a: Article, b: Article) -> float:
    """Share of the longer article that stands in both, paragraph by paragraph, whatever its words suffered."""
    lengths = {p.source: len(p.text) for p in b.paragraphs}
    common = sum(min(len(p.text), lengths.get(p.source, 0)) for p in a.paragraphs)
    return common / max(sum(len(p.text) for p in a.paragraphs), sum(lengths.values()))


def group_pairs(articles: Sequence[Article]) -> list[tuple[Article, Article, Relating]]:
    """Every related pair of a group, in order."""
    couples = combinations(articles, 2)
    return [(a, b, relating) for a, b in couples if (relating := relate(a, b)) is not None]


def passages(a: str, b: str, runs: Sequence[SharedRun]) -> list[Stretch]:
    """The passages of two texts, from their shared runs: neighbours joined over small edits, punctuation included."""
    open_: list[Stretch] = []
    for run in sorted(runs, key=lambda run: (run.a_start, run.b_start)):
        for i, passage in enumerate(open_):
            if 0 <= run.a_start - passage.a_end <= SMALL and 0 <= run.b_start - passage.b_end <= SMALL:
                open_[i] = Stretch(passage.a_start, run.a_end, passage.b_start, run.b_end)
                break
        else:
            open_.append(Stretch(run.a_start, run.a_end, run.b_start, run.b_end))
    ended = sorted({_ended(a, b, passage) for passage in open_})
    return [one for one in ended if not any(one != other and _holds(other, one) for other in ended)]


def _ended(a: str, b: str, passage: Stretch) -> Stretch:
    """The passage with the punctuation that ends it in both texts."""
    i, j = passage.a_end, passage.b_end
    while i < len(a) and j < len(b) and a[i] == b[j] and not (a[i].isalnum() or a[i].isspace()):
        i, j = i + 1, j + 1
    return passage._replace(a_end=i, b_end=j)


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return (
        outer.a_start <= inner.a_start
        and inner.a_end <= outer.a_end
        and outer.b_start <= inner.b_start
        and inner.b_end <= outer.b_end
    )
