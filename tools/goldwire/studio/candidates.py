"""Candidates: the earlier articles that an annotator compares each article with."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from goldwire.corpus.annotation_sets import LabelSet
from goldwire.corpus.files import read_object, read_regular, sha256, write_bytes
from goldwire.corpus.lock import PRIVATE
from goldwire.corpus.tree import Tree
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import shorten
from goldwire.text import shared_runs, shingles, tokens
from goldwire.text.shared_runs import SharedRun, sharing_pairs
from goldwire.text.shingles import alike_pairs

CODE = tuple(Path(place) for place in (__file__, shared_runs.__file__, shingles.__file__, tokens.__file__))
"""The source files that decide which candidates are found."""


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
    notes = _kept_notes(tree.root, texts)
    judged = {(pair.a, pair.b) for pair in labels.duplicates or ()}
    titles = {document.id: document.title for document in tree.corpus.documents}
    found: dict[str, list[Candidate]] = {}
    for a, b in sorted({*judged, *notes}):
        note = notes.get((a, b)) or _note([], "")
        candidate: Candidate = {"document": a, "title": f"{a} · {titles[a]}", "text": texts[a], "note": note}
        found.setdefault(b, []).append(candidate)
    return found


def _kept_notes(root: Path, texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The notes of all pairs that share words or are alike, kept until a text or the code that finds them changes."""
    made = sha256(repr(sorted(texts.items())).encode() + b"".join(map(read_regular, CODE)))
    place = root / PRIVATE / "candidates.json"
    with suppress(OSError, ValueError, GoldwireError, KeyError, TypeError):
        kept = read_object(place)
        if kept["made"] == made:
            return {(a, b): note for a, b, note in kept["notes"]}
    sharing = sharing_pairs(texts)
    pairs = sorted({*sharing, *alike_pairs(texts)})
    notes = {(a, b): _note(sharing.get((a, b), []), texts[a]) for a, b in pairs}
    if place.parent.is_dir():
        data = {"made": made, "notes": [[a, b, note] for (a, b), note in notes.items()]}
        write_bytes(place, json.dumps(data).encode())
    return notes


def _note(runs: Sequence[SharedRun], text: str) -> str:
    """What the two texts share, for an annotator who looks for passages."""
    if not runs:
        return "No eight words in a row are the same; many runs of three are."
    longest = max(runs, key=lambda run: run.words)
    words = shorten(text[longest.a_start : longest.a_end], 100)
    return f"The same words in a row: {', '.join(str(run.words) for run in runs)}. The longest: {words}"
