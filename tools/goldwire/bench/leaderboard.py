"""The leaderboard: the scores of the baselines' stored outputs, task by task."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.baselines.stored import differing, folder_of, freeze, stored
from goldwire.bench.score import Score, score
from goldwire.bench.selection import common
from goldwire.bench.submissions import read_system
from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.gold import Gold
from goldwire.scoring.settings import TASKS, Settings, Task


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the leaderboard: its score, and the versions that made its output."""

    baseline: Baseline
    score: Score
    versions: list[str]


def standings(gold: Gold, settings: dict[Task, Settings] | None = None) -> dict[Task, list[Standing]]:
    """Return the stored outputs in a corpus by task, the best first, scored with the task's settings.

    All systems of a task are scored on the units that gold and all of them cover, so that their scores compare.
    """
    chosen = settings or {}
    found: dict[Task, list[Standing]] = {}
    there = stored(gold)
    for task in TASKS:
        names = [name for name, (baseline, _) in there.items() if baseline.task == task]
        systems = common([read_system(gold.root / folder_of(name), gold, task) for name in names])
        found[task] = [
            Standing(there[name][0], score(system, gold, chosen.get(task) or Settings(task=task)), there[name][1])
            for name, system in zip(names, systems, strict=True)
        ]
        found[task].sort(key=lambda standing: -(standing.score.f1 or 0))
    return {task: rows for task, rows in found.items() if rows}


def reruns(gold: Gold, task: Task | None = None) -> Iterator[tuple[Baseline, LabelSet, list[str], list[str]]]:
    """Run the baselines of a task, or all; yield their labels, the files that differ, and the units not stored yet."""
    for baseline in BASELINES.values():
        if task not in (None, baseline.task):
            continue
        labels = freeze(baseline, gold)
        yield baseline, labels, *differing(labels, gold)
