"""A page full of markup and script, and a name that the registry lacks: text stays text, and the name is proposed."""

import json
import re

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import article, choose_entity, select_text, shoot
from desk import goldwire_here as goldwire
from goldwire.studio.project import find_project

SCRIPT = "<script>window.hit=1</script>"
IMAGE = "<img src=x onerror=window.hit=2>"
SHARED = f"The new bridge over the Arda {IMAGE} opens on Monday after nine long years of work"
PAGE = f"""\
Bridge opens {SCRIPT} at last
{SHARED}, Ilse Brandt wrote in a letter to the city.
More on bridges {IMAGE} &amp; <b>ferries</b>
{SHARED}. {{{{idx}}}} $text stay what they are. [[x]] too.
"""


@pytest.fixture
def corpus(tmp_path, studio, client, monkeypatch):
    """A corpus of this page, begun and filled from the command line, with a project on the session's server."""
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
    folder = tmp_path / "corpus"
    folder.mkdir()
    assert goldwire(folder, "init").returncode == 0
    page = tmp_path / "001.txt"
    page.write_text(PAGE)
    goldwire(folder, "add", str(page))
    proposal = tmp_path / "001.txt.blocks"
    head, _, lines = proposal.read_text().replace(": ?", ": Invented").partition("\n\n")
    roles = ("headline 1", "body 1", "headline 2", "body 2")
    rows = [re.sub(r"^\S+ +\S+ ", f"{role} ", line) for role, line in zip(roles, lines.splitlines(), strict=True)]
    proposal.write_text("\n".join([head, "", *rows, ""]))
    done = goldwire(folder, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert goldwire(folder, "check").stdout == "0 findings\n"
    done = goldwire(folder, "studio", "push", "--set", "hostile", "--new", "--url", studio.base)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.browser
def test_hostile_text_stays_text_and_a_new_name_is_proposed_and_accepted(studio, client, corpus, page):
    project = find_project(client, "hostile").id
    tasks = {task.data["document"]: task for task in client.tasks.list(project=project, fields="all")}
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())

    article(page, f"{studio.base}/projects/{project}/data?task={tasks['001-02'].id}")
    page.wait_for_selector(".gw-candidate")
    shown = [each.inner_text() for each in page.locator(".gw-page .lsf-htx-richtext").all()]
    assert [text.count(IMAGE) for text in shown] == [2, 1, 2]  # the article, the earlier one, the article beside it
    assert "&amp; <b>ferries</b>" in shown[0]
    assert "{{idx}} $text stay what they are. [[x]] too." in shown[0]
    assert SCRIPT in shown[1]
    assert page.locator(".gw-page img, .gw-page script, .gw-page b").count() == 0
    shoot(page, "hostile")

    article(page, f"{studio.base}/projects/{project}/data?task={tasks['001-01'].id}")
    page.locator("button", has_text="Submit").wait_for()  # there is an annotation to mark in
    page.locator(".gw-bar .lsf-label", has_text="PERSON").click()
    page.locator(".gw-bar .lsf-label_selected", has_text="PERSON").wait_for()
    select_text(page, "Ilse Brandt")
    choose_entity(page, "", "Ilse Brandt")
    page.locator(".gw-ask", has_text="Ilse Brandt").filter(visible=True).wait_for()
    shoot(page, "proposal")
    with page.expect_response(re.compile(r"/api/tasks/[0-9]+/annotations")) as made:
        page.locator("button", has_text="Submit").click()
    assert made.value.ok, made.value.text()
    assert page.evaluate("window.hit") is None
    assert not dialogs

    done = goldwire(corpus, "studio", "pull", "--set", "hostile", "--new", "--url", studio.base)
    assert done.returncode == 0, done.stderr
    assert "proposed: person-ilse-brandt, “Ilse Brandt”" in done.stderr
    (record,) = (corpus / "annotations/hostile/entities/001-01.jsonl").read_text().splitlines()
    assert json.loads(record)["entity"] == "person-ilse-brandt"
    assert "unknown-entity" in goldwire(corpus, "check").stdout
    assert goldwire(corpus, "accept").stdout.startswith("person-ilse-brandt: Ilse Brandt")
    assert not (corpus / "annotations/proposals.jsonl").exists()
    assert goldwire(corpus, "check").stdout == "0 findings\n"
