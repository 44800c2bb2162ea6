"""What a reader of the report sees of systems compared with gold, in the real browser."""

import re
from collections import Counter

from browsing import shoot
from reading import ARTICLE


def test_scores_stand_side_by_side_with_intervals_and_signatures(reader, systems, runs):
    page = reader.open(systems, "/scores")
    shown = page.locator(".standing").all_text_contents()
    assert len(shown) == len(runs)
    for run in runs:
        (row,) = (row for row in shown if row.startswith(run["system"]) and run["signature"] in row)
        few = f"no interval: {run['clusters']} {'page' if run['task'] == 'segments' else 'article'}s"
        bounds = "[{:.3f}, {:.3f}]".format(*run["interval"]) if run["interval"] else few
        assert f"{run['f1']:.3f} {bounds}" in row
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
    page.get_by_role("checkbox", name=re.compile("^correct")).check()
    assert status.text_content() == f"{total:,} of {total:,} labels"
    for kind in ("correct", "wrong type", "wrong boundaries", "wrong type and boundaries"):
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


def test_a_system_has_its_recall_by_what_gold_knows_and_no_number_of_a_few_labels(reader, systems, runs):
    number = next(i for i, run in enumerate(runs) if run["task"] == "entities")
    page = reader.open(systems, f"/run/{number}")
    rows = page.get_by_role("region", name="Recall by what gold knows").locator("tbody tr").all_text_contents()
    assert len(rows) == len(runs[number]["slices"])
    few = next(part for part in runs[number]["slices"] if part["gold"] < 20)
    assert any(row.startswith(f"{few['by']}: {few['name']}–{few['gold']}") for row in rows)
