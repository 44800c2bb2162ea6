"""The segmenter proposes the gold blocks of the five pages, and sensible ones for pages it never saw."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldwire.checks.coverage import NEEDS_ARTICLE
from goldwire.corpus.annotation_sets import read_set
from goldwire.corpus.segmenter import propose
from repository import ROOT

PAGES = {path.stem: path.read_bytes().decode() for path in sorted((ROOT / "corpus/pages").glob("*.txt"))}
LINES = [
    *["Read more", "READ MORE: Owls read maps", "2 days ago", "time3 hours ago", "- Mill Gazette", "• Mill Gazette"],
    *["Related Articles", "More stories", "Comments", "logo", "Author: .", "Mill Gazette03-02-2031", "2031-02-03"],
    *["A short line", "It ends.", "x" * 200, "word " * 20 + "stop.", "\xa0", "\t \u3000", "\r", "\x85\u2028", ""],
]
PAGE = st.lists(st.sampled_from(LINES) | st.text(max_size=80), max_size=12).map("\n".join)

FEED = """\
boilerplate -    Author: .
standfirst  p-01 The harbour town of Ostvik wants to run its ferries on wind alone by the end of the decade
body        p-01 Ostvik will replace its three diesel ferries with sailing ships, Mayor Lene Brandt told the council.
body        p-01 “We have more wind than we know what to do with,” she said.
teaser      p-01 Read more
caption     p-01 The old ferry Solveig leaves the pier in autumn
teaser      p-01 Why sailing ships are coming back
body        p-01 The first ship is to be launched in spring (its keel was laid last year).
subheading  p-01 A captain’s doubts
body        p-01 Captain Aksel Moe warned that “a calm day is a day without bread.”
teaser      p-01 READ MORE: Bakers of Ostvik ask for a second mill
body        p-01 Could the plan fail? “It could!”
standfirst  p-02 Scientists in Velmora have counted every hedgehog on the island and found more than they hoped for
body        p-02 The count took eleven nights and forty volunteers.
teaser      p-02 See also: The island where owls read maps
body        p-02 There are now 1,204 hedgehogs on Velmora, the institute said…
boilerplate -    Comments
"""
AGGREGATOR = """\
boilerplate -    logo
boilerplate p-01 Ostvik swaps diesel ferries for sailing ships
headline    p-01 Ostvik swaps diesel ferries for sailing ships
source      p-01 Harbour Times
timestamp   p-01 03-02-2031
body        p-01 The harbour town of Ostvik will replace its three diesel ferries with sailing ships, the mayor said.
body        p-01 “We have more wind than we know what to do with,” Lene Brandt told the town council on Monday evening.
boilerplate -    Blue background
boilerplate -    Hashtags
boilerplate -    Comments
boilerplate -    Similar Stories
boilerplate p-02 Velmora counts its hedgehogs
boilerplate p-02 Velmora counts its hedgehogs
source      p-02 Harbour Times
timestamp   p-02 2 days ago
source      p-02 • Harbour Times
headline    p-02 Velmora counts its hedgehogs
body        p-02 Forty volunteers have counted every hedgehog on the island of Velmora, and there are 1,204 of them.
source      p-03 Mill Gazette
timestamp   p-03 a week ago
source      p-03 - Mill Gazette
headline    p-03 Why do bakers want a second mill?
body        p-03 The bakers of Ostvik have asked for a second mill, since the first one stands still on calm days.
boilerplate -    Subscribe to our newsletter
"""


def plain(layout):
    """The page that a layout labels, one line a block, no line blank; a date stands glued behind its publisher."""
    return "\n".join(line[17:] for line in layout.splitlines()).replace("Harbour Times\n03-", "Harbour Times03-")


def laid_out(page):
    return "".join(
        f"{block.role:<12}{block.document or '-':<5}{page[block.start : block.end]}\n" for block in propose("p", page)
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_proposal_is_as_good_as_gold(name):
    labels, _ = read_set(ROOT, "annotations/gold")
    gold = {(block.start, block.end, block.role) for block in labels.segments[name]}
    proposed = {(block.start, block.end, block.role) for block in propose(name, PAGES[name])}
    assert 2 * len(gold & proposed) / (len(gold) + len(proposed)) >= 0.98


@pytest.mark.parametrize("name", PAGES)
def test_the_proposal_parts_the_articles_as_gold_does(name):
    labels, _ = read_set(ROOT, "annotations/gold")
    gold = {(block.start, block.document) for block in labels.segments[name] if block.role == "body"}
    assert {(block.start, block.document) for block in propose(name, PAGES[name]) if block.role == "body"} == gold


@settings(deadline=None)
@given(PAGE)
def test_every_character_that_is_not_blank_is_in_one_block(page):
    held = [i for block in propose("p", page) for i in range(block.start, block.end) if not page[i].isspace()]
    assert held == [i for i, char in enumerate(page) if not char.isspace()]


@settings(deadline=None)
@given(PAGE)
@example("Read more\nThe old ferry Solveig leaves the pier\nWhy sailing ships are coming back")
def test_a_proposed_block_is_one_that_check_accepts(page):
    for block in propose("p", page):
        text = page[block.start : block.end]
        assert text == text.strip() != ""
        assert "\n" not in text
        assert block.document is not None or block.role not in NEEDS_ARTICLE


@pytest.mark.parametrize("layout", [FEED, AGGREGATOR], ids=["feed", "aggregator"])
def test_a_page_never_seen_is_parted_as_a_reader_would(layout):
    assert laid_out(plain(layout)) == layout


@pytest.mark.parametrize("blank", ["\n\n", "\r\n", "\n \xa0\n"])
@pytest.mark.parametrize("layout", [FEED, AGGREGATOR], ids=["feed", "aggregator"])
def test_the_blanks_between_lines_do_not_matter(layout, blank):
    assert laid_out(plain(layout).replace("\n", blank)) == laid_out(plain(layout))


def test_a_page_without_text_has_no_blocks():
    assert propose("p", "\n \xa0\n") == []


@pytest.mark.parametrize(
    ("layout", "before", "paragraph"),
    [
        (FEED, "The first ship", "She named three conditions that the plan has to meet before it starts:"),
        (AGGREGATOR, "“We have more", "Nobody laughed."),
    ],
    ids=["a colon at its end", "few words"],
)
def test_an_odd_paragraph_does_not_open_an_article(layout, before, paragraph):
    lines = layout.splitlines(keepends=True)
    i = next(i for i, line in enumerate(lines) if before in line)
    lines.insert(i, f"body        p-01 {paragraph}\n")
    assert laid_out(plain("".join(lines))) == "".join(lines)


def test_the_line_that_names_the_author_is_no_article():
    page = plain(FEED).replace("Author: .", "Author: Mira Toll.")
    first, second, *_ = propose("p", page)
    assert first.role == "byline"
    assert (first.document, second.document) == ("p-01", "p-01")
