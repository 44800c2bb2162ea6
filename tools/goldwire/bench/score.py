"""The score of a system, or of the labels it gave, on the gold corpus."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldwire.bench.judging import Judged, TaskCounts, judge
from goldwire.bench.label_tables import NUMBERS
from goldwire.bench.selection import Covered, Selection
from goldwire.bench.unknown_keys import closest_type, describe_unknown
from goldwire.corpus.gold import Gold, GoldDocument, load
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import foreign
from goldwire.model.profile import Profile
from goldwire.model.vocabulary import Layer
from goldwire.scoring.counts import AnyCounts, NamedCounts, Number
from goldwire.scoring.duplicates import DuplicateCounts
from goldwire.scoring.entities import EntityCounts
from goldwire.scoring.intervals import LEAST, ClusterKey, counts_interval
from goldwire.scoring.settings import Settings, Signature, Task

__all__ = ["Gold", "GoldDocument", "Labels", "Score", "ScoreRow", "System", "load", "score"]

System = Callable[[Any], Iterable[object]]
"""From a text to its labels; for segments from a page's text, for duplicates from {id: text} to pairs."""
Labels = Mapping[str, Iterable[object]] | Iterable[object]
"""What a system gave: labels by id; for duplicates the pairs."""
HEADLINES: dict[tuple[Task, str | None], str] = {
    **{("entities", mode): mode for mode in ("strict", "exact", "type", "partial")},
    ("quotes", "iou.5"): "matched@0.5",
    ("quotes", "iou.8"): "matched@0.8",
    ("quotes", "exact"): "exact",
    ("quotes", "partial"): "partial",
    ("duplicates", None): "duplicates",
    ("segments", "iou.5"): "matched@0.5",
    ("segments", "iou.8"): "matched@0.8",
}
"""The measure that a value of `match` makes the headline; it is in the first group of its task."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One number of a score: its group and name, which number it is, its value, its 95 % interval, its counts.

    There is no interval if fewer than eight clusters have something to judge; `clusters` is how many have.
    """

    group: str
    name: str
    number: Number
    value: float | None
    interval: tuple[float, float] | None
    counts: AnyCounts
    clusters: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a system: counts by unit, their sum, the headline number with its interval.

    Units are documents; for segments pages, for duplicates pairs of documents.
    """

    task: Task
    headline: str
    """The name of the headline number, such as strict F1."""
    f1: float | None
    interval: tuple[float, float] | None
    """The 95 % interval; None if the number is undefined, or if fewer than eight clusters have something to judge."""
    counts: Any
    """The counts of the task: EntityCounts, QuoteCounts, DuplicateCounts or SegmentCounts."""
    by_unit: dict[str, Any]
    macro: float | None
    """The mean of the units' headline F1; None for duplicates, where a unit is a single pair."""
    signature: Signature
    ignored: dict[str, int]
    """Predictions with a type that gold does not label, by type; they are not scored."""
    unread: dict[str, int] = field(default_factory=dict)
    """Keys that are not read; quote types (`type Direct`) and speaker ids (`id x`) that gold does not have."""
    baselines: dict[str, DuplicateCounts] = field(default_factory=dict)
    """The counts of the systems that are shown beside every score of the task."""
    cells: Mapping[ClusterKey, TaskCounts] = field(default_factory=dict, repr=False)
    """Counts by cluster: an article with its repeats, or a page."""
    sizes: tuple[int, ...] = ()
    """The number of units in each of those clusters."""
    selection: Selection = field(default=Selection(()), repr=False)
    """The units that are scored, and those that are left out."""
    clusters: int = 0
    """How many clusters have something to judge."""

    unjudged: frozenset[str] = frozenset()
    """Groups of numbers on fields that the corpus's profile does not require of gold; they are not rows."""

    def rows(self) -> list[ScoreRow]:
        """Return every number of the task with its interval, in the order of a table."""
        cells = {key: counts_by_name(counts) for key, counts in self.cells.items()}
        lines = (line for line in self.counts.lines() if line.shown and line.group not in self.unjudged)
        return [self._row(line, cells) for line in lines]

    def _row(self, line: NamedCounts, by_cell: Mapping[ClusterKey, Mapping[tuple[str, str], AnyCounts]]) -> ScoreRow:
        name = line.group, line.name
        cells = {key: measures[name] for key, measures in by_cell.items() if name in measures}
        cells = cells or {(0,): type(line.counts)()}
        value = line.counts.number(line.number)
        bounds, clusters = counts_interval(cells, line.number, self.sizes)
        return ScoreRow(*name, line.number, value, None if value is None else bounds, line.counts, clusters)

    def __str__(self) -> str:
        f1 = "undefined" if self.f1 is None else f"{self.f1:.3f}"
        bounds = f" {shown}" if (shown := shown_interval(self.interval, self.task, self.clusters)) else ""
        notes = "".join(f", {note}" for note in self.notes())
        return f"{self.headline} {f1}{bounds}{notes}  {self.signature}"

    def notes(self) -> list[str]:
        """Return notes on what is not scored, except types of numbers and dates, which gold leaves out on purpose."""
        left_out = list(self.selection.notes())
        known = {kind for kind, *_ in self.counts.cells if kind} if isinstance(self.counts, EntityCounts) else ()
        unknown = [_with_suggestion(kind, n, known) for kind, n in self.ignored.items() if kind not in NUMBERS]
        ignored = [f"ignoring {', '.join(unknown)}"] if unknown else []
        return (
            left_out + ignored + ([f"not reading {describe_unknown(self.unread, self.task)}"] if self.unread else [])
        )

    def __repr__(self) -> str:
        return f"<Score {self}>"


