"""Label Studio's own JSON: a task for every document with its labels, and the configuration they need."""

import json

from goldwire.export.source import Source
from goldwire.systems.pipelines import load


def export_label_studio(source: Source) -> dict[str, bytes]:
    """tasks.json to import, and config.xml for the project to import it into; as `goldwire studio push` has them."""
    load("label_studio_sdk", "studio")
    from goldwire.studio.project import labelling_config
    from goldwire.studio.tasks import tasks

    made = json.dumps(tasks(source.tree, source.labels), ensure_ascii=False, indent=1)
    return {"tasks.json": f"{made}\n".encode(), "config.xml": labelling_config().encode()}
