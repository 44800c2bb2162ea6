"""Candidates: the earlier articles that an annotator compares each article with."""

from collections.abc import Sequence
from typing import TypedDict

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.tree import Tree
from goldwire.model.findings import shorten
from goldwire.text.shared_runs import SharedRun, sharing_pairs
from goldwire.text.shingles import alike_pairs


class Candidate(TypedDict):
    """An earlier article as a task shows it."""

    document: str
    title: str
    text: str
    note: str


def candidates(tree: Tree, labels: LabelSet) -> dict[str, list[Candidate]]:
    """For every document the earlier ones to judge, in the order of their ids.

    A candidate shares eight consecutive words with the document, which the rule for passages requires
    of every related pair; or is alike though rewritten throughout; or is judged in the set. Results are
    stored by position, so the order is frozen in the task: never sort it there again.
    """
    texts = tree.corpus.texts
    judged = {(pair.a, pair.b) for pair in labels.duplicates or ()}
    sharing = sharing_pairs(texts)
    titles = {document.id: document.title for document in tree.corpus.documents}
    found: dict[str, list[Candidate]] = {}
    for a, b in sorted({*judged, *sharing, *alike_pairs(texts)}):
        note = _note(sharing.get((a, b), []), texts[a])
        candidate: Candidate = {"document": a, "title": f"{a} · {titles[a]}", "text": texts[a], "note": note}
        found.setdefault(b, []).append(candidate)
    return found


def _note(runs: Sequence[SharedRun], text: str) -> str:
    """What the two texts share, for an annotator who looks for passages."""
    if not runs:
        return "No eight words in a row are the same; many runs of three are."
    longest = max(runs, key=lambda run: run.words)
    words = shorten(text[longest.a_start : longest.a_end], 100)
    return f"The same words in a row: {', '.join(str(run.words) for run in runs)}. The longest: {words}"
