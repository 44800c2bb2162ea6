"""Stored labels of systems: annotation sets of the baselines' output and of submissions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from goldwire.bench.adapters.calling import ask, ask_once
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.adapters.entities import with_words
from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.judging import READ
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.bench.selection import Covered
from goldwire.corpus.annotation_sets import (
    ANNOTATIONS,
    SET,
    SYSTEM,
    LabelSet,
    layer_path,
    read_info,
    set_files,
    submission_folders,
)
from goldwire.corpus.canonical import sort_key
from goldwire.corpus.gold import Gold
from goldwire.corpus.jsonl import Table
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import names
from goldwire.model.records import AnnotationSet, Block, Mention, Pair, Quote, Record, Span, Speaker
from goldwire.model.version import __version__
from goldwire.model.vocabulary import UNIT_LAYERS
from goldwire.scoring.labels import PlainQuote, PlainSpan
from goldwire.scoring.settings import TASKS, Task

DESCRIBED = ("description", "canary", "training_data")
"""What set.json says of a baseline."""


def folder_of(name: str) -> str:
    """Return the path of a baseline's stored output, below the root."""
    return f"{ANNOTATIONS}/{SYSTEM}{name}"


def versions(baseline: Baseline) -> list[str]:
    """Return the packages that a baseline's output depends on, with their installed versions."""
    return [f"goldwire {__version__}", *(f"{package} {version(package)}" for package in baseline.packages)]


def freeze(baseline: Baseline, gold: Gold) -> LabelSet:
    """Run a baseline on all texts, including repeats; return its labels, without types that gold does not have."""
    info = AnnotationSet(
        name=f"{SYSTEM}{baseline.name}",
        kind="system",
        description=f"What the baseline {baseline.name} gave: {baseline.says}. Made by goldwire bench --freeze.",
        annotators=versions(baseline),
        adjudicators=[],
        guidelines=None,
        segments={},
        entities={},
        quotes={},
        decoys={},
        duplicates="none",
        canary=gold.canary,
        training_data=baseline.trained_on,
    )
    return collect(baseline.make(gold), gold, baseline.task, LabelSet(folder_of(baseline.name), info))


def collect(system: object, gold: Gold, task: Task, labels: LabelSet) -> LabelSet:
    """Add a system's labels for a task to a set, whose set.json then declares the units that the system covers.

    What gold cannot have is left out: types it does not label, and ids that are not in its registry.
    """
    assert labels.info is not None
    system, units = (system.system, system.units) if isinstance(system, Covered) else (system, None)
    texts = gold.page_texts if task == "segments" else {n: d.text for n, d in gold.documents.items()}
    texts = {name: text for name, text in texts.items() if units is None or name in units}
    declared: Any = dict.fromkeys(texts, "complete")
    if task == "duplicates":
        pairs = read_pairs(read_duplicates(ask_once(system, texts), texts), texts)
        records = [Pair(a=p.a, b=p.b, relation=p.relation, direction=p.direction, passages=[]) for p in pairs]  # type: ignore[arg-type]
        layer: Any = _table(layer_path(labels.path, task), records)
        declared = declared if units else "complete"
    else:
        read = ask(system, texts, READ[task])
        given = with_words(read, texts) if task == "entities" else read
        layer = {
            unit: _table(layer_path(labels.path, task, unit), RECORDS[task](given[unit], unit, text, gold))
            for unit, text in texts.items()
        }
    info = labels.info.model_copy(update={task: declared})
    return replace(labels, info=info, **{task: layer})


@dataclass(frozen=True, slots=True)
class Stored:
    """A system whose labels are stored in a corpus: the output of a baseline, or a submission."""

    name: str
    path: str
    """The folder of its labels, below the root."""
    says: str
    tasks: tuple[Task, ...]
    made_with: list[str]
    training_data: str | None
    unscored: str | None
    """Why it is not scored: it was withdrawn, or its set.json has a fault."""


def stored(gold: Gold) -> list[Stored]:
    """Return the systems whose labels are stored in a corpus, the baselines first; each has its set.json.

    Raises GoldwireError for a set.json of a baseline that has a fault; a submission with one is not scored.
    """
    baselines = {folder_of(name): baseline for name, baseline in BASELINES.items()}
    found = []
    for path in (*baselines, *submission_folders(gold.root)):
        place = gold.root / path
        if not (place / SET).is_file():
            continue
        info, findings = read_info(gold.root, path)
        if baseline := baselines.get(path):
            if info is None:
                raise GoldwireError(f"{findings[0]}; run goldwire check")
            tasks: tuple[Task, ...] = (baseline.task,)
            found.append(
                Stored(baseline.name, path, baseline.says, tasks, info.annotators, info.training_data, info.withdrawn)
            )
        elif info is None:
            tasks = tuple(task for task in TASKS if (place / task).is_dir() or (place / f"{task}.jsonl").is_file())
            found.append(Stored(place.name, path, "", tasks, [], None, f"{findings[0]}"))
        else:
            tasks = tuple(task for task in TASKS if _attempts(info, task))
            why = f"withdrawn: {info.withdrawn}" if info.withdrawn else None
            why = why or (None if info.kind == "system" else f"its kind is {info.kind}, expected system")
            found.append(Stored(place.name, path, info.description, tasks, info.annotators, info.training_data, why))
    return found


