"""Documents are built from pages and gold blocks: the same bytes every time, and every character maps to its page."""

import json
import shutil

import pytest

from damage import answer
from goldwire.corpus.build import build, to_page
from goldwire.corpus.documents import read_corpus
from goldwire.model.records import Block
from goldwire.text.spans import normalise
from repository import ROOT, copy_corpus

SEGMENTS = "annotations/gold/segments/003.jsonl"


@pytest.fixture(scope="module")
def corpus():
    corpus, findings = read_corpus(ROOT)
    assert not findings
    return corpus


def built(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "corpus").rglob("*.*")}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.chdir(copy_corpus(tmp_path))
    return tmp_path


def codes(folder):
    status, out, _ = answer("check", folder, "--json")
    return status, [(fault["path"], fault["code"]) for fault in json.loads(out)]


def rewrite(folder, path, old, new):
    place = folder / path
    before = place.read_bytes().decode()
    assert old in before
    place.write_bytes(before.replace(old, new, 1).encode())


def test_the_repository_is_built_and_has_32_documents(corpus):
    assert len(corpus.documents) == len(corpus.texts) == 32
    assert answer("build", "--check", ROOT)[:2] == (0, "")


def test_building_anew_gives_the_same_bytes_every_time(repository):
    before = built(repository)
    shutil.rmtree(repository / "corpus/text")
    (repository / "corpus/documents.jsonl").unlink()
    status, out, err = answer("build")
    assert status == 0, err
    assert out.splitlines()[20:] == ["… and 1 more file in corpus/", "… and 12 more files in corpus/text/"]
    assert built(repository) == before
    assert answer("build")[1] == ""
    assert built(repository) == before


def test_every_character_stands_where_the_map_says(corpus):
    for document in corpus.documents:
        text, page = corpus.texts[document.id], corpus.page_texts[document.page]
        assert len(text) == document.length
        reach = None
        for i, char in enumerate(text):
            start, end = to_page(document, i, i + 1)
            assert reach in (None, start), f"{document.id}[{i}] maps to {start}, the one before ends at {reach}"
            assert "\n" in page[start:end] if char == "\n" else normalise(page[start:end])[0] == char
            reach = end


def test_a_mention_maps_to_its_words_on_the_page(corpus):
    document = next(document for document in corpus.documents if document.id == "003-01")
    at = corpus.texts[document.id].index("Sergey Lavrov")
    start, end = to_page(document, at, at + len("Sergey Lavrov"))
    assert corpus.page_texts["003"][start:end] == "Sergey Lavrov"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (0, 10**6)])
def test_a_span_outside_the_text_is_refused(corpus, start, end):
    with pytest.raises(ValueError, match="is not a span of"):
        to_page(next(iter(corpus.documents)), start, end)


def test_odd_spaces_and_decomposed_characters_map_to_their_places():
    page = "A\xa0cafe\u0301\u2009opens\n\n  Anto\u0302nio came. "
    ends = [(0, page.index("\n")), (page.index("Anto"), len(page) - 1)]
    blocks = [Block(start=start, end=end, role="body", document="p-01") for start, end in ends]
    ((document, text),) = build({"p": page}, {"p": blocks})
    assert text == "A café opens\nAntônio came."
    places = {text[i]: page[slice(*to_page(document, i, i + 1))] for i in range(len(text))}
    assert (places["é"], places["ô"], places["\n"]) == ("e\u0301", "o\u0302", "\n\n  ")
    assert page[slice(*to_page(document, 1, 2))] == "\xa0"
    assert page[slice(*to_page(document, 6, 7))] == "\u2009"
    for word in ("café", "opens", "Antônio", "came", text):
        at = text.index(word)
        assert normalise(page[slice(*to_page(document, at, at + len(word)))])[0].split() == word.split()


def test_a_changed_page_is_one_finding(repository):
    rewrite(repository, "corpus/pages/003.txt", "Istanbul", "Istanbum")
    assert codes(repository) == (1, [("corpus/pages/003.txt", "stale-page")])


def test_a_changed_text_is_one_finding_though_every_span_in_it_shifts(repository):
    rewrite(repository, "corpus/text/003-01.txt", "Russia", " Russia")
    assert codes(repository) == (1, [("corpus/text/003-01.txt", "stale-text")])


def test_build_check_names_what_differs_and_build_fixes_it(repository):
    before = built(repository)
    rewrite(repository, "corpus/text/003-01.txt", "Russia", "Prussia")
    rewrite(repository, "corpus/documents.jsonl", '"length":', '"length":1')
    damaged = built(repository)
    names = [f"corpus/{name}" for name in ("documents.jsonl", "text/003-01.txt")]
    status, out, _ = answer("build", "--check")
    assert (status, sorted(out.split())) == (1, names)
    assert built(repository) == damaged
    status, out, _ = answer("build")
    assert (status, sorted(out.split())) == (0, names)
    assert built(repository) == before
    assert codes(repository) == (0, [])


def test_a_build_keeps_what_it_did_not_make(repository):
    names = ("NOTES.md", "003-09.txt", "drafts/003-01.txt", ".hidden")
    for name in names:
        (repository / "corpus/text" / name).parent.mkdir(exist_ok=True)
        (repository / "corpus/text" / name).write_text("mine\n")
    rewrite(repository, "corpus/text/003-01.txt", "Russia", "Prussia")
    rewrite(repository, "corpus/text/003-02.txt", "the", "teh")
    assert answer("build")[0] == 0
    assert [(repository / "corpus/text" / name).read_text() for name in names] == ["mine\n"] * 4


def test_the_text_of_a_document_without_blocks_is_deleted(repository):
    before = built(repository)
    place = repository / SEGMENTS
    kept = [line for line in place.read_text().splitlines(keepends=True) if '"document":"003-04"' not in line]
    place.write_text("".join(kept))
    status, out, err = answer("build")
    assert status == 0, err
    assert "corpus/text/003-04.txt" in out.split()
    after = built(repository)
    assert before.keys() - after.keys() == {"corpus/text/003-04.txt"}
    assert [path for path in after if after[path] != before[path] and path != "corpus/manifest.json"] == [
        "corpus/documents.jsonl"
    ]
    assert b'"id":"003-04"' not in after["corpus/documents.jsonl"]


FAULTS = {
    "a merge conflict": ('{"id":"003-b002"', '<<<<<<< HEAD\n{"id":"003-b002"'),
    "no such role": ('"role":"headline"', '"role":"title"'),
    "a negative start": ('"start":54,', '"start":-54,'),
    "a block that runs past the page": ('"start":54,"end":294,', '"start":54,"end":99999,'),
    "a block that ends before it starts": ('"start":54,"end":294,', '"start":54,"end":53,'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_built_from_blocks_at_fault(repository, fault):
    rewrite(repository, SEGMENTS, *FAULTS[fault])
    before = built(repository)
    status, out, err = answer("build")
    assert built(repository) == before
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"{SEGMENTS}:" in err


def test_nothing_is_built_from_a_page_that_was_edited(repository):
    rewrite(repository, "corpus/pages/003.txt", "Istanbul", "Istanbum")
    before = built(repository)
    status, _, err = answer("build")
    assert built(repository) == before
    assert (status, err.count("\n")) == (2, 1)
