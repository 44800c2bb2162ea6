"""The project of a set on a server: find it, make it, update it."""

from collections.abc import Iterable
from typing import Protocol

from label_studio_sdk import LabelStudio

from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news
from goldwire.studio.convert.to_results import with_entity_fields
from goldwire.studio.labelling_config import DESCRIPTION, ENTITIES, labelling_config, title_of
from goldwire.studio.tasks import Task

HIDDEN_COLUMNS = (
    *(
        "data.document",
        "data.entities",
        "data.candidates",
        "data.sha256",
        "data.language",
        "data.derived",
        "data.text",
    ),
    *("data.compared", "data.differences"),
    *("id", "inner_id", "annotations_results", "annotations_ids", "cancelled_annotations", "file_upload"),
    *("total_predictions", "predictions_score", "predictions_model_versions", "predictions_results"),
    *("total_annotations", "annotators", "draft_exists", "updated_by", "completed_at"),  # the state says it with names
    *("storage_filename", "created_at", "avg_lead_time", "reviewed", "comment_count", "unresolved_comment_count"),
)
TITLE_WIDTH = 225
"""The width of the column of titles in pixels; the script of our own server makes the list beside the text fit it."""
NOT_BESIDE_TEXT = ("updated_at", "data.state", "data.agreement")


class Project(Protocol):
    """A project as the SDK returns it."""

    id: int
    title: str
    label_config: str
    expert_instruction: str


def find_project(client: LabelStudio, name: str) -> Project | None:
    """The project of the set of a name; None if there is none yet.

    Raises GoldwireError if several have its title, which the server allows.
    """
    projects: Iterable[Project] = client.projects.list(title=title_of(name))
    found = [project for project in projects if project.title == title_of(name)]
    if len(found) > 1:
        ids = ", ".join(str(project.id) for project in found)
        raise GoldwireError(f"the projects {ids} are all called “{title_of(name)}”; rename or delete all but one")
    return found[0] if found else None


def settle_project(
    client: LabelStudio, name: str, instructions: str, profile: Profile | None = None, guarded: bool = False
) -> int:
    """The id of the project of a name, which is made if it does not exist, and updated if it does.

    `guarded` says whether the guard runs on the server, as in goldwire's own.
    """
    profile = profile or news()
    config = labelling_config(name, profile, guarded)
    found = find_project(client, name)
    if found is None:
        found = client.projects.create(
            title=title_of(name),
            description=DESCRIPTION,
            label_config=config,
            expert_instruction=instructions,
            show_instruction=False,
            maximum_annotations=1,
        )
    elif found.label_config != config or found.expert_instruction != instructions:
        client.projects.validate_label_config(found.id, label_config=config)  # raises if labels would be orphaned
        client.projects.update(found.id, label_config=config, expert_instruction=instructions)
    else:
        return found.id
    _show_documents_first(client, found.id, profile)
    return found.id


def rename_fields(client: LabelStudio, tasks: Iterable[Task]) -> bool:
    """Give the entities in work of goldwire 0.1 the fields of today; return whether any had another."""
    renamed = False
    for work in (work for task in tasks for work in task.work):
        results = with_entity_fields(work.results)
        if results == work.results:
            continue
        renamed = True
        if work.draft:
            http = client._client_wrapper.httpx_client
            http.request(f"api/drafts/{work.id}", method="PATCH", json={"result": results})
        else:
            client.annotations.update(work.id, result=results)
    return renamed


def _show_documents_first(client: LabelStudio, project: int, profile: Profile) -> None:
    """Give the project a view that begins with the title, without the columns that no person reads."""
    lists = [f"data.{ENTITIES}_{kind}" for kind in profile.types]
    hidden = [f"tasks:{name}" for name in (*HIDDEN_COLUMNS, *lists)]
    beside_text = [*hidden, *(f"tasks:{name}" for name in NOT_BESIDE_TEXT)]
    view = {
        "title": "Documents",
        "hiddenColumns": {"explore": hidden, "labeling": beside_text},
        "columnsWidth": {"tasks:data.title": TITLE_WIDTH},
    }
    found = next(
        (one for one in client.views.list(project=project) if (one.data or {}).get("title") == "Documents"), None
    )
    if found is None:
        client.views.create(project=project, data=view)
    else:
        client.views.update(str(found.id), project=project, data={**(found.data or {}), **view})
