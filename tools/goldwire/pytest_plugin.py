"""pytest fixtures of the gold corpus: its documents, one at a time or all, and `assert_score`.

A test that asks for `gold_document` runs once for every article. `assert_score(system, "quotes", at_least=0.7)`
scores a system. If the score is too low, the test fails and shows the worst documents and examples of missed and
spurious labels.
"""

import re
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from goldwire.bench.error_analysis import Assessment
    from goldwire.bench.score import Labels, Score, System
    from goldwire.corpus.gold import Gold, GoldDocument
    from goldwire.scoring.settings import Settings, Task

GOLD = pytest.StashKey["Gold"]()
KNOWN = pytest.StashKey[dict[str, str]]()
SELECTIONS = ("unique", "all")
KNOWN_LINE = re.compile(r"(?:FAILED |ERROR )?(.*?)(?: - .*)?(?:(?:^|\s+)#\s*(.*?)\s*)?$")
"""A known failure, as it is written or as pytest's summary prints it, then its reason."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Define the options: the corpus, the documents, and the file of known failures."""
    group = parser.getgroup("goldwire", "the goldwire corpus")
    group.addoption(
        "--goldwire-root",
        metavar="FOLDER",
        help="the corpus (default: goldwire_root, else the one this folder is in, else the one goldwire ships)",
    )
    group.addoption(
        "--goldwire-docs",
        default="unique",
        metavar="unique|all|SUBSET|ID,ID",
        help="documents of gold_document, and of assert_score for entities and quotes: "
        "one of each set of repeats (default), all, a subset of the corpus, or some by id",
    )
    group.addoption(
        "--goldwire-known", metavar="FILE", help="known failures, instead of the file that goldwire_known names"
    )
    parser.addini("goldwire_root", "the corpus, as a path from the folder of this file")
    parser.addini(
        "goldwire_known",
        "file of known failures of gold_document, one a line: ID, test_name[ID] or a node id, then # and the reason; "
        "a known failure that passes is an error",
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Reject wrong options before any test runs; without options, load nothing."""
    config = session.config
    config.stash[KNOWN] = _read_known(config)
    asked = config.getoption("--goldwire-docs")
    if asked in SELECTIONS and not config.stash[KNOWN] and _root(config) is None:
        return
    known = (name for name in config.stash[KNOWN] if not {"[", ":"} & set(name))
    gold = _gold(config)
    documents = gold.documents
    for name in [*known, *([] if _is_selection(asked, gold) else asked.split(","))]:
        if name not in documents:
            close = get_close_matches(name, documents, 1)
            hint = f"did you mean {close[0]}?" if close else "ids look like 003-01"
            raise pytest.UsageError(f"no document {name!r}; {hint}")


def _read_known(config: pytest.Config) -> dict[str, str]:
    """Known failures with their reasons: document ids, names of tests with an id in brackets, or node ids."""
    named = config.getoption("--goldwire-known") or config.getini("goldwire_known")
    if not named:
        return {}
    path = Path(named) if config.getoption("--goldwire-known") else config.rootpath / str(named)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise pytest.UsageError(f"known failures cannot be read from {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise pytest.UsageError(f"known failures cannot be read from {path}: expected UTF-8") from None
    found = (KNOWN_LINE.match(line) for line in lines)
    return {one[1].strip(): one[2] or "known failure" for one in found if one and one[1].strip()}


def _root(config: pytest.Config) -> Path | None:
    """The corpus that an option or the configuration file names."""
    asked, named = config.getoption("--goldwire-root"), config.getini("goldwire_root")
    return Path(asked) if asked else config.rootpath / str(named) if named else None


def _gold(config: pytest.Config) -> "Gold":
    from goldwire.corpus.gold import load
    from goldwire.corpus.locate import corpus_root
    from goldwire.model.errors import GoldwireError

    if GOLD not in config.stash:
        try:
            config.stash[GOLD] = load(corpus_root(_root(config)))
        except GoldwireError as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[GOLD]


def _chosen(config: pytest.Config) -> list[str]:
    """Ids of the documents that were asked for, in order."""
    from goldwire.bench.selection import select_documents, subset

    asked, gold = config.getoption("--goldwire-docs"), _gold(config)
    if not _is_selection(asked, gold):
        return list(dict.fromkeys(asked.split(",")))
    labelled = select_documents(gold, asked, ("mentions", "quotes", "decoys"))
    found = labelled or [cluster if asked == "all" else cluster[:1] for cluster in subset(gold, asked)]
    return [name for cluster in found for name in cluster]


def _is_selection(asked: str, gold: "Gold") -> bool:
    return asked in SELECTIONS or asked in gold.profile.subsets


@pytest.fixture(scope="session")
def gold_corpus(pytestconfig: pytest.Config) -> "Gold":
    """The gold corpus, loaded once (`goldwire.Gold`): texts, labels, pages, pairs, the registry."""
    return _gold(pytestconfig)


@pytest.fixture(scope="session")
def gold_documents(pytestconfig: pytest.Config, gold_corpus: "Gold") -> "list[GoldDocument]":
    """The documents with gold labels that were asked for, in order (`list[goldwire.GoldDocument]`)."""
    return [gold_corpus.documents[name] for name in _chosen(pytestconfig)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `gold_document` once for every document, named after its id."""
    if "gold_document" not in metafunc.fixturenames:
        return
    documents = _gold(metafunc.config).documents
    metafunc.parametrize("gold_document", [pytest.param(documents[n], id=n) for n in _chosen(metafunc.config)])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Expect known failures, with all values of other parameters, and report those of no test."""
    known = config.stash[KNOWN]
    unused = set(known)
    for item in items if known else ():
        spec = getattr(item, "callspec", None)
        document = spec.params.get("gold_document") if spec else None
        if document is None:
            continue
        of_document = f"{item.nodeid.partition('[')[0]}[{document.id}]"
        for name, reason in known.items():
            if name == document.id or any(_ends(node, name) for node in (item.nodeid, of_document)):
                unused.discard(name)
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
    if unused and not any("::" in argument for argument in config.args):
        chosen = set(_chosen(config))
        others = [name for name in _gold(config).documents if name not in chosen]
        _report(config, sorted(name for name in unused if not any(other in name for other in others)))


def _ends(node: str, name: str) -> bool:
    """Return whether a node id is the one named, which may begin at a folder, a file, a class or a function."""
    name = name.lstrip("./")
    return node == name or node.endswith((f"::{name}", f"/{name}"))


def _report(config: pytest.Config, unused: list[str]) -> None:
    """Add a warning to pytest's summary, which never stops a run as a raised one can."""
    for name in unused:
        text = f"the known failure {name!r} matches no collected test; correct it, or delete its line"
        message = warnings.WarningMessage(pytest.PytestWarning(text), pytest.PytestWarning, __file__, 1)
        config.hook.pytest_warning_recorded.call_historic(
            kwargs={"warning_message": message, "when": "collect", "nodeid": "", "location": None}
        )


@pytest.fixture(scope="session")
def assert_score(pytestconfig: pytest.Config, gold_corpus: "Gold") -> "Callable[..., Score]":
    """Assert a system's score: `assert_score(system, task, at_least=0.7)`; returns the `goldwire.Score`.

    `at_least` is the least headline F1 over all documents, `each` that of every single document except those in
    `known`, by id. A known document that reaches `each` is an error too. `settings` are the `goldwire.Settings` of
    the task. `covered` restricts the score to the documents that labels by id name. A failure shows the worst
    documents and examples of missed and spurious labels.
    """

    def check(
        system: "System | Labels",
        task: "Task" = "entities",
        at_least: float | None = None,
        *,
        each: float | None = None,
        known: Collection[str] = (),
        settings: "Settings | None" = None,
        covered: bool = False,
    ) -> "Score":
        __tracebackhide__ = True
        from goldwire.bench.error_analysis import assess
        from goldwire.bench.score import cover
        from goldwire.model.errors import GoldwireError

        try:
            gold, chosen = _scope(pytestconfig, gold_corpus, task, settings)
            expected = Expectation(at_least, each, frozenset(known))
            expected.check(task, gold_corpus.documents)
            assessment = assess(cover(system, task) if covered else system, gold, chosen)
        except (GoldwireError, ValueError) as error:
            pytest.fail(str(error), pytrace=False)
        verdict = expected.verdict(assessment)
        if verdict:
            from goldwire.cli.failure import details

            name = getattr(system, "__name__", type(system).__name__)
            pytest.fail("\n".join([f"{name}: {verdict}", *details(assessment)]), pytrace=False)
        return assessment.score

    return check


def _scope(config: pytest.Config, gold: "Gold", task: "Task", settings: "Settings | None") -> "tuple[Gold, Settings]":
    """Gold reduced to the documents that were asked for, and the settings with the selection asked for."""
    from goldwire.scoring.settings import Settings

    docs, chosen = config.getoption("--goldwire-docs"), settings or Settings(task=task)
    if task not in ("entities", "quotes") or docs == "unique":
        return gold, chosen
    if _is_selection(docs, gold):
        return gold, replace(chosen, docs=docs)
    return replace(gold, chosen=frozenset(_chosen(config))), chosen


@dataclass(frozen=True, slots=True)
class Expectation:
    """The least headline F1 over all documents, and of each document except those known to fail."""

    at_least: float | None
    each: float | None
    known: frozenset[str]

    def check(self, task: "Task", documents: Collection[str]) -> None:
        """Raise GoldwireError if nothing is expected, or a value makes no sense for the task and its documents."""
        from goldwire.model.errors import GoldwireError

        if self.at_least is None and self.each is None:
            raise GoldwireError("nothing is expected; give at_least= for all documents, or each= for every single one")
        for least in (self.at_least, self.each):
            if least is not None and not 0 <= least <= 1:
                raise GoldwireError(f"{least} is not an F1; expected a number from 0 to 1")
        if self.known and self.each is None:
            raise GoldwireError("known= lists documents that may be below each=; give each= too")
        if self.each is not None and task not in ("entities", "quotes"):
            raise GoldwireError(f"each= is a score of single documents, which {task} do not have; give at_least=")
        if unknown := sorted(self.known.difference(documents)):
            raise GoldwireError(f"known= has {unknown[0]!r}, which is not a document; ids look like 003-01")

    def verdict(self, assessment: "Assessment") -> str | None:
        """The expectation that the score does not meet; None if it meets all."""
        from goldwire.bench.score import shown_interval
        from goldwire.cli.terminal import number, plural

        score = assessment.score
        if self.at_least is not None and (score.f1 or 0) < self.at_least:
            value = f"{number(score.f1)} {shown_interval(score.interval, score.task, score.clusters)}".rstrip()
            return f"{score.headline} {value} is below {self.at_least}"
        if self.each is None:
            return None
        low = {unit for unit, counts in assessment.by_unit.items() if (counts.f1 or 0) < self.each}
        if failing := sorted(low - self.known):
            return f"{plural(len(failing), 'document')} below {score.headline} {self.each}: {', '.join(failing)}"
        if passing := sorted(self.known.intersection(assessment.by_unit) - low):
            reach = f"known failures that reach {score.headline} {self.each}"
            return f"{reach}: {', '.join(passing)}; remove them from known="
        return None
