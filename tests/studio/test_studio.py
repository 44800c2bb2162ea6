"""The real Label Studio, driven by its SDK and by a real browser, on a copy of the repository."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import select_text, shoot
from desk import goldwire_here as goldwire
from goldwire.studio.project import find_project
from repository import TAKEN_FROM as DOCUMENT
from repository import git


def task_of(client, document):
    project = find_project(client, "gold")
    return next(t for t in client.tasks.list(project=project.id, fields="all") if t.data["document"] == document)


def test_up_prints_the_login_once_and_stores_it_privately(studio):
    assert studio.said().count(studio.credentials["password"]) == 1
    mode = (studio.folder / ".goldwire/studio/credentials.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert git(studio.folder, "status", "--porcelain").stdout == ""


def test_one_project_holds_every_document(client, studio):
    project = find_project(client, "gold")
    tasks = list(client.tasks.list(project=project.id, fields="all"))
    names = [json.loads(line)["id"] for line in (studio.folder / "corpus/documents.jsonl").open()]
    assert sorted(task.data["document"] for task in tasks) == names
    results = task_of(client, DOCUMENT).annotations[0]["result"]
    kinds = {result["type"] for result in results}
    assert kinds == {"labels", "choices", "taxonomy", "relation"}
    heading = (studio.folder / "annotations/GUIDELINES.md").read_text().splitlines()[0].lstrip("# ")
    assert f"<h1>{heading}</h1>" in project.expert_instruction


def test_it_listens_on_the_loopback_address_alone(studio):
    port = int(studio.base.rsplit(":", 1)[1])
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {
        line[1].split(":")[0] for line in listening if line[3] == "0A" and int(line[1].split(":")[1], 16) == port
    }
    assert addresses == {"0100007F"}


def test_pull_without_an_edit_changes_no_byte(studio):
    done = goldwire(studio.folder, "studio", "pull")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "goldwire: no file changed\n")
    assert git(studio.folder, "status", "--porcelain").stdout == ""


def test_labels_that_were_only_pushed_have_no_annotator(studio):
    done = goldwire(studio.folder, "studio", "status", "--json")
    assert done.returncode == 0, done.stderr
    rows = {row["document"]: row for row in json.loads(done.stdout)["rows"]}
    for document in ("000-01", "000-03"):  # one that is compared with no other, and one that is
        assert (rows[document]["annotator"], rows[document]["state"]) == (None, "untouched")


@pytest.mark.browser
def test_candidates_are_shown_with_their_judgement(studio, client, page):
    task = task_of(client, "000-10")
    page.goto(f"{studio.url}?task={task.id}")
    page.wait_for_selector(".gw-candidate")
    judged = page.locator(".gw-candidate", has=page.locator("input[name=related]:checked"))
    judged.nth(1).wait_for(state="attached")
    assert judged.count() == len(task.data["candidates"]) == 2
    judged.first.scroll_into_view_if_needed()


@pytest.mark.browser
def test_the_instructions_are_formatted_begin_with_ten_lines_and_fold_sections_and_rules(studio, client, page):
    page.goto(f"{studio.url}?task={task_of(client, DOCUMENT).id}")
    page.get_by_role("button", name="Instructions").click()
    heading = page.locator(".gw-guide h2").first
    assert heading.evaluate("it => parseFloat(getComputedStyle(it).marginTop)") > 0
    assert page.locator(".gw-guide ul li").first.evaluate("it => getComputedStyle(it).listStyleType") == "disc"
    lines = page.locator(".gw-guide > ol:first-of-type > li")
    lines.last.wait_for()
    assert lines.count() == 10
    rule = page.locator(".gw-guide details details", has_text="E4. The name alone")
    assert not rule.is_visible()
    page.locator(".gw-guide summary", has_text="2 Entities").click()
    rule.locator("summary").click()
    page.locator(".gw-guide details[open] details[open]").wait_for()
    assert "no possessive" in rule.inner_text()


@pytest.mark.browser
def test_a_mention_marked_in_the_browser_is_one_line_in_git(studio, client, page):
    task = task_of(client, DOCUMENT)
    page.goto(f"{studio.url}?task={task.id}")
    page.wait_for_selector(".gw-text .htx-highlight")
    page.keyboard.press("1")
    select_text(page, studio.taken_out["text"])
    page.locator(".gw-ask", has_text=studio.taken_out["entity"]).filter(visible=True).wait_for()
    shoot(page, "annotate")
    with page.expect_response(lambda response: "/api/annotations/" in response.url and response.ok):
        page.locator("button", has_text="Update").click()

    done = goldwire(studio.folder, "studio", "pull")
    assert (done.returncode, done.stdout.split()) == (0, [f"annotations/gold/entities/{DOCUMENT}.jsonl"]), done.stderr
    diff = git(studio.folder, "diff", "--unified=0", "--no-color").stdout.splitlines()
    (added,) = [line for line in diff if line.startswith("+{")]
    assert not [line for line in diff if line.startswith("-{")]
    assert {**studio.taken_out, "id": f"{DOCUMENT}-e044"} == json.loads(added[1:])
    assert goldwire(studio.folder, "check").stdout == "0 findings\n"


def test_a_shifted_mention_is_reported_and_its_commit_refused(studio, monkeypatch):
    monkeypatch.setenv("SKIP", "goldwire-build,ruff-check,ruff-format,mypy")  # hooks that this is not about
    path = f"annotations/gold/entities/{DOCUMENT}.jsonl"
    file = studio.folder / path
    before = file.read_text()
    record = json.loads(before.splitlines()[2])
    shifted = record | {"start": record["start"] + 1, "end": record["end"] + 1}
    file.write_text(before.replace(dump(record), dump(shifted)))
    try:
        done = goldwire(studio.folder, "check")
        assert done.returncode == 1
        assert done.stdout.startswith(f"{path}:3: surface-mismatch: the record's text is “{record['text']}”, but")
        subprocess.run(
            [sys.executable, "-m", "pre_commit", "install"], cwd=studio.folder, check=True, capture_output=True
        )
        refused = git(studio.folder, "commit", "-am", "shifted", check=False)
        assert refused.returncode == 1
        assert f"{path}:3: surface-mismatch" in refused.stdout + refused.stderr
    finally:
        file.write_text(before)


def dump(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
