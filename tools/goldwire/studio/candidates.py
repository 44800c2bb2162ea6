"""Candidates: the earlier articles that an annotator compares each article with."""

from collections.abc import Iterable, Mapping
from typing import Any

from goldwire.errors import GoldwireError
from goldwire.passages import WORD, SharedRun, sharing_pairs
from goldwire.records import Pair, Passage, Span
from goldwire.sets import LabelSet
from goldwire.tree import Tree

WORDS, PERMUTATIONS, THRESHOLD, SEED = 3, 128, 0.3, 1
"""Of MinHash: words a shingle, permutations, the Jaccard similarity from which a pair is looked for, and the seed."""


def similar_pairs(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of ids, the smaller first, whose texts are alike by MinHash of their runs of three words.

    Broder (1997), by datasketch's LSH: probable, not certain, and the same pairs every time. Raises
    GoldwireError where datasketch is missing.
    """
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        raise GoldwireError("MinHash needs datasketch: pip install 'goldwire[studio]'") from None
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found: set[tuple[str, str]] = set()
    for name, text in sorted(texts.items()):
        words = [match.group().casefold() for match in WORD.finditer(text)]
        shingles = {" ".join(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))}
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update_batch([shingle.encode() for shingle in shingles])
        found |= {(other, name) for other in index.query(sketch)}
        index.insert(name, sketch)
    return found


def candidates(tree: Tree, labels: LabelSet) -> dict[str, list[dict[str, Any]]]:
    """For every document the earlier ones to judge, in the order of their ids.

    They are those that share eight consecutive words with it, which by the rule for passages are all
    that can be related; those that MinHash finds, which are rewritten throughout; and those that the
    set judged. Results are keyed by place, so the order is frozen in the task: never re-sort it there.
    """
    texts = tree.corpus.texts
    judged = {(pair.a, pair.b): pair for pair in labels.duplicates or ()}
    sharing = sharing_pairs(texts)
    titles = {document.id: document.title for document in tree.corpus.documents}
    found: dict[str, list[dict[str, Any]]] = {}
    for a, b in sorted({*judged, *sharing, *similar_pairs(texts)}):
        passages = _passages(judged.get((a, b)), sharing.get((a, b), []), texts[a], texts[b])
        candidate = {"document": a, "title": f"{a} · {titles[a]}", "text": texts[a], "passages": passages}
        found.setdefault(b, []).append(candidate)
    return found


def _passages(pair: Pair | None, runs: Iterable[SharedRun], a: str, b: str) -> list[dict[str, Any]]:
    """Those of a judged pair, or else the runs of the same words, for the annotator to widen."""
    if pair is not None:
        return [passage.model_dump() for passage in pair.passages]
    return [
        Passage(
            a=Span(start=run.a_start, end=run.a_end, text=a[run.a_start : run.a_end]),
            b=Span(start=run.b_start, end=run.b_end, text=b[run.b_start : run.b_end]),
        ).model_dump()
        for run in runs
    ]
