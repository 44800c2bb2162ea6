"""The leaderboard: the scores of stored labels, of baselines and of submissions, task by task."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.baselines.stored import Stored, differing, freeze, stored
from goldwire.bench.ranks import RankedPair, rank
from goldwire.bench.score import Labels, Score, score
from goldwire.bench.selection import LAYERS, NAMED, Covered, common, select
from goldwire.bench.submissions import read_system
from goldwire.corpus.annotation_sets import SUBMISSIONS, LabelSet
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import TASKS, Settings, Task

MADE_WITH = {"pre-labels": ("clauses", "textacy-clauses")}
"""Sets of suggestions that are no baseline's output, with the baselines that find reported speech in the same way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the leaderboard with its score, or with the reason why it has none."""

    system: Stored
    score: Score
    began: int = 0
    """Gold labels of its task that began as suggestions of this system, which its score therefore favours."""
    rank: int | None = None
    """One more than the number of systems that are better by a paired test; None if no test is possible."""


@dataclass(frozen=True, slots=True)
class Board:
    """A task of the leaderboard: its systems, the best first, and the tests of every two of them."""

    rows: list[Standing]
    pairs: list[RankedPair]
    unscored: list[tuple[Stored, str]]
    """Systems without a score, each with the reason: withdrawn, or without labels for some units."""

    @property
    def detectable(self) -> tuple[float, float] | None:
        """The least and the greatest of the differences that two of the systems need to be told apart."""
        known = sorted(one for pair in self.pairs if (one := pair.delta.detectable))
        return (known[0], known[-1]) if known else None


def boards(gold: Gold, settings: dict[Task, Settings] | None = None) -> dict[Task, Board]:
    """Return the leaderboard of each task: the systems scored with the task's settings, with their ranks.

    All systems of a task are scored on the units that gold and all baselines cover, so that their scores compare. A
    submission that covers fewer has no score, so that it cannot change those of others. Raises GoldwireError if the
    labels of a system cannot be read.
    """
    there = stored(gold)
    found = {}
    for task in (task for task in TASKS if gold.profile.has(LAYERS[task][0])):
        chosen = (settings or {}).get(task) or Settings(task=task)
        scored, unscored = _scored(gold, chosen, [system for system in there if task in system.tasks])
        ranking = rank([standing.score for standing in scored]) if scored else None
        rows = [replace(row, rank=place) for row, place in zip(scored, ranking.ranks if ranking else (), strict=True)]
        if rows or unscored:
            found[task] = Board(rows, ranking.pairs if ranking else [], unscored)
    return found


def _scored(gold: Gold, settings: Settings, systems: list[Stored]) -> tuple[list[Standing], list[tuple[Stored, str]]]:
    """Return the scores of systems, the best first, and the systems without one."""
    labels, unscored = {}, []
    for system in systems:
        try:
            if not system.unscored:
                labels[system.path] = read_system(gold.root / system.path, gold, settings.task)
        except GoldwireError as error:
            unscored.append((system, _fault(gold, system, error)))
    unscored = [*((system, system.unscored) for system in systems if system.unscored), *unscored]
    if not labels:
        return [], unscored
    baselines = common([one for path, one in labels.items() if not path.startswith(f"{SUBMISSIONS}/")])
    wanted = next((one.units for one in baselines if isinstance(one, Covered)), None)
    units = set(select(gold, settings, wanted).units)
    rows = []
    for system in (system for system in systems if system.path in labels):
        given = labels[system.path]
        missing = sorted(units - given.units) if isinstance(given, Covered) else []
        if missing:
            more = ", …" if len(missing) > NAMED else ""
            unscored.append(
                (system, f"has no labels for {len(missing)} of {len(units)} ({', '.join(missing[:NAMED])}{more})")
            )
            continue
        inner: Labels = given.system if isinstance(given, Covered) else given
        try:
            scored = score(Covered(inner, frozenset(wanted or units)), gold, settings)
        except GoldwireError as error:
            unscored.append((system, _fault(gold, system, error)))
        else:
            rows.append(Standing(system, scored, _suggested(gold, settings.task, system)))
    return sorted(rows, key=lambda standing: -(standing.score.f1 or 0)), unscored


def _fault(gold: Gold, system: Stored, error: GoldwireError) -> str:
    """Return why a submission cannot be scored; a fault of a baseline is raised."""
    if not system.path.startswith(f"{SUBMISSIONS}/"):
        raise error
    return f"{error}; run goldwire check".replace(f"{gold.root}/", "")


def _suggested(gold: Gold, task: Task, system: Stored) -> int:
    """The number of gold labels of a task that began as suggestions of a system, or of what is made with it."""
    sets = {Path(system.path).name, *(made for made, systems in MADE_WITH.items() if system.name in systems)}
    key = {"entities": "mentions"}.get(task, task)
    tables = (getattr(document, key, None) or () for document in gold.documents.values())
    return sum(record.origin is not None and record.origin.set in sets for table in tables for record in table)


def reruns(gold: Gold, task: Task | None = None) -> Iterator[tuple[Baseline, LabelSet, list[str], list[str]]]:
    """Run the baselines of a task, or all; yield their labels, the files that differ, and the units not stored yet.

    Those that this interpreter cannot run are left out.
    """
    for baseline in BASELINES.values():
        if baseline.lacks or task not in (None, baseline.task) or not gold.profile.has(LAYERS[baseline.task][0]):
            continue
        labels = freeze(baseline, gold)
        yield baseline, labels, *differing(labels, gold)
