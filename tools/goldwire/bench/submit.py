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
from goldwire.bench.unknown_keys import describe_unknown
from goldwire.checks.coverage import check_cover
from goldwire.checks.offsets import check_anchoring
from goldwire.corpus.annotation_sets import GOLD, SET, SUBMISSIONS, SYSTEM, LabelSet, read_set
from goldwire.corpus.files import names_in
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.records import AnnotationSet
from goldwire.scoring.settings import Settings, Task

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
LONGEST = 300
"""The characters of a description, which is a cell of a table."""
FLAGS = {
    "description": "--description",
    "training_data": "--trained-on",
    "annotators": "--made-with",
    "withdrawn": "--withdraw",
}
"""The options by the keys of set.json."""


def describe(gold: Gold, name: str, said: Mapping[str, str | list[str] | None]) -> LabelSet:
    """Return the submission of a name as it is stored, or a new one, with the values that are given for its set.json.

    Raises GoldwireError for a name that a submission cannot have, for words that do not fit into a line, if the stored
    one has faults, and if a new one lacks its description or training data.
    """
    path = f"{SUBMISSIONS}/{name}"
    _check_name(gold.root, name)
    given = {key: value for key, value in said.items() if value is not None}
    for key, value in given.items():
        for text in [value] if isinstance(value, str) else value:
            _check_words(FLAGS[key], text)
    if (gold.root / path / SET).exists():
        labels, findings = read_set(gold.root, path, gold.profile)
        if findings or labels.info is None:
            raise GoldwireError(f"{findings[0]}; fix the stored submission first")
        return replace(labels, info=labels.info.model_copy(update=given))
    if given.keys() == {"withdrawn"}:
        raise GoldwireError(f"there is no submission {name} to withdraw")
    if missing := {"description", "training_data"} - set(given):
        raise GoldwireError(
            f"{name} is a new submission; expected {' and '.join(sorted(FLAGS[key] for key in missing))}"
        )
    empty = {"segments": {}, "entities": {}, "quotes": {}, "decoys": {}, "duplicates": "none"}
    made = {"name": name, "kind": "system", "annotators": [], "adjudicators": [], "guidelines": None, **empty, **given}
    return LabelSet(path, AnnotationSet.model_validate(made | {"canary": gold.canary}))


def _check_name(root: Path, name: str) -> None:
    folded = name.casefold()
    if not NAME.fullmatch(name) or folded in (*BASELINES, GOLD) or folded.startswith(SYSTEM):
        raise GoldwireError(
            f"{name!r} is not a name for a submission; expected letters, digits, - and _, and no baseline, "
            f"{GOLD} or {SYSTEM}…"
        )
    place = root / SUBMISSIONS
    for folder in (place, place / name):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise GoldwireError(f"{folder} is a link or a file; expected a folder, or nothing")
    for other in names_in(place):
        if other != name and other.casefold() == folded:
            raise GoldwireError(f"{name!r} differs from the submission {other} in case only; expected another name")


def _check_words(flag: str, text: str) -> None:
    if not text.strip():
        raise GoldwireError(f"{flag} is blank; expected words")
    if odd := next((char for char in text if not char.isprintable()), None):
        raise GoldwireError(
            f"{flag} has U+{ord(odd):04X} at {text.index(odd)}; expected one line of printable characters"
        )
    if len(text) > LONGEST:
        raise GoldwireError(f"{flag} has {len(text):,} characters; expected at most {LONGEST}")


def _check_labels(labels: LabelSet, gold: Gold, task: Task, place: Path) -> None:
    """Raise GoldwireError for labels that `goldwire check` would report once they are stored."""
    if task == "segments":
        faults = list(check_cover(labels, gold.page_texts, gold.profile))
    else:
        faults = list(check_anchoring(labels, {name: document.text for name, document in gold.documents.items()}))
    if faults:
        first = f"{Path(faults[0].path).stem}: {faults[0].code}: {faults[0].message}"
        raise GoldwireError(f"{place}: {first} ({len(faults)} in all); see goldwire explain {faults[0].code}")


def add_labels(labels: LabelSet, gold: Gold, place: Path, task: Task) -> tuple[LabelSet, list[str]]:
    """Add the labels of a file or folder to a submission; return it, and what its records cannot keep, in sentences.

    Raises GoldwireError for the first label that cannot be read or that `goldwire check` would refuse, and if the
    submission is withdrawn.
    """
    if labels.info and labels.info.withdrawn:
        raise GoldwireError(f"{labels.name} is withdrawn ({labels.info.withdrawn}); submit under another name")
    system = read_system(place, gold, task)
    before = judge(system, gold, Settings(task=task))
    if isinstance(system, Mapping):
        system = Covered(system, frozenset(system))
    old, found = getattr(labels, task), collect(system, gold, task, labels)
    _check_labels(found, gold, task, place)
    layer = getattr(found, task)
    if stale := sorted(set(old or ()) - set(layer)) if task != "duplicates" else ():
        raise GoldwireError(
            f"{labels.path} has {task} of {stale[0]}, and {place} does not; expected all, or none there before"
        )
    after = judge(Covered(layer, system.units) if isinstance(system, Covered) else layer, gold, Settings(task=task))
    notes = [f"left out, of types gold does not label: {kind} {n}" for kind, n in before.ignored.items()]
    if before.unknown:
        notes.append(f"not reading {describe_unknown(before.unknown, task)}")
    stored = {line[:2]: line for line in after.total.lines()}
    for line in before.total.lines():
        if line.shown and (stored[line[:2]].counts != line.counts):
            notes.append(f"{line.group}, {line.name}: the stored labels score differently from those handed in")
    return found, notes
