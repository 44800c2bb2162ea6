"""The tasks: how a system's labels are asked for, read and judged, unit by unit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from itertools import combinations
from typing import Any

from goldwire.bench.adapters.calling import ask, ask_once
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.adapters.entities import read_mentions
from goldwire.bench.adapters.quotes import read_quotes
from goldwire.bench.label_tables import find_table
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.bench.selection import select
from goldwire.bench.unknown_keys import count_unread
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.scoring.bootstrap import Place
from goldwire.scoring.duplicates import Related, score_couples, score_duplicates
from goldwire.scoring.entities import Entity, EntityCounts, score_entities
from goldwire.scoring.quotes import HEADLINE, THRESHOLDS, QuoteCounts, score_quotes
from goldwire.scoring.segments import SegmentCounts, score_segments
from goldwire.scoring.settings import Settings, Task

READ: dict[Task, Callable[[Any, str], list[Any]]] = {
    "entities": read_mentions,
    "quotes": read_quotes,
    "segments": lambda output, text: list(output),
}
"""What turns the output of known libraries into labels."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Counts a unit, and the same by the clusters that the bootstrap draws."""

    by_unit: dict[str, Any]
    total: Any
    cells: dict[Place, Any]
    sizes: tuple[int, ...]
    """How many units each of the clusters holds."""
    ignored: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    baselines: dict[str, Any] = field(default_factory=dict)


def judge(system: Any, gold: Gold, settings: Settings) -> Judged:
    """Ask a system for its labels, or take those it gave, and count them unit by unit."""
    if settings.task == "duplicates":
        return _judge_pairs(system, gold, settings)
    clusters = select(gold, settings)
    texts = texts_of(gold, settings)
    ignored: dict[str, int] = {}
    given = answers(system, gold, settings)
    one = COUNTERS[settings.task]
    unread: dict[str, int] = {}
    for name in texts:
        count_unread(given[name], settings.task, unread, gold.entities)
    by_unit = {name: one(given[name], name, text, gold, settings, ignored) for name, text in texts.items()}
    nothing: Any = {"entities": EntityCounts, "quotes": QuoteCounts, "segments": SegmentCounts}[settings.task]()
    cells: dict[Place, Any] = {
        (i,): sum((by_unit[name] for name in cluster), nothing) for i, cluster in enumerate(clusters)
    }
    total = sum(by_unit.values(), nothing)
    return Judged(by_unit, total, cells, tuple(map(len, clusters)), ignored, unread)


def texts_of(gold: Gold, settings: Settings) -> dict[str, str]:
    """The texts that a system is asked about, by the id of their document or page."""
    if settings.task == "duplicates":
        return {name: document.text for name, document in gold.documents.items()}
    names = [name for cluster in select(gold, settings) for name in cluster]
    if settings.task == "segments":
        return {name: gold.page_texts[name] for name in names}
    return {name: gold.documents[name].text for name in names}


def answers(system: Any, gold: Gold, settings: Settings) -> Any:
    """What a system gives for all it is asked about, read into labels by id; for duplicates the pairs."""
    texts = texts_of(gold, settings)
    if settings.task == "duplicates":
        return read_duplicates(ask_once(system, texts) if callable(system) else system, texts)
    if isinstance(system, Mapping):
        _check_ids(system, list(texts), gold.page_texts if settings.task == "segments" else gold.documents)
    return ask(system, texts, READ[settings.task])


def _check_ids(labels: Mapping[str, Any], names: Sequence[str], known: Mapping[str, Any]) -> None:
    kind = "document" if "-" in next(iter(known), "") else "page"
    unknown = sorted(str(name) for name in set(labels) - set(known))
    missing = sorted(set(names) - set(labels))
    if unknown:
        close = get_close_matches(unknown[0], list(known), 1, 0.6)
        hint = f"; did you mean {close[0]}?" if close else ""
        like = "003-01" if kind == "document" else "003"
        raise GoldwireError(f"labels for {unknown[0]!r}, which is no {kind} of the corpus; ids look like {like}{hint}")
    if missing:
        raise GoldwireError(
            f"no labels for {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}; "
            f"a {kind} where nothing was found needs an empty list"
        )


