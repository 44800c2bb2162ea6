"""The pytest plugin, used as somebody else's tests would."""

import json
import shutil
import textwrap

import pytest

import goldwire
from goldwire.bench.selection import select
from goldwire.scoring.settings import Settings
from repository import ROOT
from repository import in_process as goldwire_command

pytest_plugins = ["pytester"]
HEAVY = ("goldwire.bench.score", "pydantic", "scipy", "numpy", "spacy")


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
    firsts = list(select(goldwire.load(), Settings()).units)
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
    for name in ("gold_corpus", "gold_documents", "assert_score"):
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


BAD_TAGGER = """
    import re
    import pytest

    def capitals(text):
        return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\\\\b[A-Z]\\\\w+", text)]

    def names(text):
        return [(m.start(), m.end(), "PERSON") for m in re.finditer("Putin|Trump|Zelensky", text)]
""".replace("\\\\", "\\")


def test_a_score_that_is_reached_passes_and_is_returned(pytester):
    pytester.makepyfile(
        BAD_TAGGER
        + """
    def test_capitals(assert_score):
        score = assert_score(capitals, at_least=0.1)
        assert score.headline == "strict F1"
        assert score.task == "entities"
    """
    )
    pytester.runpytest().assert_outcomes(passed=1)


def test_a_score_that_is_not_shows_the_worst_documents_and_what_was_missed_and_invented(pytester):
    pytester.makepyfile(
        BAD_TAGGER + "\n    def test_names(assert_score): assert_score(capitals, 'entities', at_least=0.9)"
    )
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "capitals: strict F1 0.130 [[]0.095, 0.171[]] is below 0.9",
            "goldwire|task:entities|*",
            "correct 185, wrong type 706, boundary error 97, both wrong 97, missed 1, spurious 680",
            "lowest recall",
            "  type GPE  0.000  (0 of 505)",
            "worst",
            *["  00?-?? *F1 0.0*found,*spurious)"] * 3,
            "missed",
            *["  00?-??:* *[[]*[]]*"] * 3,
            "spurious",
            *["  00?-??:* PERSON  *[[]*[]]*"] * 3,
        ]
    )
    assert not [line for line in result.outlines if "pytest_plugin.py" in line]


TASKS = {
    "quotes": "lambda text: [(m.start(), m.end()) for m in re.finditer('“[^”]+”', text)]",
    "segments": "lambda page: [(0, len(page), 'body', 'all')]",
    "duplicates": "lambda texts: [('000-01', '000-02')]",
}
SAID = {
    "quotes": ["<lambda>: matched@0.5 F1 0.* is below 0.99", "missed", "  00?-??:* *direct*[[]*[]]*"],
    "segments": [
        "<lambda>: matched@0.5 F1 0.* is below 0.99",
        "  00? *of * found*",
        "missed",
        *["  00?:* *[[]*[]]*"] * 3,
    ],
    "duplicates": [
        "<lambda>: duplicates F1 0.* is below 0.99",
        "missed",
        "  00?-??_00?-??:0 exact *",
        "spurious",
        "*near*",
    ],
}


@pytest.mark.parametrize("task", TASKS)
def test_every_task_shows_what_was_missed(pytester, task):
    pytester.makepyfile(f"""
        import re

        def test_it(assert_score):
            assert_score({TASKS[task]}, "{task}", at_least=0.99)
    """)
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(SAID[task])


def test_every_document_can_be_held_to_a_score_and_known_failures_may_lie_under_it(pytester):
    pytester.makepyfile(
        BAD_TAGGER
        + """
    def low(assert_score):
        with pytest.raises(pytest.fail.Exception) as failure:
            assert_score(names, each=0.05)
        return str(failure.value)

    def test_known(assert_score):
        said = low(assert_score)
        assert "documents below strict F1 0.05: 0" in said
        under = said.splitlines()[0].split(": ")[2]
        assert_score(names, each=0.05, known=under.split(", "))

    def test_a_known_failure_that_passes(assert_score):
        under = low(assert_score).splitlines()[0].split(": ")[2].split(", ")
        with pytest.raises(pytest.fail.Exception, match="known failures that reach strict F1 0.05: 003-01"):
            assert_score(names, each=0.05, known=[*under, "003-01"])
    """
    )
    pytester.runpytest().assert_outcomes(passed=2)


SENSELESS = {
    "names": "nothing is expected; give at_least=",
    "names, at_least=80": "80 is not an F1",
    "names, at_least=0.1, known=['003-01']": "known= lists documents that may be below each=",
    "names, each=0.1, known=['003-1']": "known= has '003-1', which is not a document",
    "names, 'segments', each=0.1": "each= is a score of single documents",
    "names, 'nouns', at_least=0.1": "'nouns' is not a task; expected one of entities, quotes",
    "lambda text: 1 / 0, at_least=0.1": "the system failed on 000-01: ZeroDivisionError: division by zero (<string>:1)",
    "lambda text: None, at_least=0.1": "the system gave None for 000-01; expected labels",
}


