"""Work that no set can hold: stored whole, with the reason, so that nothing of it is lost."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from goldwire.corpus.files import write_bytes
from goldwire.studio.server.process import FOLDER
from goldwire.studio.tasks import Task, Work


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the work on a task was not pulled, and the file that stores it."""

    task: int
    document: str
    reason: str
    kept: str | None = None

    def __str__(self) -> str:
        where = f"; stored in {self.kept}" if self.kept else ""
        return f"task {self.task} ({self.document}): {self.reason}{where}"


def quarantine(root: Path, server: str, task: Task, work: Work, reason: str) -> Fault:
    """Store an annotation whole in `.goldwire/studio/quarantine/`, with the reason.

    The same annotation in the same state is stored once.
    """
    name = re.sub(r"[^A-Za-z0-9_-]", "-", f"{server}-{task.document}-{work.id}-{work.at}")
    path = Path(FOLDER) / "quarantine" / f"{name}.json"
    content = {
        "document": task.document,
        "task": task.id,
        "annotation": work.id,
        "draft": work.draft,
        "user": work.user,
        "updated_at": work.at,
        "reason": reason,
        "text_sha256": task.data.get("sha256"),
        "candidates": [candidate.get("document") for candidate in task.candidates],
        "result": work.results,
    }
    write_bytes(root / path, (json.dumps(content) + "\n").encode())  # ASCII, because it may not be valid Unicode
    return Fault(task.id, task.document, reason, path.as_posix())
