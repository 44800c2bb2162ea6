"""The report of a large corpus: an index, and a file for every page that the browser loads when it is needed."""

import pytest

from goldwire.model.errors import GoldwireError
from goldwire.report.html import report_html
from goldwire.report.write import write_report
from reading import ARTICLE, Reader


@pytest.fixture(scope="module")
def large(gold, runs, tmp_path_factory):
    """The shipped corpus as a report of more documents than one file may have; its name needs escapes."""
    path = tmp_path_factory.mktemp("large") / "our report #1.html"
    write_report(gold, runs, path, large=10)
    return path


@pytest.fixture
def many(browser):
    context = browser.new_context()
    yield Reader(context)
    context.close()


def test_every_text_is_shown_to_the_letter_and_its_file_is_loaded_once(many, large, gold):
    many.open(large)
    assert len(many.asked) == 1
    for name, document in gold.documents.items():
        page = many.move(f"/document/{name}")
        page.get_by_role("heading", level=1, name=f"Document {name}").wait_for()
        assert many.shown(".reading .text") == document.text
    for name in gold.page_texts:
        many.move(f"/page/{name}").get_by_role("heading", level=1, name=f"Page {name}").wait_for()
        assert ", 0 in no block." in many.shown(".lead")
    loaded = [url for url in many.asked if url.endswith(".js")]
    assert len(loaded) == len(set(loaded)) == len(gold.pages)
    assert many.said == []


def test_the_index_says_what_the_whole_report_says(many, large, report):
    shown = []
    for path in (report, large):
        page = many.open(path)
        lists = [page.locator("main .figures").inner_text(), page.locator(".numbers").all_inner_texts()]
        lists.append([one.get_attribute("aria-label") for one in page.locator(".cover").all()])
        page.get_by_label("In", exact=True).select_option(label="entities")
        page.get_by_label("Search").fill("fac-tiananmen-square")
        lists.append(page.get_by_role("status").text_content())
        many.move("/entities").get_by_role("heading", level=1, name="Entities").wait_for()
        lists.append(page.locator("table.entities tbody tr").all_inner_texts()[:50])
        many.move("/pairs").get_by_role("heading", level=1, name="Pairs").wait_for()
        lists.append(page.locator("table.pairs tbody tr").all_inner_texts())
        shown.append(lists)
    assert shown[0] == shown[1]
    assert many.said == []


def test_pairs_entities_and_systems_are_shown_from_what_is_loaded(many, large, gold):
    pair = gold.pairs[0]
    page = many.open(large, f"/pair/{pair.a}_{pair.b}")
    page.get_by_role("heading", level=1, name=f"{pair.a} and {pair.b}").wait_for()
    assert page.locator(".columns .passage").count() >= len(pair.passages)
    many.move("/entity/fac-tiananmen-square").get_by_role("heading", level=2).wait_for()
    assert "mentions in" in page.get_by_role("heading", level=2).text_content()
    many.move("/run/0").locator(".outcomes li").first.wait_for()
    many.move(f"/run/0/{ARTICLE}").locator(".outcome").first.wait_for()
    assert many.said == []


def test_a_file_that_is_missing_is_named(many, gold, tmp_path):
    write_report(gold, [], tmp_path / "r.html", large=10)
    (tmp_path / "r-pages/003.js").unlink()
    page = many.open(tmp_path / "r.html", f"/document/{ARTICLE}")
    assert "r-pages/003.js is missing or of another report" in page.text_content("main")
    many.move("/document/000-01").get_by_role("heading", level=1, name="Document 000-01").wait_for()


def test_a_folder_of_other_files_stays(gold, tmp_path):
    (tmp_path / "r-pages").mkdir()
    (tmp_path / "r-pages/mine.txt").touch()
    with pytest.raises(GoldwireError, match="has other files than those of a report"):
        write_report(gold, [], tmp_path / "r.html", large=10)
    assert [path.name for path in tmp_path.iterdir()] == ["r-pages"]


def test_only_a_large_report_may_load_a_script(large, report):
    assert "strict-dynamic" in large.read_text(encoding="utf-8")
    assert "strict-dynamic" not in report.read_text(encoding="utf-8")
    assert "strict-dynamic" not in report_html({"note": "parts"})
