"""`goldwire add`: a sixth page, invented here, on its way into a copy of the corpus."""

import os
import re
import subprocess
import sys

import pytest

from repository import ROOT, copy_repository, git, goldwire

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


@pytest.fixture(scope="module")
def refusing(tmp_path_factory):
    """A copy that nothing may change."""
    return copy_repository(tmp_path_factory.mktemp("refusing") / "copy")


def mended(page):
    """The proposal as a person leaves it: what was open is said, and two roles are put right."""
    proposal = page.with_name(page.name + ".blocks")
    text = proposal.read_text().replace("publisher: ?", "publisher: The Courier").replace("rights: ?", "rights: Free.")
    text = text.replace("standfirst   1  Harbour", "headline     1  Harbour")
    proposal.write_text(text.replace("subheading   1", "standfirst   1"))
    return proposal


def state(folder):
    return {
        path: (folder / path).read_bytes()
        for path in git(folder, "ls-files", "-co", "--exclude-standard").stdout.split()
    }


def test_the_first_call_proposes_and_changes_nothing_in_the_corpus(repository, page):
    done = goldwire(repository, "add", str(page))
    assert (done.returncode, done.stdout.strip()) == (0, f"{page}.blocks")
    assert "page: 005\npublisher: ?" in (page.parent / "news.txt.blocks").read_text()
    assert "roles: headline, standfirst, byline" in (page.parent / "news.txt.blocks").read_text()
    assert git(repository, "status", "--porcelain").stdout == ""
    again = goldwire(repository, "add", str(page))
    assert (again.returncode, again.stdout) == (2, "")
    assert "publisher, rights" in again.stderr


