"""Stored outputs of the baselines: annotation sets with the versions of the packages that made them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from goldwire.bench.adapters.calling import ask, ask_once
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.baselines import BASELINES, Baseline
from goldwire.bench.judging import READ
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.corpus.annotation_sets import ANNOTATIONS, SET, SYSTEM, LabelSet, layer_path, read_info, set_files
from goldwire.corpus.gold import Gold
from goldwire.corpus.jsonl import Table
from goldwire.model.profile import Profile, names
from goldwire.model.records import AnnotationSet, Block, Mention, Pair, Quote, Record, Span, Speaker
from goldwire.model.version import __version__
from goldwire.model.vocabulary import UNIT_LAYERS
from goldwire.scoring.labels import PlainQuote, PlainSpan
from goldwire.scoring.settings import Task


def folder_of(name: str) -> str:
    """Return the path of a baseline's stored output, below the root."""
    return f"{ANNOTATIONS}/{SYSTEM}{name}"


def versions(baseline: Baseline) -> list[str]:
    """Return the packages that a baseline's output depends on, with their installed versions."""
    return [f"goldwire {__version__}", *(f"{package} {version(package)}" for package in baseline.packages)]


def freeze(baseline: Baseline, gold: Gold) -> LabelSet:
    """Run a baseline on all texts, including repeats; return its labels, without types that gold does not have."""
    folder, system = folder_of(baseline.name), baseline.make()
    layers: dict[str, Any] = {}
    texts = gold.page_texts if baseline.task == "segments" else {n: d.text for n, d in gold.documents.items()}
    if baseline.task == "duplicates":
        pairs = read_pairs(read_duplicates(ask_once(system, texts), texts), texts)
        records = [Pair(a=p.a, b=p.b, relation=p.relation, direction=p.direction, passages=[]) for p in pairs]  # type: ignore[arg-type]
        layers["duplicates"] = _table(layer_path(folder, "duplicates"), records)
    else:
        given = ask(system, texts, READ[baseline.task])
        layers[baseline.task] = {
            unit: _table(
                layer_path(folder, baseline.task, unit),
                RECORDS[baseline.task](labels, unit, texts[unit], gold.profile),
            )
            for unit, labels in given.items()
        }
    return LabelSet(folder, _info(baseline, list(texts)), **layers)


def stored(gold: Gold) -> dict[str, tuple[Baseline, list[str]]]:
    """Return the baselines whose outputs are stored in a corpus, with the versions that made them."""
    found = {}
    for name, baseline in BASELINES.items():
        if (gold.root / folder_of(name) / SET).is_file():
            info, _ = read_info(gold.root, folder_of(name))
            found[name] = baseline, info.annotators if info else []
    return found


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
    return [f"{labels.path}/{path}" for path in sorted(changed | (present - set(fresh)))], sorted(later)


def _info(baseline: Baseline, units: Iterable[str]) -> AnnotationSet:
    layers: dict[str, Any] = {layer: {} for layer in UNIT_LAYERS}
    layers["duplicates"] = "none"
    layers[baseline.task] = "complete" if baseline.task == "duplicates" else dict.fromkeys(units, "complete")
    return AnnotationSet(
        name=f"{SYSTEM}{baseline.name}",
        kind="system",
        description=f"What the baseline {baseline.name} gave: {baseline.says}. Made by goldwire bench --freeze.",
        annotators=versions(baseline),
        adjudicators=[],
        guidelines=None,
        **layers,
    )


def _table(path: str, records: Iterable[Record]) -> Table[Any]:
    return Table.numbered(path, records)


def _mentions(labels: Iterable[object], unit: str, text: str, profile: Profile) -> list[Record]:
    read = (read_entity(label, unit, text) for label in labels)
    return [
        Mention(start=m.start, end=m.end, text=text[m.start : m.end], type=m.type)
        for m in read
        if m.type in profile.types
    ]


def _quotes(labels: Iterable[object], unit: str, text: str, _: Profile) -> list[Record]:
    return [_quote(read_quote(label, unit, text), text) for label in labels]


def _quote(quote: PlainQuote, text: str) -> Quote:
    def span(part: PlainSpan) -> Span:
        return Span(start=part.start, end=part.end, text=text[part.start : part.end])

    speaker = quote.speaker
    return Quote(
        type=quote.type or "direct",
        content=[span(part) for part in quote.content],
        cue=span(quote.cue) if quote.cue else None,
        speaker=Speaker(start=speaker.start, end=speaker.end, text=text[speaker.start : speaker.end])
        if speaker
        else None,
    )


def _blocks(labels: Iterable[object], unit: str, text: str, profile: Profile) -> list[Record]:
    """Return blocks whose articles are numbered in page order, whatever the system called them."""
    read = [read_block(label, unit, text, names(profile.roles)) for label in labels]
    articles = dict.fromkeys(block.document for block in read if block.document is not None)
    numbered = {name: f"{unit}-{number:02}" for number, name in enumerate(articles, 1)}
    return [Block(start=b.start, end=b.end, role=b.role, document=numbered.get(b.document or "")) for b in read]


RECORDS: Mapping[Task, Callable[[Iterable[object], str, str, Profile], list[Record]]] = {
    "entities": _mentions,
    "quotes": _quotes,
    "segments": _blocks,
}
