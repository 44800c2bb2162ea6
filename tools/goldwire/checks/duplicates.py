"""Reuse: the relations in the gold fit the texts, and repeated text has the same labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.documents import text_path
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import DocumentLabel, Mention, Pair, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS
from goldwire.text import spans
from goldwire.text.alignment import Projection, R
from goldwire.text.shared_runs import WORD, SharedRun, share_a_run, shared_runs, sharing_pairs

REACH = 20
"""The code points before and after a span in which its neighbouring words are looked for."""
SMALL_WORDS = frozenset({"a", "an", "and", "in", "of", "the"})
"""Words that may occur in a shared run that otherwise consists of names."""

MOST, NEARLY_ALL = 0.5, 0.9
"""Shares of both texts: with less than MOST in passages they are different articles, with more than NEARLY_ALL in
equal words they are the same.

Passages may contain small edits, so they cannot tell an article from a copy with all names replaced; equal words can.
"""


def check_reuse(tree: Tree) -> Iterator[Finding]:
    """Check the pairs of the gold against the texts, and the labels of repeats against each other."""
    gold, texts = tree.gold, tree.corpus.texts
    if gold is None or gold.duplicates is None or not gold.duplicates.whole:
        return
    for line, pair in gold.duplicates.rows:
        if pair.a in texts and pair.b in texts:
            yield from _check_relation(gold.duplicates.path, line, pair, texts)
            yield from _check_shared(gold.duplicates.path, line, pair, texts)
            if pair.relation in ("exact", "near"):
                yield from _check_repeat(gold, pair, texts)
    judged = {name: text for name, text in texts.items() if gold.declared("duplicates", name) == "complete"}
    if judged:
        yield from _check_recorded(gold, gold.duplicates, judged)


def _check_relation(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    expected = expected_relation(pair, texts[pair.a], texts[pair.b])
    found = f"{pair.relation} {pair.direction or ''}".strip()
    if pair.relation not in expected or (pair.direction and pair.direction not in expected):
        also = [(text_path(pair.a), 0), (text_path(pair.b), 0)]
        yield finding("relation-mismatch", path, line, a=pair.a, b=pair.b, found=found, expected=expected, also=also)


def expected_relation(pair: Pair, a: str, b: str) -> str:
    """The relation of two texts, with its direction or an alternative, given the passages that a pair has."""
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
    """The share of a text that lies in some stretches; each character counts once."""
    covered = reached = 0
    for start, end in sorted(stretches):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered / len(text)


def _check_shared(path: str, line: int, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    for i, passage in enumerate(pair.passages, 1):
        a = texts[pair.a][passage.a.start : passage.a.end]
        b = texts[pair.b][passage.b.start : passage.b.end]
        if not share_a_run(a, b):
            yield finding("unshared-passage", path, line, number=i, reads=shorten(passage.a.text))


def _check_repeat(gold: LabelSet, pair: Pair, texts: Mapping[str, str]) -> Iterator[Finding]:
    to_b = Projection(pair.b, texts[pair.a], texts[pair.b])
    to_a = Projection(pair.a, texts[pair.b], texts[pair.a])
    for layer in DOCUMENT_LAYERS:
        tables = gold.tables(layer)
        a, b = tables.get(pair.a), tables.get(pair.b)
        if a is not None and b is not None and a.whole and b.whole:
            yield from _check_alike(a, b, to_b)
            yield from _check_alike(b, a, to_a)


def _check_alike(
    source: Table[DocumentLabel], target: Table[DocumentLabel], projection: Projection
) -> Iterator[Finding]:
    """Check that each label of the source that the target repeats is in the target, too."""
    given = {_words(record, _parent(record, target)) for record in target}
    for line, record in source.rows:
        parent = _parent(record, source)
        try:
            projected = _projected(record, projection)
            projected_parent = _projected(parent, projection) if parent else None
        except ValueError:
            continue  # the other text lacks its words
        if not _is_repeat(record, projected, projection):
            continue
        if parent and projected_parent and not _is_repeat(parent, projected_parent, projection):
            continue
        if _words(projected, projected_parent) not in given:
            also = [(target.path, _nearest(target, _spans(projected)[0]))]
            document = projection.document
            yield finding("unlike-repeat", source.path, line, other=target.path, document=document, also=also)


def _projected(record: R, projection: Projection) -> R:
    """A record with the offsets of the other text; in equal texts only ids differ, which do not matter here."""
    return record if projection.source == projection.target else projection.record(record)


def _nearest(table: Table[DocumentLabel], span: spans.SpanLike) -> int:
    """The line of the first record that overlaps a span; 0 if there is none."""
    return next((line for line, record in table.rows if any(spans.overlap(s, span) for s in _spans(record))), 0)


def _is_repeat(record: DocumentLabel, projected: DocumentLabel, projection: Projection) -> bool:
    """Whether the spans start and end with the same whole words, between the same words, at similar distances.

    After an edit inside a word or a moved paragraph, equal letters alone are not a repeat.
    """
    source, target = projection.source, projection.target
    a, b = _spans(record), _spans(projected)
    if any(target[span.end - 1 : span.end + 1].isalnum() and span.end < len(target) for span in b):
        return False
    if projected is record:
        return True
    if any(_neighbours(source, x) != _neighbours(target, y) for x, y in zip(a, b, strict=True)):
        return False
    words = [WORD.findall(span.text) for span in (*a, *b)]
    ends = [(found[0], found[-1]) if found else None for found in words]
    return ends[: len(a)] == ends[len(a) :] and abs(_extent(b) - _extent(a)) <= _extent(a) // 4


def _neighbours(text: str, span: spans.SpanLike) -> tuple[list[str], list[str]]:
    """The words directly before and after a span, within reach."""
    before, after = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    return WORD.findall(before)[-1:], WORD.findall(after)[:1]


def _extent(found: Sequence[spans.SpanLike]) -> int:
    return max(span.end for span in found) - min(span.start for span in found)


def _spans(record: DocumentLabel) -> list[spans.TextSpan]:
    if not isinstance(record, Quote):
        return [record]
    speaker = [record.speaker, record.speaker.head] if record.speaker else []
    return [span for span in (*record.content, record.cue, *speaker) if span]


def _words(record: DocumentLabel, parent: Quote | None) -> str:
    """A record without its id and origin, and with the content of its parent instead of the parent's id."""
    bare = record.model_dump_json(exclude={"id", "parent", "origin"})
    return bare + ("".join(fragment.text for fragment in parent.content) if parent else "")


def _parent(record: DocumentLabel, table: Table[DocumentLabel]) -> Quote | None:
    """The quote of a table that has the number of a record's parent, in whichever document; None if there is none."""
    if not isinstance(record, Quote) or not record.parent:
        return None
    number = record.parent.rsplit("-", 1)[-1]
    quotes = (other for other in table if isinstance(other, Quote))
    return next((other for other in quotes if other.id and other.id.rsplit("-", 1)[-1] == number), None)


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
    """Whether a run consists only of names and small words."""
    rest = "".join(
        " " if any(mention.start <= i < mention.end for mention in mentions) else text[i]
        for i in range(run.a_start, run.a_end)
    )
    words = "".join(char if char.isalnum() else " " for char in rest).split()
    return all(word.casefold() in SMALL_WORDS for word in words)
