"""Imports point down only, and the low floors stay light."""

import ast
import subprocess
import sys

import pytest

from conftest import ROOT

PACKAGE = ROOT / "tools" / "goldwire"
FLOORS = {
    0: ["errors", "spans", "records", "codes", "findings", "marks"],
    1: ["files", "folders", "jsonl", "data", "examples", "schemas", "layout", "corpus", "sets", "tree", "manifest", "build", "segmenter", "markup", "projection", "passages", "blocks"],
    2: ["checks", "scorers"],
    3: ["signature", "gold", "predictions", "submission", "tasks", "outcomes", "conformance", "comparison", "history", "release", "init", "intake", "benchmark", "leaderboard", "assessment", "agreement", "differences", "unread", "card", "croissant", "systems", "studio", "export", "derive", "proposals"],
    4: ["report", "status", "arguments", "commands", "cli", "pytest_plugin", "__main__", "__init__"],
}  # fmt: skip
FLOOR = {name: floor for floor, names in FLOORS.items() for name in names}
HEAVY = {"label_studio_sdk", "spacy", "ray", "rich", "playwright", "pytest", "jsonschema", "scipy", "numpy"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def top(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    """Dotted names a module imports anywhere, and those it imports when it is imported."""
    tree = ast.parse(path.read_text())
    inside = {id(node) for fn in ast.walk(tree) if isinstance(fn, ast.FunctionDef) for node in ast.walk(fn)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{name.name}", id(node) not in inside) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ((name.name, id(node) not in inside) for name in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path):
    here = top(path)
    assert here in FLOOR, f"{here} has no floor: say in this test where it stands"
    for name, _ in imports(path):
        parts = name.split(".")
        if parts[0] != "goldwire" or len(parts) < 2 or parts[1].startswith("_"):
            continue
        other = parts[1] if parts[1] in FLOOR else here
        if {here, other} == {"checks", "scorers"}:
            pytest.fail(f"{path.name} imports {name}: checks and scorers do not know each other")
        assert FLOOR[other] <= FLOOR[here], f"floor {FLOOR[here]} {here} imports floor {FLOOR[other]} {name}"


@pytest.mark.parametrize("path", [p for p in MODULES if FLOOR.get(top(p), 9) <= 2], ids=lambda path: path.stem)
def test_low_floors_import_nothing_heavy(path):
    for name, at_import in imports(path):
        assert not (at_import and name.split(".")[0] in HEAVY), f"{path.name} imports {name} when it is imported"


def test_import_of_goldwire_loads_nothing_else():
    code = "import sys, goldwire; print(sorted(n for n in sys.modules if n.split('.')[0] in ('pydantic', 'scipy', 'rich')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_sets_opens_annotation_files():
    openers = {path.stem for path in MODULES if "read_jsonl(" in path.read_text()} - {"jsonl"}
    assert openers == {"sets", "corpus"}