def test_what_makes_no_sense_fails_in_one_line(pytester):
    pytester.makepyfile(
        BAD_TAGGER
        + f"""
    @pytest.mark.parametrize("call", {list(SENSELESS)})
    def test_it(assert_score, call):
        with pytest.raises(pytest.fail.Exception) as failure:
            eval(f"assert_score({{call}})")
        assert {SENSELESS}[call] in str(failure.value)
        assert "\\n" not in str(failure.value)
    """
    )
    pytester.runpytest().assert_outcomes(passed=len(SENSELESS))


def test_documents_are_chosen_by_an_option(pytester):
    pytester.makepyfile("""
        def test_one(gold_document):
            pass

        def test_score(assert_score, gold_documents):
            print("\\n", len(gold_documents), assert_score(lambda text: [(0, 1, "GPE")], at_least=0))
    """)
    selections = {"003-01,000-02": (2, "unique:2of25:????????"), "all": (32, "all:32"), "unique": (25, "unique:25")}
    for chosen, (number, selection) in selections.items():
        result = pytester.runpytest("-s", f"--goldwire-docs={chosen}")
        result.assert_outcomes(passed=number + 1)
        result.stdout.fnmatch_lines([f" {number} strict F1 *|docs:{selection}|*|ci:cluster-beta|*"])


@pytest.mark.parametrize(
    ("chosen", "number"), [("003-01,000-01,001-06", 2), ("000-01,001-06", 1), ("001-06", 1), ("all", 25)]
)
def test_repeats_among_the_documents_that_are_asked_for_are_one_article(pytester, chosen, number):
    pytester.makepyfile("""
        def test_all(assert_score):
            print("\\n", assert_score(lambda text: [(0, 1, "GPE")], at_least=0).clusters, "articles")
    """)
    result = pytester.runpytest("-s", f"--goldwire-docs={chosen}")
    result.stdout.fnmatch_lines([f" {number} articles"])


WRONG_OPTIONS = {
    "--goldwire-docs=003-1": "ERROR: no document '003-1'; did you mean 003-01?",
    "--goldwire-docs=some": "ERROR: no document 'some'; ids look like 003-01",
    "--goldwire-root=/nowhere": "ERROR: /nowhere has no folder corpus/; expected the root of a corpus",
    "--goldwire-known=nowhere.txt": "ERROR: known failures cannot be read from nowhere.txt: No such file or directory",
}


@pytest.mark.parametrize("option", WRONG_OPTIONS)
def test_a_wrong_option_is_refused_before_any_test_runs(pytester, option):
    pytester.makepyfile("def test_it(): pass")
    result = pytester.runpytest(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([WRONG_OPTIONS[option]])


def test_help_says_what_the_options_are_for(pytester):
    shown = pytester.runpytest("--help").stdout.str()
    for word in (
        "--goldwire-docs=unique|all|SUBSET|ID,ID",
        "goldwire_root",
        "--goldwire-known=FILE",
        "goldwire_known",
    ):
        assert word in shown


def test_repeats_of_an_article_count_once_in_a_selection_by_id(pytester):
    pytester.makepyfile("""
        def test_score(assert_score):
            score = assert_score(lambda text: [(0, 1, "GPE")], at_least=0)
            print("\\n", score.sizes, score.signature)
    """)
    result = pytester.runpytest("-s", "--goldwire-docs=000-01,001-06,000-02")
    result.stdout.fnmatch_lines([" (1, 1) goldwire|*|docs:unique:2of25:????????|*"])


@pytest.fixture
def small(pytester):
    """A corpus without entities, in which p2-01 repeats p1-03, with a subset."""
    root = pytester.path / "corpora/small"
    shutil.copytree(ROOT / "tests/faults/base", root)
    shutil.rmtree(root / "annotations/gold/entities")
    info = json.loads((root / "annotations/gold/set.json").read_text()) | {"entities": {}}
    (root / "annotations/gold/set.json").write_text(json.dumps(info, indent=2) + "\n")
    (root / "corpus/profile.json").write_text(json.dumps({"subsets": {"test": ["p1-02", "p2-01"]}}))
    return root


TEST_OF_SMALL = """
    def test_document(gold_document):
        assert gold_document.mentions is None and gold_document.quotes is not None
    def test_perfect(gold_corpus, assert_score):
        gold = {name: one.quotes for name, one in gold_corpus.documents.items()}
        print(assert_score(gold, "quotes", at_least=1.0).signature)
"""


def test_the_corpus_of_an_ini_file_may_lack_entities(pytester, small):
    pytester.makeini("[pytest]\ngoldwire_root = corpora/small\n")
    pytester.makepyfile(TEST_OF_SMALL)
    pytester.runpytest().assert_outcomes(passed=3 + 1)
    result = pytester.runpytest("--goldwire-docs", "test", "-s")
    result.assert_outcomes(passed=2 + 1)
    result.stdout.fnmatch_lines(["*|docs:test:2|*"])


def test_inside_a_corpus_the_plugin_means_that_corpus_as_the_command_line_does(pytester, small, monkeypatch):
    (small / "tests").mkdir()
    (small / "tests/test_mine.py").write_text(textwrap.dedent(TEST_OF_SMALL))
    monkeypatch.chdir(small / "tests")
    pytester.runpytest().assert_outcomes(passed=3 + 1)
    assert "4 (3 different articles)" in goldwire_command(small / "tests", "show").stdout