def _with_suggestion(kind: str, number: int, known: Collection[str]) -> str:
    near = closest_type(kind, known)
    return f"{kind}{foreign(kind)} {number}" + (f" ({near}?)" if near else "")


def shown_interval(bounds: tuple[float, float] | None, task: Task, clusters: int, form: str = ".3f") -> str:
    """Return an interval as `[low, high]`; without one, the number of articles or pages that are too few for it."""
    if bounds:
        return f"[{bounds[0]:{form}}, {bounds[1]:{form}}]"
    noun = "page" if task == "segments" else "article"
    return f"({clusters} {noun}{'' if clusters == 1 else 's'})" if 0 < clusters < LEAST else ""


def counts_by_name(counts: TaskCounts) -> dict[tuple[str, str], AnyCounts]:
    """Return the counts of every measure by group and name."""
    return {(line.group, line.name): line.counts for line in counts.lines()}


def score(
    system: System | Labels | Covered,
    gold: Gold | None = None,
    settings: Settings | None = None,
    *,
    task: Task | None = None,
    covered: bool = False,
) -> Score:
    """Score a system, or the labels it gave by document id, against gold; by default its entities.

    A system is called with each text: of a document, for segments of a page; for duplicates once, with
    {id: text}. Labels by id must name every unit that is scored, unless `covered` restricts the score to
    those they name; an unknown or a missing id raises GoldwireError. Types that gold does not label, and keys
    that are not read, are ignored and counted.
    """
    settings = settings or Settings(task=task or "entities")
    if task is not None and task != settings.task:
        raise GoldwireError(f"the task is {task}, but the settings are of {settings.task}; give one of them")
    gold = gold or load()
    for given, kind, how in ((gold, Gold, "goldwire.load()"), (settings, Settings, "goldwire.Settings(…)")):
        if not isinstance(given, kind):
            raise GoldwireError(f"{kind.__name__.lower()}= is a {type(given).__name__}; expected what {how} gives")
    judged = judge(cover(system, settings.task) if covered else system, gold, settings)
    return score_of(judged, gold, settings)


def cover(labels: object, task: Task) -> Covered:
    """Return labels by id as covering the units that they name; raise GoldwireError if they name none."""
    if isinstance(labels, Covered):
        return labels
    if not isinstance(labels, Mapping) or task == "duplicates":
        raise GoldwireError(
            f"only labels by id say what they cover, not {'pairs' if task == 'duplicates' else 'a system'}; "
            "a set declares it in set.json"
        )
    return Covered(labels, frozenset(labels))


def score_of(judged: Judged, gold: Gold, settings: Settings) -> Score:
    """Return the score of what was judged."""
    headline = headline_of(judged.total, settings)
    made = {name: headline_of(counts, settings).counts for name, counts in judged.by_unit.items()}
    known = [value for counts in made.values() if (value := counts.number("f1")) is not None]
    same = {id(counts): made[name] for name, counts in judged.by_unit.items()}
    cells = {key: same.get(id(c)) or headline_of(c, settings).counts for key, c in judged.cells.items()}
    bounds, clusters = counts_interval(cells, "f1", judged.sizes)
    return Score(
        task=settings.task,
        headline=f"{headline.name} F1",
        f1=headline.counts.number("f1"),
        interval=bounds,
        counts=judged.total,
        by_unit=dict(judged.by_unit),
        macro=sum(known) / len(known) if known and settings.task != "duplicates" else None,
        signature=_signature(judged.selection, gold, settings),
        ignored=dict(sorted(judged.ignored.items())),
        unread=dict(sorted(judged.unknown.items())),
        baselines=judged.baselines,
        cells=judged.cells,
        sizes=judged.sizes,
        selection=judged.selection,
        unjudged=unjudged_groups(gold.profile),
        clusters=clusters,
    )


OF_FIELDS: dict[str, tuple[Layer, str]] = {
    "by type": ("quotes", "type"),
    "cue of matched": ("quotes", "cue"),
    "speaker of matched": ("quotes", "speaker"),
    "attribution": ("quotes", "speaker_entities"),
    "entity ids": ("entities", "entity"),
    "passages": ("duplicates", "passages"),
}
"""Groups of numbers, with the field that gold must have for them."""


def unjudged_groups(profile: Profile) -> frozenset[str]:
    """The groups of numbers on fields and layers that a profile does not require of gold."""
    found = {group for group, (layer, field) in OF_FIELDS.items() if not profile.requires(layer, field)}
    return frozenset(found if profile.has("decoys") else {*found, "decoys"})


def _signature(selection: Selection, gold: Gold, settings: Settings) -> Signature:
    number = len(selection.units)
    return Signature(
        settings, gold.version, gold.digest, gold.name, number, part=selection.part, repeats=gold.duplicates
    )


def headline_of(counts: TaskCounts, settings: Settings) -> NamedCounts:
    """Return the measure that the settings make the headline."""
    name = HEADLINES[settings.task, settings.match]
    return next(line for line in counts.lines() if line.name == name)
