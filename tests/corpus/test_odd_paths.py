"""With ids that look like paths, nothing outside the tree is opened, listed or changed."""

import json
import os
import sys
from pathlib import Path

import pytest

from damage import (
    DOCUMENTS,
    EXEMPTIONS,
    LABELS,
    MANIFEST,
    PAGES,
    PAIRS,
    REGISTRY,
    SET,
    answer,
    damaged,
    everything,
)
from goldwire.cli import terminal as exits
from goldwire.model.vocabulary import UNIT_LAYERS
from repository import ROOT

OUTSIDE = ["../x", "../../x", "../outside/x", "..", ".", "", "/etc/hostname", "a/b", r"..\x", "x\u0000y", "x\n", "~"]
ID_PLACES = {
    "the id of a page": (PAGES, ("id",)),
    "the source of a page": (PAGES, ("source",)),
    "the id of a document": (DOCUMENTS, ("id",)),
    "the page of a document": (DOCUMENTS, ("page",)),
    "the document of a block": (LABELS[0], ("document",)),
    "the id of a block": (LABELS[0], ("id",)),
    "the id of a mention": (LABELS[1], ("id",)),
    "the entity of a mention": (LABELS[1], ("entity",)),
    "the parent of a quote": (LABELS[2], ("parent",)),
    "a document of a pair": (PAIRS, ("a",)),
    "the id of an entity": (REGISTRY, ("id",)),
    "the document of an exemption": (EXEMPTIONS, ("document",)),
    "the name of a set": (SET, ("name",)),
    "the version of the data": (MANIFEST, ("version",)),
}


touched: list[str] = []
watching: list[bool] = []


def watch(event, arguments):
    """Record every path that is opened, listed, renamed or removed while watching is on."""
    if watching and event in ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"):
        touched.extend(os.fsdecode(a) for a in arguments if isinstance(a, str | bytes | os.PathLike))


sys.addaudithook(watch)


def touched_by(tree, *arguments):
    """The paths that a command touches outside the tree and the program."""
    touched.clear()
    watching.append(True)
    try:
        status, _, err = answer(*arguments)
    finally:
        watching.clear()
    assert status != exits.BUG, err
    strange = (str(tree.parent), "/etc/hostname", str(Path.home()))
    inside = (str(tree), str(ROOT), sys.prefix, sys.base_prefix)
    paths = {os.path.normpath(os.path.abspath(path)) for path in touched}  # noqa: PTH100 - links are not followed
    return {path for path in paths if path.startswith(strange) and not path.startswith(inside)}


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("place", ID_PLACES)
def test_an_id_like_a_path_leads_nowhere(place, name, tree):
    path, at = ID_PLACES[place]
    outside = tree.parent / "outside"
    outside.mkdir()
    for file in (tree.parent / "x.txt", tree.parent / "x.jsonl", outside / "x.txt", outside / "x.jsonl"):
        file.write_text("not yours")
    (tree / path).write_text(damaged(path, at, json.dumps(name)))
    others = {file: data for file, data in everything(tree.parent).items() if tree not in file.parents}
    for arguments in (("check", tree), ("build", "--check", tree), ("build", tree)):
        assert touched_by(tree, *arguments) == set()
    left = {file: data for file, data in everything(tree.parent).items() if tree not in file.parents}
    assert left == others


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("layer", UNIT_LAYERS)
def test_a_unit_of_a_set_like_a_path_leads_nowhere(layer, name, tree):
    info = json.loads((tree / SET).read_text())
    info[layer][name] = "complete"
    (tree / SET).write_text(json.dumps(info, indent=2) + "\n")
    for arguments in (("check", tree), ("build", "--check", tree), ("build", tree)):
        assert touched_by(tree, *arguments) == set()
    assert answer("check", tree)[0] == exits.FINDINGS


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_of_the_manifest_like_a_path_is_not_opened(name, tree):
    manifest = json.loads((tree / MANIFEST).read_text())
    entry = {"path": name, "sha256": "0" * 64, "count": 1}
    (tree / MANIFEST).write_text(json.dumps({**manifest, "version": "1.0.0", "files": [entry]}, indent=2) + "\n")
    assert touched_by(tree, "check", tree) == set()
    assert answer("check", tree)[0] == exits.FINDINGS
