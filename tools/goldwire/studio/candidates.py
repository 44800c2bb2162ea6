"""Candidates: the earlier articles that an annotator compares each article with."""

from collections.abc import Mapping, Sequence
from typing import Any

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import Tree
from goldwire.model.extras import need
from goldwire.model.findings import shorten
from goldwire.text.shared_runs import SharedRun, sharing_pairs
from goldwire.text.shingles import ALIKE, text_shingles

PERMUTATIONS, SEED = 128, 1
"""Of MinHash: permutations, and the seed."""


def similar_pairs(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of ids, the smaller first, whose texts are alike by MinHash of their runs of three words.

    Broder (1997), by datasketch's LSH: probable, not certain, and the same pairs every time. Raises
    GoldwireError where datasketch is missing.
    """
    datasketch = need("datasketch", "studio")
    index = datasketch.MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    found: set[tuple[str, str]] = set()
    for name, text in sorted(texts.items()):
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update_batch([shingle.encode() for shingle in text_shingles(text)])
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
    judged = {(pair.a, pair.b) for pair in labels.duplicates or ()}
    sharing = sharing_pairs(texts)
    titles = {document.id: document.title for document in tree.corpus.documents}
    found: dict[str, list[dict[str, Any]]] = {}
    for a, b in sorted({*judged, *sharing, *similar_pairs(texts)}):
        note = _note(sharing.get((a, b), []), texts[a])
        candidate = {"document": a, "title": f"{a} · {titles[a]}", "text": texts[a], "note": note}
        found.setdefault(b, []).append(candidate)
    return found


def _note(runs: Sequence[SharedRun], text: str) -> str:
    """What the two texts share, for an annotator who looks for passages."""
    if not runs:
        return "No eight words in a row are the same; many runs of three are."
    longest = max(runs, key=lambda run: run.words)
    words = shorten(text[longest.a_start : longest.a_end], 100)
    return f"The same words in a row: {', '.join(str(run.words) for run in runs)}. The longest: {words}"
