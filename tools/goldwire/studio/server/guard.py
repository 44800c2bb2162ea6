"""The guard: a save that would break the gold is refused by the server, while the article is on the screen.

It is a middleware of Django, which Label Studio runs on (see `serve`). A webhook could only tell
after the save, and nobody who looks at the article. Drafts pass: unfinished work is no fault.
"""

import html
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from goldwire.checks.completeness import check_completeness
from goldwire.checks.offsets import check_anchoring
from goldwire.checks.references import Known, check_links
from goldwire.corpus.annotation_sets import (
    ANNOTATIONS,
    GOLD,
    REGISTRY,
    LabelSet,
    layer_path,
    read_exemptions,
    read_info,
    read_proposals,
    read_registry,
)
from goldwire.corpus.documents import DOCUMENTS, PAGES, Corpus
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.registry import merged
from goldwire.model.findings import CODES, Finding, shorten
from goldwire.model.records import DOCUMENT_LAYERS, Document, Layer, Page, Quote
from goldwire.studio.convert.from_results import Malformed, from_results
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.labelling_config import set_of

ROOT = "GOLDWIRE_ROOT"
"""The variable of the server's environment that names the corpus."""
SAVES = re.compile(r"^/api/(?:tasks/(?P<task>\d+)/annotations|annotations/(?P<annotation>\d+))/?$")
ELSEWHERE = frozenset({"unregistered-surface"})
"""Faults that are mended in the registry, not in the editor; `goldwire check` tells them."""
TELLING = frozenset({"unmarked-surface"})
"""Faults that tell what others marked, which an annotator of a pass is not to know."""
SHOWN = 8
"""Faults that one refusal tells; more would not be read."""


def faults(root: Path, name: str, data: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for every fault that a save would bring into the set of a name.

    `data` is that of the task. What is left out is a fault where gold's set.json declares the layers
    complete for the document, and in every annotator's set.
    """
    document = str(data["document"])
    candidates = data.get("candidates") or []
    try:
        found = from_results(document, str(data["text"]), results, candidates, Labels())
    except Malformed as error:
        return [_with_words(error, str(data["text"]), results)]
    texts = {str(candidate["document"]): str(candidate["text"]) for candidate in candidates}
    tree = _tree_of_one(root, name, document, {**texts, document: str(data["text"])}, found)
    labels = tree.sets[0]
    tables = _tables(labels)

    hidden = ELSEWHERE if name == GOLD else ELSEWHERE | TELLING

    def here(judged: Iterable[Finding]) -> list[Finding]:
        return sorted({fault for fault in judged if fault.path in tables and fault.code not in hidden})

    wrong = here([*check_anchoring(labels, tree.corpus.texts), *check_links(labels, Known(tree))])
    wrong = wrong or here(check_completeness(tree))
    return list(_told(wrong, tables))


def _tables(labels: LabelSet) -> dict[str, Table[Any]]:
    tables: list[Table[Any]] = [*labels.entities.values(), *labels.quotes.values(), *labels.decoys.values()]
    return {table.path: table for table in [*tables, labels.duplicates] if table is not None}


def _tree_of_one(root: Path, name: str, document: str, texts: dict[str, str], found: Labels) -> Tree:
    """A tree with one document, those it is compared with, and its labels in the place of gold."""
    folder = f"{ANNOTATIONS}/{GOLD}"

    def table(layer: Layer, records: Sequence[Any], unit: str | None = document) -> Table[Any]:
        return Table.numbered(layer_path(folder, layer, unit), records)

    info = read_info(root, f"{ANNOTATIONS}/{name}")[0] or read_info(root, folder)[0]
    if info is not None and name != GOLD:  # an annotator who submits says that it is done
        done: dict[str, Any] = {layer: {document: "complete"} for layer in DOCUMENT_LAYERS}
        info = info.model_copy(update={"kind": "annotator", **done})
    labels = LabelSet(
        folder,
        info,
        entities={document: table("entities", found.mentions)},
        quotes={document: table("quotes", found.quotes)},
        decoys={document: table("decoys", found.decoys)},
        duplicates=table("duplicates", found.pairs or (), None),
    )
    documents: Table[Document] = Table(DOCUMENTS, whole=False)
    pages: Table[Page] = Table(PAGES, whole=False)
    corpus = Corpus(root, pages, documents, None, {}, texts)
    entities = merged([*read_registry(root)[0], *read_proposals(root)[0], *found.proposals])
    registry = Table.numbered(REGISTRY, entities)
    return Tree(root, corpus, registry, read_exemptions(root)[0], [labels])


def _with_words(error: Malformed, text: str, results: Sequence[Mapping[str, Any]]) -> str:
    """What is malformed, behind the words it is about: nobody knows a region by its id."""
    for result in results:
        value = result.get("value") if isinstance(result, Mapping) and result.get("id") == error.region else None
        start, end = (value.get("start"), value.get("end")) if isinstance(value, Mapping) else (None, None)
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end].strip():
            return f"{shorten(text[start:end], 60)}, {error}"
    return str(error)


def _told(wrong: Iterable[Finding], tables: Mapping[str, Table[Any]]) -> Iterator[str]:
    """A line for every fault; what cures a kind of them is told with the first."""
    told: set[str] = set()
    for fault in wrong:
        record = dict(tables[fault.path].rows).get(fault.line)
        first = record.content[0] if isinstance(record, Quote) else record
        words = getattr(first, "text", getattr(first, "id", None))
        place = f"{shorten(words, 60)}: " if words else ""
        cure = "" if fault.code in told else f": {CODES[fault.code].hint}"
        told.add(fault.code)
        yield f"{place}{fault.message} ({fault.code}{cure})"


class Guard:
    """The middleware: asks of every save of an annotation of a goldwire project what it would break."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.root = Path(os.environ[ROOT])

    def __call__(self, request: Any) -> Any:
        """Answer a save with what is wrong with it, and any other request as it would have been."""
        refused = self._refused(request) if request.method in ("POST", "PATCH", "PUT") else []
        return _refusal(refused) if refused else self.get_response(request)

    def _refused(self, request: Any) -> list[str]:
        save = SAVES.match(request.path)
        if save is None:
            return []
        from tasks.models import Task  # of the server that this runs in

        try:
            results = json.loads(request.body)["result"]
        except (ValueError, KeyError, TypeError):
            return []  # no labels in it, or nothing the server would take
        task = (
            Task.objects.filter(pk=save["task"]).first()
            if save["task"]
            else Task.objects.filter(annotations__pk=save["annotation"]).first()
        )
        name = set_of(task.project.title) if task else None
        return faults(self.root, name, task.data, results) if name and isinstance(results, list) else []


def _refusal(refused: list[str]) -> Any:
    """The answer that the editor shows as a dialog, with the edits kept behind it.

    Of all refusals the editor (1.23.2) shows only those with the reason PAUSED in its dialog; of
    any other it says that something went wrong. The dialog reads its lines as HTML.
    """
    from django.http import JsonResponse

    more = [f"and {len(refused) - SHOWN} more"] if len(refused) > SHOWN else []
    lines = [html.escape(line) for line in refused[:SHOWN]] + more
    what = "1 fault" if len(refused) == 1 else f"{len(refused)} faults"
    body = {
        "detail": f"Not saved: {what}. Your edits are still here; mend them, then save again.",
        "display_context": {"reason": "PAUSED"},
        "validation_errors": {"result": lines},
    }
    return JsonResponse(body, status=403)
