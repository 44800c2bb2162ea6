"""The HTML report: what goes into it, and what a reader sees and can do in the real browser."""

import json
import os
import re
import shutil
from collections import Counter
from dataclasses import replace

import pytest

from browsing import launch
from goldwire.bench.judging import answers
from goldwire.bench.outcomes import outcomes
from goldwire.bench.score import score
from goldwire.bench.submissions import read_system
from goldwire.corpus.gold import Gold, GoldDocument, load
from goldwire.model.records import (
    DOCUMENT_LAYERS,
    Block,
    Decoy,
    Entity,
    Mention,
    Page,
    Pair,
    Passage,
    Quote,
    Span,
    Speaker,
)
from goldwire.report.corpus_data import card_sections, corpus_data
from goldwire.report.html import embedded, report_html
from goldwire.report.system_data import bench_run, frozen_runs, run_data
from goldwire.scoring.settings import Settings
from repository import ROOT, goldwire

ARTICLE = "003-01"
SQUARE = "fac-tiananmen-square"


@pytest.fixture(scope="module")
def gold():
    return load(ROOT)


@pytest.fixture(scope="module")
def report(gold, tmp_path_factory):
    return write(tmp_path_factory.mktemp("report") / "report.html", corpus_data(gold))


@pytest.fixture(scope="module")
def runs(gold):
    found = [
        run for name, task in FROZEN.items() for run in frozen_runs(ROOT / f"annotations/system-{name}", gold, task)
    ]
    return [*found, {"system": "capitals", "says": "", "made": []} | run_data(capitals, gold, Settings())]


@pytest.fixture(scope="module")
def systems(gold, runs, tmp_path_factory):
    """A report of five systems, the good and the bad, of all tasks; entities are runs 0 and 4."""
    return write(tmp_path_factory.mktemp("systems") / "report.html", corpus_data(gold) | {"runs": runs})


def write(path, data):
    path.write_text(report_html(data), encoding="utf-8", newline="")
    return path


def test_the_data_hold_every_label_of_the_gold(gold):
    data = corpus_data(gold)
    for document, told in zip(gold.documents.values(), data["documents"], strict=True):
        assert told["text"] == document.text
        assert [(*m["span"], m["type"], m["entity"]) for m in told["mentions"]] == [
            (m.start, m.end, m.type, m.entity) for m in document.mentions
        ]
        assert [q["content"] for q in told["quotes"]] == [
            [[s.start, s.end] for s in q.content] for q in document.quotes
        ]
        assert [d["reason"] for d in told["decoys"]] == [d.reason for d in document.decoys]
    assert [(p["a"], p["b"], p["relation"]) for p in data["pairs"]] == [(p.a, p.b, p.relation) for p in gold.pairs]
    assert [note["title"] for note in data["notes"]][:2] == ["Contested content", "Who labelled, and how"]
    assert "language model, pass-a" in data["corpus"]["set"]["annotators"]


def test_the_same_data_give_the_same_bytes_under_a_budget(gold):
    first = report_html(corpus_data(gold))
    assert first == report_html(corpus_data(gold))
    assert len(first.encode()) < 1_500_000


def test_what_is_embedded_cannot_leave_its_element_and_reads_back():
    hostile = ["</script><!--<script>&amp;\u2028\u2029\r\n\x00", {"</SCRIPT>": "🇺🇦"}]
    text = embedded(hostile)
    assert not re.search("[<>&\u2028\u2029\r\n\x00]", text)
    assert json.loads(text) == hostile


def test_a_corpus_without_a_data_card_has_no_notes(tmp_path):
    assert card_sections(tmp_path, ["Rights"]) == []


def test_the_command_writes_the_file_and_says_where(tmp_path, gold):
    done = goldwire(tmp_path, "report", str(ROOT), "-o", "out/corpus.html")
    assert (done.returncode, done.stdout) == (0, "out/corpus.html\n"), done.stderr
    assert (tmp_path / "out/corpus.html").read_bytes() == report_html(corpus_data(gold)).encode()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["corpus.html"]


