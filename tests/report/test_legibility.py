"""The report can be read: in light and dark, on narrow windows, on paper."""

import pytest

from reading import ARTICLE

SYSTEMS = (
    "/scores",
    "/run/0",
    f"/run/0/{ARTICLE}",
    f"/run/1/{ARTICLE}",
    "/run/2",
    "/run/2/000-01_000-04",
    "/run/3/002",
    f"/run/4/{ARTICLE}",
)
"""Addresses of the pages that compare systems with gold."""
CONTRAST = """
const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const known = new Map();
const rgba = (colour) => known.get(colour) ?? known.set(colour, read(colour)).get(colour);
const read = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
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


def luminance(page, selector):
    return page.evaluate(f"{CONTRAST} luminance(ground(document.querySelector({selector!r})))")


def test_it_prints(reader, report):
    page = reader.open(report, f"/document/{ARTICLE}")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".top nav").is_hidden()
    assert page.locator(".filters").is_hidden()
    assert luminance(page, "body") > 0.9  # dark paper wastes ink
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(
    "reader", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_everything_can_be_read_against_its_ground(reader, systems, gold):
    types = {m.type for d in gold.documents.values() for m in d.mentions}
    every = next(n for n, d in gold.documents.items() if len({m.type for m in d.mentions}) == max(
        len({m.type for m in e.mentions}) for e in gold.documents.values()))  # fmt: skip
    assert len(types) == 11
    page = reader.open(systems)
    for address in (
        "/",
        "/page/000",
        f"/document/{every}",
        "/document/000-05",
        "/entities",
        "/pairs",
        "/pair/000-01_001-06",
        "/about",
        *SYSTEMS,
    ):
        reader.move(address)
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


def test_tables_are_cards_on_a_phone_and_every_number_names_its_column(reader, systems):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(systems)
    for address in ("/entities", "/pairs", "/run/0"):
        reader.move(address)
        for region in page.locator(".scroll:not(:has(.confusion))").all():
            assert region.evaluate("one => one.scrollWidth <= one.clientWidth"), address
        cell = page.locator(".scroll:not(:has(.confusion)) td.n").first
        assert cell.evaluate("one => getComputedStyle(one, '::before').content").strip('"') == cell.get_attribute(
            "data-head"
        )


def test_the_score_of_a_type_with_one_or_two_cases_says_how_many(reader, systems, runs):
    few = [row for row in runs[0]["rows"] if 0 < row.get("gold", 9) <= 2]
    page = reader.open(systems, "/run/0")
    said = page.locator(".said").all_text_contents()
    assert few
    assert len([one for one in said if "n = " in one]) == len(few)


@pytest.mark.parametrize("width", [390, 800])
def test_nothing_runs_over_a_narrow_window(reader, systems, width):
    reader.page.set_viewport_size({"width": width, "height": 844})
    page = reader.open(systems)
    for address in (
        "/",
        "/page/002",
        f"/document/{ARTICLE}",
        "/entities",
        "/entity/gpe-russia",
        "/pairs",
        "/pair/002-02_002-03",
        "/about",
        *SYSTEMS,
    ):
        reader.move(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
