"""The data of a system in the HTML report: its score with every measure, and the outcome of every label."""

from pathlib import Path

from goldwire.bench.baselines import BASELINES, find_system
from goldwire.bench.judging import judge
from goldwire.bench.outcomes import Outcome, OutcomeKind, ShownLabel, outcomes
from goldwire.bench.score import Score, ScoreRow, cover, headline_of, score_of
from goldwire.bench.slices import Slice, slices
from goldwire.bench.submissions import read_system
from goldwire.bench.unknown_keys import describe_unknown
from goldwire.corpus.annotation_sets import SET, SYSTEM, read_info
from goldwire.corpus.gold import Gold
from goldwire.corpus.locate import place_of
from goldwire.model.errors import GoldwireError
from goldwire.scoring.counts import Counts
from goldwire.scoring.settings import TASKS, Settings, Task

KINDS: dict[OutcomeKind, str] = {
    "correct": "hit",
    "wrong type": "type",
    "boundary error": "bounds",
    "both wrong": "both",
    "missed": "miss",
    "spurious": "invention",
}
"""The names of outcomes in the data of the page."""


def stored_runs(
    folder: Path, gold: Gold, task: Task | None = None, covered: bool = False, docs: str | None = None
) -> list[dict[str, object]]:
    """A system's stored labels, scored on one task, or on every task they are for; `covered` and `docs` as in `score`.

    Pages belong to no subset: with `docs`, their blocks are not scored.
    """
    place = place_of(folder, gold.root).resolve()
    tasks = [task] if task else [one for one in _tasks(place) if not (docs and one == "segments")]
    info, _ = read_info(place.parent, place.name) if (place / SET).is_file() else (None, [])
    about = {
        "system": place.name.removeprefix(SYSTEM),
        "says": info.description if info else "",
        "made": info.annotators if info else [],
    }
    systems = {one: read_system(place, gold, one) for one in tasks}
    return [
        about | run_data(cover(system, one) if covered else system, gold, Settings(task=one, docs=docs))
        for one, system in systems.items()
    ]


def bench_run(name: str, gold: Gold, task: Task | None = None, docs: str | None = None) -> dict[str, object]:
    """A baseline or `module:callable`, run on the texts and scored."""
    known = BASELINES.get(name)
    task = task or (known.task if known else "entities")
    about = {"system": name, "says": known.says if known else "", "made": []}
    return about | run_data(find_system(name, task, gold), gold, Settings(task=task, docs=docs))


def run_data(system: object, gold: Gold, settings: Settings) -> dict[str, object]:
    """The score of a system, and the outcome of every label, unit by unit."""
    judged = judge(system, gold, settings)
    result, found = score_of(judged, gold, settings), outcomes(judged, gold, settings)
    return {
        "task": result.task,
        "headline": result.headline,
        "f1": result.f1,
        "interval": result.interval,
        "clusters": result.clusters,
        "macro": result.macro,
        "signature": str(result.signature),
        "left_out": list(result.selection.notes()),
        "ignored": result.ignored,
        "unread": describe_unknown(result.unread, result.task),
        "rows": [_row(row) for row in result.rows()],
        "units": _units(result),
        "slices": [_slice(part) for part in slices(found, gold, settings, judged.selection.clusters)],
        "outcomes": [_outcome(outcome) for outcome in found],
    }


def _tasks(place: Path) -> list[Task]:
    found = [task for task in TASKS if (place / task).is_dir() or (place / f"{task}.jsonl").is_file()]
    if not found:
        raise GoldwireError(
            f"{place.name} has labels of no task in its folders or file names; give its task with --task"
        )
    return found


def _row(row: ScoreRow) -> dict[str, object]:
    shown: dict[str, object] = {"group": row.group, "name": row.name, "number": row.number}
    shown |= {"value": row.value, "interval": row.interval, "clusters": row.clusters}
    if isinstance(row.counts, Counts):
        parts = row.counts.parts()
        shown |= {"precision": row.counts.precision, "recall": row.counts.recall}
        shown |= {name: parts[name] for name in ("hits", "predicted", "gold")}
    return shown


def _units(result: Score) -> dict[str, float | None]:
    """The headline number of every document or page; a single pair has none."""
    if result.task == "duplicates":
        return {}
    settings = result.signature.settings
    return {unit: headline_of(counts, settings).counts.number("f1") for unit, counts in result.by_unit.items()}


def _slice(part: Slice) -> dict[str, object]:
    counts = {KINDS[kind]: n for kind, n in part.kinds.items()}
    number = {"recall": part.recall, "interval": part.interval, "clusters": part.clusters}
    return {"by": part.by, "name": part.name, "gold": part.gold, "found": part.found, **number, "kinds": counts}


def _outcome(outcome: Outcome) -> dict[str, object]:
    """An outcome; `given` is left out if it equals `gold`."""
    shown: dict[str, object] = {"unit": outcome.unit, "kind": KINDS[outcome.kind]}
    shown |= {"gold": _label(outcome.gold)} if outcome.gold else {}
    shown |= {"given": _label(outcome.given)} if outcome.given and outcome.given != outcome.gold else {}
    return shown | ({"parts": outcome.parts} if outcome.parts else {})


def _label(label: ShownLabel) -> dict[str, object]:
    return {"spans": label.spans or label.direction, "type": label.type, **label.parts}
