"""The leaderboard: the scores of the baselines' stored outputs, task by task."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.baselines.stored import differing, folder_of, freeze, stored
from goldwire.bench.score import Score, score
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
    """Return the stored outputs in a corpus by task, the best first, scored with the task's settings."""
    chosen = settings or {}
    found: dict[Task, list[Standing]] = {task: [] for task in TASKS}
    for name, (baseline, versions) in stored(gold).items():
        labels = read_system(gold.root / folder_of(name), gold, baseline.task)
        result = score(labels, gold, chosen.get(baseline.task) or Settings(task=baseline.task))
        found[baseline.task].append(Standing(baseline, result, versions))
    for rows in found.values():
        rows.sort(key=lambda standing: -(standing.score.f1 or 0))
    return {task: rows for task, rows in found.items() if rows}


def reruns(gold: Gold, task: Task | None = None) -> Iterator[tuple[Baseline, LabelSet, list[str]]]:
    """Run the baselines of a task, or all; yield their labels, and the files that differ from the stored ones."""
    for baseline in BASELINES.values():
        if task not in (None, baseline.task):
            continue
        labels = freeze(baseline, gold)
        yield baseline, labels, differing(labels, gold.root)
