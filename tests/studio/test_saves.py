"""Every way to save that the server knows: what breaks the labels is refused, or pull sets it aside with its reason."""

import json
from itertools import product

import pytest

pytest.importorskip("label_studio_sdk")

from desk import A, B, C, to_germany
from goldwire.studio.project import find_project


class Route:
    """Requests to the API as another program sends them."""

    def __init__(self, desk, document=A):
        self.http, self.desk = desk.client._client_wrapper, desk
        task = desk.task(document)
        self.work, self.task = task.submitted[-1], task.id

    def path(self, method):
        """Where a save goes: POST makes another annotation, the others change the one there is."""
        return f"tasks/{self.task}/annotations/" if method == "POST" else f"annotations/{self.work.id}/"

    def send(self, method, path, **body):
        return self.http.httpx_client.httpx_client.request(
            method, f"{self.http.get_base_url()}/api/{path}", headers=self.http.get_headers(), **body
        )


BROKEN = [{"id": "x", "from_name": "entity", "to_name": "text", "type": "labels", "value": {"start": 5, "end": 2}}]
ENCODED = {
    "JSON": {"json": {"result": BROKEN}},
    "a string in JSON": {"json": {"result": json.dumps(BROKEN)}},
    "a form": {"data": {"result": json.dumps(BROKEN)}},
    "multipart": {"files": {"result": (None, json.dumps(BROKEN))}},
    "a string that is not JSON": {"data": {"result": "[{"}},
    "null": {"json": {"result": None}},
    "an object": {"json": {"result": {"id": "x"}}},
}


def test_a_faulty_save_is_refused_however_it_is_written(desk):
    route = Route(desk)
    for method, body in product(["PATCH", "PUT", "POST"], ENCODED):
        answer = route.send(method, route.path(method), **ENCODED[body])
        assert answer.status_code in (400, 403), (method, body, answer.text)
        assert [work.results for work in desk.task(A).work] == [route.work.results], (method, body)


def test_a_sound_save_is_stored_however_it_is_written(desk):
    for document, body in ((A, "JSON"), (B, "a form")):
        route = Route(desk, document)
        results = to_germany(document)(json.loads(json.dumps(route.work.results)))
        how = {"json": {"result": results}} if body == "JSON" else {"data": {"result": json.dumps(results)}}
        answer = route.send("PATCH", route.path("PATCH"), **how)
        assert answer.status_code == 200, answer.text
    assert desk("pull")[0] == 0
    assert [desk.records(document)[4]["entity"] for document in (A, B)] == ["gpe-germany"] * 2


def test_skip_is_no_fault_and_pull_takes_nothing_of_it(make_desk):
    desk = make_desk()
    desk("push")
    before = desk.file(A).read_text()
    route = Route(desk)
    for body in ({"json": {"result": [], "was_cancelled": True}}, {"data": {"result": "[]", "was_cancelled": "1"}}):
        answer = route.send("POST", f"tasks/{route.task}/annotations/", **body)
        assert answer.status_code == 201, answer.text
    desk("pull")
    assert desk.file(A).read_text() == before


def test_a_skip_that_is_taken_back_with_faults_is_refused(desk):
    route = Route(desk)
    assert route.send("PATCH", f"annotations/{route.work.id}/", json={"result": [], "was_cancelled": True}).is_success
    assert route.send("PATCH", f"annotations/{route.work.id}/", json={"was_cancelled": False}).status_code == 403


@pytest.mark.parametrize("route", ["import", "predictions"])
def test_work_that_reached_the_server_past_the_guard_changes_nothing_in_git(desk, route):
    there, task, project = Route(desk), desk.task(A), find_project(desk.client, desk.name).id
    before = desk.file(A).read_text()
    if route == "import":
        desk.client.tasks.delete(str(task.id))
        made = {"data": dict(task.data), "meta": dict(task.meta), "annotations": [{"result": []}]}
        assert there.send("POST", f"projects/{project}/import", json=[made]).status_code == 201
    else:
        body = {"task": task.id, "result": [], "model_version": "nothing"}
        assert there.send("POST", "predictions/", json=body).status_code == 201
        action = {
            "selectedItems": {"all": False, "included": [task.id]},
            "filters": {"conjunction": "and", "items": []},
        }
        made = there.send("POST", f"dm/actions?project={project}&id=predictions_to_annotations", json=action)
        assert made.status_code == 200, made.text
        assert len(desk.task(A).submitted) == 2
    status, _, said = desk("pull")
    assert status == 1
    assert f"{A}: the annotation in Label Studio removes 5 of 5 mentions" in said
    status, _, said = desk("pull", "--resolve", f"studio:{A}")
    assert status == 1
    assert "unaccounted-mark" in said
    assert "stored in .goldwire/studio/quarantine/" in said
    assert desk.file(A).read_text() == before


def bare_quote(results):
    """The results without what follows from them: no relation, no type, no status, and nobody who is named."""
    derived = ("quote_type", "status", "speaker_entities")
    return [one for one in results if one["type"] != "relation" and one.get("from_name") not in derived]


def plain(results):
    """Results without the labels of a region, in an order of their own."""
    return sorted(
        json.dumps({key: value for key, value in one.items() if key != "labels"}, sort_keys=True) for one in results
    )


@pytest.mark.parametrize("method", ["PATCH", "PUT", "POST"])
def test_what_follows_from_the_labels_is_stored_with_them(desk, method):
    for document, body in ((A, "JSON"), (B, "a form"), (C, "multipart")):
        route = Route(desk, document)
        results = bare_quote(json.loads(json.dumps(route.work.results)))
        assert results != route.work.results
        encoded = json.dumps(results)
        how = {
            "JSON": {"json": {"result": results}},
            "a form": {"data": {"result": encoded}},
            "multipart": {"files": {"result": (None, encoded)}},
        }
        answer = route.send(method, route.path(method), **how[body])
        assert answer.status_code in (200, 201), (body, answer.text)
        assert plain(desk.task(document).submitted[-1].results) == plain(route.work.results), body
