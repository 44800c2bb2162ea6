"""Agreement of two annotation sets: counts, chance-corrected coefficients, and every difference."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.curate.differences import ABSENT, Difference, compared, differences, shared, shared_pairs
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Block, Mention, Pair, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS
from goldwire.scoring.counts import Counts, matched
from goldwire.scoring.duplicates import matching_passages
from goldwire.scoring.entities import score_entities
from goldwire.scoring.intervals import counts_interval
from goldwire.scoring.kappa import ContingencyTable, kappa, observed_agreement, table_interval
from goldwire.scoring.labels import PlainMention
from goldwire.scoring.quote_pairing import QuoteOptions
from goldwire.scoring.quotes import score_quotes

R = TypeVar("R", Block, Mention, Quote)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One number: its layer, its name, its value, its 95 % interval, and the counts that it follows from.

    There is no interval of fewer than eight documents or pages; `units` is how many there are.
    """

    layer: str
    measure: str
    value: float | None
    interval: tuple[float, float] | None
    items: str
    units: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """All numbers and all differences of two sets."""

    a: str
    b: str
    rows: list[AgreementRow]
    differences: list[Difference]
    left_out: dict[str, list[str]]
    """By layer, the documents or pages that one of the sets does not declare complete, if it has others."""


def agree(a: LabelSet, b: LabelSet, texts: Mapping[str, str]) -> Agreement:
    """Compare two sets on the layers that both declare complete; F1 does not depend on their order.

    `texts` are those of the documents, by id. Intervals leave out each page in turn for segments, each document for
    the other layers; pairs of documents have none, since they are not independent. Raises GoldwireError if the
    sets share no complete layer.
    """
    rows = [
        *_segment_rows(a, b),
        *_entity_rows(a, b, texts),
        *_quote_rows(a, b, texts),
        *_decoy_rows(a, b),
        *_pair_rows(a, b, sorted(texts)),
    ]
    if not rows:
        raise GoldwireError(
            f"{a.path} and {b.path} share no complete layer; expected one that both declare complete in set.json"
        )
    return Agreement(a.path, b.path, rows, list(differences(a, b)), _left_out(a, b, sorted(texts)))


def _left_out(a: LabelSet, b: LabelSet, documents: Sequence[str]) -> dict[str, list[str]]:
    layers: dict[str, tuple[Sequence[str], Collection[str]]] = {
        "segments": (sorted({*a.segments, *b.segments}), shared(a, b, "segments")),
        **{layer: (documents, shared(a, b, layer)) for layer in DOCUMENT_LAYERS},
        "duplicates": (documents, compared(a, b, documents)),
    }
    return {
        layer: left
        for layer, (units, both) in layers.items()
        if both and (left := [u for u in units if u not in both])
    }


def _f1_row(layer: str, measure: str, counts: Sequence[Counts]) -> AgreementRow:
    total = sum(counts, Counts())
    bounds, units = counts_interval({(i,): c for i, c in enumerate(counts)}, "f1", [1] * len(counts))
    items = f"{total.correct:g} of {total.gold} and {total.predicted}"
    return AgreementRow(layer, f"{measure}, F1", total.f1, bounds, items, units)


def _share_row(layer: str, measure: str, tables: Sequence[ContingencyTable]) -> AgreementRow:
    total = sum(tables, Counter())
    share = observed_agreement(total)
    bounds, units = table_interval(tables, observed_agreement)
    return AgreementRow(layer, f"{measure}, share alike", share, bounds, f"{total.total()}", units)


def _kappa_row(layer: str, measure: str, tables: Sequence[ContingencyTable]) -> AgreementRow:
    total = sum(tables, Counter())
    bounds, units = (None, 0) if layer == "duplicates" else table_interval(tables, kappa)
    return AgreementRow(layer, f"{measure}, Cohen's κ", kappa(total), bounds, f"{total.total()}", units)


