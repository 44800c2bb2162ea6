"""Submissions: the labels that others hand in, as annotation sets in submissions/."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from goldwire.bench.baselines import BASELINES
from goldwire.bench.baselines.stored import collect
from goldwire.bench.judging import judge
from goldwire.bench.selection import Covered
from goldwire.bench.submissions import read_system
from goldwire.corpus.annotation_sets import SET, SUBMISSIONS, LabelSet, read_set
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.records import AnnotationSet
from goldwire.scoring.settings import Settings, Task

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def describe(gold: Gold, name: str, said: Mapping[str, str | list[str] | None]) -> LabelSet:
    """Return the submission of a name as it is stored, or a new one, with the values that are given for its set.json.

    Raises GoldwireError for a name that a submission cannot have, if the stored one has faults, and if a new one
    lacks its description or training data.
    """
    if not NAME.fullmatch(name) or name in BASELINES:
        raise GoldwireError(
            f"{name!r} is not a name for a submission; expected letters, digits, - and _, and no baseline"
        )
    path = f"{SUBMISSIONS}/{name}"
    given = {key: value for key, value in said.items() if value is not None}
    if blank := [key for key, value in given.items() if isinstance(value, str) and not value.strip()]:
        raise GoldwireError(f"{blank[0]} is blank; expected words")
    if (gold.root / path / SET).exists():
        labels, findings = read_set(gold.root, path, gold.profile)
        if findings or labels.info is None:
            raise GoldwireError(f"{findings[0]}; fix the stored submission first")
        return replace(labels, info=labels.info.model_copy(update=given))
    if missing := {"description", "training_data"} - set(given):
        flags = {"description": "--description", "training_data": "--trained-on"}
        raise GoldwireError(
            f"{name} is a new submission; expected {' and '.join(sorted(flags[key] for key in missing))}"
        )
    empty = {"segments": {}, "entities": {}, "quotes": {}, "decoys": {}, "duplicates": "none"}
    made = {"name": name, "kind": "system", "annotators": [], "adjudicators": [], "guidelines": None, **empty, **given}
    return LabelSet(path, AnnotationSet.model_validate(made | {"canary": gold.canary}))


def add_labels(labels: LabelSet, gold: Gold, place: Path, task: Task) -> tuple[LabelSet, list[str]]:
    """Add the labels of a file or folder to a submission; return it, and what its records cannot keep, in sentences.

    Raises GoldwireError for the first label that cannot be read.
    """
    system = read_system(place, gold, task)
    before = judge(system, gold, Settings(task=task))
    if isinstance(system, Mapping):
        system = Covered(system, frozenset(system))
    old, found = getattr(labels, task), collect(system, gold, task, labels)
    layer = getattr(found, task)
    if stale := sorted(set(old or ()) - set(layer)) if task != "duplicates" else ():
        raise GoldwireError(
            f"{labels.path} has {task} of {stale[0]}, and {place} does not; expected all, or none there before"
        )
    after = judge(Covered(layer, system.units) if isinstance(system, Covered) else layer, gold, Settings(task=task))
    notes = [f"left out, of types gold does not label: {kind} {n}" for kind, n in before.ignored.items()]
    stored = {line[:2]: line for line in after.total.lines()}
    for line in before.total.lines():
        if line.shown and (stored[line[:2]].counts != line.counts):
            notes.append(f"{line.group}, {line.name}: the stored labels score differently from those handed in")
    return found, notes
