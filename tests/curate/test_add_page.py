"""`goldwire add`: a sixth page, invented here, is added to a copy of the corpus."""

import os
import re
import signal
import subprocess
import sys

import pytest

from repository import ROOT, git, goldwire, in_process

REPEATED = "003-03"
INVENTED = """\
Logo
Harbour bridge opens after nine years
The bridge over the Arda opens on Monday
“We waited long enough,” Mayor Ilse Brandt told reporters in Porto Alto on Friday. She said <b>tolls</b> would be low.
“It does not sink any more,” said Brandt. “It stands.”
READ MORE: Ferry to close in autumn
"""


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "news.txt"
    repeated = (ROOT / "corpus/text" / f"{REPEATED}.txt").read_text()
    file.write_text(INVENTED + repeated.replace(". ", ".  ", 1) + "\n")
    return file


@pytest.fixture
def refusing(template):
    """A copy that no test changes."""
    return template


def corrected(page):
    """The proposal after a person filled in the open fields and corrected roles and articles."""
    proposal = page.with_name(page.name + ".blocks")
    text = proposal.read_text().replace("publisher: ?", "publisher: The Courier").replace("rights: ?", "rights: Free.")
    text = re.sub(r"^(\S+ +\S+)\?", r"\1 ", text, flags=re.M)
    for role, words in (("headline", "Harbour bridge"), ("standfirst", "The bridge over"), ("teaser", "READ MORE")):
        text = re.sub(rf"^\S+ +\S+  (?={words})", f"{role:<11}  1  ", text, flags=re.M)
    above, link, below = text.partition("READ MORE: Ferry to close in autumn\n")
    below = re.sub(r"^\S+ +\S+  ", "body         2  ", below, flags=re.M)
    proposal.write_text(above + link + below.replace("body         2  ", "headline     2  ", 1))
    return proposal


def state(folder):
    return {
        path: (folder / path).read_bytes()
        for path in git(folder, "ls-files", "-co", "--exclude-standard").stdout.split()
    }


def test_the_first_call_writes_a_proposal_and_does_not_change_the_corpus(repository, page):
    done = in_process(repository, "add", str(page))
    assert (done.returncode, done.stdout.strip()) == (0, f"{page}.blocks")
    assert "page: 005\npublisher: ?" in (page.parent / "news.txt.blocks").read_text()
    assert "roles: headline, standfirst, byline" in (page.parent / "news.txt.blocks").read_text()
    assert git(repository, "status", "--porcelain").stdout == ""
    again = in_process(repository, "add", str(page))
    assert (again.returncode, again.stdout) == (2, "")
    assert "publisher, rights still ?; replace it" in again.stderr


