"""The leaderboard: the scores of the baselines' stored outputs, task by task."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.baselines.stored import differing, folder_of, freeze, stored
from goldwire.bench.ranks import RankedPair, rank
from goldwire.bench.score import Score, score
from goldwire.bench.selection import LAYERS, common
from goldwire.bench.submissions import read_system
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.gold import Gold
from goldwire.scoring.settings import TASKS, Settings, Task

MADE_WITH = {"pre-labels": ("clauses", "textacy-clauses")}
"""Sets of suggestions that are no baseline's output, with the baselines that find reported speech in the same way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the leaderboard: its score, and the versions that made its output."""

    baseline: Baseline
    score: Score
    versions: list[str]
    began: int = 0
    """Gold labels of its task that began as suggestions of this system, which its score therefore favours."""
    rank: int | None = None
    """One more than the number of systems that are better by a paired test; None if no test is possible."""


@dataclass(frozen=True, slots=True)
class Board:
    """A task of the leaderboard: its systems, the best first, and the tests of every two of them."""

    rows: list[Standing]
    pairs: list[RankedPair]

    @property
    def detectable(self) -> tuple[float, float] | None:
        """The least and the greatest of the differences that two of the systems need to be told apart."""
        known = sorted(one for pair in self.pairs if (one := pair.delta.detectable))
        return (known[0], known[-1]) if known else None


def boards(gold: Gold) -> dict[Task, Board]:
    """Return the leaderboard of each task with its ranks."""
    found = {}
    for task, rows in standings(gold).items():
        ranking = rank([standing.score for standing in rows])
        ranked = [replace(row, rank=place) for row, place in zip(rows, ranking.ranks, strict=True)]
        found[task] = Board(ranked, ranking.pairs)
    return found


def standings(gold: Gold, settings: dict[Task, Settings] | None = None) -> dict[Task, list[Standing]]:
    """Return the stored outputs in a corpus by task, the best first, scored with the task's settings.

    All systems of a task are scored on the units that gold and all of them cover, so that their scores compare.
    """
    chosen = settings or {}
    found: dict[Task, list[Standing]] = {}
    there = stored(gold)
    for task in (task for task in TASKS if gold.profile.has(LAYERS[task][0])):
        names = [name for name, (baseline, _) in there.items() if baseline.task == task]
        systems = common([read_system(gold.root / folder_of(name), gold, task) for name in names])
        found[task] = [
            Standing(
                there[name][0],
                score(system, gold, chosen.get(task) or Settings(task=task)),
                there[name][1],
                _suggested(gold, task, name),
            )
            for name, system in zip(names, systems, strict=True)
        ]
        found[task].sort(key=lambda standing: -(standing.score.f1 or 0))
    return {task: rows for task, rows in found.items() if rows}


def _suggested(gold: Gold, task: Task, name: str) -> int:
    """The number of gold labels of a task that began as suggestions of a baseline, or of what is made with it."""
    sets = {folder_of(name).split("/")[1], *(made for made, systems in MADE_WITH.items() if name in systems)}
    key = {"entities": "mentions"}.get(task, task)
    tables = (getattr(document, key, None) or () for document in gold.documents.values())
    return sum(record.origin is not None and record.origin.set in sets for table in tables for record in table)


def reruns(gold: Gold, task: Task | None = None) -> Iterator[tuple[Baseline, LabelSet, list[str], list[str]]]:
    """Run the baselines of a task, or all; yield their labels, the files that differ, and the units not stored yet."""
    for baseline in BASELINES.values():
        if task not in (None, baseline.task) or not gold.profile.has(LAYERS[baseline.task][0]):
            continue
        labels = freeze(baseline, gold)
        yield baseline, labels, *differing(labels, gold)
