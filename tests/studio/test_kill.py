"""Pull and push killed at random moments: nothing torn, nothing lost, and the next run completes.

Four kills each, or GOLDWIRE_KILLS; every one hits a run that is still at work.
"""

import copy
import multiprocessing
import os
import random
import signal
import time
from itertools import cycle

import pytest

from repository import git
from small import small_corpus

pytest.importorskip("label_studio_sdk")
from goldwire.corpus.annotation_sets import read_set
from goldwire.studio.project import find_project
from goldwire.studio.session import Workspace, pull_set, push_set
from goldwire.studio.tasks import read_tasks

KILLS = int(os.environ.get("GOLDWIRE_KILLS", "4"))
DOCUMENTS = [f"t-{n:02}" for n in range(1, 4)]
ENTITIES = ("gpe-germany", "gpe-ussr")
FORK = multiprocessing.get_context("fork")  # so that a run begins at once, with everything imported


@pytest.fixture(scope="module")
def place(tmp_path_factory, studio):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        folder = small_corpus(tmp_path_factory.mktemp("kill") / "copy", "kill", DOCUMENTS)
        place = Workspace(folder, "kill", studio.base)
        push_set(place)
        yield place


def killed(work, seconds):
    """Run something in a process of its own and kill it after some seconds; return whether it was still at it."""
    process = FORK.Process(target=work)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def lasts(work):
    started = time.monotonic()
    process = FORK.Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - started


def folder_state(place):
    folder = place.root / "annotations" / place.name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def entities_in_git(place):
    labels, findings = read_set(place.root, f"annotations/{place.name}")
    assert findings == []
    return [mention.entity for table in labels.entities.values() for mention in table][4::5]


def tasks_of(client, place):
    return read_tasks(client, find_project(client, place.name).id)


def entities_in_studio(client, place):
    found = {}
    for task in tasks_of(client, place):
        (work,) = task.work
        values = [
            one["value"]["taxonomy"]
            for one in work.results
            if one.get("id", "").endswith("-e005") and one["type"] == "taxonomy"
        ]
        assert task.document not in found, "a task is doubled"
        found[task.document] = values[0][0][0]
    assert sorted(found) == DOCUMENTS
    return [found[document] for document in DOCUMENTS]


def annotate(client, place, entity):
    """Save another entity in every document, as annotators do."""
    for task in tasks_of(client, place):
        results = copy.deepcopy(task.work[0].results)
        for one in results:
            if one.get("id", "").endswith("-e005") and one["type"] == "taxonomy":
                one["value"]["taxonomy"] = [[entity]]
        client.annotations.update(task.work[0].id, result=results)


def edit(place, entity):
    for document in DOCUMENTS:
        path = place.root / "annotations" / place.name / "entities" / f"{document}.jsonl"
        lines = path.read_text().splitlines(keepends=True)
        lines[4] = lines[4].split('"entity"')[0] + f'"entity":"{entity}","stands_for":null}}\n'
        path.write_text("".join(lines))


def kill_during(work, seconds, prepare):
    """Prepare, start some work and kill it; if it ended before, do both again and kill it earlier."""
    for _ in range(8):
        prepared = prepare()
        if killed(work, seconds):
            return prepared
        work()
        seconds /= 2
    raise AssertionError(f"the work ends within {seconds} s, before any kill")


def test_a_killed_pull_leaves_the_old_set_or_the_new_one(client, place):
    draw, entities = random.Random(1), cycle(ENTITIES)
    annotate(client, place, next(entities))
    once = lasts(lambda: pull_set(place))

    def prepare():
        old, entity = folder_state(place), next(entities)
        annotate(client, place, entity)
        return old, entity

    for i in range(KILLS):
        # half of the moments late, when files are written
        seconds = draw.uniform(0, once) if i % 2 else draw.uniform(0.7, 1.05) * once
        old, entity = kill_during(lambda: pull_set(place), seconds, prepare)
        after = folder_state(place)
        assert after == old or entities_in_git(place) == [entity] * len(DOCUMENTS), "a torn set"
        changed, (pulled,) = pull_set(place)
        assert pulled.whole
        assert bool(changed) == (after == old)
        assert entities_in_git(place) == [entity] * len(DOCUMENTS)
        assert not (place.root / ".goldwire/staging").exists()
        assert pull_set(place)[0] == []


def test_a_killed_push_loses_nothing_and_doubles_nothing_for_good(client, place):
    draw, entities = random.Random(2), cycle(ENTITIES)
    edit(place, next(entities))
    once = lasts(lambda: push_set(place))

    def prepare(anew):
        for task in tasks_of(client, place) if anew else ():
            client.tasks.delete(str(task.id))
        entity = next(entities)
        edit(place, entity)
        return folder_state(place), entity

    for i in range(KILLS):
        anew = i % 3 == 0  # every third push makes the tasks anew
        before, entity = kill_during(lambda: push_set(place), draw.uniform(0, once), lambda anew=anew: prepare(anew))
        assert folder_state(place) == before
        assert push_set(place).refused == []
        push_set(place)  # the server may have finished what the killed one had asked for only now
        assert entities_in_studio(client, place) == [entity] * len(DOCUMENTS)
        assert pull_set(place)[0] == []
        assert folder_state(place) == before
    assert git(place.root, "status", "--porcelain", "corpus").stdout == ""
