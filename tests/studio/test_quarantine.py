"""Malformed results that the server accepts: each is reported with region and reason, and quarantined whole."""

import copy
import json

import pytest

from goldwire.cli.main import main
from repository import git
from small import TEXT, small_corpus, small_set

pytest.importorskip("label_studio_sdk")
from goldwire.corpus.tree import read_tree
from goldwire.studio.project import settle_project
from goldwire.studio.task_data import new_tasks
from goldwire.studio.tasks import read_tasks

SET = "malformed"
E1, Q, K, S, D = "e001", "q001-c1", "q001-k", "q001-s", "d001"


def at(part, control, **value):
    """Put other values into the result of a control for a region; ... takes one away."""

    def edit(results):
        for one in results:
            if one.get("id", "").endswith(f"-{part}") and one.get("from_name") == control:
                one["value"] |= value
                for key in [key for key, new in value.items() if new is ...]:
                    del one["value"][key]
        return results

    return edit


def span(start, end):
    return at(E1, "entity", start=start, end=end)


def top(part, control, **keys):
    """Put other values at the top of a result; ... takes a key away."""

    def edit(results):
        for one in results:
            if one.get("id", "").endswith(f"-{part}") and one.get("from_name") == control:
                one |= keys
                for key in [key for key, new in keys.items() if new is ...]:
                    del one[key]
        return results

    return edit


def more(*extra):
    return lambda results: [*results, *extra]


def relation(name, source, target, **keys):
    def edit(results):
        own = next(one["id"] for one in results if "id" in one).rsplit("-", 1)[0]
        ends = {"from_id": f"{own}-{source}", "to_id": f"{own}-{target}", "direction": "right"}
        return [*results, {"type": "relation", "labels": [name], **ends, **keys}]

    return edit


def region(part, label):
    """One more region of a quote."""

    def edit(results):
        own = next(one["id"] for one in results if "id" in one).rsplit("-", 1)[0]
        value = {"start": 0, "end": 6, "labels": [label]}
        return [
            *results,
            {"id": f"{own}-{part}", "from_name": "quote", "to_name": "text", "type": "labels", "value": value},
        ]

    return edit


def both(*edits):
    def edit(results):
        for one in edits:
            results = one(results)
        return results

    return edit


def judgement(index, *choices):
    to = {"from_name": f"relation_{index}", "to_name": f"candidate_{index}", "type": "choices"}
    return {"id": f"relation-{index}", **to, "value": {"choices": list(choices)}}


