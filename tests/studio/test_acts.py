"""How many acts (keys, drags, clicks) the labels of an article cost on our own server, counted in the real browser.

The hooks into the editor that the page's script rests on are compared with the real editor first: when a
version of Label Studio moves them, this file fails.
"""

import json

import pytest

pytest.importorskip("label_studio_sdk")

from browsing import article, select_text
from desk import goldwire_here as goldwire
from goldwire.studio.convert.complete import read_labels
from goldwire.studio.convert.to_results import Labels
from goldwire.studio.project import find_project
from repository import ROOT, git

DOCUMENT, SET = "002-02", "acts"
RESULTS = "Htx.annotationStore.selected.serializeAnnotation()"
EMPTIED = "Htx.annotationStore.selected.regions.slice().forEach(one => one.deleteRegion())"
QUOTES = {
    "indirect, a speaker in front of something": ("q004", 6),
    "indirect, the speaker is a bare name": ("q003", 4),
    "indirect, the speaker is a pronoun": ("q013", 6),
    "nested": ("q006", 6),
    "split": ("q008", 8),
    "the speaker is a name with its title": ("q016", 4),
}
"""The quote, and the most acts it may cost. The pronoun's acts include the choice of who it is."""


class Hand:
    """An annotator's hand, which counts what it does."""

    def __init__(self, page):
        self.page, self.acts = page, 0

    def press(self, key):
        self.acts += 1
        self.page.keyboard.press(key)

    def click(self, found):
        self.acts += 1
        found.click()

    def mark(self, key, span):
        text = self.page.evaluate("Htx.task.dataObj.text")
        before = self.page.evaluate(f"{RESULTS}.length")
        self.press(key)
        self.acts += 1
        select_text(self.page, span["text"], sum(text.startswith(span["text"], i) for i in range(span["start"])))
        self.page.wait_for_function(f"before => {RESULTS}.length > before", arg=before)