def _attempts(info: AnnotationSet, task: Task) -> bool:
    declared = info.duplicates if task == "duplicates" else info.units(task)
    return any(value != "none" for value in ([declared] if isinstance(declared, str) else declared.values()))


def differing(labels: LabelSet, gold: Gold) -> tuple[list[str], list[str]]:
    """Return the files that differ between a new output and the stored one, and the units that are not stored yet.

    Versions are not compared.
    """
    place = gold.root / labels.path
    present = {path.relative_to(place).as_posix() for path in place.rglob("*.jsonl")}
    info, _ = read_info(gold.root, labels.path)
    later: set[str] = set()
    if info is not None and isinstance(info.duplicates, dict):
        later = set(gold.documents) - set(info.duplicates)
        pairs = [pair for pair in labels.duplicates or () if later.isdisjoint((pair.a, pair.b))]
        labels = replace(labels, duplicates=_table(layer_path(labels.path, "duplicates"), pairs))
    fresh = {path: data for path, data in set_files(labels).items() if path != SET}
    attempted = {unit for layer in UNIT_LAYERS for unit in (info.units(layer) if info else ())}
    new = {path for path in fresh if "/" in path and path not in present and Path(path).stem not in attempted}
    later |= {Path(path).stem for path in new} if info else set()
    changed = {path for path, data in fresh.items() if path not in present or (place / path).read_bytes() != data}
    changed -= new if info else set()
    if info and labels.info and any(getattr(info, key) != getattr(labels.info, key) for key in DESCRIBED):
        changed.add(SET)
    return [f"{labels.path}/{path}" for path in sorted(changed | (present - set(fresh)))], sorted(later)


def _table(path: str, records: Iterable[Record]) -> Table[Any]:
    return Table.numbered(path, sorted(records, key=sort_key))


def _mentions(labels: Iterable[object], unit: str, text: str, gold: Gold) -> list[Record]:
    read = (read_entity(label, unit, text) for label in labels)
    return [
        Mention(
            start=m.start,
            end=m.end,
            text=text[m.start : m.end],
            type=m.type,
            entity=m.entity if m.entity in gold.entities else None,
        )
        for m in read
        if m.type in gold.profile.types
    ]


def _quotes(labels: Iterable[object], unit: str, text: str, gold: Gold) -> list[Record]:
    return [_quote(read_quote(label, unit, text), text, gold) for label in labels]


def _quote(quote: PlainQuote, text: str, gold: Gold) -> Quote:
    def span(part: PlainSpan) -> Span:
        return Span(start=part.start, end=part.end, text=text[part.start : part.end])

    speaker, named = quote.speaker, quote.speaker_entities
    kind, kinds = quote.type or "direct", names(gold.profile.quote_types)
    if kind not in kinds:
        raise GoldwireError(f"a quote of the system has the type {kind}; expected one of {', '.join(kinds)}")
    return Quote(
        type=kind,
        content=[span(part) for part in quote.content],
        cue=span(quote.cue) if quote.cue else None,
        speaker=Speaker(start=speaker.start, end=speaker.end, text=text[speaker.start : speaker.end])
        if speaker
        else None,
        speaker_entities=None if named is None else [name for name in named if name in gold.entities],
    )


def _blocks(labels: Iterable[object], unit: str, text: str, gold: Gold) -> list[Record]:
    """Return blocks whose articles are numbered in page order, whatever the system called them."""
    read = [read_block(label, unit, text, names(gold.profile.roles)) for label in labels]
    articles = dict.fromkeys(block.document for block in read if block.document is not None)
    numbered = {name: f"{unit}-{number:02}" for number, name in enumerate(articles, 1)}
    return [Block(start=b.start, end=b.end, role=b.role, document=numbered.get(b.document or "")) for b in read]


RECORDS: Mapping[Task, Callable[[Iterable[object], str, str, Gold], list[Record]]] = {
    "entities": _mentions,
    "quotes": _quotes,
    "segments": _blocks,
}
