"""A team on the real server: an invite that works offline, a pass of one's own, and differences adjudicated into gold."""

import json

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import article, shoot
from desk import goldwire_here as goldwire
from goldwire.studio.labelling_config import adjudication_of
from goldwire.studio.project import find_project
from repository import git

PASSES = ("pass-a", "pass-b")
SETTLED = "003-03"
RESULTS = "Htx.annotationStore.selected.serializeAnnotation()"


@pytest.fixture
def clean(studio):
    """The repository of the session's server, left as it was found."""
    yield studio
    git(studio.folder, "checkout", "-q", "--", "annotations", "corpus")
    git(studio.folder, "clean", "-fdq", "annotations")


@pytest.mark.browser
def test_an_invite_lets_somebody_sign_up_offline_and_label_in_a_project_of_their_own(clean, client, visitor):
    done = goldwire(clean.folder, "studio", "invite", "anna")
    assert done.returncode == 0, done.stderr
    project = find_project(client, "anna")
    assert f"/projects/{project.id}/data" in done.stderr
    visitor.goto(done.stdout.strip())
    visitor.fill("input[name=email]", "anna@localhost.localdomain")
    visitor.fill("input[name=password]", "correct horse battery")
    visitor.click("button[type=submit]")
    visitor.wait_for_url(lambda url: "/user/signup" not in url)
    visitor.goto(f"{clean.base}/projects/{project.id}/data")
    visitor.get_by_text("000-01 · ").first.wait_for()
    assert "anna@localhost.localdomain" in {user.email for user in client.users.list()}
    tasks = list(client.tasks.list(project=project.id, fields="all"))
    assert len(tasks) == 32
    suggested = [one for task in tasks for made in task.predictions for one in made.result]
    assert suggested  # passages and relations of candidates, which follow from the texts, and nothing that gold has
    assert {one["from_name"].split("_")[0] for one in suggested} == {"relation", "passage", "same"}
    assert not any(task.annotations for task in tasks)


@pytest.mark.browser
def test_differences_of_two_passes_are_adjudicated_into_gold(clean, client, page):
    done = goldwire(clean.folder, "studio", "adjudicate", *PASSES)
    assert done.returncode == 0, done.stderr
    agreed = json.loads(goldwire(clean.folder, "agree", "--json", *(f"annotations/{name}" for name in PASSES)).stdout)
    project = find_project(client, adjudication_of(*PASSES))
    tasks = {task.data["document"]: task for task in client.tasks.list(project=project.id, fields="all")}
    listed = [line for task in tasks.values() for line in task.data["differences"].splitlines()]
    assert len(listed) == len(agreed["differences"])
    assert all(f"{project.id}/data?task={task.id}\n" in done.stderr for task in tasks.values())
    units = {
        each["unit"] or each["a"].split()[1] for each in agreed["differences"]
    }  # a pair stands in its later document
    assert units == set(tasks)
    for task in tasks.values():
        assert {made.model_version for made in task.predictions} == {*PASSES}
    article(page, f"{clean.base}/projects/{project.id}/data?task={tasks[SETTLED].id}")
    page.locator(".lsf-annotation-button", has_text="pass-a").wait_for()
    page.wait_for_selector(".gw-text .htx-highlight")  # a copy of one version to start from
    shown = page.locator(".gw-differences")
    assert "You edit a copy of pass-a’s labels." in shown.inner_text()
    assert "Xi's office said" in shown.inner_text()
    assert shown.inner_text().endswith("its speaker is: pass-a unnamed | pass-b group")  # what differs, and no more
    page.locator(".gw-compared").scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('.gw-differences').getBoundingClientRect().top") > 0  # still in view
    copied = [one["value"]["choices"] for one in page.evaluate(RESULTS) if one.get("from_name") == "status"]
    assert ["unnamed"] in copied
    shoot(page, "adjudicate")
    again = goldwire(clean.folder, "studio", "adjudicate", *PASSES)
    assert " 0 tasks new" in again.stderr

    first = next(made for made in tasks[SETTLED].predictions if made.model_version == "pass-a")
    client.annotations.create(tasks[SETTLED].id, result=first.result)
    pulled = goldwire(clean.folder, "studio", "adjudicate", *PASSES, "--pull")
    assert (pulled.returncode, pulled.stdout.split()) == (0, [f"annotations/gold/quotes/{SETTLED}.jsonl"]), (
        pulled.stderr
    )
    assert f"{SETTLED}: 1 difference settled: 1 as pass-a\n" in pulled.stderr
    assert f"{len(tasks) - 1} documents to adjudicate: " in pulled.stderr
    gold, theirs = (
        (clean.folder / f"annotations/{name}/quotes/{SETTLED}.jsonl").read_text() for name in ("gold", "pass-a")
    )
    assert gold == theirs
    assert goldwire(clean.folder, "studio", "adjudicate", *PASSES, "--pull").stdout == ""


def test_sets_that_do_not_differ_get_no_project(clean, client):
    done = goldwire(clean.folder, "studio", "adjudicate", "pass-a", "pass-a")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "goldwire: pass-a and pass-a differ on no article that both labelled\n"
    assert find_project(client, adjudication_of("pass-a", "pass-a")) is None


def test_an_adjudication_does_not_overwrite_a_change_in_git(clean, client):
    goldwire(clean.folder, "studio", "adjudicate", *PASSES)
    project = find_project(client, adjudication_of(*PASSES))
    document = "003-04"
    task = next(t for t in client.tasks.list(project=project.id, fields="all") if t.data["document"] == document)
    path = clean.folder / f"annotations/gold/quotes/{document}.jsonl"
    path.write_text(path.read_text().replace('"status":"resolved"', '"status":"group"', 1))
    edited = path.read_text()
    other = next(side for side in task.predictions if side.model_version == "pass-a")  # not what gold was settled to
    client.annotations.create(task.id, result=other.result)
    pulled = goldwire(clean.folder, "studio", "adjudicate", *PASSES, "--pull")
    assert pulled.returncode == 1
    assert f"--resolve git:{document}" in pulled.stderr
    assert path.read_text() == edited
