"""The plugin's known failures: named by document or as pytest prints them, and reported if nothing matches."""

import pytest

pytest_plugins = ["pytester"]

KNOWN = """
# what the tagger is known to get wrong
003-01                 # no quotation marks at all
test_other[000-02]
"""


@pytest.mark.parametrize("how", ["ini", "option"])
def test_known_failures_of_documents_are_expected_and_one_that_passes_is_an_error(pytester, how):
    pytester.makefile(".txt", known=KNOWN)
    if how == "ini":
        pytester.makeini("[pytest]\ngoldwire_known = known.txt")
    pytester.makepyfile(
        "def test_tags(gold_document): assert gold_document.id != '003-01'",
        test_passes="def test_other(gold_document): assert gold_document.id != '003-01'",
    )
    result = pytester.runpytest("-rxX", *(["--goldwire-known", "known.txt"] if how == "option" else []))
    result.assert_outcomes(passed=24 + 23, xfailed=2, failed=1)
    result.stdout.fnmatch_lines(["XFAIL *test_tags[[]003-01[]] - no quotation marks at all"])
    result.stdout.fnmatch_lines(["*XPASS(strict)*known failure*"])


def test_a_known_failure_of_no_document_is_refused(pytester):
    pytester.makefile(".txt", known="003-1\n")
    result = pytester.runpytest("--goldwire-known=known.txt")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: no document '003-1'; did you mean 003-01?"])


TAGGER = """
    import pytest

    def test_tags(gold_document):
        assert gold_document.id != "003-01"

    @pytest.mark.parametrize("limit", [1, 2])
    def test_limits(limit, gold_document):
        assert gold_document.id != "003-01"

    class TestNames:
        def test_names(self, gold_document):
            assert gold_document.id != "003-01"
"""
FORMS = {
    "the summary of pytest": [
        "FAILED test_tagger.py::test_tags[003-01] - AssertionError: assert '003-01' != '003-01'",
        "test_tagger.py::test_limits[003-01-1]",
        "test_tagger.py::test_limits[003-01-2]  # with a reason",
        "test_tagger.py::TestNames::test_names[003-01]",
    ],
    "all values of a second parameter": [
        "./test_tagger.py::test_tags[003-01]",
        "test_limits[003-01]",
        "TestNames::test_names[003-01]",
    ],
    "names": ["test_tags[003-01]", "test_limits[003-01-1]", "test_limits[003-01-2]", "test_names[003-01]"],
    "a byte order mark": ["\ufeff003-01  # no quotation marks"],
    "carriage returns": ["003-01\r", "# a comment\r"],
}


@pytest.mark.parametrize("form", FORMS)
def test_known_failures_are_named_as_pytest_prints_them(pytester, form):
    pytester.makepyfile(test_tagger=TAGGER)
    (pytester.path / "known.txt").write_text("\n".join(FORMS[form]), encoding="utf-8")
    result = pytester.runpytest("--goldwire-known=known.txt", "--goldwire-docs=003-01,000-02")
    result.assert_outcomes(passed=4, xfailed=4)


@pytest.mark.parametrize(
    "entry", ["test_old[003-01]", "test_tagger.py::test_tags[003-1]", "test_limits[003-01-3]", "test_tags"]
)
def test_a_known_failure_that_matches_no_test_is_reported(pytester, entry):
    pytester.makepyfile(test_tagger=TAGGER)
    (pytester.path / "known.txt").write_text(f"003-01\n{entry}[]\n" if entry == "test_tags" else f"003-01\n{entry}\n")
    options = ("--goldwire-known=known.txt", "--goldwire-docs=003-01,000-02", "-W", "error")
    result = pytester.runpytest(*options)
    assert result.ret == 0
    result.stdout.fnmatch_lines([f"*the known failure '{entry.replace('[', '[[]')}* matches no collected test*"])
    assert "matches no" not in pytester.runpytest(*options, "test_tagger.py::test_tags").stdout.str()


def test_known_failures_of_documents_that_are_not_asked_for_are_not_reported(pytester):
    pytester.makepyfile(test_tagger=TAGGER)
    (pytester.path / "known.txt").write_text("test_tags[003-01]\n")
    result = pytester.runpytest("--goldwire-known=known.txt", "--goldwire-docs=000-02")
    assert "matches no" not in result.stdout.str()