def test_a_corpus_that_is_none_leaves_no_file(tmp_path):
    done = goldwire(tmp_path, "report", ".")
    assert done.returncode == 2
    assert done.stderr.startswith("goldwire: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# Systems against gold

FROZEN = {"spacy": "entities", "textacy-clauses": "quotes", "exact-hash": "duplicates", "sentence-ends": "segments"}


def capitals(text):
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


def judged(labels, gold, task):
    settings = Settings(task=task)
    labels = answers(labels, gold, settings)
    return score(labels, gold, settings).counts, outcomes(labels, gold, settings)


def kinds(found):
    return Counter(outcome.kind for outcome in found)


@pytest.mark.parametrize("system", ["spacy", "capitals"])
def test_outcomes_of_entities_add_up_to_the_score(gold, system):
    labels = capitals if system == "capitals" else read_system(ROOT / "annotations/system-spacy", gold, "entities")
    counts, found = judged(labels, gold, "entities")
    assert Counter((o.gold and o.gold["type"], o.given and o.given["type"]) for o in found) == counts.confusion
    held = kinds(found)
    assert held["hit"] == counts.modes["strict"].hits
    assert held["hit"] + held["type"] == counts.modes["exact"].hits
    assert sum(held.values()) - held["invention"] == counts.modes["strict"].gold


def test_outcomes_of_quotes_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-textacy-clauses", gold, "quotes"), gold, "quotes")
    held = kinds(found)
    assert sum(held[kind] for kind in ("hit", "type", "bounds", "both")) == counts.content["iou.5"].hits
    assert held["hit"] + held["type"] == counts.content["exact"].hits
    assert held["miss"] == counts.content["iou.5"].gold - counts.content["iou.5"].hits
    assert held["invention"] == counts.content["iou.5"].predicted - counts.content["iou.5"].hits
    told = [o for o in found if o.gold and o.given]
    assert (
        sum("cue" not in o.parts and o.gold["cue"] is not None is not o.given["cue"] for o in told)
        == counts.cue_exact.hits
    )


def test_outcomes_of_segments_and_pairs_add_up_to_the_score(gold):
    counts, found = judged(read_system(ROOT / "annotations/system-sentence-ends", gold, "segments"), gold, "segments")
    assert kinds(found)["hit"] == counts.blocks.hits
    counts, found = judged(read_system(ROOT / "annotations/system-exact-hash", gold, "duplicates"), gold, "duplicates")
    assert kinds(found)["hit"] == sum(one.hits for one in counts.relations.values())
    assert kinds(found)["miss"] == 18


@pytest.mark.parametrize("task", ["entities", "quotes", "segments", "duplicates"])
def test_gold_against_itself_is_all_hits(gold, task):
    _, found = judged(read_system(ROOT / "annotations/gold", gold, task), gold, task)
    assert set(kinds(found)) == {"hit"}
    assert not any(outcome.parts for outcome in found)


def test_a_set_is_scored_on_every_task_that_it_holds(gold):
    assert [run["task"] for run in frozen_runs(ROOT / "annotations/pass-a", gold)] == [
        "entities",
        "quotes",
        "duplicates",
        "segments",
    ]
    assert bench_run("singletons", gold)["task"] == "duplicates"


@pytest.mark.parametrize(
    "line", [["--system", "nowhere"], ["--bench", "spacyy"], ["--bench", "spacy", "--task", "quotes"], ["-o", "."]]
)
def test_a_report_that_cannot_be_made_is_refused_in_a_line(tmp_path, line):
    done = goldwire(tmp_path, "report", str(ROOT), *line)
    assert done.returncode == 2
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_set_that_leaves_documents_out_is_named_as_what_it_is(tmp_path):
    partial = shutil.copytree(ROOT / "annotations/pass-c", tmp_path / "partial")
    info = json.loads((partial / "set.json").read_text())
    for layer in DOCUMENT_LAYERS:
        del info[layer]["000-01"]
        (partial / layer / "000-01.jsonl").unlink()
    (partial / "set.json").write_text(json.dumps(info, indent=2) + "\n")
    done = goldwire(tmp_path, "report", str(ROOT), "--system", str(partial))
    assert done.returncode == 2
    assert done.stderr.startswith("goldwire: no labels for ")


# In the browser


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def shoot(page, name):
    """Take a screenshot, kept where GOLDWIRE_SHOTS says."""
    if folder := os.environ.get("GOLDWIRE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


class Reader:
    """A page of the browser with everything it asked for and complained about."""

    def __init__(self, context):
        self.page, self.asked, self.said = context.new_page(), [], []
        self.page.set_default_timeout(20_000)
        context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def open(self, path, address="/"):
        self.page.goto("about:blank")
        self.page.goto(f"{path.as_uri()}#{address}")
        self.page.wait_for_selector("h1")
        return self.page

    def shown(self, selector):
        return self.page.evaluate("selector => document.querySelector(selector).textContent", selector)


@pytest.fixture
def reader(browser, request):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **getattr(request, "param", {}))
    reader = Reader(context)
    yield reader
    context.close()
    assert reader.said == []
    assert {url.split("#")[0].split(":")[0] for url in reader.asked} <= {"file", "about"}
    assert len({url.split("#")[0] for url in reader.asked if url.startswith("file")}) <= 1


def test_every_address_shows_its_text_to_the_letter(reader, report, gold):
    reader.open(report)
    for name, document in gold.documents.items():
        page = reader.open(report, f"/document/{name}") if name == ARTICLE else reader.page
        page.evaluate("address => { location.hash = address }", f"#/document/{name}")
        page.get_by_role("heading", level=1, name=f"Document {name}").wait_for()
        assert reader.shown(".reading .text") == document.text
    for name, text in gold.page_texts.items():
        reader.page.evaluate("address => { location.hash = address }", f"#/page/{name}")
        reader.page.get_by_role("heading", level=1, name=f"Page {name}").wait_for()
        assert (
            reader.page.evaluate("[...document.querySelectorAll('.chars')].map(n => n.textContent).join('')") == text
        )
        assert ", 0 in no block." in reader.shown(".lead")


def test_search_finds_ids_titles_entities_and_texts(reader, report, gold):
    page = reader.open(report)
    status = page.get_by_role("status")
    for scope, words, found in (
        ("ids", "003-", 4),
        ("titles", "COLD WAR", sum("cold war" in d.title.lower() for d in gold.documents.values())),
        ("entities", SQUARE, sum(any(m.entity == SQUARE for m in d.mentions) for d in gold.documents.values())),
        ("texts", "(in 1984", 0),
    ):
        page.get_by_label("In", exact=True).select_option(label=scope)
        page.get_by_label("Search").fill(words)
        assert status.text_content() == f"{found} of 32 documents", scope
    assert "Nothing in the corpus reads so" in page.text_content("main")
    page.get_by_label("Search").fill("TIANANMEN")
    assert page.locator(".snippet mark").first.text_content() == "Tiananmen"
    page.get_by_label("Page", exact=True).select_option("001")
    on_page = sum("tiananmen" in d.text.lower() for d in gold.documents.values() if d.page == "001")
    assert status.text_content() == f"{on_page} of 32 documents"


def test_a_quote_lights_up_with_its_cue_and_speaker_and_is_told_beside(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    page.locator('.content[data-key="q1"]').first.hover()
    lit = page.evaluate("[...document.querySelectorAll('.lit')].map(n => [n.classList[1], n.textContent])")
    assert ["cue", "said"] in lit
    assert ["speaker", "Peskov"] in lit
    assert sum(kind == "content" for kind, _ in lit) == 2  # one quote of two fragments
    panel = page.get_by_label("The label that is pointed at")
    assert "person-dmitry-peskov" in panel.text_content()
    shoot(page, "report-article")
    page.mouse.move(5, 5)
    assert page.locator(".lit").count() == 0
    page.locator('.content[data-key="q1"]').first.click()
    page.get_by_role("button", name="quote 2", exact=True).click()  # the one it holds
    assert "Inside of" in panel.text_content()
    page.get_by_role("button", name="Let go of this label").click()
    assert page.locator(".lit").count() == 0


def test_a_pronoun_lights_up_the_name_it_goes_back_to(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    page.locator('.content[data-key="q2"]').first.hover()  # We, that is Russia
    assert page.locator(".speaker.lit").text_content() == "We"
    assert page.locator(".mention.lit").all_text_contents() == ["Russia"]


MOVED = """() => {
const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
const ranges = [];
while (walker.nextNode()) { ranges.push(new Range()); ranges.at(-1).selectNodeContents(walker.currentNode); }
const places = () => ranges.map((range) => JSON.stringify([...range.getClientRects()]));
const still = places();
return [...new Map([...document.querySelectorAll('.text .mark')].map((mark) => [mark.dataset.key, mark])).values()].filter((mark) => {
  mark.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
  return places().some((place, i) => place !== still[i]);
}).map((mark) => mark.textContent); }"""


def test_no_label_that_lights_up_moves_the_text_from_under_the_pointer(reader, report):
    for name in (ARTICLE, "000-05", "000-06"):  # 000-06 has decoys
        page = reader.open(report, f"/document/{name}")
        assert page.evaluate(MOVED) == [], name


def test_decoys_say_why_the_marks_stand_there(reader, report, gold):
    name, decoy = next((name, d.decoys[0]) for name, d in gold.documents.items() if d.decoys)
    page = reader.open(report, f"/document/{name}")
    page.locator(".text .decoy").first.hover()
    assert page.locator(".text .decoy").first.text_content() == decoy.text
    assert decoy.reason in page.text_content(".details")


def test_layers_and_types_can_be_put_out(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    mark = page.locator(".text .type-GPE").first
    tinted = mark.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_role("checkbox", name="GPE").uncheck()
    assert mark.evaluate("node => getComputedStyle(node).backgroundColor") == "rgba(0, 0, 0, 0)" != tinted
    page.get_by_role("checkbox", name="Quotes").uncheck()
    assert page.locator(".text .content > .chip").first.is_hidden()
    page.mouse.move(5, 5)
    cue = page.locator(".text .cue").first
    box = cue.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator(".text .lit").count() == 0  # what is hidden is no target
    page.locator(".quotes .row").first.click()
    ink = page.locator(".text").evaluate("node => getComputedStyle(node).color")
    assert cue.evaluate("node => getComputedStyle(node).color") == ink


def test_all_of_it_goes_by_keyboard(reader, report, gold):
    page = reader.open(report)
    press = page.keyboard.press
    focused = "document.activeElement.textContent.trim()"
    press("Tab")
    assert page.evaluate(focused) == "Skip to the content"
    press("Enter")
    press("Tab")
    page.keyboard.type("003-01")
    for _ in ("the field to look in", "the page", "the heading of the page found", "the document found"):
        press("Tab")
    press("Enter")
    page.get_by_role("heading", level=1, name="Document 003-01").wait_for()
    assert page.evaluate(focused) == "Document 003-01"
    for _ in range(40):
        press("Tab")
        if page.evaluate("document.activeElement.classList.contains('chip')"):
            break
    told = page.get_by_label("The label that is pointed at").locator("h3").first
    assert told.text_content() == "Russia"
    names = [mention.text for mention in gold.documents[ARTICLE].mentions]
    for key, words in (("ArrowRight", names[1]), ("End", names[-1]), ("Home", names[0])):
        press(key)
        assert told.text_content() == words, key
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    press("Escape")
    assert page.locator("[aria-pressed]").count() == 0


def test_an_entity_shows_all_its_mentions_and_leads_to_them(reader, report, gold):
    page = reader.open(report, "/entities")
    page.get_by_label("Search").fill("tiananmen")
    page.get_by_role("link", name="Tiananmen Square").click()
    page.get_by_role("heading", level=1, name="Tiananmen Square").wait_for()
    held = [m.id for d in gold.documents.values() for m in d.mentions if m.entity == SQUARE]
    assert page.locator(".context li").count() == len(held)
    page.locator(".context a").first.click()
    page.locator(".chief").wait_for()
    assert page.locator(".chief").text_content() == "Tiananmen Square"
    assert held[0] in page.text_content(".details")


def test_passages_stand_side_by_side_and_show_what_was_edited(reader, report):
    page = reader.open(report, "/pairs")
    page.get_by_label("Relation").select_option("related")
    page.get_by_role("link", name="002-02 and 002-03").click()
    page.get_by_role("heading", level=1, name="002-02 and 002-03").wait_for()
    assert page.locator(".side").count() == 2
    assert page.locator(".passage").all_text_contents() == [
        "Vassily Nebenzia has told RT's Rick Sanchez. In an interview on Sanchez Effect aired on Friday",
        "Vassily Nebenzia told RT's Rick Sanchez. In an interview on The Sanchez Effect aired on Friday",
    ]
    assert page.locator(".edit").all_text_contents() == ["has", "The"]
    page.get_by_role("button", name="Passage 1").first.click()
    assert page.locator(".passage.lit").count() == 2


def test_the_notes_say_who_labelled_and_what_is_contested(reader, report):
    page = reader.open(report, "/about")
    assert "They do not say that it is true" in page.text_content("main")
    assert "Language models, not people" in page.text_content("main")
    assert "Contested content" in page.text_content("footer")
    page = reader.open(report, "/nowhere/<b>")
    assert "Nothing here" in page.text_content("main")


def test_it_prints(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".top nav").is_hidden()
    assert page.locator(".filters").is_hidden()
    assert luminance(page, "body") > 0.9  # dark paper wastes ink
    assert page.pdf().startswith(b"%PDF")


def luminance(page, selector):
    return page.evaluate(f"{CONTRAST} luminance(ground(document.querySelector({selector!r})))")


CONTRAST = """
const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const rgba = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
const ground = (node) => { const above = []; for (; node; node = node.parentElement) above.push(rgba(getComputedStyle(node).backgroundColor));
  return above.reverse().reduce((under, colour) => over(colour, under), [255, 255, 255]); };
const luminance = (colour) => colour.map((c) => c / 255).map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + .05) / (Math.min(luminance(a), luminance(b)) + .05);
"""
WORST = (
    "() => {"
    + CONTRAST
    + """
const worst = new Map();
for (const node of document.querySelectorAll('body *')) {
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const letters = node.classList.contains('chip');
  if (!(own || letters) || !node.getClientRects().length || node.closest('script, noscript, .hidden, .skip')) continue;
  const shown = getComputedStyle(node, letters ? '::before' : null);
  const under = letters ? over(rgba(shown.backgroundColor), ground(node)) : ground(node);
  const value = ratio(over(rgba(shown.color), under), under);
  const key = `${node.tagName}.${node.className}`;
  if (value < 4.5) worst.set(key, `${value.toFixed(2)}: ${node.textContent.slice(0, 40)} on ${under}`);
}
return [...worst]; }"""
)


@pytest.mark.parametrize(
    "reader", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_everything_can_be_read_against_its_ground(reader, systems, gold):
    types = {m.type for d in gold.documents.values() for m in d.mentions}
    every = next(n for n, d in gold.documents.items() if len({m.type for m in d.mentions}) == max(
        len({m.type for m in e.mentions}) for e in gold.documents.values()))  # fmt: skip
    assert len(types) == 11
    for address in (
        "/",
        "/page/000",
        f"/document/{every}",
        "/document/000-05",
        "/entities",
        "/pairs",
        "/pair/000-01_001-06",
        "/about",
    ):
        page = reader.open(systems, address)
        assert page.evaluate(WORST) == [], address
        if page.locator(".text .content").count():
            page.locator(".text .content").first.click()
            assert page.evaluate(WORST) == [], f"{address}, a quote lit"


def test_colours_follow_the_system_and_the_switch(reader, report):
    page = reader.open(report)
    page.emulate_media(color_scheme="dark")
    assert luminance(page, "body") < 0.1
    switch = page.get_by_role("button", name="Colours:")
    switch.click()
    assert (switch.text_content(), luminance(page, "body") > 0.9) == ("Light", True)
    switch.click()
    page.emulate_media(color_scheme="light")
    assert (switch.text_content(), luminance(page, "body") < 0.1) == ("Dark", True)


@pytest.mark.parametrize("width", [390, 800])
def test_nothing_runs_over_a_narrow_window(reader, systems, width):
    reader.page.set_viewport_size({"width": width, "height": 844})
    for address in (
        "/",
        "/page/002",
        f"/document/{ARTICLE}",
        "/entities",
        "/entity/gpe-russia",
        "/pairs",
        "/pair/002-02_002-03",
        "/about",
    ):
        page = reader.open(systems, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


AGAINST = (
    "/scores",
    "/run/0",
    f"/run/0/{ARTICLE}",
    f"/run/1/{ARTICLE}",
    "/run/2",
    "/run/2/000-01_000-04",
    "/run/3/002",
    f"/run/4/{ARTICLE}",
)


def test_scores_stand_side_by_side_with_intervals_and_signatures(reader, systems, runs):
    page = reader.open(systems, "/scores")
    shown = page.locator(".standing").all_text_contents()
    assert len(shown) == len(runs)
    for run in runs:
        (row,) = (row for row in shown if row.startswith(run["system"]) and run["signature"] in row)
        assert f"{run['f1']:.3f} [{run['interval'][0]:.3f}, {run['interval'][1]:.3f}]" in row
    first = page.get_by_role("region", name="Entities")
    dots = [dot.bounding_box()["x"] for dot in first.locator(".standing circle").all()]
    assert dots[0] > dots[1]  # the better system stands first, its dot further right
    whisker = first.locator(".standing .whisker").first
    assert whisker.get_attribute("x1") == f"{100 * runs[0]['interval'][0]:.2f}%"
    assert first.locator(".measure").first.text_content().count("[") == 2


def test_a_system_is_told_label_by_label_and_filtered(reader, systems, runs):
    page = reader.open(systems, "/run/0")
    assert runs[0]["signature"] in page.text_content("main")
    status = page.locator(".outcomes [role=status]")
    held = Counter(o["kind"] for o in runs[0]["outcomes"])
    total = sum(held.values())
    assert status.text_content() == f"{total - held['hit']:,} of {total:,} labels"  # what is right waits for its box
    page.get_by_role("checkbox", name=re.compile("^right")).check()
    assert status.text_content() == f"{total:,} of {total:,} labels"
    for kind in ("right", "wrong type", "wrong boundaries", "wrong type and boundaries"):
        page.get_by_role("checkbox", name=re.compile(f"^{kind} \\d|^{kind}$")).uncheck()
    assert status.text_content().startswith(f"{held['miss'] + held['invention']} of ")
    assert set(page.locator(".outcomes .verdict").evaluate_all("all => all.map(n => n.classList[1])")) == {
        "kind-miss",
        "kind-invention",
    }
    page.get_by_label("Type", exact=True).select_option("NORP")
    norp = [
        o
        for o in runs[0]["outcomes"]
        if o["kind"] in ("miss", "invention") and "NORP" in (o.get("gold", o.get("given"))["type"],)
    ]
    assert page.locator(".outcomes li").count() == len(norp)


def test_confusion_and_the_worst_documents(reader, systems, runs):
    page = reader.open(systems, "/run/0")
    assert page.get_by_label("PERSON as ORG: 39").text_content() == "39"
    scores = [float(text) for text in page.locator(".tall tbody td:nth-child(2)").all_text_contents()]
    assert scores == sorted(scores)
    worst = min(runs[0]["units"], key=lambda unit: runs[0]["units"][unit])
    page.locator(".tall tbody a").first.click()
    page.get_by_role("heading", level=1, name=f"spacy, {worst}").wait_for()


def test_gold_is_underlined_and_the_system_tinted(reader, systems, gold):
    page = reader.open(systems, f"/run/0/{ARTICLE}")
    assert reader.shown(".reading .text") == gold.documents[ARTICLE].text
    wrong = page.locator(".text .kind-bounds")
    assert wrong.all_text_contents()[:2] == ["the United States", "United States"]
    assert "none" in wrong.nth(0).evaluate("node => getComputedStyle(node).textDecorationLine")
    assert "underline" in wrong.nth(1).evaluate("node => getComputedStyle(node).textDecorationLine")
    shoot(page, "report-system")
    wrong.nth(1).click()
    told = page.locator(".details").text_content()
    assert "wrong boundaries" in told
    assert "the United States" in told
    page.get_by_role("checkbox", name="wrong boundaries").uncheck()
    assert page.locator(".text .kind-bounds").count() == 0
    page.get_by_role("link", name="Gold alone").click()
    page.get_by_role("heading", level=1, name=f"Document {ARTICLE}").wait_for()
    assert page.get_by_role("link", name="capitals on entities").get_attribute("href") == f"#/run/4/{ARTICLE}"


def test_segments_and_pairs_stand_against_gold(reader, systems, gold):
    page = reader.open(systems, "/run/3/002")
    shown = page.evaluate(
        "[...document.querySelectorAll('.against .block:not(.heads) .chars')].map(n => n.textContent).join('')"
    )
    assert "".join(shown.split()) == "".join(gold.page_texts["002"].split())
    assert page.locator(".against .kind-type .role").all_text_contents()[:2] == ["boilerplate", "headline"]
    reader.open(systems, "/run/2").locator(".outcomes a", has_text="000-01 and 000-04").click()
    page.get_by_role("heading", level=1, name="000-01 and 000-04").wait_for()
    assert "Gold says related, the system distinct" in page.text_content(".lead")


def test_faults_are_reached_from_the_keyboard(reader, systems):
    page = reader.open(systems, f"/run/4/{ARTICLE}")
    fault = page.locator(".panel .row").first
    fault.focus()
    assert page.locator(".text .lit").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".text .lit").count() == 1  # kept, or the next one lit


# Hostile texts

HOSTILE = (
    "<script>document.title='owned'</script></script><img src=x onerror=alert(1)> <!-- &amp; &lt;b&gt;\n"
    "👩‍👩‍👧 🇺🇦 Zoë\u202e said\u202c 𝔐oscow “𠀀 we 😀 left” ${data} `x` \\u003c\u2066\n" + "W" * 900
)


ASTRAL = [(HOSTILE.index("𝔐"), HOSTILE.index("𝔐") + 7), (HOSTILE.index("😀"), HOSTILE.index("😀") + 1)]


def span(words, model=Span, **more):
    start = HOSTILE.index(words)
    return model(start=start, end=start + len(words), text=words, **more)


def hostile_gold(root, text=HOSTILE):
    name = "<img src=x onerror=alert(2)>"
    quote = Quote(
        id="666-01-q001", type="direct", content=[span("“𠀀 we 😀 left”")], cue=span("said"),
        speaker=span("Zoë", Speaker, head=span("Zoë"), kind="name"), speaker_entities=["person-x"], status="resolved",
    )  # fmt: skip
    mentions = (
        span("Zoë", Mention, type="PERSON", entity="person-x"),
        span("𝔐oscow", Mention, type="GPE", entity="gpe-x"),
    )
    document = GoldDocument(
        "666-01", "666", f"{name}</script>", text, mentions, (quote,), (span("&amp;", Decoy, reason="scare"),)
    )
    other = replace(document, id="666-02", mentions=(), quotes=(), decoys=None)
    page = Page(
        id="666",
        source=name,
        sha256="0" * 64,
        publisher=name,
        site=None,
        rights="<b>",
        language="en",
        date=None,
        date_note="&amp;",
    )
    blocks = (Block(start=0, end=len(HOSTILE), role="body", document="666-01"),)
    passage = Passage(a=span("𝔐oscow “𠀀 we 😀 left”"), b=span("𝔐oscow “𠀀 we 😀 left”"))
    registry = {
        key: Entity(id=key, type=kind, name=name, aliases=["</script>"], note="<i>")
        for key, kind in (("person-x", "PERSON"), ("gpe-x", "GPE"))
    }
    return Gold(
        root, "0.0.0", "0" * 64, "gold", {"666-01": document, "666-02": other}, {"666": page}, {"666": text}, {"666": blocks},
        (Pair(a="666-01", b="666-02", relation="near", direction=None, passages=[passage]),), registry, (("666-01", "666-02"),),
    )  # fmt: skip


def test_hostile_text_stays_text_and_every_label_holds_its_words(reader, tmp_path):
    hostile = hostile_gold(tmp_path)
    run = {"system": "<b>x</b></script>", "says": HOSTILE, "made": ["<i>"]} | run_data(
        lambda text: [(*at, "PERSON") for at in ASTRAL], hostile, Settings()
    )
    path = write(tmp_path / "hostile.html", corpus_data(hostile) | {"runs": [run]})
    page = reader.open(path, "/document/666-01")
    assert reader.shown(".reading .text") == HOSTILE
    assert page.locator(".reading .text .mention").all_text_contents() == ["Zoë", "𝔐oscow"]
    assert page.locator(".reading .text .content").all_text_contents() == ["“𠀀 we 😀 left”"]
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (
        "/",
        "/page/666",
        "/document/666-01",
        "/entities",
        "/entity/person-x",
        "/pairs",
        "/pair/666-01_666-02",
        "/about",
    ):
        page = reader.open(path, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    reader.open(path, "/run/0/666-01")
    assert page.locator(".text .given").all_text_contents() == [HOSTILE[start:end] for start, end in ASTRAL]
    assert page.locator(".text .in-gold").all_text_contents() == ["Zoë", "𝔐oscow"]
    reader.open(path, "/run/0")
    assert page.text_content("h1") == "<b>x</b></script> on entities"
    reader.open(path, "/")
    page.get_by_label("Search").fill("😀 LEFT")
    assert page.locator(".snippet mark").all_text_contents() == ["😀 left", "😀 left"]
    assert page.locator("main img, main script, main b, main i").count() == 0
    assert page.title() == "The corpus · goldwire"


def test_a_long_document_works(reader, tmp_path, gold):
    source = gold.documents["000-06"]
    times, step = 10, len(source.text) + 1
    moved = tuple(
        mention.model_copy(update={"start": mention.start + i * step, "end": mention.end + i * step})
        for i in range(times)
        for mention in source.mentions
    )
    long = replace(source, text="\n".join([source.text] * times), mentions=moved)
    path = write(tmp_path / "long.html", corpus_data(replace(gold, documents={long.id: long}, pairs=(), clusters=())))
    page = reader.open(path, f"/document/{long.id}")
    assert reader.shown(".reading .text") == long.text
    page.locator(".text .chip").last.click()
    assert page.locator(".details h3").text_content() == source.mentions[-1].text
