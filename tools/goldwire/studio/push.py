"""Push: every document a task, with the labels of a set as its annotation."""

from collections.abc import Iterable
from typing import Any

from label_studio_sdk import LabelStudio

from goldwire.sets import LabelSet
from goldwire.studio.candidates import candidates
from goldwire.studio.project import DESCRIPTION, labelling_config, title_of
from goldwire.studio.results import Labels, to_results
from goldwire.tree import Tree

HIDDEN_COLUMNS = (
    *("data.document", "data.entities", "data.candidates", "data.sha256", "data.text"),
    *("id", "inner_id", "annotations_results", "annotations_ids", "cancelled_annotations", "file_upload"),
    *("total_predictions", "predictions_score", "predictions_model_versions", "predictions_results"),
    *("storage_filename", "created_at", "avg_lead_time", "reviewed", "comment_count", "unresolved_comment_count"),
)
NOT_BESIDE_TEXT = ("completed_at", "total_annotations", "updated_at", "updated_by", "annotators", "draft_exists")


def find_project(client: LabelStudio, name: str) -> Any | None:
    """The project of the set of a name as the server describes it; None where there is none yet."""
    projects: Iterable[Any] = client.projects.list()
    return next((project for project in projects if project.title == title_of(name)), None)


def push(client: LabelStudio, tree: Tree, labels: LabelSet, instructions: str) -> tuple[int, int]:
    """Bring the project up to date, and create a task for every document that has none.

    A document that has a task is left as it is, with all that was done there. Returns the id of the
    project and the number of tasks created.
    """
    project = _settled_project(client, labels.name, instructions)
    present: Iterable[Any] = client.tasks.list(project=project, fields="all")
    there = {(task.data or {}).get("document") for task in present}
    missing: Any = [task for task in tasks(tree, labels) if task["data"]["document"] not in there]
    if missing:
        client.projects.import_tasks(project, request=missing)
    return project, len(missing)


def _settled_project(client: LabelStudio, name: str, instructions: str) -> int:
    """The id of the project, made where there is none, brought up to date where there is one."""
    config = labelling_config()
    found: Any = find_project(client, name)
    if found is None:
        found = client.projects.create(
            title=title_of(name),
            description=DESCRIPTION,
            label_config=config,
            expert_instruction=instructions,
            show_instruction=False,
            maximum_annotations=1,
        )
        _show_documents_first(client, int(found.id))
    elif found.label_config != config or found.expert_instruction != instructions:
        client.projects.validate_label_config(found.id, label_config=config)  # refuses what would orphan labels
        client.projects.update(found.id, label_config=config, expert_instruction=instructions)
    return int(found.id)


def _show_documents_first(client: LabelStudio, project: int) -> None:
    """A view of the project that leaves out the columns no person reads."""
    hidden = [f"tasks:{name}" for name in HIDDEN_COLUMNS]
    beside_text = [*hidden, *(f"tasks:{name}" for name in NOT_BESIDE_TEXT)]
    view: Any = {"title": "Documents", "hiddenColumns": {"explore": hidden, "labeling": beside_text}}
    client.views.create(project=project, data=view)


def tasks(tree: Tree, labels: LabelSet) -> list[dict[str, Any]]:
    """The task of every document, in order: its data, and its annotation where the set labels it."""
    entities = [{"value": f"{entity.name} · {entity.id}", "alias": entity.id} for entity in tree.registry]
    earlier = candidates(tree, labels)
    made = []
    for document in tree.corpus.documents:
        name = document.id
        data: dict[str, Any] = {
            "document": name,
            "title": f"{name} · {document.title}",
            "text": tree.corpus.texts[name],
            "sha256": document.sha256,
            "entities": entities,
            "candidates": earlier.get(name, []),
        }
        task: dict[str, Any] = {"data": data}
        if name in labels.entities or name in labels.quotes:
            results = to_results(document_labels(labels, name), [c["document"] for c in data["candidates"]])
            task["annotations"] = [{"result": results, "ground_truth": True}]
        made.append(task)
    return made


def document_labels(labels: LabelSet, document: str) -> Labels:
    """The labels of one document in a set, its pairs with earlier documents among them."""
    return Labels(
        mentions=list(labels.entities.get(document, ())),
        quotes=list(labels.quotes.get(document, ())),
        decoys=list(labels.decoys.get(document, ())),
        pairs=[pair for pair in labels.duplicates or () if pair.b == document],
    )
