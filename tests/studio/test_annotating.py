"""What an annotator does all day, in the real browser on a real article: mark, relate, judge, be refused, correct, save."""

import json

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import article, mark, pick_listed, select_text, shoot
from desk import goldwire_here as goldwire
from goldwire.studio.project import find_project
from repository import git

DOCUMENT, EARLIER, DESK = "002-03", "002-02", "desk"
FADED_IN = """() => {
    const dialog = document.querySelector('.lsf-modal-ls_visible');
    return dialog && getComputedStyle(dialog).opacity === '1' && !dialog.getAnimations({subtree: true}).length;
}"""
QUOTE, MENTION = f"{DOCUMENT}-q012", "Hitler"


def records(folder, name, layer, document=DOCUMENT):
    path = folder / "annotations" / name / (f"{layer}/{document}.jsonl" if document else f"{layer}.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()]


def nameless(found):
    return [{key: value for key, value in record.items() if key != "id"} for record in found]


def write_lines(path, found):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in found))


@pytest.fixture
def desk(studio, client):
    """The project of an annotator who has labelled one article but for a quote, a mention and its duplicate."""
    folder = studio.folder
    kept = {
        "entities": [each for each in records(folder, "gold", "entities") if each["text"] != MENTION],
        "quotes": [each for each in records(folder, "gold", "quotes") if each["id"] != QUOTE],
        "decoys": records(folder, "gold", "decoys"),
    }
    for layer, found in kept.items():
        write_lines(folder / f"annotations/{DESK}/{layer}/{DOCUMENT}.jsonl", found)
    gold = json.loads((folder / "annotations/gold/set.json").read_text())
    own = {"name": DESK, "kind": "annotator", "annotators": [DESK], "segments": {}, "duplicates": "none"}
    layers = {layer: {DOCUMENT: "complete"} for layer in kept}
    (folder / f"annotations/{DESK}/set.json").write_text(
        json.dumps({**gold, **own, **layers}, indent=2, ensure_ascii=False) + "\n"
    )
    done = goldwire(folder, "studio", "push", "--set", DESK)
    assert done.returncode == 0, done.stderr
    project = find_project(client, DESK).id
    task = next(t for t in client.tasks.list(project=project, fields="all") if t.data["document"] == DOCUMENT)
    yield f"{studio.base}/projects/{project}/data?task={task.id}"
    git(folder, "checkout", "-q", "--", "annotations", "corpus")
    git(folder, "clean", "-fdq", "annotations")


def press_update(page):
    with page.expect_response(
        lambda response: response.request.method == "PATCH" and "/api/annotations/" in response.url
    ) as made:
        page.locator("button", has_text="Update").click()
    return made.value


@pytest.mark.browser
def test_an_annotator_marks_relates_judges_is_refused_corrects_and_saves(studio, desk, page):
    (quote,) = [each for each in records(studio.folder, "gold", "quotes") if each["id"] == QUOTE]
    before = goldwire(studio.folder, "check").stdout  # other tests may have labelled the mention that gold lacks here
    first, second = (fragment["text"] for fragment in quote["content"])
    speaker, cue = quote["speaker"]["text"], quote["cue"]["text"]
    article(page, desk)
    page.wait_for_selector(".gw-text .htx-highlight")

    mark(page, "1", MENTION)
    page.locator(".gw-ask", has_text="person-adolf-hitler").filter(visible=True).wait_for()
    shoot(page, "mention")
    page.keyboard.press("Escape")

    mark(page, "q", first)
    mark(page, "Shift+Q", second)
    mark(page, "w", cue, nth=1)
    mark(page, "e", speaker, nth=4)
    shoot(page, "quote")

    page.locator(".gw-candidate input[name=related]").check()
    (pair,) = [
        each
        for each in records(studio.folder, "gold", "duplicates", "")
        if (each["a"], each["b"]) == (EARLIER, DOCUMENT)
    ]
    for side, part in enumerate("ab"):
        text = page.locator(".gw-side").nth(side)
        text.locator(".lsf-label", has_text="1").first.click()
        select_text(page, pair["passages"][0][part]["text"], root=f".gw-side:nth-child({side + 1}) .lsf-htx-richtext")
    shoot(page, "duplicates")

    mark(page, "w", MENTION)  # by mistake: its sentence has no quote that lacks a cue
    mark(page, "t", "army")
    mark(page, "8", "invasion")
    page.keyboard.press("Escape")
    refused = press_update(page)
    assert refused.status == 403
    said = page.locator(".lsf-error-message")
    page.wait_for_function(FADED_IN)
    assert "Your edits are still here" in said.inner_text()
    faults = said.locator("li").all_inner_texts()
    assert [fault.split("[")[1].split("]")[0] for fault in faults] == ["invasion", MENTION, "army"]  # as in the text
    assert [fault.split(": ", 1)[1] for fault in faults] == [
        "choose its entity (Enter)",
        "this cue belongs to no quote: select its content, press l and click this",
        "in “Why the marks?”, choose scare, title or term",
    ]
    shoot(page, "refusal")
    page.locator(".lsf-modal-ls__header button, .lsf-modal-ls [aria-label='Close']").first.click()
    said.wait_for(state="hidden")
    for label, words in (("cue", MENTION), ("decoy", "army"), ("EVENT", "invasion")):
        page.keyboard.press("Escape")  # a second click would unselect it
        pick_listed(page, label, words)
        page.keyboard.press("Backspace")
    saved = press_update(page)
    assert saved.ok, saved.text()

    done = goldwire(studio.folder, "studio", "pull", "--set", DESK)
    assert done.returncode == 0, done.stderr
    for layer in ("entities", "quotes"):
        assert nameless(records(studio.folder, DESK, layer)) == nameless(records(studio.folder, "gold", layer))
    assert records(studio.folder, DESK, "duplicates", "") == [pair]
    assert goldwire(studio.folder, "check").stdout == before