def test_the_second_call_adds_the_page_byte_for_byte_and_the_corpus_passes_all_checks(repository, page):
    in_process(repository, "add", str(page))
    corrected(page)
    done = in_process(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert f"005-02 repeats {REPEATED}" in done.stderr
    assert (repository / "corpus/pages/005.txt").read_bytes() == page.read_bytes()
    assert (
        (repository / "corpus/text/005-01.txt")
        .read_text()
        .startswith("Harbour bridge opens after nine years\nThe bridge")
    )
    assert in_process(repository, "check").stdout == "0 findings\n"
    labels = repository / "annotations/system-repeats/entities/005-02.jsonl"
    assert len(labels.read_text().splitlines()) == len(
        (repository / f"annotations/gold/entities/{REPEATED}.jsonl").read_text().splitlines()
    )
    before = state(repository)
    again = in_process(repository, "add", str(page))
    assert (again.returncode, again.stdout) == (0, "")
    assert "with the same blocks, as 005; nothing changed" in again.stderr
    assert state(repository) == before


def test_it_needs_no_optional_dependency(repository, page, tmp_path, monkeypatch):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/datasketch.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'bare'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    goldwire(repository, "add", str(page))
    corrected(page)
    done = goldwire(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert f"005-02 repeats {REPEATED}" in done.stderr


def test_a_page_added_with_wrong_blocks_is_corrected_by_adding_it_again(repository, page):
    in_process(repository, "add", str(page))
    proposal = corrected(page)
    right = proposal.read_text()
    wrong = re.sub(r"^\S+ +2 ", "body         1 ", right, flags=re.M)
    proposal.write_text(wrong.replace("publisher: The", "publisher: A"))
    done = in_process(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert not (repository / "corpus/text/005-02.txt").exists()
    proposal.unlink()
    shown = in_process(repository, "add", str(page))
    assert (shown.returncode, shown.stdout.strip()) == (0, str(proposal))
    assert "as 005: correct its blocks in the proposal" in shown.stderr
    assert "publisher: A Courier" in proposal.read_text()
    proposal.write_text(right)
    again = in_process(repository, "add", str(page))
    assert again.returncode == 0, again.stderr
    assert "annotations/system-repeats/entities/005-02.jsonl" in again.stdout.splitlines()
    assert "annotations/gold/segments/005.jsonl" in again.stdout.splitlines()
    proposal.write_text(wrong)
    back = in_process(repository, "add", str(page))
    assert back.returncode == 0, back.stderr
    assert not list(repository.glob("*/*/*/005-02.jsonl")) + list(repository.glob("corpus/text/005-02.txt"))
    assert in_process(repository, "check").stdout == "0 findings\n"


def test_a_text_with_labels_is_not_changed_by_adding_its_page_again(refusing, tmp_path):
    page = tmp_path / "again.txt"
    page.write_bytes((refusing / "corpus/pages/003.txt").read_bytes())
    in_process(refusing, "add", str(page))
    proposal = tmp_path / "again.txt.blocks"
    assert in_process(refusing, "add", str(page)).stderr.endswith("with the same blocks, as 003; nothing changed\n")
    proposal.write_text(proposal.read_text().replace("\nbody        ", "\ncaption     ", 1))
    done = in_process(refusing, "add", str(page))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "the text of 003-01 would change, but annotations/gold has labels of it; nothing changed" in done.stderr
    proposal.write_text(proposal.read_text().replace("page: 003", "page: 007"))
    assert "the corpus has this page as 003" in in_process(refusing, "add", str(page)).stderr
    own = in_process(refusing, "add", "corpus/pages/003.txt")
    assert (own.returncode, own.stderr.count("\n")) == (2, 1)
    assert "is inside the corpus; copy it to a place outside and add the copy" in own.stderr
    assert git(refusing, "status", "--porcelain").stdout == ""


KILLED = """
import os, signal, sys
from goldwire.cli.main import run
left, fsync = int(sys.argv.pop(1)), os.fsync
def counted(handle):
    global left
    left -= 1
    fsync(handle) if left else os.kill(os.getpid(), signal.SIGKILL)
os.fsync = counted
run()
"""
"""Runs goldwire and kills it when it flushes a file or folder to disk for the n-th time."""


def test_a_killed_run_is_completed_by_the_next_one(repository, page):
    in_process(repository, "add", str(page))
    corrected(page)
    for written in (3, 10, 5, 4, 9):
        command = [sys.executable, "-c", KILLED, str(written), "add", str(page)]
        done = subprocess.run(command, cwd=repository, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, "the run ended before it was killed"
    assert "005" in git(repository, "status", "--porcelain", "-uall").stdout, "no kill came after the first change"
    done = in_process(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert in_process(repository, "check").stdout == "0 findings\n"
    assert (repository / "corpus/pages/005.txt").read_bytes() == page.read_bytes()


WRONG = {
    "an id in use": (("page: 005", "page: 003"), "the corpus has another page 003"),
    "words that the page does not have": (("We waited", "We wait"), "as the page has there"),
    "an unknown role": (("headline     1", "title        1"), "expected one of headline"),
    "a line too few": (("teaser       1  READ MORE: Ferry to close in autumn\n", ""), "as the page has there"),
    "a body without an article": (("body         1  “It", "body         -  “It"), "misplaced-block"),
    "an invalid language": (("language: en", "language: English"), "language is 'English'"),
    "an invalid date": (("date:\n", "date: yesterday\n"), "expected a day, a month or a year"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_proposal_that_does_not_fit_is_refused_in_one_line(refusing, page, case):
    in_process(refusing, "add", str(page))
    proposal = corrected(page)
    (old, new), words = WRONG[case]
    assert old in proposal.read_text()
    proposal.write_text(proposal.read_text().replace(old, new))
    done = in_process(refusing, "add", str(page))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.startswith(f"goldwire: {proposal}: ") or "in use" in case
    assert done.stderr.count("\n") == 1
    assert git(refusing, "status", "--porcelain").stdout == ""


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"A\0B\n"], ids=["blank", "bytes", "NUL"])
def test_a_file_that_is_no_page_is_refused_in_one_line(refusing, tmp_path, data):
    (tmp_path / "page.txt").write_bytes(data)
    done = in_process(refusing, "add", str(tmp_path / "page.txt"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("data", "blocks"),
    [
        ("\u200b\nHarbour bridge reopens\nThe bridge over the Lind opened again on Monday, the city said.\n", 3),
        ("Harbour bridge reopens\nThe bridge over the Lind opened again on Monday,\ufeff the city said.\n", 2),
        ("\ufeffHarbour bridge reopens\nThe bridge over the Lind opened again on Monday, the city said.\n", 3),
        ("Harbour bridge reopens\rThe bridge over the Lind opened again on Monday, the city said.\r", 2),
        ("Harbour bridge reopens\u2028The bridge over the Lind opened again on Monday, the city said.", 2),
    ],
    ids=["an invisible line", "a mark inside", "a mark at its start", "carriage returns only", "line separators"],
)
def test_a_page_with_odd_characters_is_added_byte_for_byte(repository, tmp_path, data, blocks):
    file = tmp_path / "page.txt"
    file.write_bytes(data.encode())
    assert in_process(repository, "add", str(file)).returncode == 0
    proposal = corrected(file).read_text()
    rows = proposal.partition("\n\n")[2].splitlines()
    assert len(rows) == blocks
    assert [row.split()[:2] for row in rows if row.split()[-1] in ("\u200b", "\ufeff")] == [["boilerplate", "-"]] * (
        blocks - 2
    )
    done = in_process(repository, "add", str(file))
    assert done.returncode == 0, done.stderr
    assert (repository / "corpus/pages/005.txt").read_bytes() == data.encode()
    assert in_process(repository, "check").returncode == 0
    assert (repository / "corpus/text/005-01.txt").read_text().endswith("the city said.")


def test_it_says_how_many_lines_are_unsure_and_marks_them(refusing, tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(INVENTED + "Bridge\nOld harbour office\nTolls and ferries\n")
    said = in_process(refusing, "add", str(file)).stderr
    marked = re.findall(r"^\S+ +(?:-|\d+)\? ", (tmp_path / "page.txt.blocks").read_text(), flags=re.M)
    assert f"goldwire: {len(marked)} lines are unsure and marked with ?" in said
    assert marked


def test_why_shows_the_cues_that_decide_a_line_and_writes_nothing(refusing, tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(INVENTED)
    done = in_process(refusing, "add", str(file), "--why", "6")
    assert done.stdout.splitlines()[0] == "line 6: READ MORE: Ferry to close in autumn"
    assert re.match(r"  teaser of article 1 \(linked\) by \d+\.\d before", done.stdout.splitlines()[1])
    assert re.search(r"^ +\+\d\.\d  is more$", done.stdout, flags=re.M)
    assert not (tmp_path / "page.txt.blocks").exists()
    missing = in_process(refusing, "add", str(file), "--why", "70")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "no text on line 70; expected a line from 1 to 6 that is not blank" in missing.stderr


def test_a_proposal_is_not_added_as_a_page(repository, page):
    in_process(repository, "add", str(page))
    done = in_process(repository, "add", f"{page}.blocks")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a proposal; expected its page, " in done.stderr