MALFORMED = {
    "start beyond the text": (span(10**6, 10**6 + 2), E1, "is not a span of a text of"),
    "end beyond the text": (span(0, len(TEXT) + 1), E1, f"is not a span of a text of {len(TEXT)} code points"),
    "negative start": (span(-1, 6), E1, "[-1:6] is not a span"),
    "start at the end": (span(6, 6), E1, "[6:6] is not a span"),
    "start after the end": (span(6, 0), E1, "[6:0] is not a span"),
    "offsets in floats": (span(0.0, 6.0), E1, "offsets are 0.0 and 6.0, expected whole numbers"),
    "offsets in bools": (span(False, True), E1, "offsets are False and True"),
    "offsets in strings": (span("0", "6"), E1, "offsets are '0' and '6'"),
    "offsets null": (span(None, None), E1, "offsets are None and None"),
    "offsets missing": (span(..., ...), E1, "offsets are None and None"),
    "nothing but white space": (span(15, 16), E1, "only white space"),
    "unknown label": (at(E1, "entity", labels=["PLANET"]), E1, "labels are ['PLANET']"),
    "label of the other group": (at(E1, "entity", labels=["cue"]), E1, "labels are ['cue'], expected one of entity"),
    "two labels": (at(E1, "entity", labels=["GPE", "ORG"]), E1, "labels are ['GPE', 'ORG']"),
    "no label": (at(E1, "entity", labels=[]), E1, "labels are []"),
    "label that is no word": (at(E1, "entity", labels=[{"a": 1}]), E1, "labels are [{'a': 1}]"),
    "missing id": (top(E1, "entity", id=...), "None", "id is None"),
    "id with a dot": (top(E1, "entity", id="a.b"), "'a.b'", "expected only letters, digits, _ and -"),
    "equal ids": (lambda results: [*results, results[0]], E1, "two regions have this id"),
    "missing value": (top(D, "reason", value=...), D, "value is None, expected an object"),
    "unknown control": (top(E1, "entity", from_name="mood"), E1, "control is 'mood' of 'text', which the labelling config lacks"),
    "unknown type": (top(E1, "entity", type="ellipse"), E1, "type is 'ellipse'"),
    "choice for a missing region": (top(D, "reason", id="gone"), "gone", "a choice of reason for a missing region"),
    "choice for a region of another kind": (top(D, "reason", from_name="kind"), D, "kind for a region labelled decoy"),
    "unknown choice": (at(D, "reason", choices=["irony"]), D, "choose scare, title or term instead of 'irony'"),
    "two choices where one is asked": (at(D, "reason", choices=["scare", "term"]), D, "reason has 2 values"),
    "taxonomy two steps deep": (at(E1, "entity_PERSON", taxonomy=[["gpe", "gpe-russia"]]), E1, "one step deep"),
    "unknown entity": (at(E1, "entity_PERSON", taxonomy=[["person-nobody"]]), None, "unknown-entity"),
    "entity of another type": (at(E1, "entity_PERSON", taxonomy=[["gpe-russia"]]), None, "entity-type-mismatch"),
    "relation to a missing region": (relation("cue", Q, "gone"), "gone", "a relation leads to this region"),
    "relation from a missing region": (relation("cue", "gone", K), "gone", "a relation leads to this region"),
    "relation of an unknown name": (relation("loves", Q, K), Q, "is named 'loves'"),
    "relation between the wrong kinds": (relation("cue", E1, K), E1, "leads from PERSON to cue, expected content to cue"),
    "relation both ways": (relation("cue", Q, K, direction="bi"), Q, "direction 'bi'"),
    "circle of continues": (both(region("x1", "content"), region("x2", "content"), relation("continues", "x1", "x2"),
                                 relation("continues", "x2", "x1")), "x", "go on in a circle"),
    "quote inside itself": (relation("inside", Q, Q), Q, "a relation inside leads from content to content"),
    "cue that nothing leads to": (region("x1", "cue"), "x1", "this cue belongs to no quote"),
    "candidate out of range": (more(judgement(99, "exact")), "relation_99", "a candidate that does not exist"),
    "candidate that is no number": (more(judgement("one", "exact")), "relation_one", "a candidate that does not exist"),
    "unknown relation of a candidate": (more(judgement(0, "twin")), "relation_0", "instead of 'twin'"),
    "candidate judged twice": (more(judgement(0, "exact"), judgement(0, "near")), "relation_0", "judged twice"),
    "NUL in the text": (at(E1, "entity", text="Pes\0kov"), E1, "contains a NUL"),
}  # fmt: skip
"""The edit of valid results, the region that is reported, and words of the reason."""

DOCUMENTS = {kind: f"m-{i:02}" for i, kind in enumerate(MALFORMED, 2)}
SOUND = "m-01"