def _segment_rows(a: LabelSet, b: LabelSet) -> Iterator[AgreementRow]:
    pages = shared(a, b, "segments")
    if not pages:
        return
    pairs = [(list(a.segments[page]), list(b.segments[page])) for page in pages]

    def count(key: Callable[[Block], object]) -> list[Counts]:
        return [_multiset_counts(map(key, x), map(key, y)) for x, y in pairs]

    yield _f1_row("segments", "block", count(lambda k: (k.start, k.end)))
    yield _f1_row("segments", "block and role", count(lambda k: (k.start, k.end, k.role)))
    everything = count(lambda k: (k.start, k.end, k.role, k.document))
    yield _f1_row("segments", "block, role and document", everything)
    tables = [_contingency(x, y, lambda k: (k.start, k.end), lambda k: k.role) for x, y in pairs]
    yield _kappa_row("segments", "role", tables)


def _multiset_counts(a: Iterable[object], b: Iterable[object]) -> Counts:
    x, y = Counter(a), Counter(b)
    return matched((x & y).total(), y.total(), x.total())


def _contingency(
    a: Iterable[R], b: Iterable[R], key: Callable[[R], object], label: Callable[[R], str]
) -> ContingencyTable:
    """The labels of two sets for the records that both have, as a contingency table; other records are left out."""
    first, second = {key(x): label(x) for x in a}, {key(y): label(y) for y in b}
    return Counter((first[k], second[k]) for k in first.keys() & second.keys())


def _entity_rows(a: LabelSet, b: LabelSet, texts: Mapping[str, str]) -> Iterator[AgreementRow]:
    units = shared(a, b, "entities")
    if not units:
        return
    pairs = [(list(a.entities[unit]), list(b.entities[unit])) for unit in units]
    scored = [score_entities(_plain(x), _plain(y)) for x, y in pairs]
    yield _f1_row("entities", "span", [s.modes["exact"] for s in scored])
    yield _f1_row("entities", "span and type", [s.modes["strict"] for s in scored])
    for kind in sorted({kind for s in scored for kind in s.types}):
        counts = [s.types[kind]["strict"] if kind in s.types else Counts() for s in scored]
        yield _f1_row("entities", f"span and type {kind}", counts)
    words = [_word_table(x, y, texts[unit]) for unit, (x, y) in zip(units, pairs, strict=True)]
    yield _kappa_row("entities", "type of every word", words)

    def tables(label: Callable[[Mention], str]) -> list[ContingencyTable]:
        return [_contingency(x, y, lambda m: (m.start, m.end), label) for x, y in pairs]

    yield _share_row("entities", "entity id", tables(lambda m: m.entity or ABSENT))
    yield _partition_row(units, pairs)
    yield _share_row("entities", "stands for", tables(lambda m: m.stands_for or ABSENT))


def _plain(mentions: Iterable[Mention]) -> list[PlainMention]:
    return [PlainMention(mention.start, mention.end, mention.type, mention.entity) for mention in mentions]


def _word_table(a: Sequence[Mention], b: Sequence[Mention], text: str) -> ContingencyTable:
    first, second = _typed_words(a, text), _typed_words(b, text)
    return Counter(zip(first, second, strict=True))


def _typed_words(mentions: Sequence[Mention], text: str) -> list[str]:
    """For each word, the type of the mention that it begins in, or none."""
    kinds = {place: mention.type for mention in mentions for place in range(mention.start, mention.end)}
    begins = (i for i, char in enumerate(text) if not char.isspace() and (i == 0 or text[i - 1].isspace()))
    return [kinds.get(i, ABSENT) for i in begins]


def _partition_row(units: Sequence[str], pairs: Sequence[tuple[list[Mention], list[Mention]]]) -> AgreementRow:
    """Entity ids as a partition of the mentions that both have: pairs of mentions with one id, whatever the id."""
    both = [_contingency(x, y, lambda m: (m.start, m.end), lambda m: m.entity or ABSENT) for x, y in pairs]

    def f1(table: ContingencyTable) -> float | None:
        return _pair_counts(table).f1

    total = sum(both, Counter())
    counts = _pair_counts(total)
    items = f"{counts.correct:g} of {counts.gold} and {counts.predicted} pairs"
    bounds, filled = table_interval(both, f1)
    return AgreementRow("entities", "entity ids as a partition, pairwise F1", f1(total), bounds, items, filled)


