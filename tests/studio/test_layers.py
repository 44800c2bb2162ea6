"""A project for some layers: its page, what a save must have, and what pull declares."""

import json

import pytest

pytest.importorskip("label_studio_sdk")

from desk import A
from goldwire.cli.main import main
from goldwire.corpus.tree import read_tree
from goldwire.model.profile import news
from goldwire.studio.labelling_config import labelling_config
from goldwire.studio.project import find_project
from goldwire.studio.save_checks import faults
from goldwire.studio.task_data import new_tasks
from goldwire.studio.tasks import read_tasks
from repository import ROOT


def test_a_save_must_be_complete_in_the_layers_of_its_project_alone():
    tree, _ = read_tree(ROOT)
    task = next(task for task in new_tasks(tree, tree.gold) if task["data"]["document"] == "003-01")
    results = [
        one for one in task["annotations"][0]["result"] if str(one.get("from_name")).startswith(("entity", "stands"))
    ]
    assert faults(ROOT, "anna", task["data"], results)
    assert faults(ROOT, "anna", {**task["data"], "layers": ["entities"]}, results) == []


@pytest.mark.xdist_group("studio")
def test_one_layer_is_labelled_and_declared(make_desk, studio):
    desk = make_desk()
    desk("push")
    invite = ["studio", "invite", f"{desk.name}-e", str(desk.folder), "--url", studio.base]
    assert main([*invite, "--layers", "names"]) == 2
    assert main([*invite, "--layers", "entities"]) == 0
    project = find_project(desk.client, f"{desk.name}-e")
    config = labelling_config(desk.name, news().limited_to(["entities"]))
    assert project.label_config == config != labelling_config(desk.name, news())
    task = next(task for task in read_tasks(desk.client, project.id) if task.document == A)
    mentions = [one for one in desk.task(A).submitted[-1].results if str(one.get("from_name")).startswith("entity")]
    assert mentions
    desk.client.annotations.create(task.id, result=mentions)
    pull = ["studio", "pull", "--set", f"{desk.name}-e", "--new", "--url", studio.base, str(desk.folder)]
    assert main(pull) == 0
    info = json.loads((desk.folder / f"annotations/{desk.name}-e/set.json").read_text())
    assert (info["entities"], info["quotes"], info["decoys"]) == ({A: "complete"}, {}, {})
    push = ["studio", "push", "--set", f"{desk.name}-e", "--url", studio.base, str(desk.folder)]
    assert main(push) == 0
    assert find_project(desk.client, f"{desk.name}-e").label_config == config
    assert main([*invite, "--layers", "quotes"]) == 2
