"""Reuse: the relations of the gold are what the texts say, and what repeats is labelled alike."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goldwire.findings import Finding, finding, shorten
from goldwire.jsonl import Table
from goldwire.passages import SharedRun, shared_runs, sharing_pairs
from goldwire.projection import Projection
from goldwire.records import Mention, Pair
from goldwire.sets import LabelSet
from goldwire.tree import Tree

SMALL_WORDS = frozenset({"a", "an", "and", "in", "of", "the"})
"""Words that do not keep a shared run from being names alone."""


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
    a, b = texts[pair.a], texts[pair.b]
    if a == b:
        expected = "exact"
    elif a in b or b in a:
        expected = "contained a_in_b" if a in b else "contained b_in_a"
    else:
        expected = "near or related"
    said = f"{pair.relation} {pair.direction or ''}".strip()
    if pair.relation not in expected or (pair.direction and pair.direction not in expected):
        yield finding("relation-mismatch", path, line, a=pair.a, b=pair.b, found=said, expected=expected)


def _check_shared(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    for i, passage in enumerate(pair.passages, 1):
        a = texts[pair.a][passage.a.start : passage.a.end]
        b = texts[pair.b][passage.b.start : passage.b.end]
        if not shared_runs(a, b):
            yield finding("unshared-passage", path, line, number=i, reads=shorten(passage.a.text))


def _check_repeat(gold: LabelSet, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    layers = ("entities", "quotes", "decoys")
    for layer in layers:
        tables = getattr(gold, layer)
        first, second = tables.get(pair.a), tables.get(pair.b)
        if first is not None and second is not None and first.whole and second.whole:
            yield from _check_alike(first, second, pair, texts)


def _check_alike(
    first: Table[Any],
    second: Table[Any],
    pair: Pair,
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    for source, target, a, b in ((first, second, pair.a, pair.b), (second, first, pair.b, pair.a)):
        way = Projection(b, texts[a], texts[b])
        given = {_words(record, target) for record in target}
        for line, record in source.rows:
            try:
                words = _words(way.record(record), source)
            except ValueError:
                continue  # its words do not stand in the other text
            if words not in given:
                yield finding("unlike-repeat", source.path, line, other=target.path, document=b)


def _words(record: Any, table: Table[Any]) -> str:
    """A record without its id, and with the words of its parent for the parent's id: numbers may differ."""
    parent = getattr(record, "parent", None)
    if parent is None:
        return str(record.model_copy(update={"id": None}).line())
    number = parent.rsplit("-", 1)[-1]
    holder = next((other for other in table if other.id and other.id.rsplit("-", 1)[-1] == number), None)
    inside = "".join(fragment.text for fragment in holder.content) if holder else parent
    return str(record.model_copy(update={"id": None, "parent": None}).line()) + inside


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
