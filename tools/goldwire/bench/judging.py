"""The tasks: how a system is asked for labels, and how they are read, paired and counted, unit by unit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import Any, Protocol, TypeVar

from goldwire.bench.adapters.calling import ask, ask_once
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.adapters.entities import read_mentions, with_words
from goldwire.bench.adapters.plain import ReadMentions, read_plain
from goldwire.bench.adapters.quotes import read_quotes
from goldwire.bench.label_tables import find_table
from goldwire.bench.predictions import read_block, read_entity, read_pairs, read_quote
from goldwire.bench.refusals import shown
from goldwire.bench.selection import Covered, Selection, select
from goldwire.bench.unknown_keys import count_unknown
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import names
from goldwire.model.records import Pair
from goldwire.scoring.counts import NamedCounts
from goldwire.scoring.duplicates import DuplicateCounts, score_duplicates, score_each_pair
from goldwire.scoring.entities import EntityCounts, MentionPairing, MentionTrim, count_entities, pair_entities
from goldwire.scoring.intervals import ClusterKey
from goldwire.scoring.labels import PlainBlock, PlainMention, PlainPair
from goldwire.scoring.quote_pairing import HEADLINE, THRESHOLDS, QuoteOptions, QuotePairing, pair_quotes
from goldwire.scoring.quotes import QuoteCounts, count_quotes
from goldwire.scoring.segments import SegmentCounts, score_segments
from goldwire.scoring.settings import Settings, Task

PLAIN = attrgetter("start", "end", "type", "entity")
TYPE = itemgetter(2)
LabelsById = Mapping[str, Iterable[object]]
"""What a system gives, by the id of the document or page."""
READ: dict[Task, Callable[[Any, str], list[object]]] = {
    "entities": read_mentions,
    "quotes": read_quotes,
    "segments": lambda output, text: list(output),
}
"""The functions that turn the output of known libraries into labels."""


class TaskCounts(Protocol):
    """The counts of a task."""

    def lines(self) -> Iterable[NamedCounts]:
        """Return every measure."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Counts by unit, their sum, and the same by cluster: articles with their repeats, or pages.

    One of the last four fields has what was read and paired: that of the task.
    """

    by_unit: Mapping[str, TaskCounts]
    total: TaskCounts
    cells: Mapping[ClusterKey, TaskCounts]
    selection: Selection
    ignored: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    baselines: dict[str, DuplicateCounts] = field(default_factory=dict)
    mentions: dict[str, MentionPairing] = field(default_factory=dict)
    quotes: dict[str, QuotePairing] = field(default_factory=dict)
    blocks: dict[str, list[PlainBlock]] = field(default_factory=dict)
    pairs: list[PlainPair] = field(default_factory=list)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of units in each cluster."""
        return tuple(map(len, self.selection.clusters))


def judge(system: object, gold: Gold, settings: Settings) -> Judged:
    """Ask a system for its labels, or take those it gave; read, pair and count them unit by unit.

    Of a `Covered` system, the units that it covers are judged. Raises GoldwireError, naming the unit, if the
    system fails or gives labels that cannot be read.
    """
    system, covered = (system.system, system.units) if isinstance(system, Covered) else (system, None)
    selection = select(gold, settings, covered)
    texts = texts_of(gold, settings.task, selection.units)
    if settings.task == "duplicates":
        known = texts if callable(system) else {name: document.text for name, document in gold.documents.items()}
        found = read_duplicates(ask_once(system, texts), known)
        return _judge_pairs(found, read_pairs(found, known), texts, selection, gold)
    if isinstance(system, Mapping):
        _check_ids(system, list(texts), gold.page_texts if settings.task == "segments" else gold.documents)
    unknown: dict[str, int] = {}

    def read(answer: object, text: str) -> Sequence[object]:
        if settings.task == "entities" and (mentions := read_plain(answer, text)) is not None:
            return mentions
        unread = getattr(answer, "unread", None)
        for key, number in unread.items() if isinstance(unread, Mapping) else ():
            unknown[key] = unknown.get(key, 0) + number
        return READ[settings.task](answer, text)

    labels = ask(system, texts, read)
    if settings.task == "entities":
        labels = with_words(labels, texts)
    quote_types = names(gold.profile.quote_types)
    for given in labels.values():
        if not isinstance(given, ReadMentions):
            count_unknown(given, settings.task, unknown, gold.entities, quote_types)
    return JUDGES[settings.task](_Scope(gold, settings, texts, selection, unknown), labels)


