"""The house: every module is in a room, rooms import downward only, and the low rooms stay light.

`python tests/test_rooms.py` prints the rooms by floor with the arrows between them.
"""

import ast
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from repository import ROOT

PACKAGE = ROOT / "tools" / "goldwire"
FLOORS = (
    ("model", "text"),
    ("corpus",),
    ("checks", "scoring", "formats"),
    ("bench", "curate"),
    ("studio", "derive"),
    ("report",),
    ("cli",),
    ("__init__", "__main__", "pytest_plugin"),
)
"""The rooms, the lowest floor first. A module imports from its own floor and those below; the root's are the last."""
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
HEAVY = {"label_studio_sdk", "spacy", "ray", "rich", "playwright", "pytest", "jsonschema", "scipy", "numpy"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    """Dotted names a module imports anywhere, each with whether it is imported with the module."""
    tree = ast.parse(path.read_text())
    inside = {id(node) for fn in ast.walk(tree) if isinstance(fn, ast.FunctionDef) for node in ast.walk(fn)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{name.name}", id(node) not in inside) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ((name.name, id(node) not in inside) for name in node.names)


def rooms_imported(path):
    for name, _ in imports(path):
        parts = name.split(".")
        if parts[0] == "goldwire":
            room = parts[1] if len(parts) > 1 and parts[1] in FLOOR else "__init__"
            yield room, name


def arrows():
    """How often modules of one room import from another."""
    found = ((room_of(path), room) for path in MODULES for room, _ in rooms_imported(path))
    return Counter((here, there) for here, there in found if here != there)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path):
    here = room_of(path)
    assert here in FLOOR, f"{here} is in no room: add it to FLOORS or move it"
    for room, name in rooms_imported(path):
        assert FLOOR[room] <= FLOOR[here], f"{here} (floor {FLOOR[here]}) imports {name} (floor {FLOOR[room]})"


def test_no_circle_between_rooms():
    below = {}
    for here, there in arrows():
        below.setdefault(here, set()).add(there)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        pytest.fail(f"these rooms import each other in a circle: {' -> '.join(error.args[1])}")


def test_only_the_faces_are_loose():
    assert {path.stem for path in PACKAGE.glob("*.py")} == set(FLOORS[-1])


@pytest.mark.parametrize("path", [p for p in MODULES if FLOOR.get(room_of(p), 9) <= 2], ids=lambda path: path.stem)
def test_low_floors_import_nothing_heavy(path):
    for name, at_import in imports(path):
        assert not (at_import and name.split(".")[0] in HEAVY), f"{path.name} imports {name} when it is imported"


def test_import_of_goldwire_loads_nothing_else():
    code = "import sys, goldwire; print(sorted(n for n in sys.modules if n.split('.')[0] in ('pydantic', 'scipy', 'rich')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_two_modules_open_annotation_files():
    openers = {path.stem for path in MODULES if "read_jsonl(" in path.read_text()} - {"jsonl"}
    assert openers == {"annotation_sets", "documents"}


def lines(room):
    return sum(len(path.read_text().splitlines()) for path in MODULES if room_of(path) == room)


if __name__ == "__main__":
    for floor, rooms in reversed(list(enumerate(FLOORS))):
        for room in rooms:
            below = sorted(there for here, there in arrows() if here == room)
            print(f"{floor}  {room:14} {lines(room):6} lines -> {', '.join(below)}")
    loose = len(FLOORS[-1])
    print(f"{len(FLOOR) - loose} rooms, {loose} loose modules, {len(FLOORS)} floors, {len(arrows())} arrows")
