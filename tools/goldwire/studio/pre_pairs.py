"""Pairs to start from: the passages that two texts share, and the relation that follows from them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from goldwire.corpus.annotation_sets import ANNOTATIONS, LabelSet, layer_path
from goldwire.corpus.jsonl import Table
from goldwire.model.records import Pair, Passage, Span
from goldwire.model.vocabulary import Direction, Relation
from goldwire.studio.candidates import Candidate
from goldwire.text.shared_runs import SHORTEST, SharedRun, shared_runs

NAME = "pre-labels"
"""The name that suggestions have in Label Studio."""
GAP, GAP_OF_ONE = 40, 8
"""The most characters of a small edit inside a passage, before two shared words or more, and before one."""
LEAST = 2
"""The characters between two words that follow each other."""
STOP = re.compile(rf"[^\n.!?…]{{0,{GAP_OF_ONE}}}[.!?…][^\w\s]*")
"""The end of a sentence, after a small edit."""
NEARLY_ALL = 0.9
"""Two articles are near if passages cover this share of both."""


def pre_pairs(texts: Mapping[str, str], compared: Mapping[str, Sequence[Candidate]]) -> LabelSet:
    """The suggested pairs of documents with the candidates of each; they follow from the texts alone."""
    path = f"{ANNOTATIONS}/{NAME}"
    found = [
        pre_pair(one["document"], document, one["text"], texts[document])
        for document, candidates in compared.items()
        for one in candidates
    ]
    return LabelSet(path, None, duplicates=Table.numbered(layer_path(path, "duplicates"), filter(None, found)))


def pre_pair(a: str, b: str, text_a: str, text_b: str) -> Pair | None:
    """The pair that two texts seem to be, with its passages; None if they share none."""
    found = passages(text_a, text_b)
    if not found:
        return None
    shares = [_share(text_a, ((x[0], x[1]) for x in found)), _share(text_b, ((x[2], x[3]) for x in found))]
    in_other: Direction | None = "a_in_b" if text_a in text_b else "b_in_a" if text_b in text_a else None
    near: Relation = "near" if min(shares) > NEARLY_ALL else "related"
    relation: Relation = "exact" if text_a == text_b else "contained" if in_other else near
    marked = [
        Passage(
            a=Span(start=x[0], end=x[1], text=text_a[x[0] : x[1]]),
            b=Span(start=x[2], end=x[3], text=text_b[x[2] : x[3]]),
        )
        for x in found
    ]
    direction = in_other if relation == "contained" else None
    return Pair(id=f"{a}_{b}", a=a, b=b, relation=relation, direction=direction, passages=marked)


def passages(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """The passages that two texts share: start and end in each.

    A run of eight words or more goes on over small edits, inside its paragraph, to the next words that both have.
    """
    if a == b:
        return [(0, len(a), 0, len(b))]
    small = shared_runs(a, b, 1)
    found: list[SharedRun] = []
    for run in small:
        inside = (p.a_start <= run.a_start < p.a_end and p.b_start <= run.b_start < p.b_end for p in found)
        if run.words >= SHORTEST and not any(inside):
            found.append(_grown(run, small, a, b))
    return sorted({_with_ends(run, a, b) for run in found})


def _grown(run: SharedRun, small: Collection[SharedRun], a: str, b: str) -> SharedRun:
    while True:
        after = [r for r in small if _continues(r, run.a_end, r.a_start, run.b_end, r.b_start, a, b)]
        before = [r for r in small if _continues(r, r.a_end, run.a_start, r.b_end, run.b_start, a, b)]
        if after:
            near = min(after, key=lambda r: r.a_start - run.a_end + r.b_start - run.b_end)
            run = SharedRun(run.a_start, near.a_end, run.b_start, near.b_end, run.words)
        elif before:
            near = min(before, key=lambda r: run.a_start - r.a_end + run.b_start - r.b_end)
            run = SharedRun(near.a_start, run.a_end, near.b_start, run.b_end, run.words)
        else:
            return run


def _continues(run: SharedRun, a_from: int, a_to: int, b_from: int, b_to: int, a: str, b: str) -> bool:
    gaps = a_to - a_from, b_to - b_from
    is_added = min(gaps) <= LEAST  # the words are in one text alone
    is_near = min(gaps) >= 0 and max(gaps) <= (GAP if run.words > 1 or is_added else GAP_OF_ONE)
    return is_near and "\n" not in a[a_from:a_to] and "\n" not in b[b_from:b_to]


def _with_ends(run: SharedRun, a: str, b: str) -> tuple[int, int, int, int]:
    """A passage with the opening marks before it, and with the end of the sentence where both texts end it."""
    starts = [len(text[:start].rstrip("“‘\"'«(")) for text, start in ((a, run.a_start), (b, run.b_start))]
    if starts[0] == run.a_start or starts[1] == run.b_start:
        starts = [run.a_start, run.b_start]
    stops = STOP.match(a, run.a_end), STOP.match(b, run.b_end)
    if stops[0] and stops[1]:
        ends = [stops[0].end(), stops[1].end()]
    else:
        same = 0
        tails = a[run.a_end : _end_of_word(a, run.a_end)], b[run.b_end : _end_of_word(b, run.b_end)]
        while same < min(map(len, tails)) and tails[0][same] == tails[1][same] and tails[0][same] not in ",;:–—":
            same += 1
        ends = [run.a_end + same, run.b_end + same]
    return starts[0], ends[0], starts[1], ends[1]


def _end_of_word(text: str, i: int) -> int:
    while i < len(text) and not text[i].isalnum() and not text[i].isspace():
        i += 1
    return i


def _share(text: str, stretches: Iterable[tuple[int, int]]) -> float:
    return sum(end - start for start, end in stretches) / max(1, len(text))