class Malformed:
    """A project whose every task but one holds malformed labels that the real server imported, and what pull said."""

    def __init__(self, folder, studio, client):
        self.folder, self.client = folder, client
        tree, _ = read_tree(folder)
        made = new_tasks(tree, small_set(SET, [SOUND, *DOCUMENTS.values()]))
        for task in made:
            del task["data"]["candidates"][1:]  # the articles are all alike, and one will do
        self.sound = {task["data"]["document"]: task["annotations"][0]["result"] for task in made}
        for kind, document in DOCUMENTS.items():
            task = next(task for task in made if task["data"]["document"] == document)
            task["annotations"][0]["result"] = MALFORMED[kind][0](copy.deepcopy(self.sound[document]))
        task = next(task for task in made if task["data"]["document"] == SOUND)
        task["annotations"][0]["result"] = self.edited = at("e005", "entity_GPE", taxonomy=[["gpe-germany"]])(
            self.sound[SOUND]
        )
        self.project = settle_project(client, SET, "")
        self.post(f"api/projects/{self.project}/import", made)
        self.tasks = {task.document: task for task in read_tasks(client, self.project)}
        self.status = main(["studio", "pull", "--set", SET, "--url", studio.base, str(folder)])

    def post(self, path, body):
        content = json.dumps(body).encode()  # ASCII, for half a surrogate is no UTF-8
        http = self.client._client_wrapper
        return http.httpx_client.httpx_client.post(
            f"{http.get_base_url()}/{path}",
            content=content,
            headers={**http.get_headers(), "Content-Type": "application/json"},
        )


@pytest.fixture(scope="module")
def malformed(tmp_path_factory, studio, client):
    folder = small_corpus(tmp_path_factory.mktemp("malformed") / "copy", SET, [SOUND, *DOCUMENTS.values()])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        yield Malformed(folder, studio, client)


def test_a_sound_document_is_pulled_beside_all_the_malformed_ones(malformed):
    assert malformed.status == 1
    changed = git(malformed.folder, "status", "--porcelain", "annotations").stdout.split()[1::2]
    assert changed == [f"annotations/{SET}/entities/{SOUND}.jsonl"]


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_malformed_result_is_quarantined_whole_with_its_region_and_reason(malformed, kind):
    edit, region_named, words = MALFORMED[kind]
    document = DOCUMENTS[kind]
    (kept,) = (malformed.folder / ".goldwire/studio/quarantine").glob(f"*-{document}-*.json")
    told = json.loads(kept.read_text())
    task = malformed.tasks[document]
    assert told["task"] == task.id
    assert words in told["reason"]
    assert region_named is None or region_named in told["reason"].split(":")[0]
    assert told["result"] == edit(copy.deepcopy(malformed.sound[document]))


@pytest.mark.parametrize("kind", MALFORMED)
def test_the_server_itself_refuses_to_save_a_malformed_result(malformed, kind):
    task = malformed.tasks[DOCUMENTS[kind]]
    results = MALFORMED[kind][0](copy.deepcopy(malformed.sound[DOCUMENTS[kind]]))
    answer = malformed.post(f"api/tasks/{task.id}/annotations/", {"result": results})
    assert answer.status_code in (400, 403), answer.text


def test_a_result_that_breaks_the_server_s_list_stops_no_other_document(
    tmp_path, malformed, studio, client, capsys, monkeypatch
):
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
    folder = small_corpus(tmp_path / "copy", "unreadable", ["u-01", "u-02"])
    tree, _ = read_tree(folder)
    made = new_tasks(tree, small_set("unreadable", ["u-01", "u-02"]))
    at(E1, "entity", text="Pes\ud83d")(made[0]["annotations"][0]["result"])  # half a surrogate pair
    at("e005", "entity_GPE", taxonomy=[["gpe-germany"]])(made[1]["annotations"][0]["result"])
    project = settle_project(client, "unreadable", "")
    assert malformed.post(f"api/projects/{project}/import", made).status_code == 201
    assert main(["studio", "pull", "--set", "unreadable", "--url", studio.base, str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out.split() == ["annotations/unreadable/entities/u-02.jsonl"]
    assert "(u-01): region ?: the results are 'the server fails to show them'" in printed.err
    assert main(["studio", "push", "--set", "unreadable", "--url", studio.base, str(folder)]) == 1
    assert capsys.readouterr().out.startswith("refuse u-01: its labels in Label Studio are malformed")
