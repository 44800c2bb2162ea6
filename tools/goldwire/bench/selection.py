"""The selection: the units that a task is scored on, in gold and in what a system covers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import Layer
from goldwire.scoring.settings import SELECTIONS, Settings, Task

LAYERS: dict[Task, tuple[Layer, ...]] = {
    "entities": ("entities",),
    "quotes": ("quotes", "decoys"),
    "duplicates": ("duplicates",),
    "segments": ("segments",),
}
"""The layers that a task needs; the first must be complete, and none may be partial."""
NAMED = 3
"""Units that a message names."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A system, or its labels, with the units that it covers; only these are scored."""

    system: Any
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """The units that are scored, in clusters of repeats, and what the selection leaves out."""

    clusters: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...] = ()
    """The units of the selection that the settings name, in the whole corpus."""
    unfinished: tuple[str, ...] = ()
    """Units that gold does not label completely."""
    uncovered: tuple[str, ...] = ()
    """Units that the system does not cover."""
    noun: str = field(default="document")

    @property
    def units(self) -> tuple[str, ...]:
        """The units that are scored."""
        return tuple(unit for cluster in self.clusters for unit in cluster)

    @property
    def part(self) -> str:
        """How a signature names the units if they are not all that the settings name: of how many, and a digest."""
        if self.units == self.whole:
            return ""
        return f"{len(self.whole)}:{sha256(' '.join(sorted(self.units)).encode()).hexdigest()[:8]}"

    def notes(self) -> Iterator[str]:
        """Sentences on the units that are left out, with their number and the first of them."""
        for units, why in ((self.unfinished, "not complete in gold"), (self.uncovered, "not covered by the system")):
            if units:
                plural = "" if len(units) == 1 else "s"
                more = ", …" if len(units) > NAMED else ""
                yield f"leaving out {len(units):,} {self.noun}{plural} {why} ({', '.join(units[:NAMED])}{more})"


def common(systems: Sequence[Any]) -> list[Any]:
    """Systems, restricted to the units that all of them cover, so that their scores can be compared."""
    declared = [system.units for system in systems if isinstance(system, Covered)]
    if not declared:
        return list(systems)
    units = frozenset.intersection(*declared)
    return [Covered(system.system if isinstance(system, Covered) else system, units) for system in systems]


def select(gold: Gold, settings: Settings, covered: Collection[str] | None = None) -> Selection:
    """Return the units that a task is scored on, documents or pages, of those that a system covers (None: all).

    What gold does not label completely is left out. Of the documents of one article, `unique` takes the first that
    is complete and covered. Raises GoldwireError if none is.
    """
    task = settings.task
    once = task in ("entities", "quotes") and settings.docs != "all"
    groups = [(page,) for page in gold.page_texts] if task == "segments" else subset(gold, settings.docs)
    if not gold.profile.has(LAYERS[task][0]):
        raise GoldwireError(
            f"the profile of {gold.root} has no {LAYERS[task][0]}, so there is nothing to score against"
        )
    chosen = gold.chosen if task in ("entities", "quotes") else None
    is_complete = _completeness(gold, task)
    kept: list[tuple[str, ...]] = []
    unfinished: list[str] = []
    uncovered: list[str] = []
    for group in groups:
        asked = [unit for unit in group if chosen is None or unit in chosen]
        done = [unit for unit in asked if is_complete(unit)]
        seen = [unit for unit in done if covered is None or unit in covered]
        if seen:
            kept.append(tuple(seen[:1] if once else seen))
        if once:
            unfinished += asked[:1] if not done else []
            uncovered += done[:1] if not seen else []
        else:
            unfinished += _without(asked, done)
            uncovered += _without(done, seen)
    noun = "page" if task == "segments" else "document"
    whole = tuple(unit for group in groups for unit in (group[:1] if once else group))
    found = Selection(tuple(kept), whole, tuple(unfinished), tuple(uncovered), noun)
    if not kept:
        raise GoldwireError(_nothing(gold, task, found))
    return found


def _without(units: Iterable[str], others: Collection[str]) -> list[str]:
    return [unit for unit in units if unit not in others]


def _completeness(gold: Gold, task: Task) -> Callable[[str], bool]:
    """A function that returns whether gold has complete labels of a unit for a task."""
    if task == "segments":
        return gold.blocks.__contains__
    if task == "duplicates":
        return lambda unit: ("duplicates", unit) not in gold.partial
    if task == "entities":
        return lambda unit: gold.documents[unit].mentions is not None
    return lambda unit: gold.documents[unit].quotes is not None and ("decoys", unit) not in gold.partial


def _nothing(gold: Gold, task: Task, found: Selection) -> str:
    if found.uncovered:
        first = ", ".join(found.uncovered[:NAMED])
        return (
            f"the system covers no {found.noun} with complete {task} in {gold.name}; expected at least one of {first}"
        )
    begun = sorted(unit for layer, unit in gold.partial if layer in LAYERS[task])
    fix = f"; goldwire complete {begun[0]} declares it once it is finished" if begun else ""
    return f"{gold.name} has no complete {LAYERS[task][0]}, so there is nothing to score against{fix}"


def select_documents(gold: Gold, docs: str | None, layers: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the clusters of the documents of a selection that have a complete layer of some, by its name in Gold."""
    found = (
        tuple(name for name in cluster if any(getattr(gold.documents[name], layer) is not None for layer in layers))
        for cluster in subset(gold, docs)
    )
    return [names if docs == "all" else names[:1] for names in found if names]


def limited(gold: Gold, docs: str) -> Gold:
    """The gold with the documents of a subset alone, their pages, and the pairs of two of them."""
    clusters = subset(gold, docs)
    names = {name for cluster in clusters for name in cluster}
    pages = {gold.documents[name].page for name in names}
    return replace(
        gold,
        documents={name: one for name, one in gold.documents.items() if name in names},
        clusters=tuple(clusters),
        pairs=tuple(pair for pair in gold.pairs if {pair.a, pair.b} <= names),
        pages={name: page for name, page in gold.pages.items() if name in pages},
        page_texts={name: text for name, text in gold.page_texts.items() if name in pages},
        blocks={name: blocks for name, blocks in gold.blocks.items() if name in pages},
    )


def subset(gold: Gold, docs: str | None) -> list[tuple[str, ...]]:
    """Return the clusters of gold, reduced to the documents of a subset; raise GoldwireError if there is none."""
    if docs in (None, *SELECTIONS):
        return list(gold.clusters)
    if docs not in gold.profile.subsets:
        known = (*SELECTIONS, *gold.profile.subsets)
        close = get_close_matches(docs, known, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise GoldwireError(f"no selection {docs!r} in {gold.root}; expected one of {', '.join(known)}{hint}")
    kept = set(gold.profile.subsets[docs])
    found = (tuple(name for name in cluster if name in kept) for cluster in gold.clusters)
    return [names for names in found if names]
