"""pytest fixtures of the gold corpus: its documents, one at a time or all, and `assert_score`.

A test that asks for `gold_document` runs once for every article. `assert_score(system, "quotes",
at_least=0.7)` scores a system and, where it falls short, shows the worst documents and examples of
what was missed and invented.
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pytest

GOLD = pytest.StashKey[Any]()
KNOWN = pytest.StashKey[dict[str, str]]()
SELECTIONS = ("unique", "all")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which documents are asked about, with which seed, and which failures are known."""
    group = parser.getgroup("goldwire", "the goldwire corpus")
    group.addoption("--goldwire-root", metavar="FOLDER", help="the corpus (default: the one goldwire ships)")
    group.addoption(
        "--goldwire-docs",
        default="unique",
        metavar="unique|all|ID,ID",
        help="documents that gold_document goes through and assert_score scores entities and quotes on: "
        "repeats once (default), all, or some by id",
    )
    group.addoption("--goldwire-seed", type=int, metavar="N", help="seed of the bootstrap intervals (default: 13)")
    group.addoption(
        "--goldwire-known", metavar="FILE", help="known failures, instead of the file goldwire_known names"
    )
    parser.addini(
        "goldwire_known",
        "file of known failures of gold_document, one a line: ID or test_name[ID], then # and the reason; "
        "a known failure that passes is an error",
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse an option that is wrong before any test runs; load nothing where none was given."""
    config = session.config
    config.stash[KNOWN] = _read_known(config)
    asked = config.getoption("--goldwire-docs")
    if asked in SELECTIONS and not config.stash[KNOWN] and not config.getoption("--goldwire-root"):
        return
    known = (name.rpartition("[")[2].rstrip("]") for name in config.stash[KNOWN])
    documents = _gold(config).documents
    for name in [*known, *([] if asked in SELECTIONS else asked.split(","))]:
        if name not in documents:
            close = get_close_matches(name, documents, 1)
            raise pytest.UsageError(
                f"no document {name!r}; {f'did you mean {close[0]}?' if close else 'ids look like 003-01'}"
            )


def _read_known(config: pytest.Config) -> dict[str, str]:
    """Known failures with their reasons: document ids, or names of tests with an id in brackets."""
    named = config.getoption("--goldwire-known") or config.getini("goldwire_known")
    if not named:
        return {}
    path = Path(named) if config.getoption("--goldwire-known") else config.rootpath / str(named)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise pytest.UsageError(f"known failures cannot be read from {path}: {error.strerror}") from None
    split = (line.partition("#") for line in lines)
    return {name.strip(): reason.strip() or "known failure" for name, _, reason in split if name.strip()}


def _gold(config: pytest.Config) -> Any:
    from goldwire.corpus.gold import load
    from goldwire.model.errors import GoldwireError

    if GOLD not in config.stash:
        try:
            config.stash[GOLD] = load(config.getoption("--goldwire-root"))
        except GoldwireError as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[GOLD]


def _chosen(config: pytest.Config) -> list[str]:
    """Ids of the documents that were asked for, in order."""
    from goldwire.bench.selection import select
    from goldwire.scoring.settings import Settings

    asked, gold = config.getoption("--goldwire-docs"), _gold(config)
    if asked not in SELECTIONS:
        return list(dict.fromkeys(asked.split(",")))
    return [name for cluster in select(gold, Settings(docs=asked)) for name in cluster]


@pytest.fixture(scope="session")
def gold_corpus(pytestconfig: pytest.Config) -> Any:
    """The gold corpus, loaded once (`goldwire.Gold`): texts, labels, pages, pairs, the registry."""
    return _gold(pytestconfig)


@pytest.fixture(scope="session")
def gold_documents(pytestconfig: pytest.Config, gold_corpus: Any) -> Any:
    """The documents with gold entities that were asked for, in order (`list[goldwire.GoldDocument]`)."""
    return [gold_corpus.documents[name] for name in _chosen(pytestconfig)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `gold_document` once for every document, named after its id."""
    if "gold_document" not in metafunc.fixturenames:
        return
    gold, known = _gold(metafunc.config), metafunc.config.stash[KNOWN]
    cases = []
    for name in _chosen(metafunc.config):
        reason = known.get(f"{metafunc.function.__name__}[{name}]", known.get(name))
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        cases.append(pytest.param(gold.documents[name], id=name, marks=marks))
    metafunc.parametrize("gold_document", cases)


@pytest.fixture(scope="session")
def assert_score(pytestconfig: pytest.Config, gold_corpus: Any) -> Any:
    """Assert what a system scores: `assert_score(system, task, at_least=0.7)`; returns the `goldwire.Score`.

    `at_least` is for the headline F1 over all documents, `each` for that of every document, but those
    `known` to fail, by id: one of them that passes is an error. `settings` are the `goldwire.Settings`
    of the task. A failure shows the worst documents, and examples of what was missed and invented.
    """

    def check(
        system: Any,
        task: Any = "entities",
        at_least: float | None = None,
        *,
        each: float | None = None,
        known: Any = (),
        settings: Any = None,
    ) -> Any:
        __tracebackhide__ = True
        from goldwire.bench.error_analysis import assess
        from goldwire.model.errors import GoldwireError
        from goldwire.report.expectation import Expectation

        try:
            gold, chosen = _scope(pytestconfig, gold_corpus, task, settings)
            expected = Expectation(at_least, each, frozenset(known), task, frozenset(gold_corpus.documents))
            assessment = assess(system, gold, chosen)
            complaint = expected.complaint(assessment, _name(system))
        except (GoldwireError, ValueError) as error:
            complaint = str(error)
        if complaint:
            pytest.fail(complaint, pytrace=False)
        return assessment.score

    return check


def _scope(config: pytest.Config, gold: Any, task: Any, settings: Any) -> tuple[Any, Any]:
    """Gold cut down to the documents that were asked for, and the settings with the seed and selection asked for."""
    from dataclasses import replace

    from goldwire.scoring.settings import Settings

    seed, docs = config.getoption("--goldwire-seed"), config.getoption("--goldwire-docs")
    chosen = settings or Settings(task=task)
    if seed is not None:
        chosen = replace(chosen, seed=seed)
    if task not in ("entities", "quotes") or docs == "unique":
        return gold, chosen
    if docs == "all":
        return gold, replace(chosen, docs="all")
    return replace(gold, clusters=tuple((name,) for name in _chosen(config))), chosen


def _name(system: Any) -> str:
    return getattr(system, "__name__", type(system).__name__)
