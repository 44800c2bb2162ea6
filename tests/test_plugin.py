"""The pytest plugin, used as somebody else's tests would."""

import goldwire
from goldwire.signature import Settings

pytest_plugins = ["pytester"]
HEAVY = ("goldwire.benchmark", "pydantic", "scipy", "numpy", "spacy")


def test_the_three_fixtures_hold_the_corpus_its_documents_and_one_document(pytester):
    pytester.makepyfile("""
        def test_corpus(gold_corpus, gold_documents):
            assert len(gold_corpus.documents) == 32
            assert len(gold_documents) == 25
            assert all(gold_corpus.documents[document.id] is document for document in gold_documents)

        def test_document(gold_document):
            first = gold_document.mentions[0]
            assert gold_document.text[first.start : first.end] == first.text
    """)
    pytester.runpytest().assert_outcomes(passed=1 + 25)


def test_a_test_of_a_document_is_named_after_it(pytester):
    pytester.makepyfile(test_tagger="def test_tags(gold_document): assert gold_document.id != '003-01'")
    firsts = [cluster[0] for cluster in goldwire.load().select(Settings())]
    collected = pytester.runpytest("--collect-only", "-q").outlines
    assert [line for line in collected if "::" in line] == [f"test_tagger.py::test_tags[{name}]" for name in firsts]
    result = pytester.runpytest()
    result.assert_outcomes(passed=24, failed=1)
    result.stdout.fnmatch_lines(["FAILED test_tagger.py::test_tags[[]003-01[]] - *"])


def test_one_document_can_be_asked_for(pytester):
    pytester.makepyfile(test_tagger="def test_tags(gold_document): assert gold_document.id == '003-01'")
    pytester.runpytest("test_tagger.py::test_tags[003-01]").assert_outcomes(passed=1)


def test_a_fixture_of_ones_own_can_be_built_on_a_document(pytester):
    pytester.makepyfile("""
        import pytest

        @pytest.fixture
        def words(gold_document):
            return gold_document.text.split()

        @pytest.mark.parametrize("least", [1, 2])
        def test_words(words, least):
            assert len(words) >= least
    """)
    pytester.runpytest().assert_outcomes(passed=2 * 25)


def test_the_fixtures_are_listed_with_what_they_are(pytester):
    lines = pytester.runpytest("--fixtures", "-q").outlines
    for name in ("gold_corpus", "gold_documents"):
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{name} "))
        assert lines[at + 1].strip() not in ("", "no docstring available")


def test_tests_that_do_not_ask_for_gold_pay_nothing(pytester):
    pytester.makepyfile(f"""
        import sys

        def test_light():
            assert "goldwire.pytest_plugin" in sys.modules
            assert not [name for name in {HEAVY} if name in sys.modules]
    """)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_importing_the_plugin_imports_no_pydantic(pytester):
    shown = f"import sys, goldwire.pytest_plugin; print([name for name in {HEAVY} if name in sys.modules])"
    result = pytester.runpython_c(shown)
    assert (result.ret, result.outlines) == (0, ["[]"])
