"""Label Studio's own JSON: a task for every document with its labels, and the configuration they need."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldwire.formats.labelled import Source
from goldwire.formats.registry import Format
from goldwire.model.extras import need

if TYPE_CHECKING:
    from goldwire.studio.task_data import NewTask

LABEL_STUDIO = Format("studio.export:export_label_studio", "tasks to import into Label Studio, with their config")


def export_label_studio(source: Source) -> dict[str, bytes]:
    """tasks.json to import, and config.xml for its project, as `goldwire studio push` makes them."""
    need("label_studio_sdk", "studio")
    from goldwire.studio.labelling_config import labelling_config

    made = json.dumps(list(_tasks(source)), ensure_ascii=False, indent=1)
    config = labelling_config(profile=source.tree.profile)
    return {"tasks.json": f"{made}\n".encode(), "config.xml": f"{config}\n".encode()}


def _tasks(source: Source) -> Iterator["NewTask"]:
    """The tasks with their annotations; a system's output is a prediction, under ids of its own."""
    from goldwire.studio.convert.to_results import beyond_editor
    from goldwire.studio.predictions import numbered_results
    from goldwire.studio.task_data import labels_in, new_tasks

    labels = source.labels
    is_system = labels.info is not None and labels.info.kind == "system"
    for task in new_tasks(source.tree, labels):
        found = labels_in(labels, task["data"]["document"])
        if found is not None and (why := beyond_editor(found)):
            print(f"{task['data']['document']} is left out: {why}", file=sys.stderr)
            continue
        found = found if is_system else None
        if found is not None:
            results = numbered_results(labels.name, found, task["data"])
            task = {"data": task["data"], "predictions": [{"model_version": labels.name, "result": results}]}
        yield task
