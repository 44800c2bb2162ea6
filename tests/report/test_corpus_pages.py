"""What a reader of the report sees of the corpus, and can do, in the real browser."""

import re

from browsing import shoot
from goldwire.report.corpus_data import NOTES, card_sections
from reading import ARTICLE
from repository import ROOT

SQUARE = "fac-tiananmen-square"


def test_every_address_shows_its_text_to_the_letter(reader, report, gold):
    reader.open(report)
    for name, document in gold.documents.items():
        page = reader.move(f"/document/{name}")
        page.get_by_role("heading", level=1, name=f"Document {name}").wait_for()
        assert reader.shown(".reading .text") == document.text
    for name, text in gold.page_texts.items():
        reader.move(f"/page/{name}")
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
    assert "Nothing found" in page.text_content("main")
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
    panel = page.get_by_label("Current label")
    assert "person-dmitry-peskov" in panel.text_content()
    shoot(page, "report-article")
    page.mouse.move(5, 5)
    assert page.locator(".lit").count() == 0
    page.locator('.content[data-key="q1"]').first.click()
    page.get_by_role("button", name="quote 2", exact=True).click()  # the one it holds
    assert "Inside quote" in panel.text_content()
    page.get_by_role("button", name="Deselect this label").click()
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
    told = page.get_by_label("Current label").locator("h3").first
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


def test_a_search_is_in_the_address_and_back_returns_to_it(reader, report):
    page = reader.open(report, "/entities")
    page.get_by_label("Search").fill("100% tian")
    page.get_by_label("Search").fill("tiananmen")
    page.get_by_label("Type").select_option("FAC")
    shown = page.get_by_role("status").text_content()
    address = page.evaluate("location.hash")
    assert address == "#/entities?query=tiananmen&type=FAC"
    page.get_by_role("link", name="Tiananmen Square").click()
    page.get_by_role("heading", level=1, name="Tiananmen Square").wait_for()
    page.go_back()
    page.get_by_label("Search").wait_for()
    assert (page.get_by_label("Search").input_value(), page.get_by_role("status").text_content()) == (
        "tiananmen",
        shown,
    )
    other = reader.open(report, address.removeprefix("#"))
    assert other.get_by_role("status").text_content() == shown
    assert reader.move("/entities").get_by_label("Search").input_value() == ""


def test_cue_and_speaker_are_in_the_reading_order(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    names = page.evaluate("[...document.querySelectorAll('.text .chip')].map(one => one.getAttribute('aria-label'))")
    for part in ("speaker of quote 1: ", "cue of quote 1: "):
        assert any(name.startswith(part) for name in names), part


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
    shown = "".join(page.text_content("main").split())
    for note in card_sections(ROOT, NOTES):
        for words in re.findall(r"[\w ,]{40,}", note["text"]):  # its words, whatever markup is between them
            assert "".join(words.split()) in shown
    assert "Contested content" in page.text_content("footer")
    page = reader.open(report, "/nowhere/<b>")
    assert "Nothing here" in page.text_content("main")
