"""Push and pull compared with the bare SDK calls that any client must make, on a real Label Studio.

    python tests/benchmarks/studio_speed.py [TIMES]

The lower bound of a push is the import of prepared tasks; that of status, a pull, and a push with nothing to do is the list
of tasks with their annotations. With TIMES, everything is measured again on a corpus that many times the size.
"""

import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path

from enlarge import enlarge
from measuring import ROOT, keep

from goldwire.corpus.tree import read_tree
from goldwire.studio.connection import connect
from goldwire.studio.project import settle_project
from goldwire.studio.server import process as server
from goldwire.studio.session import Workspace, pull_set, push_set, status
from goldwire.studio.task_data import new_tasks


def timed(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def content(root):
    return {path: path.read_bytes() for path in (root / "annotations").rglob("*") if path.is_file()}


def measure(root, title):
    """Run push and pull and the bare calls on a corpus whose server runs; print the costs side by side."""
    tree, place, before = read_tree(root)[0], Workspace(root), content(root)
    client = connect(root).client
    made = new_tasks(tree, tree.gold)
    bare = settle_project(client, "bare", "")
    seconds = {"import_tasks": timed(lambda: client.projects.import_tasks(bare, request=made))[0]}
    listed = lambda: list(client.tasks.list(project=bare, fields="all", page_size=500))  # noqa: E731
    seconds["tasks.list"] = min(timed(listed)[0] for _ in range(3))
    seconds["push, all new"], plan = timed(lambda: push_set(place))
    seconds["push, nothing to do"] = min(timed(lambda: push_set(place))[0] for _ in range(3))
    seconds["status"] = min(timed(lambda: status(place))[0] for _ in range(3))
    pulls = [timed(lambda: pull_set(place)) for _ in range(3)]
    seconds["pull, nothing to do"] = min(took for took, _ in pulls)
    assert len(plan.created) == len(made)
    assert all(changed == [] for _, (changed, _) in pulls)
    assert content(root) == before, "bytes changed"
    regions = sum(one["type"] == "labels" for task in made for one in task["annotations"][0]["result"])
    print(f"{title}: {len(made)} documents, {regions:,} regions; no byte changed")
    floors = {
        "push, all new": "import_tasks",
        "push, nothing to do": "tasks.list",
        "status": "tasks.list",
        "pull, nothing to do": "tasks.list",
    }
    for name, floor in floors.items():
        ratio = seconds[name] / seconds[floor]
        keep(f"{name} beside {floor}, {title}", ratio)
        print(f"  {name:<22}{seconds[name]:>7.2f} s{ratio:>7.1f} times {floor} ({seconds[floor]:.2f} s)")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(root, title):
    with server.running(root, free_port()):
        measure(root, title)


def main():
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small"
        for name in ("corpus", "annotations"):
            shutil.copytree(ROOT / name, small / name)
        run(small, "this corpus")
        if len(sys.argv) > 1:
            large = Path(folder) / "large"
            enlarge(ROOT, large, int(sys.argv[1]))
            run(large, f"{sys.argv[1]} times")


if __name__ == "__main__":
    main()
