"""Reuse: the relations of the gold are what the texts say, and what repeats is labelled alike."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.documents import text_path
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import DOCUMENT_LAYERS, Mention, Pair, Quote
from goldwire.text import spans
from goldwire.text.alignment import Projection
from goldwire.text.shared_runs import WORD, SharedRun, share_a_run, shared_runs, sharing_pairs

REACH = 20
"""Code points within which a word stands beside a span."""
SMALL_WORDS = frozenset({"a", "an", "and", "in", "of", "the"})
"""Words that do not keep a shared run from being names alone."""

MOST, NEARLY_ALL = 0.5, 0.9
"""Shares of a text: with less of both in passages it is another article, with more of both word for word the same.

Passages run on over small edits, and an article with every name exchanged is another one: they cannot tell the latter.
"""


def check_reuse(tree: Tree) -> Iterator[Finding]:
    """Check the gold's pairs against the texts, and the labels of repeats against each other."""
    gold, texts = tree.gold, tree.corpus.texts
    if gold is None or gold.duplicates is None or not gold.duplicates.whole:
        return
    for line, pair in gold.duplicates.rows:
        if pair.a in texts and pair.b in texts:
            yield from _check_relation(gold.duplicates.path, line, pair, texts)
            yield from _check_shared(gold.duplicates.path, line, pair, texts)
            if pair.relation in ("exact", "near"):
                yield from _check_repeat(gold, pair, texts)
    if gold.declared("duplicates") == "complete":
        yield from _check_recorded(gold, gold.duplicates, texts)


