"""The invented pages are labelled whole: every character that is not blank is in one block, articles count up."""

import pytest

from goldwire.cli.main import main
from goldwire.model.profile import names, news
from repository import ROOT

PAGES = sorted((ROOT / "tests/pages").glob("*/*.txt"))


def blocks(page):
    """The rows of a page's labels: line, start, end, role, article and the first characters, in order."""
    lines = page.read_text(encoding="utf-8").split("\n")
    for row in page.with_suffix(".labels.tsv").read_text(encoding="utf-8").splitlines():
        place, role, article, first = row.split("\t")
        line, _, span = place.partition(":")
        text = lines[int(line) - 1]
        start, end = (int(edge) for edge in span.split("-")) if span else (0, len(text))
        yield int(line), start, end, role, article, first, text


def test_there_are_twelve_pages_in_each_half():
    assert [len(list((ROOT / "tests/pages" / half).glob("*.txt"))) for half in ("development", "frozen")] == [12, 12]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_character_is_in_one_block(page):
    covered = {}
    for line, start, end, role, _, first, text in blocks(page):
        assert role in names(news().roles)
        assert text[start:end].strip().startswith(first.strip()), f"{page.name}:{line}"
        for at in range(start, end):
            assert (line, at) not in covered, f"{page.name}:{line} is in two blocks"
            covered[line, at] = role
    for number, text in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        missing = [at for at, char in enumerate(text) if not char.isspace() and (number, at) not in covered]
        assert not missing, f"{page.name}:{number} has no label at {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_articles_are_numbered_in_page_order_and_have_a_body(page):
    found = {}
    for _, _, _, role, article, _, _ in blocks(page):
        if article != "-":
            found.setdefault(int(article), set()).add(role)
    assert list(found) == list(range(1, len(found) + 1))
    assert all("body" in roles and roles & {"headline", "standfirst"} for roles in found.values())


def test_the_pages_are_a_corpus_of_their_own_on_which_bench_scores(monkeypatch, tmp_path, capsys):
    monkeypatch.syspath_prepend(str(ROOT / "tests/benchmarks"))
    from segmenter_corpus import corpus_files

    for path, data in corpus_files(ROOT / "tests/pages/development").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert main(["check", str(tmp_path)]) == 0
    assert main(["bench", "blank-lines", "--root", str(tmp_path)]) == 0
    assert "pages:12" in capsys.readouterr().out