def records(path):
    return [json.loads(line) for line in (ROOT / f"annotations/gold/{path}.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def labels(studio, client):
    """The project of an annotator who has the names of one article and no quotes."""
    folder = studio.folder
    path = folder / f"annotations/{SET}/entities/{DOCUMENT}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((folder / f"annotations/gold/entities/{DOCUMENT}.jsonl").read_text())
    gold = json.loads((folder / "annotations/gold/set.json").read_text())
    none = {layer: {} for layer in ("segments", "quotes", "decoys")}
    own = {"name": SET, "kind": "annotator", "annotators": [SET], "duplicates": "none", **none}
    own["entities"] = {DOCUMENT: "complete"}
    (path.parents[1] / "set.json").write_text(json.dumps({**gold, **own}, indent=2, ensure_ascii=False) + "\n")
    done = goldwire(folder, "studio", "push", "--set", SET)
    assert done.returncode == 0, done.stderr
    project = find_project(client, SET).id
    task = next(t for t in client.tasks.list(project=project, fields="all") if t.data["document"] == DOCUMENT)
    yield task, f"{studio.base}/projects/{project}/data?task={task.id}"
    git(folder, "clean", "-fdq", "annotations")


@pytest.fixture(scope="module")
def page(owner, labels):
    """The article in the editor, opened once; nothing is saved."""
    page = owner.new_page()
    article(page, labels[1])
    page.wait_for_selector(".gw-script .gw-text .htx-highlight")
    yield page
    page.close()


@pytest.mark.browser
def test_the_editor_has_the_hooks_that_the_script_rests_on(page):
    missing = page.evaluate("""() => {
        const work = Htx.annotationStore.selected, names = work.names;
        const has = {annotation: work, region: work.regions[0], relations: work.relationStore,
                     taxonomy: names.get("entity_PERSON"), textarea: names.get("new_entity"), events: Htx.events,
                     label: names.get("quote").findLabel("content")};
        return Object.entries(goldwire.HOOKS).flatMap(([of, words]) =>
            words.split(" ").filter(word => !(word in has[of])).map(word => `${of}.${word}`));
    }""")
    assert missing == []


@pytest.mark.browser
def test_labels_cost_no_more_acts_than_promised(labels, page):
    task, _ = labels
    gold = {record["id"].removeprefix(f"{DOCUMENT}-"): record for record in records(f"quotes/{DOCUMENT}")}
    cost = {}
    for name in QUOTES.values():
        hand, quote = Hand(page), gold[name[0]]
        page.keyboard.press("Escape")
        for key, span in zip(["q", "Shift+Q"], quote["content"], strict=False):
            hand.mark(key, span)
        hand.mark("w", quote["cue"])
        if name[0] in ("q004", "q006"):
            hand.mark("e", quote["speaker"])
        if quote["speaker"]["kind"] == "pronoun":
            hand.press("Enter")
            page.locator(".gw-palette .gw-at", has_text=quote["speaker_entities"][0]).wait_for()
            hand.press("Enter")
        cost[name[0]] = hand.acts
    found = {
        quote.content[0].start: quote for quote in read_labels(task.data, page.evaluate(RESULTS), Labels()).quotes
    }
    for name, most in QUOTES.values():
        made = found[gold[name]["content"][0]["start"]].model_dump()
        kept = {key: made[key] for key in gold[name] if key not in ("id", "parent")}
        assert kept == {key: gold[name][key] for key in kept}, name
        assert cost[name] <= most, name


@pytest.mark.browser
def test_a_mention_costs_two_acts_and_a_new_entity_four(labels, page):
    task, _ = labels
    page.locator(".gw-text .htx-highlight", has_text="Sanchez Effect").click()
    page.keyboard.press("Backspace")
    hand = Hand(page)
    start = task.data["text"].index("Vladimir Zelensky")
    page.locator(".gw-text .htx-highlight", has_text="Vladimir Zelensky").last.click()
    page.keyboard.press("Backspace")
    hand.mark("1", {"start": start, "text": "Vladimir Zelensky"})
    assert hand.acts == 2
    hand.mark("8", {"start": task.data["text"].index("Sanchez Effect"), "text": "Sanchez Effect"})
    hand.press("Enter")
    hand.press("Enter")
    assert hand.acts == 6
    made = read_labels(task.data, page.evaluate(RESULTS), Labels())
    named = {mention.text: mention.entity for mention in made.mentions}
    assert named["Vladimir Zelensky"] == "person-vladimir-zelensky"
    assert named["Sanchez Effect"] == "event-sanchez-effect"
    assert [entity.name for entity in made.proposals] == ["Sanchez Effect"]


@pytest.mark.browser
def test_a_duplicate_with_one_passage_costs_two_acts_and_none_where_it_is_suggested(studio, client, labels, page):
    project, pair_id = find_project(client, SET).id, "000-02_001-05"
    task = next(t for t in client.tasks.list(project=project, fields="all") if t.data["document"] == "001-05")
    gold = [found for found in records("duplicates") if found["b"] == "001-05"]
    article(page, f"{studio.base}/projects/{project}/data?task={task.id}")
    panes = page.locator(".gw-candidate:nth-child(1) .lsf-htx-richtext")
    panes.nth(1).locator(".htx-highlight").first.wait_for()

    def judged():
        found = read_labels(task.data, page.evaluate(RESULTS), Labels()).pairs or []
        return [one.model_dump() for one in found]

    assert judged() == gold
    for pane in panes.all():
        shown, passage = pane.bounding_box(), pane.locator(".htx-highlight").first.bounding_box()
        assert shown["y"] <= passage["y"] < shown["y"] + shown["height"], "a pane does not open at its passage"
    page.evaluate(EMPTIED)
    for related in page.locator(".gw-candidate input[name=related]").all():
        related.uncheck()
    assert judged() == []
    hand, pair = Hand(page), next(one for one in gold if one["id"] == pair_id)
    hand.press("p")
    hand.acts += 1
    select_text(page, pair["passages"][0]["b"]["text"], root=".gw-side:nth-child(2) .lsf-htx-richtext")
    panes.nth(0).locator(".htx-highlight").first.wait_for()
    assert judged() == [pair]
    assert hand.acts == 2


@pytest.mark.browser
def test_a_whole_quote_costs_twelve_acts_without_the_script(labels, owner):
    task, address = labels
    gold = next(one for one in records(f"quotes/{DOCUMENT}") if one["id"] == f"{DOCUMENT}-q013")
    page = owner.new_page()
    page.route("**/goldwire/labelling.js*", lambda route: route.abort())
    article(page, address)
    page.wait_for_selector(".gw-text .htx-highlight")
    page.evaluate(EMPTIED)  # of the draft of the tests above
    hand = Hand(page)
    for key, span in (("q", gold["content"][0]), ("w", gold["cue"]), ("e", gold["speaker"])):
        hand.mark(key, span)
    hand.click(page.locator(".gw-text .htx-highlight", has_text=gold["content"][0]["text"]))
    hand.click(page.locator(".gw-ask .htx-taxonomy").filter(visible=True).first)
    for key in "zel":
        hand.press(key)
    hand.click(page.get_by_text(f" · {gold['speaker_entities'][0]} · ").filter(visible=True))
    (made,) = read_labels(task.data, page.evaluate(RESULTS), Labels()).quotes
    page.close()
    kept = {key: value for key, value in made.model_dump().items() if key in gold and key not in ("id", "parent")}
    assert kept == {key: gold[key] for key in kept}
    assert hand.acts <= 12