def texts_of(gold: Gold, task: Task, units: Iterable[str]) -> dict[str, str]:
    """Return the texts of units by id, in the order of the corpus: documents, for segments pages."""
    wanted = set(units)
    if task == "segments":
        return {name: text for name, text in gold.page_texts.items() if name in wanted}
    if task == "duplicates":
        return {name: document.text for name, document in gold.documents.items() if name in wanted}
    return {name: gold.documents[name].text for name in units}


def _check_ids(labels: Mapping[str, object], names: Sequence[str], known: Mapping[str, object]) -> None:
    kind = "document" if "-" in next(iter(known), "") else "page"
    unknown = sorted(str(name) for name in set(labels) - set(known))
    missing = sorted(set(names) - set(labels))
    if unknown:
        close = get_close_matches(unknown[0], list(known), 1, 0.6)
        hint = f"; did you mean {close[0]}?" if close else ""
        like = "003-01" if kind == "document" else "003"
        raise GoldwireError(
            f"labels for {shown(unknown[0])}, which is not a {kind} of the corpus; ids look like {like}{hint}"
        )
    if missing:
        raise GoldwireError(
            f"no labels for {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}; "
            f"a {kind} without any needs an empty list"
        )


@dataclass(frozen=True, slots=True)
class _Scope:
    """The units that are judged, and what is noted on the way."""

    gold: Gold
    settings: Settings
    texts: Mapping[str, str]
    selection: Selection
    unknown: dict[str, int]


def _judge_entities(scope: _Scope, labels: LabelsById) -> Judged:
    table = find_table(scope.settings.labels or "none", scope.gold.profile)
    trim: MentionTrim = "article" if scope.settings.trim == "article" else "none"
    pairings: dict[str, MentionPairing] = {}
    ignored: dict[str, int] = {}
    for name, text in scope.texts.items():
        mentions = scope.gold.documents[name].mentions or ()
        wanted = known_types(list(map(PlainMention._make, map(PLAIN, mentions))), table.gold, {})
        made = labels[name]
        read = made if isinstance(made, ReadMentions) else [read_entity(label, name, text) for label in made]
        given = known_types(read, table.system, ignored)
        pairings[name] = pair_entities(wanted, given, text, trim)
    by_unit = {name: count_entities(pairing) for name, pairing in pairings.items()}
    total, cells = _sums(by_unit, scope.selection.clusters, EntityCounts())
    return Judged(by_unit, total, cells, scope.selection, ignored, scope.unknown, mentions=pairings)


def known_types(
    mentions: Sequence[PlainMention], table: Mapping[str, str], ignored: dict[str, int]
) -> Sequence[PlainMention]:
    """Return the mentions whose type a table has, under its name there; count the others in `ignored`."""
    if all(table.get(kind) == kind for kind in set(map(TYPE, mentions))):
        return mentions
    kept: list[PlainMention] = []
    for mention in mentions:
        if mention.type in table:
            kept.append(PlainMention(mention.start, mention.end, table[mention.type], mention.entity))
        else:
            ignored[mention.type] = ignored.get(mention.type, 0) + 1
    return kept


def quote_options(settings: Settings) -> QuoteOptions:
    """Return the options of the scorer; parts are compared at the headline's threshold, if it has one."""
    pairing = next((measure for measure in THRESHOLDS if measure == settings.match), HEADLINE)
    return QuoteOptions(
        "none" if settings.trim == "none" else "marks", "all" if settings.nested == "all" else "outer", pairing
    )


