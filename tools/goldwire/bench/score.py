"""The corpus as a benchmark: hand in a system or its labels, get a score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldwire.bench.judging import judge
from goldwire.bench.label_tables import NUMBERS
from goldwire.bench.unknown_keys import told
from goldwire.corpus.gold import Gold, GoldDocument, load
from goldwire.model.errors import GoldwireError
from goldwire.scoring.bootstrap import Place, counts_interval
from goldwire.scoring.counts import Counts, Line, Number, PairTable
from goldwire.scoring.duplicates import DuplicateCounts
from goldwire.scoring.entities import EntityCounts
from goldwire.scoring.quotes import QuoteCounts
from goldwire.scoring.segments import SegmentCounts
from goldwire.scoring.settings import Settings, Signature, Task

__all__ = ["Gold", "GoldDocument", "Row", "Score", "System", "load", "score"]

System = Callable[[Any], Iterable[Any]]
"""From a text to its labels; for segments from a page's text, for duplicates from {id: text} to pairs."""
TaskCounts = EntityCounts | QuoteCounts | DuplicateCounts | SegmentCounts
Labels = Mapping[str, Iterable[Any]] | Iterable[Any]
"""What a system gave: labels by id; for duplicates the pairs."""
HEADLINES: dict[tuple[Task, str | None], str] = {
    **{("entities", mode): mode for mode in ("strict", "exact", "type", "partial")},
    ("quotes", "iou.5"): "matched@0.5",
    ("quotes", "iou.8"): "matched@0.8",
    ("quotes", "exact"): "exact",
    ("quotes", "partial"): "partial",
    ("quotes", "ggt"): "overlap > 0.3",
    ("duplicates", None): "duplicates",
    ("segments", "iou.5"): "matched@0.5",
    ("segments", "iou.8"): "matched@0.8",
}
"""The line that a setting of `match` makes the headline; it stands in the first group of its task."""


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a score: its group and name, what it is, its value with a 95 % interval, and its counts."""

    group: str
    name: str
    number: Number
    value: float | None
    interval: tuple[float, float] | None
    counts: Counts | PairTable


@dataclass(frozen=True, slots=True)
class Score:
    """What a system scored: counts a unit, their sum, the headline number with its interval.

    Units are documents; for segments pages, for duplicates couples of documents.
    """

    task: Task
    headline: str
    """Name of the headline number, such as strict F1."""
    f1: float | None
    interval: tuple[float, float] | None
    counts: Any
    """The task's counts: EntityCounts, QuoteCounts, DuplicateCounts or SegmentCounts."""
    by_unit: dict[str, Any]
    macro: float | None
    """Mean of the units' headline F1; None for duplicates, where a unit is a single pair."""
    signature: Signature
    ignored: dict[str, int]
    """Predictions whose type is none of gold's, by type; they count neither way."""
    unread: dict[str, int] = field(default_factory=dict)
    """Keys that nothing reads; types of quotes (`type Direct`) and ids of speakers (`id x`) that gold lacks."""
    baselines: dict[str, Any] = field(default_factory=dict)
    """Counts of systems that every score of the task is shown beside."""
    cells: dict[Place, Any] = field(default_factory=dict, repr=False)
    """Counts by the clusters they belong to, which the bootstrap draws."""
    sizes: tuple[int, ...] = ()
    """How many units each of those clusters holds."""

    def rows(self) -> list[Row]:
        """Every number of the task with its interval, in the order of a table."""
        held = {place: _by_name(counts) for place, counts in self.cells.items()}
        return [self._row(line, held) for line in self.counts.lines() if line.shown]

    def _row(self, line: Line, held: Mapping[Place, Mapping[tuple[str, str], Line]]) -> Row:
        key = line.group, line.name
        cells = {place: lines[key].counts for place, lines in held.items() if key in lines}
        cells = cells or {(0,): type(line.counts)()}
        value = line.counts.number(line.number)
        settings = self.signature.settings
        bounds = counts_interval(cells, line.number, self.sizes, settings.resamples, settings.seed)
        return Row(*key, line.number, value, None if value is None else bounds, line.counts)

    def __str__(self) -> str:
        f1 = "undefined" if self.f1 is None else f"{self.f1:.3f}"
        bounds = f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]" if self.interval else ""
        said = "".join(f", {note}" for note in self.notes())
        return f"{self.headline} {f1}{bounds}{said}  {self.signature}"

    def notes(self) -> list[str]:
        """What was handed in and not judged, but for types of numbers and dates, which gold leaves out on purpose."""
        unknown = [f"{kind} {n}" for kind, n in self.ignored.items() if kind not in NUMBERS]
        ignored = [f"ignoring {', '.join(unknown)}"] if unknown else []
        return ignored + ([f"not reading {told(self.unread, self.task)}"] if self.unread else [])

    def __repr__(self) -> str:
        return f"<Score {self}>"


def _by_name(counts: TaskCounts) -> dict[tuple[str, str], Line]:
    return {(line.group, line.name): line for line in counts.lines()}


def score(
    system: System | Labels,
    gold: Gold | None = None,
    settings: Settings | None = None,
    *,
    task: Task | None = None,
) -> Score:
    """Score a system, or the labels it gave by document id, against gold; by default its entities.

    A system is called with each text: of a document, for segments of a page; for duplicates once, with
    {id: text}. Labels by id must name every unit that is scored; an id gold does not know, or one left
    out, raises GoldwireError. Types that gold does not label are ignored and counted as such,
    and so are keys that nothing reads.
    """
    settings = settings or Settings(task=task or "entities")
    if task is not None and task != settings.task:
        raise GoldwireError(f"the task is {task}, but the settings are of {settings.task}; give one of them")
    gold = gold or load()
    for given, kind, how in ((gold, Gold, "goldwire.load()"), (settings, Settings, "goldwire.Settings(…)")):
        if not isinstance(given, kind):
            raise GoldwireError(f"{kind.__name__.lower()}= is a {type(given).__name__}; expected what {how} gives")
    judged = judge(system, gold, settings)
    total = judged.total
    headline = headline_of(total, settings)
    per_unit = [headline_of(counts, settings).counts.number("f1") for counts in judged.by_unit.values()]
    known = [value for value in per_unit if value is not None]
    cells = {place: headline_of(counts, settings).counts for place, counts in judged.cells.items()}
    return Score(
        task=settings.task,
        headline=f"{'GGT ' if settings.match == 'ggt' else ''}{headline.name} F1",
        f1=headline.counts.number("f1"),
        interval=counts_interval(cells, "f1", judged.sizes, settings.resamples, settings.seed),
        counts=total,
        by_unit=judged.by_unit,
        macro=sum(known) / len(known) if known and settings.task != "duplicates" else None,
        signature=Signature(settings, gold.version, gold.digest, gold.name, sum(judged.sizes)),
        ignored=dict(sorted(judged.ignored.items())),
        unread=dict(sorted(judged.unread.items())),
        baselines=judged.baselines,
        cells=judged.cells,
        sizes=judged.sizes,
    )


def headline_of(counts: TaskCounts, settings: Settings) -> Line:
    """The line of some counts that the settings make the headline."""
    name = HEADLINES[settings.task, settings.match]
    return next(line for line in counts.lines() if line.name == name)
