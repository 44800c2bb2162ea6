"""Git stores pages and texts byte for byte, whatever attributes the repository has."""

import pytest

from repository import git, in_process

PAGE = "A headline\r\n\r\nA first paragraph of some words.\r\n"
BLOCKS = """page: p9
publisher: The Courier
rights: Free.
language: en

headline     1  A headline
body         1  A first paragraph of some words.
"""


def page_to_add(folder):
    (folder / "page.txt").write_bytes(PAGE.encode())
    (folder / "page.txt.blocks").write_text(BLOCKS)


@pytest.mark.parametrize("attributes", ["* text=auto\n", "*.txt text eol=lf", "corpus/** text eol=crlf\n", ""])
def test_a_new_corpus_is_protected_from_the_attributes_that_are_there(tmp_path, attributes):
    root = tmp_path / "c"
    root.mkdir()
    (root / ".gitattributes").write_text(attributes)
    git(root, "init", "-q")
    assert in_process(root, "init").returncode == 0
    assert (root / ".gitattributes").read_text().startswith(attributes)
    page_to_add(tmp_path)
    assert in_process(root, "add", "../page.txt").returncode == 0
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(tmp_path, "clone", "-q", "c", "clone")
    assert (tmp_path / "clone/corpus/pages/p9.txt").read_bytes() == PAGE.encode()
    assert in_process(tmp_path / "clone", "check").stdout == "0 findings\n"


def test_adding_a_page_puts_lost_attributes_back(tmp_path):
    root = tmp_path / "c"
    assert in_process(tmp_path, "init", "c").returncode == 0
    git(root, "init", "-q")
    (root / ".gitattributes").write_text("* text=auto")
    page_to_add(tmp_path)
    done = in_process(root, "add", "../page.txt")
    assert done.returncode == 0, done.stderr
    assert ".gitattributes" in done.stdout.split()
    assert in_process(root, "check").stdout == "0 findings\n"


def test_a_page_that_git_would_change_all_the_same_is_refused(tmp_path):
    root = tmp_path / "c"
    assert in_process(tmp_path, "init", "c").returncode == 0
    git(root, "init", "-q")
    (root / ".git/info/attributes").write_text("*.txt text eol=lf\n")
    page_to_add(tmp_path)
    done = in_process(root, "add", "../page.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "git would store other bytes of corpus/pages/p9.txt than the page has" in done.stderr
    assert not (root / "corpus/pages/p9.txt").exists()


def test_a_corpus_in_a_folder_of_a_repository_is_checked_too(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("* text=auto\n")
    root = tmp_path / "data/c"
    root.mkdir(parents=True)
    assert in_process(root, "init").returncode == 0
    page_to_add(tmp_path)
    assert in_process(root, "add", "../../page.txt").returncode == 0
    assert in_process(root, "check").stdout == "0 findings\n"
    (root / ".gitattributes").unlink()
    assert "corpus/pages/p9.txt: altered-by-git: " in in_process(root, "check").stdout