def _entities(
    labels: Iterable[Any], name: str, text: str, gold: Gold, settings: Settings, ignored: dict[str, int]
) -> EntityCounts:
    table = find_table(settings.labels or "none")
    kept = known_types((read_entity(label, name, text) for label in labels), table.system, ignored)
    wanted = known_types(
        (Entity(m.start, m.end, m.type, m.entity) for m in gold.documents[name].mentions or ()), table.gold, {}
    )
    return score_entities(wanted, kept, text, settings.trim)  # type: ignore[arg-type]


def known_types(mentions: Iterable[Entity], table: Mapping[str, str], ignored: dict[str, int]) -> list[Entity]:
    """The mentions of types that a table knows, called as it says; the others are counted into `ignored`."""
    kept: list[Entity] = []
    for mention in mentions:
        if mention.type in table:
            kept.append(Entity(mention.start, mention.end, table[mention.type], mention.entity))
        else:
            ignored[mention.type] = ignored.get(mention.type, 0) + 1
    return kept


def pairing(settings: Settings) -> Any:
    """The measure by which quotes are paired to compare their parts: that of the headline where it is a threshold."""
    return settings.match if settings.match in THRESHOLDS else HEADLINE


def _quotes(
    labels: Iterable[Any], name: str, text: str, gold: Gold, settings: Settings, ignored: dict[str, int]
) -> QuoteCounts:
    document = gold.documents[name]
    named = {(m.start, m.end): m.stands_for or m.entity for m in document.mentions or ()}
    return score_quotes(
        document.quotes or (),
        [read_quote(label, name, text) for label in labels],
        text,
        {place: entity for place, entity in named.items() if entity},
        document.decoys or (),
        settings.trim,  # type: ignore[arg-type]
        settings.nested,  # type: ignore[arg-type]
        pairing(settings),
        settings.match == "ggt",
    )


def _segments(
    labels: Iterable[Any], name: str, text: str, gold: Gold, settings: Settings, ignored: dict[str, int]
) -> SegmentCounts:
    return score_segments(gold.blocks[name], [read_block(label, name, text) for label in labels], text)


COUNTERS: dict[Task, Callable[..., Any]] = {"entities": _entities, "quotes": _quotes, "segments": _segments}
"""What counts the labels of one unit: called with them, its id, its text, gold, settings, and the ignored so far."""


def _judge_pairs(system: Any, gold: Gold, settings: Settings) -> Judged:
    clusters = select(gold, settings)
    cluster_of = {name: i for i, cluster in enumerate(clusters) for name in cluster}
    texts = texts_of(gold, settings)
    given = answers(system, gold, settings)
    pairs = read_pairs(given, texts)
    unread: dict[str, int] = {}
    count_unread(given, settings.task, unread)
    counts = score_couples(gold.pairs, pairs, texts)
    cells: dict[Place, Any] = {}
    for (a, b), one in counts.items():
        place = tuple(sorted({cluster_of[a], cluster_of[b]}))
        cells[place] = cells[place] + one if place in cells else one
    baselines = {
        "all singletons": score_duplicates(gold.pairs, [], texts),
        "exact hash": score_duplicates(gold.pairs, exact_hash(texts), texts),
    }
    by_unit = {f"{a}_{b}": one for (a, b), one in counts.items()}
    total = score_duplicates(gold.pairs, pairs, texts)
    return Judged(by_unit, total, cells, tuple(map(len, clusters)), unread=unread, baselines=baselines)


def exact_hash(texts: Mapping[str, str]) -> list[Related]:
    """The pairs of texts that are the same character by character, as a hash of each tells."""
    same: dict[bytes, list[str]] = {}
    for name in sorted(texts):
        same.setdefault(sha256(texts[name].encode()).digest(), []).append(name)
    return [Related(a, b, "exact") for names in same.values() for a, b in combinations(names, 2)]