def _check_relation(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    expected = _expected_relation(pair, texts[pair.a], texts[pair.b])
    said = f"{pair.relation} {pair.direction or ''}".strip()
    if pair.relation not in expected or (pair.direction and pair.direction not in expected):
        also = [(text_path(pair.a), 0), (text_path(pair.b), 0)]
        yield finding("relation-mismatch", path, line, a=pair.a, b=pair.b, found=said, expected=expected, also=also)


def _expected_relation(pair: Pair, a: str, b: str) -> str:
    if a == b:
        return "exact"
    if a in b or b in a:
        return "contained a_in_b" if a in b else "contained b_in_a"
    in_passages = [
        _share(a, ((passage.a.start, passage.a.end) for passage in pair.passages)),
        _share(b, ((passage.b.start, passage.b.end) for passage in pair.passages)),
    ]
    if max(in_passages) < MOST:
        return "related"
    if pair.relation == "related" and min(in_passages) > NEARLY_ALL:
        runs = shared_runs(a, b)
        alike = _share(a, ((r.a_start, r.a_end) for r in runs)), _share(b, ((r.b_start, r.b_end) for r in runs))
        return "near" if min(alike) > NEARLY_ALL else "near or related"
    return "near or related"


def _share(text: str, stretches: Iterable[tuple[int, int]]) -> float:
    """Share of a text that lies in some stretches, each character counted once."""
    held = reached = 0
    for start, end in sorted(stretches):
        held += max(0, end - max(start, reached))
        reached = max(reached, end)
    return held / len(text)


def _check_shared(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    for i, passage in enumerate(pair.passages, 1):
        a = texts[pair.a][passage.a.start : passage.a.end]
        b = texts[pair.b][passage.b.start : passage.b.end]
        if not share_a_run(a, b):
            yield finding("unshared-passage", path, line, number=i, reads=shorten(passage.a.text))


def _check_repeat(gold: LabelSet, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    sides = (pair.a, pair.b), (pair.b, pair.a)
    ways = [Projection(b, texts[a], texts[b]) for a, b in sides]
    for layer in DOCUMENT_LAYERS:
        tables = getattr(gold, layer)
        first, second = tables.get(pair.a), tables.get(pair.b)
        if first is not None and second is not None and first.whole and second.whole:
            yield from _check_alike(first, second, ways[0])
            yield from _check_alike(second, first, ways[1])


def _check_alike(source: Table[Any], target: Table[Any], way: Projection) -> Iterator[Finding]:
    given = {_words(record, target) for record in target}
    for line, record in source.rows:
        try:
            there, inside = _carried(record, way), _holder(record, source)
            inside_there = _carried(inside, way) if inside else None
        except ValueError:
            continue  # its words do not stand in the other text
        if not _is_repeat(record, there, way) or (inside and not _is_repeat(inside, inside_there, way)):
            continue
        if _words(there, source, inside_there) not in given:
            also = [(target.path, _nearest(target, _spans(there)[0]))]
            yield finding("unlike-repeat", source.path, line, other=target.path, document=way.document, also=also)


def _carried(record: Any, way: Projection) -> Any:
    """A record as the other text has it; in the same text only its ids differ, which nobody asks for here."""
    return record if way.source == way.target else way.record(record)


def _nearest(table: Table[Any], span: Any) -> int:
    """The line of the record that overlaps a span, as one that says something else there does; 0 for none."""
    return next((line for line, record in table.rows if any(spans.overlap(s, span) for s in _spans(record))), 0)


def _is_repeat(record: Any, there: Any, way: Projection) -> bool:
    """Whether the spans begin and end with the same whole words there, between the same words, as close together.

    Where an edit changed a word, or moved a paragraph, single letters alike are no repeat.
    """
    a, b = _spans(record), _spans(there)
    if any(way.target[span.end - 1 : span.end + 1].isalnum() and span.end < len(way.target) for span in b):
        return False
    if there is record:
        return True
    if any(_around(way.source, x) != _around(way.target, y) for x, y in zip(a, b, strict=True)):
        return False
    words = [WORD.findall(span.text) for span in (*a, *b)]
    ends = [(found[0], found[-1]) if found else None for found in words]
    return ends[: len(a)] == ends[len(a) :] and abs(_extent(b) - _extent(a)) <= _extent(a) // 4


def _around(text: str, span: Any) -> tuple[list[str], list[str]]:
    """The words before and behind a span, within reach."""
    before, behind = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    return WORD.findall(before)[-1:], WORD.findall(behind)[:1]


def _extent(spans: list[Any]) -> int:
    return int(max(span.end for span in spans) - min(span.start for span in spans))


def _spans(record: Any) -> list[Any]:
    if not isinstance(record, Quote):
        return [record]
    speaker = [record.speaker, record.speaker.head] if record.speaker else []
    return [span for span in (*record.content, record.cue, *speaker) if span]


def _words(record: Any, table: Table[Any], inside: Any = None) -> str:
    """A record without its id, and with the words of its parent for the parent's id: numbers may differ."""
    bare = record.model_dump_json(exclude={"id", "parent"})
    holder = inside or _holder(record, table)
    return str(bare) + ("".join(fragment.text for fragment in holder.content) if holder else "")


def _holder(record: Any, table: Table[Any]) -> Any:
    """The parent of a quote; None where it has none, or none that is there."""
    number = (getattr(record, "parent", None) or "-").rsplit("-", 1)[-1]
    if not number:
        return None
    return next((other for other in table if other.id and other.id.rsplit("-", 1)[-1] == number), None)


def _check_recorded(gold: LabelSet, pairs: Table[Pair], texts: Mapping[str, str]) -> Iterator[Finding]:
    recorded = {(pair.a, pair.b): pair for pair in pairs}
    for (a, b), runs in sharing_pairs(texts).items():
        pair = recorded.get((a, b))
        for run in runs:
            if not (pair and _is_recorded(run, pair)) and not _is_names(run, texts[a], gold.entities.get(a, ())):
                reads = shorten(texts[a][run.a_start : run.a_end], 60)
                yield finding("unrecorded-passage", pairs.path, a=a, b=b, words=run.words, reads=reads)


def _is_recorded(run: SharedRun, pair: Pair) -> bool:
    return any(
        p.a.start <= run.a_start and run.a_end <= p.a.end and p.b.start <= run.b_start and run.b_end <= p.b.end
        for p in pair.passages
    )


def _is_names(run: SharedRun, text: str, mentions: Iterable[Mention]) -> bool:
    """Whether a run is nothing but names and the small words between them."""
    rest = "".join(
        " " if any(mention.start <= i < mention.end for mention in mentions) else text[i]
        for i in range(run.a_start, run.a_end)
    )
    words = "".join(char if char.isalnum() else " " for char in rest).split()
    return all(word.casefold() in SMALL_WORDS for word in words)