def _judge_quotes(scope: _Scope, labels: LabelsById) -> Judged:
    options = quote_options(scope.settings)
    pairings: dict[str, QuotePairing] = {}
    by_unit: dict[str, QuoteCounts] = {}
    for name, text in scope.texts.items():
        document = scope.gold.documents[name]
        named = {(m.start, m.end): m.stands_for or m.entity for m in document.mentions or ()}
        entities = {span: entity for span, entity in named.items() if entity}
        given = [read_quote(label, name, text) for label in labels[name]]
        pairings[name] = pair_quotes(document.quotes or (), given, text, options)
        by_unit[name] = count_quotes(pairings[name], text, entities, document.decoys or ())
    total, cells = _sums(by_unit, scope.selection.clusters, QuoteCounts())
    return Judged(by_unit, total, cells, scope.selection, unknown=scope.unknown, quotes=pairings)


def _judge_segments(scope: _Scope, labels: LabelsById) -> Judged:
    roles = names(scope.gold.profile.roles)
    given = {
        name: [read_block(label, name, text, roles) for label in labels[name]] for name, text in scope.texts.items()
    }
    blocks, text_roles = scope.gold.blocks, scope.gold.profile.text_roles
    by_unit = {name: score_segments(blocks[name], given[name], text, text_roles) for name, text in scope.texts.items()}
    total, cells = _sums(by_unit, scope.selection.clusters, SegmentCounts())
    return Judged(by_unit, total, cells, scope.selection, unknown=scope.unknown, blocks=given)


JUDGES: dict[Task, Callable[[_Scope, LabelsById], Judged]] = {
    "entities": _judge_entities,
    "quotes": _judge_quotes,
    "segments": _judge_segments,
}
CountsT = TypeVar("CountsT", EntityCounts, QuoteCounts, SegmentCounts)


def _sums(
    by_unit: Mapping[str, CountsT], clusters: Sequence[Sequence[str]], nothing: CountsT
) -> tuple[CountsT, dict[ClusterKey, CountsT]]:
    """Return the sum of all counts, and the sums by cluster."""
    cells: dict[ClusterKey, CountsT] = {
        (i,): by_unit[cluster[0]] if len(cluster) == 1 else sum((by_unit[name] for name in cluster), nothing)
        for i, cluster in enumerate(clusters)
    }
    return sum(by_unit.values(), nothing), cells


def _judge_pairs(
    labels: Sequence[object],
    given: Sequence[PlainPair],
    texts: Mapping[str, str],
    selection: Selection,
    gold: Gold,
) -> Judged:
    cluster_of = {name: i for i, cluster in enumerate(selection.clusters) for name in cluster}
    pairs = [pair for pair in given if pair.a in texts and pair.b in texts]
    wanted = judged_pairs(gold, selection)
    unknown: dict[str, int] = {}
    count_unknown(labels, "duplicates", unknown)
    counts = score_each_pair(wanted, pairs, texts)
    cells: dict[ClusterKey, DuplicateCounts] = {}
    for (a, b), one in counts.items():
        key = tuple(sorted({cluster_of[a], cluster_of[b]}))
        cells[key] = cells[key] + one if key in cells else one
    return Judged(
        by_unit={f"{a}_{b}": one for (a, b), one in counts.items()},
        total=score_duplicates(wanted, pairs, texts),
        cells=cells,
        selection=selection,
        unknown=unknown,
        baselines={
            "all singletons": score_duplicates(wanted, [], texts),
            "exact hash": score_duplicates(wanted, exact_hash(texts), texts),
        },
        pairs=pairs,
    )


def judged_pairs(gold: Gold, selection: Selection) -> list[Pair]:
    """Return the gold pairs of which both documents are selected."""
    units = set(selection.units)
    return [pair for pair in gold.pairs if pair.a in units and pair.b in units]


def exact_hash(texts: Mapping[str, str]) -> list[PlainPair]:
    """Return the pairs of texts with the same hash, character by character."""
    same: dict[bytes, list[str]] = {}
    for name in sorted(texts):
        same.setdefault(sha256(texts[name].encode()).digest(), []).append(name)
    return [PlainPair(a, b, "exact") for names in same.values() for a, b in combinations(names, 2)]