def _pair_counts(table: ContingencyTable) -> Counts:
    def pairs(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (x, y), n in table.items():
        first[x] += n
        second[y] += n
    return matched(pairs(table.values()), pairs(second.values()), pairs(first.values()))


def _quote_rows(a: LabelSet, b: LabelSet, texts: Mapping[str, str]) -> Iterator[AgreementRow]:
    units = shared(a, b, "quotes")
    if not units:
        return
    pairs = [(list(a.quotes[unit]), list(b.quotes[unit])) for unit in units]
    options = QuoteOptions(trim="none", nested="all")
    scored = [score_quotes(x, y, texts[unit], options) for unit, (x, y) in zip(units, pairs, strict=True)]

    def exact(label: Callable[[Quote], object]) -> list[Counts]:
        return [
            _multiset_counts(((_content(q), label(q)) for q in x), ((_content(q), label(q)) for q in y))
            for x, y in pairs
        ]

    yield _f1_row("quotes", "content, all fragments", exact(lambda q: None))
    yield _f1_row("quotes", "content at IoU 0.5", [s.content["iou.5"] for s in scored])
    yield _f1_row("quotes", "content and type", exact(lambda q: q.type))
    for kind in sorted({q.type for x, y in pairs for q in (*x, *y)}):
        of_kind = [([q for q in x if q.type == kind], [q for q in y if q.type == kind]) for x, y in pairs]
        counts = [_multiset_counts(map(_content, x), map(_content, y)) for x, y in of_kind]
        yield _f1_row("quotes", f"content and type {kind}", counts)
    yield _f1_row("quotes", "content and cue", exact(lambda q: q.cue))
    yield _f1_row("quotes", "content and speaker", exact(lambda q: q.speaker))
    attributed = exact(lambda q: (frozenset(q.speaker_entities or ()), q.status))
    yield _f1_row("quotes", "content and speaker's entities", attributed)
    types = [_contingency(x, y, _content, lambda q: q.type) for x, y in pairs]
    yield _kappa_row("quotes", "type", types)
    status = [_contingency(x, y, _content, lambda q: q.status or ABSENT) for x, y in pairs]
    yield _kappa_row("quotes", "status", status)


def _decoy_rows(a: LabelSet, b: LabelSet) -> Iterator[AgreementRow]:
    units = shared(a, b, "decoys")
    if units:
        sides = [(a.decoys[unit], b.decoys[unit]) for unit in units]
        counts = [_multiset_counts(((d.start, d.end) for d in x), ((d.start, d.end) for d in y)) for x, y in sides]
        yield _f1_row("decoys", "span", counts)


def _content(quote: Quote) -> tuple[tuple[int, int], ...]:
    return tuple((fragment.start, fragment.end) for fragment in quote.content)


def _pair_rows(a: LabelSet, b: LabelSet, documents: Sequence[str]) -> Iterator[AgreementRow]:
    documents = compared(a, b, documents)
    if not documents:
        return
    first, second = ({(p.a, p.b): p for p in side} for side in shared_pairs(a, b))
    both = _multiset_counts(list(first), list(second))
    yield _plain_row("pair", both)
    yield _plain_row(
        "pair, relation and direction",
        _multiset_counts(
            ((k, p.relation, p.direction) for k, p in first.items()),
            ((k, p.relation, p.direction) for k, p in second.items()),
        ),
    )
    table: ContingencyTable = Counter(
        (_relation(first.get(pair)), _relation(second.get(pair))) for pair in combinations(documents, 2)
    )
    yield _kappa_row("duplicates", "relation of every two documents", [table])
    yield _plain_row("passage", _multiset_counts(_passages(first), _passages(second)))
    hits = sum(matching_passages(pair.passages, second[key].passages) for key, pair in first.items() if key in second)
    totals = [sum(len(pair.passages) for pair in side.values()) for side in (second, first)]
    yield _plain_row("passage at IoU 0.5", matched(hits, *totals))


def _plain_row(measure: str, counts: Counts) -> AgreementRow:
    items = f"{counts.correct:g} of {counts.gold} and {counts.predicted}"
    return AgreementRow("duplicates", f"{measure}, F1", counts.f1, None, items)


def _relation(pair: Pair | None) -> str:
    return pair.relation if pair else "distinct"


def _passages(pairs: Mapping[tuple[str, str], Pair]) -> Iterator[object]:
    for key, pair in pairs.items():
        for passage in pair.passages:
            yield key, passage.a.start, passage.a.end, passage.b.start, passage.b.end