def test_the_second_call_brings_the_page_in_byte_for_byte_and_clean(repository, page):
    goldwire(repository, "add", str(page))
    mended(page)
    done = goldwire(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert f"005-02 repeats {REPEATED}" in done.stderr
    assert (repository / "corpus/pages/005.txt").read_bytes() == page.read_bytes()
    assert (
        (repository / "corpus/text/005-01.txt")
        .read_text()
        .startswith("Harbour bridge opens after nine years\nThe bridge")
    )
    assert goldwire(repository, "check").stdout == "0 findings\n"
    labels = repository / "annotations/system-repeats/entities/005-02.jsonl"
    assert len(labels.read_text().splitlines()) == len(
        (repository / f"annotations/gold/entities/{REPEATED}.jsonl").read_text().splitlines()
    )
    before = state(repository)
    again = goldwire(repository, "add", str(page))
    assert (again.returncode, again.stdout) == (0, "")
    assert "just so, as page 005; nothing done" in again.stderr
    assert state(repository) == before


def test_it_needs_nothing_beside_goldwire(repository, page, tmp_path, monkeypatch):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/datasketch.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'bare'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    goldwire(repository, "add", str(page))
    mended(page)
    done = goldwire(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert f"005-02 repeats {REPEATED}" in done.stderr


def test_a_page_taken_in_wrong_is_mended_by_doing_it_again(repository, page):
    goldwire(repository, "add", str(page))
    proposal = mended(page)
    right = proposal.read_text()
    wrong = re.sub(r"^(body +)2 ", r"\1 1 ", right, flags=re.M).replace("standfirst   2", "body         1")
    proposal.write_text(wrong.replace("headline     2", "body         1").replace("publisher: The", "publisher: A"))
    done = goldwire(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert not (repository / "corpus/text/005-02.txt").exists()
    proposal.unlink()
    shown = goldwire(repository, "add", str(page))
    assert (shown.returncode, shown.stdout.strip()) == (0, str(proposal))
    assert "as page 005: mend how it stands there" in shown.stderr
    assert "publisher: A Courier" in proposal.read_text()
    proposal.write_text(right)
    again = goldwire(repository, "add", str(page))
    assert again.returncode == 0, again.stderr
    assert "annotations/system-repeats/entities/005-02.jsonl" in again.stdout.splitlines()
    assert "annotations/gold/segments/005.jsonl" in again.stdout.splitlines()
    proposal.write_text(wrong)
    back = goldwire(repository, "add", str(page))
    assert back.returncode == 0, back.stderr
    assert not list(repository.glob("*/*/*/005-02.jsonl")) + list(repository.glob("corpus/text/005-02.txt"))
    assert goldwire(repository, "check").stdout == "0 findings\n"


def test_a_text_that_somebody_labelled_is_not_changed_by_taking_its_page_in_again(refusing, tmp_path):
    page = tmp_path / "again.txt"
    page.write_bytes((refusing / "corpus/pages/003.txt").read_bytes())
    goldwire(refusing, "add", str(page))
    proposal = tmp_path / "again.txt.blocks"
    assert goldwire(refusing, "add", str(page)).stderr.endswith("just so, as page 003; nothing done\n")
    proposal.write_text(proposal.read_text().replace("\nbody        ", "\ncaption     ", 1))
    done = goldwire(refusing, "add", str(page))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "the text of 003-01 would change, and annotations/gold has labels of it; nothing done" in done.stderr
    proposal.write_text(proposal.read_text().replace("page: 003", "page: 007"))
    assert "the corpus has this page already, as 003" in goldwire(refusing, "add", str(page)).stderr
    own = goldwire(refusing, "add", "corpus/pages/003.txt")
    assert (own.returncode, own.stderr.count("\n")) == (2, 1)
    assert "is the corpus's own copy; copy it out of the corpus, and add the copy" in own.stderr
    assert git(refusing, "status", "--porcelain").stdout == ""


def test_killed_at_any_moment_doing_it_again_completes_it(repository, page, tmp_path):
    goldwire(repository, "add", str(page))
    mended(page)
    command = [sys.executable, "-m", "goldwire", "add", str(page)]
    for tenths in range(2, 9, 2):
        process = subprocess.Popen(command, cwd=repository, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=tenths / 10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    done = goldwire(repository, "add", str(page))
    assert done.returncode == 0, done.stderr
    assert goldwire(repository, "check").stdout == "0 findings\n"
    assert (repository / "corpus/pages/005.txt").read_bytes() == page.read_bytes()


WRONG = {
    "an id that is taken": (("page: 005", "page: 003"), "a page 003 already, and it is another"),
    "words that do not stand there": (("We waited", "We wait"), "copy what stands there"),
    "a role that is none": (("headline     1", "title        1"), "expected one of headline"),
    "a line too few": (("teaser       1  READ MORE: Ferry to close in autumn\n", ""), "copy what stands there"),
    "a body without an article": (("body         1  “It", "body         -  “It"), "misplaced-block"),
    "a language that is none": (("language: en", "language: English"), "language is 'English'"),
    "a date that is none": (("date:\n", "date: yesterday\n"), "expected a day, a month or a year"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_proposal_that_does_not_fit_is_refused_in_one_line(refusing, page, case):
    goldwire(refusing, "add", str(page))
    proposal = mended(page)
    (old, new), words = WRONG[case]
    assert old in proposal.read_text()
    proposal.write_text(proposal.read_text().replace(old, new))
    done = goldwire(refusing, "add", str(page))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.startswith(f"goldwire: {proposal}: ") or "taken" in case
    assert done.stderr.count("\n") == 1
    assert git(refusing, "status", "--porcelain").stdout == ""


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\xef\xbb\xbfA\n", b"A\0B\n"], ids=["blank", "bytes", "mark", "NUL"]
)
def test_what_is_no_page_is_refused_in_one_line(refusing, tmp_path, data):
    (tmp_path / "page.txt").write_bytes(data)
    done = goldwire(refusing, "add", str(tmp_path / "page.txt"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_proposal_is_no_page(repository, page):
    goldwire(repository, "add", str(page))
    done = goldwire(repository, "add", f"{page}.blocks")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"is a proposal; name its page, {page.name}" in done.stderr
