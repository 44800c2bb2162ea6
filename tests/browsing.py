"""What a browser test does: start a browser, open an article in the editor, select words, choose, relate."""

import os
import re

import pytest

from programs import chromium, use_node

use_node()
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
BOX = """([root, words, nth]) => {
    const lines = document.querySelector(root);
    const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = '';
    for (let node; (node = walker.nextNode()); ) { nodes.push([node, text.length]); text += node.data; }
    let at = -1;
    for (let i = 0; i <= nth; i++) { at = text.indexOf(words, at + 1); if (at < 0) return null; }
    const place = offset => {
        const [node, start] = nodes.findLast(([, start]) => start <= offset);
        return [node, offset - start];
    };
    const box = offset => {
        const range = document.createRange(), [node, start] = place(offset);
        range.setStart(node, start); range.setEnd(node, start + 1);
        return range.getBoundingClientRect();
    };
    lines.scrollIntoView({block: 'center'});
    for (let holder = lines; holder; holder = holder.parentElement) {  // bring the words to the middle of what scrolls
        if (holder.scrollHeight <= holder.clientHeight) continue;
        const outer = holder.getBoundingClientRect();
        holder.scrollTop += box(at).top - (outer.top + outer.bottom) / 2;
    }
    const first = box(at), last = box(at + words.length - 1);
    return {x1: first.left, y1: (first.top + first.bottom) / 2, x2: last.right, y2: (last.top + last.bottom) / 2};
}"""
ARTICLE = ".gw-text .lsf-htx-richtext"


def launch(playwright):
    """Start the browser that the set-up found or brought; without one, the test is skipped, which fails it in CI."""
    path = chromium()
    if path is None:
        pytest.skip("not run: no browser here; make test brings one, or name it in CHROMIUM")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def article(page, url):
    """Open an article and wait until its labels stand."""
    page.goto(url)
    page.wait_for_selector(ARTICLE)
    page.locator("button", has_text=re.compile("Update|Submit")).wait_for()


def select_text(page, words, nth=0, root=ARTICLE):
    """Drag the mouse over the nth stretch of a text that reads so."""
    box = page.evaluate(BOX, [root, words, nth])
    assert box, f"{words!r} does not stand there"
    page.mouse.move(box["x1"] + 1, box["y1"])
    page.mouse.down()
    page.mouse.move(box["x2"] - 1, box["y2"], steps=10)
    page.mouse.up()


def shoot(page, name):
    """Take a screenshot, kept where GOLDWIRE_SHOTS says."""
    if folder := os.environ.get("GOLDWIRE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


REGIONS = "dataManager.lsf.lsf.annotationStore.selected.regions"
NEWEST = f"""([label, words]) => {REGIONS}.findLast(region => region.text?.startsWith(words)
    && region.labelings?.some(group => group.selectedLabels?.some(one => one.value === label))).region_index"""


def mark(page, key, words, nth=0):
    """Mark a stretch of the article: a label's key, then the mouse; the region is there when this returns."""
    page.keyboard.press(key)
    page.locator(".gw-bar .lsf-label_selected").wait_for()
    before = page.evaluate(f"{REGIONS}.length")
    select_text(page, words, nth)
    page.wait_for_function(f"before => {REGIONS}.length > before", arg=before)


def pick_listed(page, label, words):
    """Click the newest region of a label in the list beside the article: where spans are equal, the text has but one."""
    index = page.evaluate(NEWEST, [label, words[:15]])
    page.locator(".lsf-outliner .lsf-tree-list-holder").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    numbered = page.locator(".lsf-outliner .lsf-tree-treenode").filter(has=page.get_by_text(str(index), exact=True))
    numbered.click()


def relate_to(page, label, words):
    """Relate the selected region to the newest one of a label."""
    page.keyboard.press("l")
    pick_listed(page, label, words)
    page.keyboard.press("Escape")


def choose(page, name):
    """Tick a choice of the selected region, or of a candidate."""
    page.locator(f".gw-ask input[name='{name}']").filter(visible=True).first.check()


def choose_entity(page, search, entity):
    """Open the palette of the selected region, search, and take the entity that comes first."""
    page.keyboard.press("Enter")
    page.locator(".gw-palette input").fill(search)
    page.locator(".gw-palette .gw-at", has_text=entity).wait_for()
    page.keyboard.press("Enter")
    page.locator(".gw-ask", has_text=entity).filter(visible=True).wait_for()
