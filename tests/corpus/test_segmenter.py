"""The segmenter proposes the gold blocks of the five pages, and sensible ones for pages it never saw."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldwire.corpus.annotation_sets import read_set
from goldwire.corpus.page_lines import page_lines
from goldwire.corpus.page_model import COLUMNS, STATES
from goldwire.corpus.page_weights import TABLE
from goldwire.corpus.segmenter import UNSURE, best_path, choices, proposal, propose, reasons
from goldwire.model.profile import news
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


WIRE = """\
boilerplate -    Skip to main content
boilerplate -    We and our partners use cookies to show you advertisements.
boilerplate -    Accept all
boilerplate p-01 URGENT
headline    p-01 Ferry crews at Saltby vote to end strike
byline      p-01 By Noor Lindgren, Chief Reporter
timestamp   p-01 21.47 GMT
body        p-01 SALTBY, March 11 (OPS) - Crews at the largest ferry terminal of the coast voted on Tuesday to go back to work.
body        p-01 "It is a fair offer," said Celia Brandt, who leads the union, to members outside the hall on Tuesday night.
boilerplate p-01 (END)
boilerplate p-02 URGENT
headline    p-02 Court strikes down toll on the Arda bridge
timestamp   p-02 20.55 GMT
body        p-02 PORTO, March 11 (OPS) - The Provincial Court has ruled that the toll on the bridge was introduced without notice.
body        p-02 The office said it would study the ruling before deciding whether to appeal against it in a higher court.
boilerplate p-02 (END)
boilerplate -    Most read
teaser      -    Man keeps lighthouse lamp lit with car battery
teaser      -    Why the orchard froze twice
boilerplate -    © 2031 Orlant Press. All rights reserved.
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
        assert block.document is not None or block.role not in news().article_roles


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


def test_a_wire_page_with_furniture_is_parted_into_its_items():
    assert laid_out(plain(WIRE)) == WIRE


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_lines_may_end_in_any_way(end):
    assert laid_out(plain(WIRE).replace("\n", end)) == WIRE


def test_what_nobody_sees_is_the_page_s_own_and_changes_nothing_else():
    shown = laid_out(plain(WIRE))
    assert laid_out("\u200b\n" + plain(WIRE)) == "boilerplate -    \u200b\n" + shown
    assert laid_out("\ufeff" + plain(WIRE)) == "boilerplate -    \ufeff\n" + shown


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("19.52 The tide has turned", ["19.52", "The tide has turned"]),
        ("21.20GMT Where is the deputy?", ["21.20GMT", "Where is the deputy?"]),
        ("Mill Gazette03-02-2031", ["Mill Gazette", "03-02-2031"]),
        ("by old_salt » Mon Nov 04, 2024 7:52 am", ["by old_salt", "» Mon Nov 04, 2024 7:52 am"]),
        ("Jasper Toll · 20 Jan 2025", ["Jasper Toll", "· 20 Jan 2025"]),
        ("Fen Tribune, 4 November 2024", ["Fen Tribune,", "4 November 2024"]),
        (
            "By Ann Lee, Staff ReporterPublished 14 March 2025, 09:12",
            ["By Ann Lee, Staff Reporter", "Published 14 March 2025, 09:12"],
        ),
        ("Publié le 12/04/2025 à 07h30, mis à jour à 11h02", ["Publié le 12/04/2025 à 07h30, mis à jour à 11h02"]),
        ("प्रकाशित: 12 मार्च 2025, 10:30 IST", ["प्रकाशित: 12 मार्च 2025, 10:30 IST"]),
        ("Rain in March 2024 was heavy", ["Rain in March 2024 was heavy"]),
        ("City council, minutes of 12 May 1987", ["City council, minutes of 12 May 1987"]),
        ("Joined: Sat Mar 12, 2011 4:15 pm", ["Joined: Sat Mar 12, 2011 4:15 pm"]),
    ],
)
def test_a_line_is_cut_at_a_time_that_is_not_part_of_a_sentence(line, pieces):
    assert [line[piece.start : piece.end] for piece in page_lines(line)] == pieces


def test_pieces_of_one_role_and_owner_are_one_block():
    links = [
        "21.40 Port director to brief reporters",
        "21.12 Bridge reopens to light vehicles",
        "20.58 Bank holds rate",
    ]
    page = plain(WIRE).replace("Why the orchard froze twice", "\n".join(links))
    texts = [page[block.start : block.end] for block in propose("p", page)]
    assert [text for text in texts if text in links] == links


def test_a_line_that_could_be_something_else_is_unsure():
    page = "Ferry strike\nOld harbour office\nCrews voted on Tuesday to go back to work, the union said.\nMira Toll\n"
    marked = {
        block.id for block, choice in zip(propose("p", page), choices(page), strict=True) if choice.margin < UNSURE
    }
    assert proposal("p", page).unsure == marked != set()


def test_the_reasons_of_a_line_say_why_its_role_beats_the_second():
    chosen = choices(plain(WIRE), thorough=True)
    marks = next(choice for choice in chosen if choice.line.text == "(END)")
    gains = dict(reasons(chosen, marks))
    assert gains["is end"] > 0
    assert sum(gains.values()) > 0
    assert list(map(abs, gains.values())) == sorted(map(abs, gains.values()), reverse=True)


@pytest.mark.parametrize("after", COLUMNS)
def test_a_line_that_is_surely_something_leaves_a_path_to_every_next_line(after):
    for state in STATES:
        columns = ("headline", "marker", state.column, after)
        path, _, _ = best_path([[50.0 * (column == sure) for column in COLUMNS] for sure in columns])
        assert len(path) == 4


def test_time_grows_with_the_page_and_not_with_its_square():
    def seconds(times):
        page, began = plain(WIRE) * times, time.process_time()
        propose("p", page)
        return time.process_time() - began

    seconds(10)
    assert seconds(200) < 20 * seconds(20)


def test_the_weights_are_fitted_on_these_pages_and_cues(monkeypatch):
    """A change of pages, cues or settings needs a new fit; `segmenter_training.py --check` compares every weight."""
    monkeypatch.syspath_prepend(str(ROOT / "tests/benchmarks"))
    from segmenter_training import examples_digest

    assert TABLE.read_text(encoding="utf-8").partition("\t")[0] == f"cue, fitted on {examples_digest()}"


def test_invented_pages_that_the_weights_were_not_fitted_on_are_mostly_right(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tests/benchmarks"))
    from invented_pages import invented
    from segmenter_pages import Labelled, Score, score

    pages = [invented(seed) for seed in range(70_000, 70_030)]
    total = sum((score(page, [Labelled(*row) for row in rows]) for page, rows in pages), Score())
    assert total.role >= 0.92 * total.blocks
    assert total.both >= 0.88 * total.blocks
    assert 2 * total.first >= 0.85 * (total.found + total.there)
    assert total.left < total.blocks - total.both


@pytest.mark.parametrize(
    "unit", ["A", "A-", "Aa ", "AB ", "(A", "1.", "UKRAINE-RUSSIA ", "al123 ", "—A", "12 March 2025 "]
)
@pytest.mark.parametrize("end", ["", "!", "~"])
def test_a_long_line_of_one_pattern_is_proposed(unit, end):
    """A pattern that backtracks would take longer than anybody waits."""
    assert propose("000", unit * 1000 + end + "\n")
