"""Labels that began as suggestions: who suggested them, and whether they were changed, from the server into git and back."""

import copy
import json
import shutil
from dataclasses import replace

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import article
from desk import A, B, C, region, without
from goldwire.corpus.annotation_sets import write_set
from goldwire.studio.predictions import left_bare
from goldwire.studio.project import find_project
from small import small_set

SYSTEM = "system-x"


def suggest(desk):
    """Show the output of a system in a project without labels."""
    system = small_set(SYSTEM, [A, B])
    write_set(desk.folder, replace(system, info=system.info.model_copy(update={"kind": "system"})))
    assert desk("push")[0] == 0
    return desk("push", "--as-predictions", SYSTEM)


def predicted(desk, document):
    shown = desk.client.predictions.list(task=desk.task(document).id)
    (found,) = (one for one in shown if one.model_version == SYSTEM)  # beside the passages that a task opens with
    return copy.deepcopy(found.result)


def submit(desk, document, results):
    desk.client.annotations.create(desk.task(document).id, result=results)


def to_germany(results):
    for one in results:
        if (one.get("value") or {}).get("taxonomy") == [["gpe-russia"]]:
            one["value"]["taxonomy"] = [["gpe-germany"]]
    return results


def origins(desk, document):
    """The origin of every label by its words: the set, with an asterisk if it was changed; empty without one."""
    found = {}
    for layer in ("entities", "quotes", "decoys"):
        for record in desk.records(document, layer):
            words = record["content"][0]["text"] if "content" in record else record["text"]
            origin = record.get("origin", {})
            found[words] = origin.get("set", "") + "*" * origin.get("changed", False)
    return found


@pytest.fixture
def desk(make_desk):
    made = make_desk(labelled=False)
    assert suggest(made)[:2] == (0, [f"predict {A}", f"predict {B}"])
    return made


def test_what_is_accepted_unchanged_changed_and_added_is_told_apart_in_git(desk):
    results = [one for one in to_germany(predicted(desk, A)) if one.get("id") != f"p-{SYSTEM}-e3"]  # no Moscow
    submit(desk, A, [*results, *region("by-hand", "talks", "EVENT", "event-cold-war")])
    submit(desk, B, predicted(desk, B))
    assert desk("pull")[0] == 0
    kept = {"Peskov": SYSTEM, "Lavrov": SYSTEM, "“a freeze”": SYSTEM, "Moscow “will talk” soon": SYSTEM}
    assert origins(desk, A) == {**kept, "Russia": f"{SYSTEM}*", "talks": ""}
    assert origins(desk, B) == {**kept, "Moscow": SYSTEM, "Russia": SYSTEM}
    for line in desk.file(A, "decoys").read_text().splitlines():
        assert line.endswith(',"origin":{"set":"system-x","changed":false}}') or '"origin"' not in line
    said = "\n".join(desk("status")[1])
    assert f"13 labels suggested by {SYSTEM}, of them accepted unchanged: 12 (92 %)" in said


def test_an_origin_goes_back_to_the_page_and_stays_through_later_saves_and_pulls(desk):
    submit(desk, A, predicted(desk, A))
    assert desk("pull")[0] == 0
    before = origins(desk, A)
    assert set(before.values()) == {SYSTEM}
    assert desk("push")[:2] == desk("pull")[:2] == (0, [])
    desk.rewrite(A, '"entity":"gpe-moscow"', '"entity":"gpe-ussr"')  # by hand, in git
    assert desk("push")[1] == [f"update {A}: 5 mentions, 1 quotes, 1 decoys"]
    assert desk("pull")[:2] == desk("push")[:2] == (0, [])
    desk.save(A, to_germany)
    assert desk("pull")[0] == 0
    assert origins(desk, A) == {**before, "Russia": f"{SYSTEM}*"}
    desk.save(A, without(desk.records(A)[2]["id"]))
    desk("pull")
    assert origins(desk, A) == {
        words: by for words, by in {**before, "Russia": f"{SYSTEM}*"}.items() if words != "Moscow"
    }


def test_a_new_project_gets_the_origins_of_git(desk, make_desk):
    submit(desk, A, to_germany(predicted(desk, A)))
    assert desk("pull")[0] == 0
    before = origins(desk, A)
    desk.client.projects.delete(find_project(desk.client, desk.name).id)
    shutil.rmtree(desk.folder / ".goldwire/studio/base", ignore_errors=True)
    assert desk("push")[0] == 0
    assert desk("pull")[:2] == (0, [])
    desk.save(A, lambda results: [one for one in results if one.get("type") != "relation"])
    desk("pull")
    assert origins(desk, A)["Moscow"] == before["Moscow"] == SYSTEM
    assert before["Russia"] == origins(desk, A)["Russia"] == f"{SYSTEM}*"


@pytest.mark.browser
def test_the_editor_keeps_what_was_suggested(desk, studio, page):
    project = find_project(desk.client, desk.name).id
    article(page, f"{studio.base}/projects/{project}/data?task={desk.task(A).id}")
    page.wait_for_selector(".gw-text .htx-highlight")
    with page.expect_response(lambda got: got.request.method == "POST" and "/annotations" in got.url) as made:
        page.locator("button", has_text="Submit").click()
    if made.value.status == 400:
        raise AssertionError(json.dumps(made.value.json()))
    desk("pull")
    assert set(origins(desk, A).values()) == {SYSTEM}
    assert len(desk.records(A)) == 5


def test_a_tenth_of_the_documents_is_left_without_suggestions():
    names = [f"{page:03}-{number:02}" for page in range(5) for number in range(1, 9)]
    bare = left_bare(names)
    assert len(bare) == 4
    assert bare == left_bare(list(reversed(names)))
    assert bare != sorted(names)[:4]
    assert left_bare([A, B, C]) == []


def test_a_document_of_the_tenth_gets_no_suggestion_and_is_named(make_desk):
    names = [f"s-{number:02}" for number in range(1, 11)]
    made = make_desk(names, labelled=False)
    (bare,) = left_bare(names)
    system = small_set(SYSTEM, names)
    write_set(made.folder, replace(system, info=system.info.model_copy(update={"kind": "system"})))
    made("push")
    _, printed, said = made("push", "--as-predictions", SYSTEM)
    assert printed == [f"predict {name}" for name in names if name != bare]
    assert f"without suggestions, a tenth of all documents, chosen by chance: {bare}" in said
